"""The figures of the documentation are what the library draws today."""

from __future__ import annotations

import re

import pytest

from provenance.scales import scale_names
from tests.docs.shots import SHOTS, digest_of, told
from tests.docs.shots import page as photographed
from tests.report.figures import FIGURES, FOLDER, INKS, ROOT, file_of

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

    phones = [name for name in FIGURES if name.endswith("-phone")]  # shown in the place of others
    assert {name.removesuffix("-phone") for name in phones} <= set(FIGURES)
    assert len(shown) >= len(FIGURES) - len(INKS) - len(phones)
    for page, words, file in shown:
        assert (page.parent / file).resolve().parent == FOLDER
        assert (page.parent / file).stem in {*FIGURES, *SHOTS}
        assert len(words) > 10


def test_the_readme_shows_one_picture_by_day_and_one_by_night() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    shown = re.findall(r'(?:src|srcset)="docs/figures/([\w-]+)\.svg"', readme)

    assert sorted(shown) == sorted(INKS)


@pytest.mark.parametrize("name", SHOTS)
def test_a_photograph_of_the_report_page_shows_the_page_of_today(name: str) -> None:
    png = (FOLDER / f"{name}.png").read_bytes()

    # If this fails: python -m tests.docs.shots
    assert told(png) == digest_of(photographed())
    assert len(png) < 120_000


def test_every_scale_has_its_yardstick_in_the_documentation() -> None:
    page = (ROOT / "docs" / "reference" / "yardsticks.md").read_text(encoding="utf-8")

    for name in scale_names():
        assert f"(../figures/scale-{name}.svg)" in page
