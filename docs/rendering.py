"""How pages are rendered: figures stand inline, so that they take the colours of the page around."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_FIGURE = re.compile(r'<p><img alt="[^"]*" src="[^"]*figures/([\w-]+)\.svg" ?/?></p>')
_FOLDER = Path(__file__).parent / "figures"
# A figure's own colours, for where it is shown as a file by itself.
_OWN = re.compile(r"<style>.*?</style>")


def on_page_content(html: str, **_: Any) -> str:
    """A page's HTML with its figures inline, and with doctest's mark for an empty line left out."""
    html = html.replace("&lt;BLANKLINE&gt;", "")
    return _FIGURE.sub(lambda shown: f"<figure>{_inline(shown[1])}</figure>", html)


def _inline(name: str) -> str:
    return _OWN.sub("", (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip(), count=1)
