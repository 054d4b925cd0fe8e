"""PROV that others wrote as text: what a parser would make of it, bounded before it is parsed."""

from __future__ import annotations

import re

from provenance.errors import FormatError
from provenance.exchange.foreign import refused

__all__ = ["require_bounds"]

LONGEST_TEXT = 16 * 2**20
"""How many characters a document may have that is not JSON; these take much more to read."""
MOST_NAMES = 1_000_000
"""How many names, and how many nodes without a name, it may have."""
MOST_BUNDLES = 1_000
"""How many bundles it may have, which are not read."""
MOST_GROWTH = 500_000_000
"""How many characters its names may have when their prefixes are written out."""
SHORT = 1_000
"""An address of so many characters is no attack, however often it stands there."""

_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([^\"']{0,40})")
# Strings as one word each, so that what stands in them is not counted; possessive, so that the time
# goes with the length. The groups are strings that do not end.
_WORD = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|(\Z))|"(?:[^"\\\n]|\\.)*+(?:"|((?=\n)|\Z))'
    r'|<[^\s<>]*+>?|[\[({]|[^\s<>"\[\](){},;]++',
    re.DOTALL,
)
_ADDRESS = re.compile(r"<([^\s<>]*+)")
_NAMESPACE = re.compile(r"""(?<=\s)xmlns[:\w.-]*+\s*+=\s*+["']([^"'<>]*+)""")
_UTF = ("utf-8", "utf8", "us-ascii", "ascii")


def require_bounds(text: str, notation: str, what: str) -> None:
    """Makes sure that a text in TriG, PROV-N or XML can be read in bounded time and memory.

    Raises `FormatError` for one that is too long, that has too many names, whose prefixes would
    make these too long, or that has a document type: it could make entities that grow without
    bounds, or that fetch.
    """
    if len(text) > LONGEST_TEXT:
        message = f"expected at most {LONGEST_TEXT} characters, found {len(text)}"
        raise _refused("too-large", message, "write it as PROV-JSON", what)
    if notation == "xml":
        _require_plain_xml(text, what)
        names, longest = text.count("<") + text.count("="), _longest(_NAMESPACE, text)
        bundles = text.count("bundleContent")
    else:
        names, bundles = _counted(text, what)
        longest = _longest(_ADDRESS, text)
    if bundles > MOST_BUNDLES:
        message = f"expected at most {MOST_BUNDLES} bundles, found about {bundles}"
        raise _refused("too-large", message, "leave them out: they are not read", what)
    if names > MOST_NAMES:
        message = f"expected at most {MOST_NAMES} names and nodes, found about {names}"
        raise _refused("too-large", message, "write it as PROV-JSON, or split it", what)
    if longest > SHORT and names * longest > MOST_GROWTH:
        message = f"expected short prefixes, found an address of {longest} characters"
        raise _refused("too-large", message, "shorten the prefixes", what)


def _counted(text: str, what: str) -> tuple[int, int]:
    """How many words there are in a text, and how many of them begin or are bundles."""
    words = bundles = 0
    for word in _WORD.finditer(text):
        words += 1
        bundles += word[0] in ("{", "bundle")
        if word.lastindex is not None:
            message = f"expected a string that ends, found one that does not, at {word.start()}"
            raise _refused("not-prov", message, "give a whole document", what)
    return words, bundles


def _longest(pattern: re.Pattern[str], text: str) -> int:
    return max((len(found[1]) for found in pattern.finditer(text)), default=0)


def _require_plain_xml(text: str, what: str) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "expected XML without a document type, found one"
        raise _refused("document-type", message, "remove the document type", what)
    declared = _DECLARED.match(text.lstrip("\ufeff \t\r\n"))
    if declared is not None and declared[1].lower() not in _UTF:
        # In another encoding a document type could stand there in other letters.
        message = f"expected XML in UTF-8, found {declared[1]!r}"
        raise _refused("not-utf-8", message, "write it in UTF-8", what)


def _refused(code: str, message: str, fix: str, what: str) -> FormatError:
    return refused("", code, message, fix, where=what)
