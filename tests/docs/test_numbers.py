"""Every number that the front pages print in running text, beside the run that gives it.

Numbers in examples are held by the examples, which run; those in tables of measurements by the pages
that name the data. Here are the others: a number that stands on one of these pages and in no row of
the table below fails the test, and so does a row that a run no longer gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from provenance import Assessment, Case, compare, load_case, load_seed, weigh
from provenance.records import Attribution
from provenance.scales import GRADES, PASSING_ON, percent
from tests.docs.walkthroughs import ROOT

PAGES = (
    "README.md", "docs/index.md", "docs/explanation/faq.md", "docs/ways/newsroom.md",
    "docs/ways/analyst-desk.md", "docs/ways/data.md", "docs/ways/builders.md",
    "docs/reference/cheat-sheet.md",
)  # fmt: skip


@cache
def arms() -> Assessment:
    """The answer of the arms case."""
    return weigh(load_seed("egypt-arms-2015"), "armed")


def voices(prior: float, grades: str) -> Case:
    """So many sources of these grades, each of which affirms one claim."""
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "it", "text": "It", "prior": prior}],
            "sources": [{"id": f"s{n}", "reliability": grade} for n, grade in enumerate(grades)],
            "attributions": [
                {"id": f"a{n}", "source": f"s{n}", "claim": "it"} for n in range(len(grades))
            ],
        }
    )


def repeated(times: int) -> float:
    """One voice of grade B that we have, and so many papers that repeat it, on a prior of .1."""
    case = voices(0.1, "B" * (times + 1))
    first, *others = case.attributions
    relays = [Attribution(id=each.id, source=each.source, cites=first.id) for each in others]
    heard = case.evolve(attributions=[first.evolve(in_hand=True), *relays])
    return weigh(heard, "it").probability


def letters(table: Mapping[str, object]) -> list[str]:
    """A row of the cheat sheet."""
    means = [getattr(table[letter], "mean", None) for letter in "ABCDEF"]
    return ["not judged" if mean is None else f"{mean:.2f}".lstrip("0") for mean in means]


MENTIONS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
ROWS: tuple[tuple[str, str, Callable[[], object]], ...] = (
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
    ("from 10 % to {};", "44 %", lambda: percent(weigh(voices(0.1, "B"), "it").probability)),
    ("from 10 % to {}; a hundred papers that repeat", "44 %", lambda: percent(repeated(100))),
    ("{} are odds of 1 to 4", "20 %", lambda: percent(1 / (1 + 4))),
    ("| of its own word | {} |", " | ".join(letters(GRADES)), lambda: " | ".join(letters(GRADES))),
    (
        "| of what it passes on | {} |",
        " | ".join(letters(PASSING_ON)),
        lambda: " | ".join(letters(PASSING_ON)),
    ),
)
"""A sentence with a gap, what fills it on the pages, and the run that gives it today."""
OTHERS = (
    "50 %", "2015", "ICD 203", "3.11", "2.0", "1 to 4", "10 % to", "80 % means 80 %", "STIX",
    "close to 0 or to 1", "(0.17", "0.15", "0.6", "| 1 |", "from 0 to 1",
)  # fmt: skip
"""Numbers that no run gives: years, versions, names, and forms of the format."""


def percent_of(method: str) -> str:
    """What another method says of the arms case."""
    found = compare(load_seed("egypt-arms-2015"), "armed").row(method).probability
    assert found is not None
    return percent(found)


def prose(page: str) -> str:
    """The running text of a page: no fences, no code, no addresses, no pictures."""
    text = (ROOT / page).read_text(encoding="utf-8").replace("\u00a0", " ")
    asides = r"\A---\n.*?\n---\n|^```.*?^```$|`[^`\n]*`|\]\([^)]*\)|<[^>]*>|\{[^}]*\}"
    return re.sub(asides, " ", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("sentence", "number", "run"), ROWS, ids=[row[0] for row in ROWS])
def test_a_number_on_the_front_pages_is_what_the_run_gives(
    sentence: str, number: str, run: Callable[[], object]
) -> None:
    assert str(run()) == number
    assert any(sentence.format(number) in prose(page) for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_number_on_a_front_page_has_a_row(page: str) -> None:
    text = prose(page)

    for sentence, number, _ in sorted(ROWS, key=lambda row: -len(row[0])):
        text = text.replace(sentence.format(number), " ")
    for other in OTHERS:
        text = text.replace(other, " ")

    assert re.findall(r".{0,30}(?<![\w.])\d[\d.,]*.{0,20}", text) == []
