"""Writes which of some claims look like each other's rivals or denials; run it to bring the file up to date.

    python -m tests.graph.worded

The file `worded.txt` beside it is read by people, and compared by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from provenance.graph import denials_in, is_negative
from provenance.graph.rivals import differing_in

FILE = Path(__file__).with_name("worded.txt")
DOERS = ("Kestria", "A local militia", "The air force of Vardania")
DEEDS = (
    "bombed the hospital",
    "did not bomb the hospital",
    "has never bombed the hospital",
    "denies having bombed the hospital",
    "sold the old mill at the river to a dealer",
)
PLACES = (
    "",
    " in Kest",
    " in the old town",
    " on the far side of the river",
    " in May",
    " in 2015",
)
OTHERS = (
    "The hospital was bombed by Kestria",
    "The hospital was bombed by the air force of Vardania",
    "The hospital was not bombed by Kestria",
    "It is false that Kestria bombed the hospital",
    "Kestria hit the hospital with a missile",
    "Nobody bombed the hospital",
    "The hospital was hit",
    "The hospital wasn't hit",
    "The hospital stands unharmed",
    "The president is hiding in Rome with his family",
    "The president is hiding in Paris with his family",
    "The president is hiding with his family",
    "The president is in Rome",
    "The president is not in Rome",
    "The president left Rome",
    "The president never left Rome",
    "Forty people died in the market",
    "Sixty people died in the market",
    "No people died in the market",
)
TEXTS = (*OTHERS, *("".join((f"{doer} {deed}", place))
                    for doer, deed, place in product(DOERS, DEEDS, PLACES)))  # fmt: skip


def lines() -> Iterator[str]:
    """Every text with the rivals and the denials that it is found to have."""
    texts = {str(number): text for number, text in enumerate(TEXTS)}
    story_of = {name: number for number, name in enumerate(texts)}
    differing, denials = differing_in(texts, story_of), denials_in(texts, story_of)
    for name, text in texts.items():
        yield f"{name} {text}{' (negative)' if is_negative(text) else ''}"
        if name in differing.rivals:
            yield f"  rivals {', '.join(differing.rivals[name])}"
        if name in differing.coarser:
            yield f"  less exact {', '.join(differing.coarser[name])}"
        if name in denials:
            yield f"  denials {', '.join(f'{one} of {other}' for one, other in denials[name])}"


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
