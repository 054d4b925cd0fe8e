"""Every number that a page prints in running text, beside the run that gives it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

from tests.docs.numbers import ELSEWHERE, HELD, PAGES, ROWS, TOLD, prose, read, squeezed, unheld
from tests.docs.walkthroughs import ROOT

SENTENCES = {page: squeezed(prose(read(page))) for page in PAGES}


@pytest.mark.parametrize(("sentence", "number", "run"), ROWS, ids=[row[0] for row in ROWS])
def test_a_number_on_a_page_is_what_the_run_gives(
    sentence: str, number: str, run: Callable[[], object]
) -> None:
    assert str(run()) == number
    assert any(sentence.format(number) in text for text in SENTENCES.values())


@pytest.mark.parametrize("page", PAGES)
def test_every_number_on_a_page_is_held_by_a_row_an_example_or_its_section(page: str) -> None:
    assert list(unheld(page)) == []


def test_what_is_told_and_not_worked_out_stands_on_its_page() -> None:
    gone = [(page, told) for page in TOLD if page for told in TOLD[page]
            if told not in SENTENCES[page]]  # fmt: skip

    assert gone == []


@pytest.mark.parametrize(
    ("page", "heading", "holder"),
    [(page, *each) for page, sections in HELD.items() for each in sections.items()],
)
def test_a_section_of_numbers_names_what_holds_it(page: str, heading: str, holder: str) -> None:
    text = read(page)

    assert not heading or f"\n## {heading}" in text
    assert holder == ELSEWHERE or (ROOT / holder).is_file()
    if holder.startswith("benchmarks/"):  # a reader can measure again
        assert re.search(rf"{holder}|{holder[:-3].replace('/', '[.]')}\b", text) or "step 2" in text


# ------------------------------------------------------------------------- what an extra brings


def needed(names: Iterable[str], extras: Iterable[str] = ()) -> Iterator[str]:
    """The packages that requirements bring, with all that these need."""
    seen: set[tuple[str, str]] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        for extra in ("", *wanted.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            yield name
            needs = map(Requirement, distribution(name).requires or ())
            waiting += [
                need
                for need in needs
                if need.marker is None or need.marker.evaluate({"extra": extra})
            ]


def megabytes(names: Iterable[str]) -> float:
    """The files of packages, as they were installed."""
    return (
        sum(file.size or 0 for name in set(names) for file in distribution(name).files or ()) / 1e6
    )


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [name for name in PROJECT["optional-dependencies"]
          if name not in ("docs", "test", "conformance", "all")]  # fmt: skip


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_what_the_page_on_installing_says(extra: str) -> None:
    row = re.search(rf"^\| `{extra}` \| .* \| (.*) \| (\d+) MB \|$",
                    read("docs/how-to/install.md"), re.MULTILINE)  # fmt: skip
    wanted = PROJECT["optional-dependencies"][extra]

    assert row is not None
    try:
        brought = set(needed(wanted)) - set(needed(PROJECT["dependencies"]))
    except PackageNotFoundError as error:
        pytest.skip(f"{error} is not installed")
    assert set(row[1].split(", ")) <= brought
    # Releases differ: the page is to be right about the order of magnitude.
    assert megabytes(brought) == pytest.approx(int(row[2]), rel=0.5, abs=2)
