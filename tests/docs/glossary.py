"""Words of the glossary where a page uses them first.

    python -m tests.docs.glossary

links them there, on the pages that newcomers read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.docs.navigation import DOCS, Entry, entries

TERMS = {
    "attribution": r"attributions?",
    "origin": r"origins?",
    "relay": r"relays?",
    "prior": r"priors?",
    "analytic-confidence": r"[Aa]nalytic confidence",
    "bits": r"bits?",
    "caveat": r"caveats?",
    "unrecorded-lineage": r"(?:unrecorded|unknown) lineage",
    "track-record": r"track records?",
}
"""Words that mean one thing everywhere, with their places in the glossary."""
SECTIONS = ("Start", "Newsroom", "Analyst desk", "Data", "Builders")
_ASIDE = re.compile(
    r"^```.*?^```$|^\|.*?$|^#.*?$|^!!!.*?$|^<.*?$|`[^`\n]*`|\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?",
    re.MULTILINE | re.DOTALL,
)
"""What is no running text: code, tables, headings, links."""


def pages() -> tuple[Entry, ...]:
    """The pages that newcomers read."""
    return tuple(each for each in entries() if each.section in SECTIONS)


def unlinked(text: str) -> Iterator[tuple[int, int, str]]:
    """Words of the glossary in the running text of a page that never links them: where they are."""
    asides = [found.span() for found in _ASIDE.finditer(text)]
    for place, pattern in TERMS.items():
        if f"glossary.md#{place})" in text:
            continue
        for found in re.finditer(rf"(?<![\w-]){pattern}(?![\w-])", text):
            if not any(start <= found.start() < end for start, end in asides):
                yield found.start(), found.end(), place
                break


def main() -> None:
    """Link the first use of every word."""
    for page in pages():
        text = (DOCS / page.path).read_text(encoding="utf-8")
        steps = "../" * page.path.count("/")
        way = f"{steps}explanation/" if not page.path.startswith("explanation/") else ""
        for start, end, place in sorted(unlinked(text), reverse=True):
            link = f"[{text[start:end]}]({way}glossary.md#{place})"
            text = text[:start] + link + text[end:]
        (DOCS / page.path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
