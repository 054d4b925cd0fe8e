"""Pages as a reader follows them: files are written as they stand there, and commands are typed.

    python -m tests.docs.walkthroughs docs/ways/data.md …

puts in place what the commands print today; a line of its own with an ellipsis stands for what is
left out there, and stays.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attrs
from rich.text import Text
from typer.testing import CliRunner

from provenance.cli.app import app

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TERMINAL = {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm-256color"}
WAITING = ("mcp", "review")
"""Commands that wait for somebody."""
PAGES = tuple(
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    if any(each[1] == "console" for each in FENCE.finditer(page.read_text(encoding="utf-8")))
)
"""The pages on which something is typed."""


@attrs.frozen
class Typed:
    """A command of a page: what is typed, what stands below it, and what it prints today."""

    command: str
    shown: tuple[str, ...]
    printed: tuple[str, ...]
    failed: bool


def typed(command: str, shown: tuple[str, ...], folder: Path) -> Typed:
    """Type a command in a folder, as on a terminal of 80 columns."""
    words, _, file = command.partition(" > ")
    with contextlib.chdir(folder):
        ran = CliRunner().invoke(app, shlex.split(words)[1:], env=TERMINAL)
        if file:
            Path(file).write_text(Text.from_ansi(ran.stdout).plain + "\n", encoding="utf-8")
    said = "" if file else Text.from_ansi(ran.output).plain
    lines = tuple(line.rstrip() for line in said.rstrip().splitlines())
    return Typed(command, shown, lines, ran.exit_code != 0)


def walk(page: Path, folder: Path) -> Iterator[Typed]:
    """Go through a page in a folder of one's own: write its files, type its commands."""
    for name in ("seeds", "examples"):
        shutil.copytree(ROOT / name, folder / name)
    for fence in FENCE.finditer(page.read_text(encoding="utf-8")):
        kind, title, body = fence.groups()
        if title:
            (folder / title).parent.mkdir(parents=True, exist_ok=True)
            (folder / title).write_text(body, encoding="utf-8")
        if kind == "console":
            for command, shown in commands_in(body):
                if command.split()[1] not in WAITING:
                    yield typed(command, shown, folder)


def commands_in(body: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The commands of a console, each with what stands below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield command, tuple(line.rstrip() for line in shown)


def fits(shown: tuple[str, ...], printed: tuple[str, ...]) -> bool:
    """Whether what stands on the page is what was printed; an ellipsis stands for any lines."""
    if not shown:
        return True
    pattern = "".join(".*" if line == "…" else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "\n".join(printed) + "\n", re.DOTALL) is not None


def renewed(page: Path, folder: Path) -> str:
    """A page with what its commands print today."""
    found = iter([each for each in walk(page, folder) if each.shown])

    def put(fence: re.Match[str]) -> str:
        if fence[1] != "console":
            return fence[0]
        lines: list[str] = []
        for command, shown in commands_in(fence[3]):
            lines.append(f"$ {command}")
            if shown:
                printed = next(found).printed
                cut = shown.index("…") if "…" in shown else None
                lines += printed if cut is None else (*printed[:cut], "…")
        return "```console\n" + "\n".join(lines) + "\n```"

    return FENCE.sub(put, page.read_text(encoding="utf-8"))


def main() -> None:
    """Put in place what is printed today."""
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            text = renewed(Path(name), Path(folder))
        Path(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
