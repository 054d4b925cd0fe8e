"""The README shows what the library really prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from provenance import load_seed, weigh
from provenance.cli.app import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_answer_in_the_readme_is_the_one_that_prints() -> None:
    answer = str(weigh(load_seed("egypt-arms-2015"), "armed"))

    # On the page it has the lines of a terminal of 80 columns.
    assert " ".join(answer.split()) in " ".join(README.split())


@pytest.mark.filterwarnings("ignore")
def test_the_draft_in_the_readme_is_what_its_command_prints() -> None:
    command, _, shown = README.partition("\nprovenance draft ")[2].partition("--weigh\n```")
    given = [part for part in command.split() if part != "\\"]
    files = [str(path) for part in given[:2] for path in sorted(ROOT.glob(part))]
    args = [*files, given[2], str(ROOT / given[3]), "--weigh"]

    printed = " ".join(CliRunner().invoke(app, ["draft", *args]).stdout.split())

    parts = shown.partition("```text\n")[2].partition("```")[0].split("…")
    assert len(parts) == 3
    assert all(" ".join(part.split()) in printed for part in parts)
