"""The numbers that pages print in running text, and the run that gives each of them today.

A number on a page is held in one of three ways: an example of the page prints it too, and runs; a row
of `ROWS` gives it; or its section stands in `HELD`, beside what holds the section: a test that has
the numbers by heart, the program that writes them, the benchmark that measured them, or what they were
read from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from provenance import Assessment, Case, bounds, compare, load_case, load_seed, weigh
from provenance.agents import answers, page_answers, tools
from provenance.assessment import caveats
from provenance.casefiles import json_text
from provenance.cli import inspecting
from provenance.drafting import model_drafter, page_links
from provenance.exchange import prov, workbooks
from provenance.graph.statements import STATEMENTS_AT_MOST
from provenance.learning import estimates
from provenance.records import Attribution, record, validation
from provenance.records.case import MOST_PROBLEMS
from provenance.report import lineage_sketch, sliders
from provenance.scales import (
    ANONYMITY,
    GRADES,
    MOST_ALTERNATIVES,
    PASSING_ON,
    STAKES,
    THETA,
    percent,
    scale,
    stix_confidence,
)
from provenance.scales.defaults import UNJUDGED
from tests.docs.navigation import DOCS
from tests.docs.walkthroughs import ROOT

PAGES = ("README.md", *(f"docs/{path.relative_to(DOCS)}" for path in sorted(DOCS.rglob("*.md"))))
"""Every page, by its path from the root."""


@cache
def arms() -> Assessment:
    """The answer of the arms case."""
    return weigh(load_seed("egypt-arms-2015"), "armed")


def said(prior: float, grades: str | Sequence[Any], *statements: Mapping[str, Any]) -> Case:
    """Sources of these grades, each of which affirms one claim, or makes the statement given for it."""
    names = [f"s{n}" for n in range(len(grades))]
    own = statements or ({},) * len(names)
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "it", "text": "It", "prior": prior}],
            "sources": [
                {"id": name, "reliability": grade}
                for name, grade in zip(names, grades, strict=True)
            ],
            "attributions": [
                {"id": f"a{n}", "source": names[n % len(names)], **({"claim": "it"} | dict(each))}
                for n, each in enumerate(own)
            ],
        }
    )


def of(case: Case) -> float:
    """How likely the one claim of a case is."""
    return weigh(case, "it").probability


@cache
def sites() -> Case:
    """Very many sources that say the same, and nobody recorded from whom they have it."""
    return said(0.1, "BCCD" * 48 + "BCC")


def declared(case: Case) -> Case:
    """The case in which each is declared to be the voice of the first, as a file can say it."""
    voice = {"attribution": "a0", "probability": 0.9}
    first, *others = case.attributions
    return case.evolve(attributions=(first, *(each.evolve(same_voice_as=voice) for each in others)))


def shown(number: float, places: int = 3) -> str:
    """A number as the pages write it, without a zero before its point."""
    return f"{number:.{places}f}".lstrip("0")


def repeated(times: int) -> float:
    """One voice of grade B that we have, and so many papers that repeat it, on a prior of .1."""
    case = said(0.1, "B" * (times + 1))
    first, *others = case.attributions
    relays = [Attribution(id=each.id, source=each.source, cites=first.id) for each in others]
    return of(case.evolve(attributions=[first.evolve(in_hand=True), *relays]))


def reported() -> float:
    """A hospital that saw it, and three outlets that say so too, on a prior of .2."""
    return of(said(0.2, "BBBB", {"basis": "firsthand"}, {}, {}, {}))


def passed_on() -> float:
    """The same, where the outlets have it from the hospital."""
    case = said(0.2, "BBBB", {"basis": "firsthand", "in_hand": True}, {}, {}, {})
    first, *others = case.attributions
    relays = [Attribution(id=each.id, source=each.source, cites=first.id) for each in others]
    return of(case.evolve(attributions=[first, *relays]))


def established(grades: str | Sequence[float], prior: float = 0.2) -> float:
    """So many sources that each saw it."""
    return of(said(prior, grades, *[{"basis": "firsthand"}] * len(grades)))


def corrected(**first: str) -> float:
    """A paper that affirms, a source that denies, and the paper that denies after it."""
    later = {"said_on": "2024-03-03", "stance": "denies"}
    return of(
        load_case(
            {
                "version": 1,
                "claims": [{"id": "it", "text": "It", "prior": 0.1}],
                "sources": [{"id": name, "reliability": "B"} for name in ("paper", "port")],
                "attributions": [
                    {"id": "a", "source": "paper", "claim": "it", "said_on": "2024-03-01", **first},
                    {"id": "b", "source": "port", "claim": "it", **later, "said_on": "2024-03-02"},
                    {"id": "c", "source": "paper", "claim": "it", **later},
                ],
            }
        )
    )


def taken_back() -> float:
    """The same, where the paper's first word is withdrawn as an error."""
    return corrected(retracted_on="2024-03-03", retracted_because="error")


def disowned() -> float:
    """A source of grade A, relayed by one of grade C and disowning it, on a prior of .3."""
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "it", "text": "It", "prior": 0.3}],
            "sources": [{"id": "a", "reliability": "A"}, {"id": "c", "reliability": "C"}],
            "attributions": [
                {"id": "word", "source": "a", "claim": "it", "in_hand": False},
                {"id": "relay", "source": "c", "cites": "word"},
                {"id": "never", "source": "a", "cites": "word", "stance": "disowns"},
            ],
        }
    )
    return of(case)


def unstated(prior: float) -> str:
    """What one voice of grade B makes of a claim without a prior, from another starting point."""
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "it", "text": "It"}],
            "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [{"id": "a", "source": "s", "claim": "it"}],
        }
    )
    found = {each.prior: each.probability for each in weigh(case, "it").at_priors}
    return percent(found[prior])


def of_two(weights: str) -> str:
    """What the first of two voices of unknown lineage weighs, as a statement or as a reason."""
    found = weigh(said(0.2, "CC"), "it")
    bits: float = getattr(found, weights)[0].bits
    return shown(bits, 1)


def three_of_one() -> str:
    """What three coherent statements of one source weigh, each taken away alone, in all."""
    claims = ("x", "y", "z")
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": 0.2}]
            + [{"id": each, "text": each} for each in claims[1:]],
            "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [
                {"id": f"a{each}", "source": "s", "claim": each, "competence": 0.8}
                for each in claims
            ],
            "links": [
                {"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.8, "if_false": 0.2},
                {"kind": "evidence", "claim": "x", "sign": "z", "if_true": 0.6, "if_false": 0.3},
            ],
        }
    )
    return f"{math.fsum(each.bits or 0.0 for each in weigh(case, 'x').statements):.2f}"


def posted(accounts: int, passing_on: str | None = None, *, disowned: bool = False) -> float:
    """A post of a grade A outlet that unjudged accounts show, on a prior of .05."""
    grade = {} if passing_on is None else {"passing_on": passing_on}
    shown_by = [f"account{number}" for number in range(accounts)]
    never = {"id": "never", "source": "radio", "cites": "post", "stance": "disowns"}
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": 0.05}],
            "sources": [
                {"id": "radio", "kind": "outlet", "reliability": "A"},
                *({"id": each, "kind": "unnamed", **grade} for each in shown_by),
            ],
            "attributions": [
                {"id": "post", "source": "radio", "claim": "x", "in_hand": False},
                *({"id": f"by-{each}", "source": each, "cites": "post"} for each in shown_by),
                *([never] if disowned else []),
            ],
        }
    )
    return weigh(case, "x").probability


def proposed(kind: str) -> str:
    """A row of the table of unnamed sources."""
    found = ANONYMITY[kind]
    parts = [
        f"{shown(each.mean, 1)}, strength {each.strength:g}"
        for each in (found.reliability, found.access)
        if each is not None and not isinstance(each, str)
    ]
    return " | ".join([*parts, shown(found.same_voice, 2)])


def letters(table: Mapping[str, object]) -> list[str]:
    """A row of the cheat sheet."""
    means = [getattr(table[letter], "mean", None) for letter in "ABCDEF"]
    return ["not judged" if mean is None else f"{mean:.2f}".lstrip("0") for mean in means]


def percent_of(method: str) -> str:
    """What another method says of the arms case."""
    return percent(counted(method))


def counted(method: str) -> float:
    """What another method says of the arms case, as a number."""
    found = compare(load_seed("egypt-arms-2015"), "armed").row(method).probability
    assert found is not None
    return found


def begins(name: str, label: str) -> str:
    """Where a term of a scale begins."""
    span = scale(name).term(label).span
    assert span is not None
    return percent(span.low)


def unnamed(kind: str) -> str:
    """What is proposed for the reliability of a kind of unnamed source."""
    found = ANONYMITY[kind].reliability
    return shown(found.mean, 1) if not isinstance(found, str) and found is not None else "F"


def worth_of(letter: str) -> str:
    """The reliability of a grade, and how many observations it is worth."""
    degree = GRADES[letter]
    return "none | none" if degree is None else f"{shown(degree.mean, 2)} | {degree.strength:g}"


GRADED = (
    ("A", "checked again and again, on matters like this, and right each time but for slips",
     ".95 | 20"),
    ("B", "usually right: a newsroom with corrections and a name to lose, an official record",
     ".75 | 12"),
    ("C", "right often enough to listen to, wrong often enough to wonder", ".50 | 8"),
    ("D", "mostly talk: it would say much the same if it were false", ".25 | 8"),
    ("E", "shown to be wrong or invented on matters like this", ".05 | 10"),
)  # fmt: skip
"""The grades as the page on them tells them."""
MENTIONS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
ROWS: tuple[tuple[str, str, Callable[[], object]], ...] = (
    # the arms case, on the front pages and where it is told again
    ("Counting mentions: {}", "over 99 %", lambda: percent_of("count of mentions")),
    ("Weighing origins: {}, low confidence", "17 %", lambda: percent(arms().probability)),
    ("Weighing origins: 17 %, {} confidence", "low", lambda: arms().confidence.level),
    ("has {} mentions of it", "twelve", lambda: MENTIONS[len(arms().lineage.mentions)]),
    ("come from {} origins, through one outlet", "three", lambda: MENTIONS[arms().lineage.groups]),
    ("through {} outlet", "one", lambda: MENTIONS[len(arms().lineage.outlets)]),
    ("starts at {}, the", "15 %", lambda: percent(arms().prior)),
    ("move it to {}", "17 %", lambda: percent(arms().probability)),
    ("takes you to {}", "54 %", lambda: percent(arms().at_prior(0.5).probability)),
    ("hy {} and not 50 %", "17 %", lambda: percent(arms().probability)),
    ("same prior of {}.", ".15", lambda: shown(arms().prior, 2)),
    ("moves the prior of .15 to {}:", ".17", lambda: shown(arms().probability, 2)),
    ("tripled eight times over: {}.", ".999", lambda: shown(counted("count of mentions"))),
    ("takes .15 to {}.", ".25", lambda: shown(counted("weakest link"), 2)),
    # one voice, and many
    ("from 10 % to {};", "44 %", lambda: percent(of(said(0.1, "B")))),
    ("from 10 % to {}; a hundred papers that repeat", "44 %", lambda: percent(repeated(100))),
    ("{} are odds of 1 to 4", "20 %", lambda: percent(1 / (1 + 4))),
    ("take a prior of .2 to {},", ".773", lambda: shown(of(said(0.2, "BB")))),
    (".773, three to {} and", ".838", lambda: shown(of(said(0.2, "BBB")))),
    ("and five to {};", ".899", lambda: shown(of(said(0.2, "BBBBB")))),
    ("on record take it to {}.", ".9998", lambda: shown(established("BBBBB"), 4)),
    ("take a prior of .2 to {}, whether", ".875", lambda: shown(reported())),
    ("One voice alone would give {},", ".636", lambda: shown(of(said(0.2, "B")))),
    ("four independent ones {},", ".998", lambda: shown(established("BBBB"))),
    ("relays of the hospital {}.", ".636", lambda: shown(passed_on())),
    ("at {} if each had it for itself", ".692", lambda: shown(established([0.5, 0.5]))),
    ("stand at {}, and", ".537", lambda: shown(of(said(0.2, [0.5, 0.5])))),
    ("multiplies the prior odds: from 1 to 4, to {} to 4", "3",
     lambda: round(4 * of(said(0.2, [0.5])) / (1 - of(said(0.2, [0.5]))))),
    # limits
    ("with two sources of grade B, that is {} where", ".10", lambda: shown(corrected(), 2)),
    ("where it should be {}.", ".01", lambda: shown(taken_back(), 2)),
    ("first word: then it is {}.", ".01", lambda: shown(taken_back(), 2)),
    ("turns a prior of .30 into {}.", ".10", lambda: shown(disowned(), 2)),
    # what an account that nobody has judged passes on
    ("that one unjudged account shows turns a prior of .05 into {}.", ".007",
     lambda: shown(posted(1, disowned=True), 3)),
    ("and here gives {}.", "0.7 %", lambda: percent(posted(1, disowned=True))),
    ("comes to {} through one such account", ".30", lambda: shown(posted(1), 2)),
    ("{} through two and .67", ".60", lambda: shown(posted(2), 2)),
    ("and {} through five, which is what", ".67", lambda: shown(posted(5), 2)),
    ("of E it is {}, through two .23", ".11", lambda: shown(posted(1, "E"), 2)),
    ("it is .11, through two {},", ".23", lambda: shown(posted(2, "E"), 2)),
    ("through five still {}.", ".60", lambda: shown(posted(5, "E"), 2)),
    ("with one forged picture make it {}, and five", "60 %", lambda: percent(posted(2))),
    ("make it 60 %, and five {}, as much", "67 %", lambda: percent(posted(5))),
    ("On a prior of {}, what an outlet of grade A", ".05", lambda: ".05"),
    ("come to {} routes", "8,190", lambda: f"{sum(2**n for n in range(1, 13)):,}"),
    ("of grades B to D make a claim {}.", ".992", lambda: shown(of(sites()))),
    ("with a chance of .9 they make it {},", ".99995", lambda: shown(of(declared(sites())), 5)),
    (".99995, and as one voice {}.", ".44", lambda: shown(weigh(sites(), "it").if_one_voice, 2)),
    ("somebody of grade A makes the claim {},", ".81", lambda: shown(of(said(0.1, "A")), 2)),
    ("makes the claim .81, of B {},", ".44", lambda: shown(of(said(0.1, "B")), 2)),
    ("makes the claim .81, of B .44, of C {},", ".25", lambda: shown(of(said(0.1, "C")), 2)),
    ("whom nobody can judge leaves it at {}.", ".10", lambda: shown(of(said(0.1, "F")), 2)),
    # a prior that nobody stated
    ("from 20 % it would be {},", "64 %", lambda: unstated(0.2)),
    ("from 5 % it would be {}.", "27 %", lambda: unstated(0.05)),
    # grades and other defaults
    ("| of its own word | {} |", " | ".join(letters(GRADES)), lambda: " | ".join(letters(GRADES))),
    ("| of what it passes on | {} |", " | ".join(letters(PASSING_ON)),
     lambda: " | ".join(letters(PASSING_ON))),
    *(
        (f"| {letter} | {words} | {{}} |", worth, lambda letter=letter: worth_of(letter))
        for letter, words, worth in GRADED
    ),
    ("it follows from the letter: {} where there is no grade",
     "A .99, B .97, C .88, D .30, E .10, and .40",
     lambda: ", ".join(f"{letter} {mean}" if letter != "F" else f"and {mean}"
                       for letter, mean in zip("ABCDEF", letters(PASSING_ON), strict=True))),
    ("passes on {} of what it quotes", ".97", lambda: letters(PASSING_ON)[1]),
    ("grade B passes on {} |", ".97", lambda: letters(PASSING_ON)[1]),
    ("is known passes on {} of what it is told", ".40", lambda: letters(PASSING_ON)[5]),
    ("| | {} | | | 3 |", "1.7", lambda: f"{STAKES['gains']:g}"),
    ("the last one counts in full both ways. A factor of {} is", "3",
     lambda: f"{STAKES['gains strongly']:g}"),
    ("a factor of {} is one Admiralty grade", "3", lambda: f"{STAKES['gains strongly']:g}"),
    ("a well-informed source gets {} with little", ".5", lambda: unnamed("well-informed source")),
    ("A source of {} follows", ".5", lambda: shown(0.5, 1)),
    ("if its reliability were {} |", ".5", lambda: shown(UNJUDGED, 1)),
    ("its reliability exactly 1/{},", "2", lambda: round(1 / UNJUDGED)),
    ("θ = {}**", "1.5", lambda: f"{THETA:g}"),
    ("a number from 2 to {}: how many", "200", lambda: MOST_ALTERNATIVES),
    ("IPCC's \"likely\" begins at {},", "66 %", lambda: begins("ipcc", "likely")),
    ("begins at 66 %, ICD 203's at {}.", "55 %", lambda: begins("icd203", "likely")),
    ("named, at half the strength | {} |", ".8, strength 6 | .05", lambda: proposed("role named")),
    ("\"well-informed source\" | {} |", ".5, strength 4 | .6, strength 4 | .15",
     lambda: proposed("well-informed source")),
    ("\"sources\", \"a source\", \"reports\" | F | | {} |", ".30", lambda: proposed("sources say")),
    ("A below {} counts the two for more", ".4", lambda: shown(1 - THETA / (THETA + 1), 1)),
    ("are taken to be one in {} cases of 100", "15",
     lambda: f"{100 * ANONYMITY['well-informed source'].same_voice:.0f}"),
    ("more than {} characters is read in pieces", "12,000", lambda: f"{model_drafter.WINDOW:,}"),
    ("share about {} characters", "1,500", lambda: f"{model_drafter.OVERLAP:,}"),
    ("that no method models, {} if you say nothing", "0.25", lambda: f"{estimates.DEPENDENCE:g}"),
    ("a text ends after {} characters", "32,767", lambda: f"{workbooks._LONGEST_CELL:,}"),
    ("Reading has bounds: {} MiB", "64", lambda: prov.LONGEST >> 20),
    ("two JSON notations, {} MiB", "16", lambda: prov.LONGEST_TEXT >> 20),
    ("what a workbook unpacks to {} MiB", "64", lambda: json_text.MAX_BYTES >> 20),
    ("can seem worth {} bits when", "1.48", three_of_one),
    ("Appendix A: {}.", "1 is 90, 2 is 70, 3 is 50, 4 is 30, 5 is 10",
     lambda: ", ".join(f"{each} is {stix_confidence(each)}" for each in "12345")),
    # bounds
    ("Of more than {} claims, or weaknesses", "25", lambda: inspecting._OF_A_KIND),
    ("by default {} million operations", "25", lambda: bounds.OPERATIONS // 10**6),
    ("at most {} characters, and stands once", "200", lambda: record.LONGEST_ID),
    ("The limits: {} MiB", "64", lambda: json_text.MAX_BYTES >> 20),
    ("and {} levels of nesting", "64", lambda: json_text.MAX_DEPTH),
    ("says otherwise; {} million values", "8", lambda: json_text.MOST_VALUES // 10**6),
    ("{} fields in an object", "1,000", lambda: f"{validation.MOST_FIELDS:,}"),
    ("Up to {} statements each is drawn", "56", lambda: lineage_sketch.MOST_ROWS),
    ("cut after {} characters", "300", lambda: answers.LONGEST_TEXT),
    ("texts beyond {} characters", "300", lambda: answers.LONGEST_TEXT),
    ("What is less probable than {} is told", ".8", lambda: shown(page_links.SURE, 1)),
    ("Each has {} positions", "41", lambda: sliders.POSITIONS),
    ("prior is below {} and somebody", ".02", lambda: shown(caveats.RARE, 2)),
    ("beyond {} bits", "7", lambda: f"{caveats.MANY_BITS:g}"),
    ("come to {} statements, or", "200,000", lambda: f"{STATEMENTS_AT_MOST:,}"),
    ("more than {}; the first of them are listed", "1,000", lambda: f"{MOST_PROBLEMS:,}"),
    ("the first weighs {} bits as a statement", "1.6", lambda: of_two("statements")),
    ("and {} bits as a reason", ".6", lambda: of_two("reasons")),
    ("with at most {} groups of pages", "20", lambda: page_answers.MOST_GROUPS),
    ("groups of pages, {} reasons each", "5", lambda: page_answers.MOST_WHY),
    ("and a registry | {} bytes", "1,000,000", lambda: f"{tools.MOST_BYTES:,}"),
    ("64 levels, {} attributions", "5,000", lambda: f"{tools.MOST_STATEMENTS:,}"),
    ("a claim or a day | {} characters", "400", lambda: tools.LONGEST_NAME),
    ("chains or leads asked for | {} |", "200", lambda: tools.MOST_LISTED),
)  # fmt: skip
"""A sentence with a gap, what fills it on the pages, and the run that gives it today."""


ELSEWHERE = "elsewhere"
"""Held by nothing here: measured on data that the project does not ship, as the page says."""
HELD: Mapping[str, Mapping[str, str]] = {
    "docs/explanation/speed.md": {"": "benchmarks/answers.py"},
    "docs/explanation/learning.md": {"": "benchmarks/learning_peers.py"},
    "docs/explanation/copying.md": {"": ELSEWHERE},
    "docs/explanation/text-reuse.md": {"": "benchmarks/text_reuse.py"},
    "docs/explanation/drafts.md": {"": "benchmarks/drafted_attributions.py"},
    "docs/how-to/audit-pages.md": {
        "How often the side is right": "tests/drafting/test_news_pages.py",
    },
    "docs/explanation/tried.md": {
        "Intervals": "benchmarks/interval_coverage.py",
        "Worlds of its own making": "benchmarks/calibration_of_weigh.py",
        "": ELSEWHERE,
    },
    "docs/explanation/model.md": {
        "4. The answer": "benchmarks/interval_coverage.py",
        "5. Closed forms": "tests/twins/test_twin_numbers.py",
        "7. A worked case": "tests/inference/test_worked_case.py",
        "8. Where the numbers come from": "tests/docs/defaults.py",
    },
    "docs/explanation/confidence.md": {"": "tests/assessment/test_confidence.py"},
    "docs/explanation/seeds.md": {
        "": "tests/assessment/test_seeds.py",
    },
    "docs/explanation/architecture.md": {"": "tests/test_architecture.py"},
    "docs/reference/yardsticks.md": {"": "tests/scales/test_scales.py"},
    "docs/how-to/check-calibration.md": {
        "Are the intervals of sources right?": "benchmarks/coverage_of_learn.py",
    },
    "docs/how-to/install.md": {
        "What it loads": "benchmarks/import_time.py",
        "Extras": "tests/docs/test_numbers.py",
    },
    "docs/reference/conformance-agents.md": {"Bounds": "tests/agents/test_workers.py"},
}
"""Sections whose numbers no row and no example gives, and what holds, wrote or measured them."""

TOLD: Mapping[str, tuple[str, ...]] = {
    "": ('"50 %"', '"17 %"', "1/2", "80 % means 80 %"),
    "docs/explanation/glossary.md": ("base-2 logarithm",),
    "docs/explanation/how-it-compares.md": ("from 0 to 100",),
    "docs/explanation/limits.md": (
        # tests/inference/test_sampling.py answers both.
        "400 attributions by 80 sources",
        "2,000 by 200 sources on 50 linked",
        "On a prior of .10",
        "On a prior of .10, 195 voices",
        "a chance of .9",
        "up to seven voices on one matter. Of 195",
        "on a prior of .10 somebody",
        "holds the truth 88 to 92 %",
    ),
    "docs/explanation/model.md": (
        "k = 2",
        "reliability is 0",
        "θ → 0",
        "ρ = 0",
        "still at 0",
        "2,000 rounds",
        "STANAG 2511",
    ),
    "docs/explanation/other-methods.md": ("a prior of 1 in 10",),
    "docs/explanation/pictures.md": (
        "one bit 4 pixels, three bits 12",
        "Cybernetics 11",
        "×8",
        "343 for a phone, 640 to 940",
    ),
    "docs/explanation/publishing.md": ('"This person is 25 % reliable"',),
    "docs/explanation/stability.md": ("it is 1", "before 1.0", "Before 1.0"),
    "docs/explanation/why-not-just.md": ("trusted to .75 makes anything at least .75 likely",),
    "docs/gallery/aluminium-tubes-2002.md": ("22 mentions",),
    "docs/gallery/hacked-account-2013.md": ("some 145 points",),
    "docs/gallery/night-raid-2011.md": ("a of .8",),
    "docs/gallery/secret-fund-1972.md": ("$350,000",),
    "docs/gallery/uranium-papers-2003.md": (
        "conclusions 12 to 16",
        "page 36",
        "page 58",
        "500 tons",
        "paragraphs 88 to 91",
        "paragraphs 490 to 493",
    ),
    "docs/gallery/village-massacre-1968.md": (
        "reported 128",
        "at least 175",
        "counts 128",
        "128 killed",
        "more than 400",
    ),
    "docs/how-to/choose-a-learning-method.md": ("sum to 1", "Say 0 when"),
    "docs/how-to/convert-a-scale.md": ("C and 3",),
    "docs/how-to/grade-a-source.md": (
        'A strength of 4 says "a guess", 8 "an acquaintance", 20 "a long record"',
        "on his trench .9",
        "1 / 3 | | | 20",
    ),
    "docs/how-to/learn-reliability.md": ("From 20 known truths",),
    "docs/how-to/question-an-answer.md": ("claim&#124;claim",),
    "docs/how-to/run-a-web-service.md": ("come again (503)",),
    "docs/how-to/serve-over-http.md": ("fails with 500",),
    "docs/how-to/use-an-agent-framework.md": ("Pydantic AI 2",),
    "docs/how-to/weigh-many-cases.md": ("about 70 MB", "some 6 kB", "(10,000)", "to 500 where"),
    "docs/how-to/write-a-case-file.md": ("starts at 50 %",),
    "docs/reference/case-format.md": (") | 2 | |",),
    "docs/reference/casefiles.md": ("sum to 1",),
    "docs/reference/command-line.md": (
        "| 0 | done",
        "| 1 | the case has problems",
        "| 2 | wrong usage",
        "exit code 130",
        "from 0.",
    ),
    "docs/reference/conformance-claimreview.md": ("between 1 and", "ISO 8601", "release 30.1"),
    "docs/reference/conformance-misp.md": (
        "from 0, strongly against, by way of 50, to 100",
        "credibility, 1 to 6",
        "below 1 and above 99 percent",
        "is 50.",
    ),
    "docs/reference/conformance-prov.md": ("numbers in 0, 1]", "more than 1,500"),
    "docs/reference/conformance-stix.md": (
        "Section 3.7",
        "a credence, 1 where",
        "(0 to 20, 21 to 40, … percent)",
        "from even (50 and below)",
        "strongly-agree 1, agree .7, neutral .5",
        "Credibility 6",
    ),
    "docs/reference/conformance-web-annotation.md": ("from 0,",),
    "docs/reference/errors.md": ("a claim of prior .6 implies a claim of prior .3",),
}
"""What is told and not worked out, by page, and on every page where none is named: facts of a story,
numbers of somebody else's standard, figures of speech, choices that stand in the code of the page."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NAMES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\b(?:1[89]|20)\d\d(?:[-–]\d\d)*\b",
        rf"\b\d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b|\b\d\d?:\d\d\b",
        r"\bT\d+[a-c]?\b",
        r"\bsteps? \d\.\d+|\bmodel \d(?:\.\d+)?|(?:\(|of |to )[23]\.\d+ ",
        r"ICD 203|STIX 2\.[01]|STIX 2\.1|Python 3\.\d+|RFC \d+|Apache 2\.0|SHA-256|UTF-8|10⁻\S+",
        r"\bbetween 0 and 1\b|\b0 (?:or|to) 1\b|[\[(]0, 1[\])]|\b90 % interval|\"1\" to \"6\"",
        r"doi\.org\S*|\b10\.\d{4,}/\S+|\bversions? \d(?:\.\d+)?|\b1 / 1\.7\b|exits with 1\b",
    )
)
"""Numbers that are names: of days, steps, theorems, standards, versions, places in a list."""
_LINES = re.compile(r"^\s*\d+\. |^\| \d+ \| (?=[A-Z])|^#+ .*", re.MULTILINE)
"""Headings, and the places in a list and in a table of steps."""
_RUN = re.compile(r"^[ >]*```(?:pycon|python|console|json|csv).*?^[ >]*```$", re.M | re.S)
_ASIDES = re.compile(
    r"\A---\n.*?\n---\n|^ *```.*?^ *```$|<!-- (?:grades|defaults) -->.*?<!-- /\w+ -->"
    r"|<math.*?</math>|<svg.*?</svg>|`[^`\n]*`|\]\([^)]*\)|<[^>]*>|\{[^}]*\}",
    re.M | re.S,
)
_NUMBER = re.compile(r"(?<![\w.])\.?\d[\d,]*(?:\.\d+)?")


def read(page: str) -> str:
    """A page as it is written, with plain spaces."""
    return (ROOT / page).read_text(encoding="utf-8").replace("\u00a0", " ")


def prose(text: str) -> str:
    """The running text of a page: no fences, no code, no addresses, no formulas, no pictures."""
    return _ASIDES.sub(" ", text)


def squeezed(text: str) -> str:
    """Text on one line, without the marks of links, as the sentences of rows are compared with it."""
    return " ".join(text.replace("[", "").split())


def printed(page: str) -> set[str]:
    """The numbers in the examples of a page, each in every form in which a sentence may repeat it."""
    found = {
        number.rstrip(",") for run in _RUN.findall(read(page)) for number in _NUMBER.findall(run)
    }
    return {
        form for number in found for form in (number, number.lstrip("0"), number.replace(",", ""))
    }


def unheld(page: str) -> Iterator[str]:
    """The numbers of a page that no row, no example and no section holds, each in its sentence."""
    sections = HELD.get(page, {})
    if "" in sections:
        return
    known = printed(page)
    for part in re.split(r"^(?=## )", read(page), flags=re.MULTILINE):
        if any(part.startswith(f"## {heading}") for heading in sections):
            continue
        plain = squeezed(_LINES.sub(" ", prose(part)))
        held = frozenset(_places(plain, page))
        for found in _NUMBER.finditer(plain):
            if found.start() not in held and not _forms(plain, found) & known:
                yield plain[max(0, found.start() - 40) : found.end() + 20]


def _places(plain: str, page: str) -> Iterator[int]:
    """Where in a text stands what a row gives, what is told, and what is a name."""
    sentences = (row[0].format(row[1]) for row in ROWS)
    for sentence in (*sentences, *TOLD[""], *TOLD.get(page, ())):
        start = plain.find(sentence)
        while start >= 0:
            yield from range(start, start + len(sentence))
            start = plain.find(sentence, start + 1)
    for name in NAMES:
        for found in name.finditer(plain):
            yield from range(*found.span())


def _forms(plain: str, found: re.Match[str]) -> set[str]:
    number = found[0].rstrip(",")
    forms = {number, number.lstrip("0"), number.replace(",", "")}
    if plain[found.end() : found.end() + 2] == " %" and "," not in number:
        share = float(number) / 100
        forms |= {f"{share:.2f}".lstrip("0"), f"{share:.3f}".lstrip("0"), f"{share:g}".lstrip("0")}
    return forms
