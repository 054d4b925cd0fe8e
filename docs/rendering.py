"""How pages are rendered: figures stand inline, and the table of defaults is read from the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from provenance.scales import DEFAULTS, Default

_FIGURE = re.compile(
    r'<p><img alt="[^"]*"(?: class="(?P<kind>[\w-]+)")? '
    r'src="[^"]*figures/(?P<name>[\w-]+)\.svg" ?/?></p>'
)
_FOLDER = Path(__file__).parent / "figures"
# A figure's own colours, for where it is shown as a file by itself.
_OWN = re.compile(r"<style>.*?</style>")


# Where a page wants the table of defaults.
_DEFAULTS = "<!-- defaults -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """A page's text with the table of defaults, which is written nowhere but in the code."""
    return markdown.replace(_DEFAULTS, "\n\n".join(map(_section, DEFAULTS.values())))


def _section(row: Default) -> str:
    """A default for people: its value, where it comes from, and how far it carries."""
    step = f" (step {row.step})" if row.step else ""
    lines = [f"### {row.name[0].upper()}{row.name[1:]}", f"{row.meaning[:-1]}{step}."]
    lines.append("\n".join(f"- {value}" for value in row.values))
    lines.append(f"*{row.kind.capitalize()}.* {row.source[0].upper()}{row.source[1:]}.")
    if row.measurements:
        lines.append(_measured(row))
    if row.limits:
        lines.append(f"*How far it carries.* {row.limits[0].upper()}{row.limits[1:].rstrip('.')}.")
    return "\n\n".join(lines)


def _measured(row: Default) -> str:
    cells = [
        (
            each.found,
            "" if each.low is None else f"{each.low:g} to {each.high:g}",
            "; ".join(filter(None, (each.data, each.note))),
        )
        for each in row.measurements
    ]
    head = ["| estimate | 90 % interval | measured on |", "| --- | --- | --- |"]
    return "\n".join(head + [f"| {' | '.join(row)} |" for row in cells])


def on_page_content(html: str, **_: Any) -> str:
    """A page's HTML with its figures inline, and with doctest's mark for an empty line left out."""
    html = html.replace("&lt;BLANKLINE&gt;", "")
    # What may be wider than its room can be reached by the keyboard and scrolled.
    html = html.replace('<math display="block">', '<math display="block" tabindex="0">')
    return _FIGURE.sub(_figure, html)


def _figure(shown: re.Match[str]) -> str:
    """A figure in its kind."""
    kind = f' class="{shown["kind"]}"' if shown["kind"] else ""
    reached = ' tabindex="0"' if shown["kind"] == "terminal" else ""
    return f"<figure{kind}{reached}>{_inline(shown['name'])}</figure>"


def _inline(name: str) -> str:
    return _OWN.sub("", (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip(), count=1)
