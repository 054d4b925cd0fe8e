"""The figures of the documentation are what the library draws today."""

from __future__ import annotations

import re

import pytest

from provenance.scales import scale_names
from tests.report.figures import FIGURES, FOLDER, ROOT, file_of

SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_documentation_is_what_the_library_draws(name: str) -> None:
    drawn = file_of(name)

    # If this fails: python -m tests.report.figures
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == drawn


def test_no_figure_is_left_that_nobody_draws() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(FIGURES)


def test_every_picture_on_a_page_is_a_figure_with_words_for_those_who_do_not_see_it() -> None:
    shown = [(page, *found) for page in PAGES for found in SHOWN.findall(page.read_text("utf-8"))]

    assert len(shown) >= len(FIGURES)
    for page, words, file in shown:
        assert (page.parent / file).resolve().parent == FOLDER
        assert (page.parent / file).stem in FIGURES
        assert len(words) > 10


def test_every_scale_has_its_yardstick_in_the_documentation() -> None:
    page = (ROOT / "docs" / "reference" / "yardsticks.md").read_text(encoding="utf-8")

    for name in scale_names():
        assert f"(../figures/scale-{name}.svg)" in page
