"""Names that a reader would take for the same but that are different text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

__all__ = ["look_alikes"]

# Cyrillic and Greek letters that print like Latin ones.
_LATIN = str.maketrans(
    "аеорсухіјѕԁһӏвкмнтАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνι",
    "aeopcyxijsdhlbkmhtABEKMHOPCTYXIJSABEZHIKMNOPTYXopvi",
)
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


def look_alikes(names: Sequence[Any], shown: int = 5, limit: int = 20_000) -> tuple[str, ...]:
    """Groups of names that differ only in case, spaces, form or look of their letters.

    Only the first `limit` names are looked at, and at most `shown` groups are returned.

    >>> look_alikes(["Reuters", "reuters ", "AP"])
    ("'Reuters', 'reuters '",)
    """
    groups: dict[str, list[str]] = {}
    for name in names[:limit]:
        if isinstance(name, str):
            groups.setdefault(_look(name), []).append(name)
    alike = [", ".join(map(ascii, group)) for group in groups.values() if len(group) > 1]
    return tuple(alike[:shown])


def _look(name: str) -> str:
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKC", name.translate(_INVISIBLE)).translate(_LATIN)
    return " ".join(plain.casefold().split())
