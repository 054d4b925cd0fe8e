"""The language that readers meet: plain words, names for ids, and two figures at most."""

from __future__ import annotations

import ast
import json
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import provenance
from provenance import Case, check, load_case, load_seed, weigh
from provenance.assessment import (
    Change,
    Remove,
    leads,
    mentions_of,
    over_priors,
    sensitivity,
    telling_of,
    timeline,
    what_if,
)
from provenance.casefiles import dump_case
from provenance.cli.app import app
from provenance.errors import CaseError, ImpossibleEvidence, IncompatiblePriors, ProvenanceError
from provenance.methods import compare
from provenance.report import card_html, leads_svg, lineage_svg, methods_svg, timeline_svg
from tests.cases.slips import SLIPS

PACKAGE = Path(provenance.__file__).parent

BANNED = {
    r"\bwhatever\b(?! is true)": "name the thing",  # the stake of that name is part of the format
    r"\bnot so\b|\bis so\b|\bbe so\b": "true, or false",
    r"\bin hand\b": "we have the document",
    r"\bmend(ed|ing|s)?\b(?<!^mended)": "put right, repair",  # a key of the data of calibrations
    r"\bwhoever\b": "you, or a name",
    r"\bhitherto\b|\bthereof\b|\bwherein\b|\btheretofore\b": "plain words",
    r"\babove 99|\bbelow 0\.": "over 99 %, under 0.1 %",
    r"\ball but 1 in\b": "about 59 in 60",
    r"\bcannot be judged\b": "not judged",
}
"""Words and forms that no reader meets, and what to say instead."""

THEIRS = {"scales/standards.py"}
"""Modules with the published words of others, which stand as they were published."""


ROOT = PACKAGE.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
DEFINE_IN_HAND = {"model.md", "theorems.md", "graph.md", "glossary.md"}
"""Pages that carry the word of the format and of the mathematics for what we have a document of."""
WORST = (
    "weighs contested claims by who has them from whom",
    "Weigh contested claims by who has them from whom",
    "A line is a statement on its way",
    "the lowest level that any fact",
    "What is expected of an original is what follows",
    "Where it bends, the evidence",
    "is taken to say this whatever is so",
    "summed and squashed",
    "is a ratio of two l",
    "that exists holds together",
    "Which parts need what",
)
"""Sentences that nobody understood, and that are not to come back, in pages, code or messages."""


def modules() -> list[Path]:
    """Every module whose strings are ours."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in THEIRS
    ]


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings: what may be shown to somebody."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_string_that_is_shown_has_a_banned_word(path: Path) -> None:
    found = [
        (line, text, better)
        for line, text in spoken(path)
        for pattern, better in BANNED.items()
        if re.search(pattern, text)
    ]

    assert found == []


@pytest.mark.parametrize(
    "command",
    [
        "weigh egypt-arms-2015", "weigh egypt-arms-2015 sailed --details",
        "weigh egypt-syria-2015 partition", "check egypt-arms-2015", "check egypt-syria-2015",
        "leads egypt-arms-2015 armed --all", "chains egypt-arms-2015",
        "timeline egypt-arms-2015 armed", "compare egypt-arms-2015 armed",
        "sensitivity egypt-arms-2015 armed", "priors egypt-arms-2015 armed",
    ],
)  # fmt: skip
def test_what_a_command_prints_is_plain(command: str) -> None:
    said = CliRunner().invoke(app, command.split()).stdout
    own = re.sub("“[^”]*”", "", said)
    for claim in load_seed(command.split()[1]).claims:  # the texts of a case are not ours
        own = own.replace(claim.text, "")

    assert said
    assert [pattern for pattern in BANNED if re.search(pattern, own)] == []
    assert not re.search(r"\d\.\d+ %(?<!0\.\d %)|\d{3,} %(?<!100 %)", own)


# ---------------------------------------------------------------- no id where a name exists

ODD = "zq"
"""What every id of these cases begins with, and no name does."""
REFERENCES = {
    "sources": ("id", "only_if"),
    "claims": ("id",),
    "questions": ("id", "claims"),
    "documents": ("id", "publisher"),
    "attributions": ("id", "source", "claim", "cites", "only_if", "document", "from"),
    "links": ("claim", "sign", "implies", "claims"),
}


def odd(value: Any) -> Any:
    """An id, or several, that cannot be mistaken for a name."""
    if isinstance(value, list):
        return [odd(each) for each in value]
    return "/".join(f"{ODD}{part}" for part in value.split("/"))


def with_odd_ids(document: dict[str, Any]) -> dict[str, Any]:
    """The case file with other ids throughout."""
    made = json.loads(json.dumps(document))
    for section, fields in REFERENCES.items():
        for record in made.get(section, ()):
            record |= {name: odd(record[name]) for name in fields if name in record}
            for interest in record.get("interests", ()):
                if interest["claims"] != "all":
                    interest["claims"] = odd(interest["claims"])
            if "same_voice_as" in record:
                record["same_voice_as"]["attribution"] = odd(record["same_voice_as"]["attribution"])
    return made


def seed(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dump_case(load_seed(name)))
    return found


ODD_CASES = {
    "arms": with_odd_ids(seed("egypt-arms-2015")),
    **{
        name: with_odd_ids(slip.entered)
        for name, slip in SLIPS.items()
        if slip.kind in provenance.assessment.WEAKNESSES
    },
}


def supposed(case: Case, claim: str) -> Iterator[str]:
    """What is said of some suppositions about a case."""
    source, attribution = case.sources[0].id, case.attributions[0].id
    changes: list[Change | Remove] = [
        Change(f"reliability:{source}", "A"),
        Change(f"prior:{claim}", 0.4),
        Change(f"basis:{attribution}", "own-inquiry"),
        Remove(f"source:{source}"),
        Remove(f"attribution:{attribution}"),
        Change(f"only_if:{source}", claim),
    ]
    for change in changes:
        try:
            yield str(what_if(case, claim, change))
        except ImpossibleEvidence:
            continue


SPEAKERS: dict[str, Callable[[Case, str], Iterator[str]]] = {
    "an assessment": lambda case, claim: iter([str(weigh(case, claim))]),
    "a telling": lambda case, claim: iter([str(telling_of(weigh(case, claim), "reader"))]),
    "caveats": lambda case, claim: (each.text for each in weigh(case, claim).caveats),
    "confidence": lambda case, claim: (each.text for each in weigh(case, claim).confidence.basis),
    "leads": lambda case, claim: (
        f"{each} {each.who} {[outcome.text for outcome in each.outcomes]}"
        for each in leads(case, claim)
    ),
    "a timeline": lambda case, claim: iter([str(timeline(case, claim))]),
    "a supposition": supposed,
    "a sensitivity": lambda case, claim: iter([str(sensitivity(case, claim))]),
    "priors": lambda case, claim: iter([str(over_priors(case, claim))]),
    "methods": lambda case, claim: iter([str(compare(case, claim))]),
    "the leads picture": lambda case, claim: iter([leads_svg(leads(case, claim))]),
    "the timeline picture": lambda case, claim: iter([timeline_svg(timeline(case, claim))]),
    "the lineage picture": lambda case, claim: iter([lineage_svg(weigh(case, claim))]),
    "the methods picture": lambda case, claim: iter([methods_svg(compare(case, claim))]),
    "a card": lambda case, claim: iter([card_html(weigh(case, claim))]),
}
"""Who says something of a claim to people."""


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize("name", ODD_CASES)
def test_nobody_is_called_by_an_id(name: str, speaker: str) -> None:
    case = load_case(ODD_CASES[name])

    try:
        said = list(SPEAKERS[speaker](case, case.claims[0].id))
    except (ImpossibleEvidence, IncompatiblePriors):
        said = []

    assert [each for each in said if ODD in each] == []


@pytest.mark.parametrize("name", ODD_CASES)
def test_no_check_calls_anybody_by_an_id(name: str) -> None:
    case = load_case(ODD_CASES[name])

    said = [*map(str, check(case)), *map(str, mentions_of(case))]

    assert [each for each in said if ODD in each] == []


@pytest.mark.parametrize("name", list(ODD_CASES)[::6])
@pytest.mark.parametrize("command", ["check", "weigh", "leads --all", "timeline", "compare",
                                     "sensitivity", "priors", "chains"])  # fmt: skip
def test_no_command_calls_anybody_by_an_id(tmp_path: Path, name: str, command: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(ODD_CASES[name]), encoding="utf-8")
    verb, *options = command.split()
    claim = [] if verb in ("check", "weigh") else [ODD_CASES[name]["claims"][0]["id"]]

    found = CliRunner().invoke(app, [verb, str(path), *claim, *options])

    # What cannot be weighed is told on standard error, where ids say where to look.
    assert found.stdout or found.exit_code == 1
    assert ODD not in found.stdout


# ------------------------------------------------- errors: a name, and the id that finds the entry

WITH_ITS_ID = re.compile(
    r"\(id '[^']*'\)|'[^']*' \((?:of )?“[^”]*”\)|'[^']*', which [^,]*, “[^”]*”"
)
"""An id beside the name, in the forms that errors have: `“MSF” (id 'msf')`, `'msf' (“MSF”)`."""
HIT = {"id": "zqhit", "text": "The hospital was hit", "prior": 0.9}
BURNED = {"id": "zqburned", "text": "The hospital burned", "prior": 0.2}
PLAIN = {"id": "zqplain", "text": "The hospital was empty"}
GUARD = {"id": "zqguard", "name": "The guard", "reliability": 1}
NURSE = {"id": "zqnurse", "name": "A nurse", "reliability": 1}
SAW = {"id": "zqsaw", "source": "zqguard", "claim": "zqhit", "basis": "firsthand"}
TOLD = {"id": "zqtold", "source": "zqnurse", "claim": "zqplain", "basis": "firsthand"}
SILENT = {**TOLD, "id": "zqsilent", "stance": "silent", "would_speak": 0.5}
SIGN = {"kind": "evidence", "if_true": 0.5, "if_false": 0.1}
ASKED = {"id": "zqasked", "text": "What became of the hospital?", "claims": ["zqhit", "zqburned"]}


def faulty(**sections: Any) -> dict[str, Any]:
    """A case file with three claims, two sources and a fault."""
    return {
        "version": 1,
        "claims": [HIT, BURNED, PLAIN],
        "sources": [GUARD, NURSE],
        "attributions": [SAW, TOLD],
        **sections,
    }


def same_as(name: str) -> dict[str, Any]:
    return {"same_voice_as": {"attribution": name, "probability": 0.5}}


FAULTS = {
    "a claim in two questions": faulty(questions=[ASKED, {**ASKED, "id": "zqagain"}]),
    "a prior in a question": faulty(questions=[ASKED]),
    "two true answers": faulty(
        claims=[{**each, "resolved": {"value": True}} for each in (HIT, BURNED, PLAIN)],
        questions=[ASKED],
    ),
    "a claim linked to itself": faulty(
        links=[{"kind": "implies", "claim": "zqhit", "implies": "zqhit"}]
    ),
    "a sign of two": faulty(
        links=[{**SIGN, "claim": each, "sign": "zqplain"} for each in ("zqhit", "zqburned")]
    ),
    "a sign with a prior": faulty(links=[{**SIGN, "claim": "zqhit", "sign": "zqburned"}]),
    "a sign in a question": faulty(
        questions=[ASKED], links=[{**SIGN, "claim": "zqplain", "sign": "zqhit"}]
    ),
    "alternatives of a sign": faulty(
        claims=[HIT, BURNED, {**PLAIN, "alternatives": 3}],
        links=[{**SIGN, "claim": "zqhit", "sign": "zqplain"}],
    ),
    "a silence that is cited": faulty(
        attributions=[SAW, SILENT, {"id": "zqpost", "source": "zqguard", "cites": "zqsilent"}]
    ),
    "signs in a circle": faulty(
        claims=[PLAIN, {"id": "zqother", "text": "It was full"}],
        attributions=[],
        links=[
            {**SIGN, "claim": "zqplain", "sign": "zqother"},
            {**SIGN, "claim": "zqother", "sign": "zqplain"},
        ],
    ),
    "an id twice": faulty(sources=[GUARD, NURSE, {**GUARD, "name": "Another guard"}]),
    "a claim that is not there": faulty(attributions=[{**SAW, "claim": "zqhitt"}]),
    "a source where a statement is meant": faulty(
        attributions=[SAW, {"id": "zqpost", "source": "zqnurse", "cites": "zqguard"}]
    ),
    "voices in a circle": faulty(
        attributions=[{**SAW, **same_as("zqtold")}, {**TOLD, "claim": "zqhit", **same_as("zqsaw")}]
    ),
    "a voice on another question": faulty(attributions=[SAW, {**TOLD, **same_as("zqsaw")}]),
    "evidence that cannot be": faulty(
        attributions=[SAW, {**TOLD, "claim": "zqhit", "stance": "denies"}]
    ),
    "priors that cannot be": faulty(
        links=[{"kind": "implies", "claim": "zqhit", "implies": "zqburned"}]
    ),
    "claims that are too entangled": faulty(
        claims=[{"id": f"zq{n}", "text": f"Claim {n}"} for n in range(1020)],
        attributions=[],
        links=[{"kind": "contradicts", "claims": [f"zq{n}" for n in range(1020)], "strength": 0.9}],
    ),
}
"""Case files that are refused, by what is wrong with them; their ids cannot be taken for names."""


@pytest.mark.parametrize("name", FAULTS)
def test_no_error_names_an_id_alone_where_there_is_a_name(name: str) -> None:
    def first_weighed() -> None:
        case = load_case(FAULTS[name])
        weigh(case, case.claims[0].id)

    with pytest.raises(ProvenanceError) as caught:
        first_weighed()

    # What is not there has no name, and what a source says is told with the source.
    said = re.sub(r"'zqhitt'|name what it says: [^)]*", "", str(caught.value))
    assert WITH_ITS_ID.search(said)
    assert ODD not in WITH_ITS_ID.sub("", said)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (Change("prior:hit", 0.5), "'zqhit' (“The hospital was hit”)"),
        (Change("reliability:guard", "B"), "'zqguard' (“The guard”)"),
        (Change("basis:saw", "firsthand"), "'zqsaw' (of “The guard”)"),
        (Change("cites:zqsilent", "zqsaw"), "a statement of “A nurse” (id 'zqsilent')"),
        (Change("one_voice", ("zqsaw", "zqpost")), "a statement of “A nurse” (id 'zqpost')"),
    ],
)  # fmt: skip
def test_a_supposition_that_names_nothing_is_answered_with_names(
    change: Change, found: str
) -> None:
    relay = {"id": "zqpost", "source": "zqnurse", "cites": "zqsaw"}
    case = load_case(faulty(attributions=[SAW, SILENT, relay]))

    with pytest.raises(ProvenanceError) as caught:
        what_if(case, "zqhit", change)

    assert found in str(caught.value)


def test_a_value_that_no_record_takes_is_told_where_it_would_stand() -> None:
    with pytest.raises(CaseError) as caught:
        what_if(load_case(faulty()), "zqhit", Change("reliability:zqnurse", "Q"))

    assert str(caught.value).startswith(
        "1 problem in the change reliability:zqnurse = Q\n  sources[1].reliability: "
    )


def test_an_error_with_names_can_be_sent_to_another_process() -> None:
    with pytest.raises(ImpossibleEvidence) as caught:
        weigh(load_case(FAULTS["evidence that cannot be"]), "zqhit")

    again = pickle.loads(pickle.dumps(caught.value))

    assert (str(again), again.statements) == (str(caught.value), ("zqsaw", "zqtold"))


def running_text(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page that are read as sentences: no fences, no code, no addresses."""
    text = page.read_text(encoding="utf-8")
    asides = r"^```.*?^```$|`[^`\n]*`|!\[[^\]]*\]|\]\([^)]*\)|<[^>]*>"
    plain = re.sub(asides, lambda found: "\n" * found[0].count("\n"), text, flags=re.M | re.S)
    yield from enumerate(plain.splitlines(), start=1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_has_a_banned_word(page: Path) -> None:
    banned = {pattern: better for pattern, better in BANNED.items() if "99" not in pattern}
    if page.name in DEFINE_IN_HAND:
        del banned[r"\bin hand\b"]

    found = [
        (line, text, better)
        for line, text in running_text(page)
        for pattern, better in banned.items()
        if re.search(pattern, text)
    ]

    assert found == []


@pytest.mark.parametrize("sentence", WORST)
def test_a_sentence_that_nobody_understood_is_gone(sentence: str) -> None:
    words = r"\s+".join(re.escape(word) for word in sentence.split())
    files = (*PAGES, *PACKAGE.rglob("*.py"), ROOT / "mkdocs.yml", ROOT / "pyproject.toml")

    found = [path.name for path in files if re.search(words, path.read_text(encoding="utf-8"))]

    assert found == []
