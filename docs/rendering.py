"""How pages are rendered: figures stand inline, wide formulas can be scrolled, the search has a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_FIGURE = re.compile(
    r'<p><img alt="[^"]*"(?: class="(?P<kind>[\w-]+)")? '
    r'src="[^"]*figures/(?P<name>[\w-]+)\.svg" ?/?></p>'
)
_SEARCH = 'data-md-component="search" role="dialog"'
_FOLDER = Path(__file__).parent / "figures"
# A figure's own colours, for where it is shown as a file by itself.
_OWN = re.compile(r"<style>.*?</style>")


def on_page_content(html: str, **_: Any) -> str:
    """A page's HTML with its figures inline, and with doctest's mark for an empty line left out."""
    html = html.replace("&lt;BLANKLINE&gt;", "")
    # What may be wider than its room can be reached by the keyboard and scrolled.
    html = html.replace('<math display="block">', '<math display="block" tabindex="0">')
    return _FIGURE.sub(_figures, html)


def on_post_page(output: str, **_: Any) -> str:
    """A whole page, whose search has a name for those who do not see it."""
    return output.replace(_SEARCH, f'{_SEARCH} aria-label="Search"')


def _figures(shown: re.Match[str]) -> str:
    """A figure in its kind; one that is drawn for a phone too is shown as that there."""
    name, kind = shown["name"], shown["kind"]
    if kind is None and (_FOLDER / f"{name}-phone.svg").exists():
        return _figure(name, "wide") + _figure(f"{name}-phone", "narrow")
    return _figure(name, kind)


def _figure(name: str, kind: str | None) -> str:
    """A figure inline; one that may be wider than a phone is reached by the keyboard."""
    marked = f' class="{kind}"' if kind else ""
    reached = "" if kind in ("narrow", "phone") else ' tabindex="0"'
    return f"<figure{marked}{reached}>{_inline(name)}</figure>"


def _inline(name: str) -> str:
    return _OWN.sub("", (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip(), count=1)
