"""What the navigation of the site lists, and the index of it for programs.

    python -m tests.docs.navigation

writes `docs/llms.txt`, which is the navigation with a sentence for each page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INDEX = DOCS / "llms.txt"


@attrs.frozen
class Entry:
    """A page in the navigation."""

    section: str
    path: str

    @property
    def text(self) -> str:
        """The page as it is written, without what it says to the search."""
        written = (DOCS / self.path).read_text(encoding="utf-8")
        return re.sub(r"\A---\n.*?\n---\n\n", "", written, flags=re.DOTALL)

    @property
    def title(self) -> str:
        """Its heading."""
        return self.text.partition("\n")[0].removeprefix("# ").replace("`", "")

    @property
    def sentence(self) -> str:
        """What it begins with, without marks."""
        for block in self.text.split("\n\n")[1:]:
            if block[0] not in "!<|#:" and not block.startswith("```"):
                first = block.partition("\n")[0]  # a line of a page is a sentence
                return re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]", lambda found: found[1] or "", first)
        return ""


def entries() -> tuple[Entry, ...]:
    """Every page of the navigation, in its order."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return tuple(_listed("", settings["nav"]))


def _listed(section: str, nav: list[Any]) -> Iterator[Entry]:
    for each in nav:
        if isinstance(each, str):
            yield Entry(section, each)
        else:
            ((name, below),) = each.items()
            if isinstance(below, str):
                yield Entry(section, below)
            else:
                yield from _listed(section or name, below)


def index() -> str:
    """The index for programs."""
    found = entries()
    front = next(each for each in found if each.path == "index.md")
    lines = ["# provenance", "", f"> {front.sentence}"]
    for section in dict.fromkeys(each.section for each in found):
        lines += ["", f"## {section}", ""]
        for each in found:
            if each.section == section:
                address = each.path.removesuffix(".md") + ".html"
                lines.append(f"- [{each.title}]({address}): {each.sentence}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the index."""
    INDEX.write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
