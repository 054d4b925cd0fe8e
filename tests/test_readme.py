"""The README shows what the library really prints."""

from __future__ import annotations

from pathlib import Path

from provenance import load_seed, weigh

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_answer_in_the_readme_is_the_one_that_prints() -> None:
    answer = str(weigh(load_seed("egypt-arms-2015"), "armed"))

    # On the page it has the lines of a terminal of 80 columns.
    assert " ".join(answer.split()) in " ".join(README.split())
