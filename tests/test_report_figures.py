"""The figures of the documentation are what the library draws today."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures import FIGURES, FOLDER, file_of, pages

from provenance.scales import scale_names


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_documentation_is_what_the_library_draws(name: str) -> None:
    drawn = file_of(FIGURES[name]())

    # If this fails: python tests/figures.py
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == drawn


def test_no_figure_is_left_that_nobody_draws() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(FIGURES)


@pytest.mark.parametrize("page", [each[0] for each in pages()], ids=lambda path: path.name)
def test_a_page_shows_its_figures_as_the_library_draws_them(page: Path) -> None:
    (found,) = (each for each in pages() if each[0] == page)

    assert found[1] == found[2]


def test_every_scale_has_its_yardstick_in_the_documentation() -> None:
    page = (FOLDER.parent / "reference" / "yardsticks.md").read_text(encoding="utf-8")

    for name in scale_names():
        assert f"<!-- figure: scale-{name} -->" in page
