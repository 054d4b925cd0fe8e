"""Text from a case made harmless: what it says is kept, what it could do to a page is not."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urlsplit

__all__ = ["address", "escaped", "exact", "plain"]

LABEL, SENTENCE, PASSAGE = 120, 600, 4000
"""How many characters a name, a sentence and a quoted passage may have before they are cut."""

# Marks that only say which way a character without a direction of its own is read, and spaces of
# no width: nobody sees them, and text reads nearly the same without them.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
# Embeddings, overrides and isolates reorder what stands around them: shown as replaced.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]")
# What neither HTML nor XML may contain: controls, halves of surrogate pairs, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_MOST_MARKS = 6
_ADDRESS = re.compile(r"\Ahttps?://[!#-;=?-Z\[\]_a-z~]+\Z")


def plain(text: str, most: int = LABEL) -> str:
    """A text on one line without anything that draws outside of it, cut where it is too long.

    Controls, halves of surrogate pairs and marks that reorder the text around them become U+FFFD,
    marks that nobody sees are dropped, and letters carry no more than six accents.

    >>> plain("a\\u202eb\\nc"), plain("x" * 2000, most=10)
    ('a\ufffdb c', 'xxxxxxxxxx… (1,990 more characters)')
    """
    # Ten times as much is looked at, so that a text of marks alone is cut as well.
    looked_at = text[: 10 * most]
    kept = _SPACE.sub(" ", _thinned(_seen(looked_at))).strip()
    if len(kept) <= most and len(text) == len(looked_at):
        return kept
    left = max(len(kept) - most, 0) + len(text) - len(looked_at)
    return f"{kept[:most]}… ({left:,} more characters)"


def escaped(text: str, most: int = LABEL) -> str:
    """A text as it stands in HTML and SVG, between tags or in a quoted attribute.

    >>> escaped('<script>"&')
    '&lt;script&gt;&quot;&amp;'
    """
    return html.escape(plain(text, most))


def exact(json_text: str) -> str:
    """The text of a JSON document with everything that `plain` would alter written as escapes.

    What it reads as is the same, to the last character.

    >>> exact('{"id": "\u202e"}')
    '{"id": "\\\\u202e"}'
    """
    for pattern in (_UNSEEN, _REORDERING, _FORBIDDEN):
        json_text = pattern.sub(_as_escape, json_text)
    return json_text


def address(url: str) -> str | None:
    """An address that may become a link: of the web, in plain ASCII, nothing before its host.

    >>> address("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> address("javascript:alert(1)") is None
    True
    """
    if len(url) > 2000 or not _ADDRESS.match(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.hostname and "@" not in parts.netloc else None


def _seen(text: str) -> str:
    text = _UNSEEN.sub("", text)
    return _FORBIDDEN.sub("\ufffd", _REORDERING.sub("\ufffd", text))


def _thinned(text: str) -> str:
    """No letter carries so many accents that they run over the lines around it."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _as_escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
