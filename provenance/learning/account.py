"""What was learned, as text for a person: how, from what, and whom to trust how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from provenance.learning.learned import Learned

__all__ = ["account_of"]

_MOST = 12
_WIDEST = 40


def account_of(learned: Learned) -> str:
    """The method and why, a table of the busiest sources, and what to know.

    A reliability is a mean and the number of observations that it is worth.
    """
    assertions = learned.assertions
    sources, objects = len(assertions.sources), len(assertions.objects)
    return "\n".join(
        [
            f"Learned by {learned.method}: {learned.reason}",
            f"Assertions: {assertions.size:,}; sources: {sources:,}; objects: {objects:,}",
            "",
            *_sources(learned),
            *(f"Note: {note}" for note in learned.notes),
        ]
    )


def _sources(learned: Learned) -> list[str]:
    """A table of the sources that assert most."""
    sources = learned.assertions.sources
    spoken = np.bincount(learned.assertions.source, minlength=len(sources))
    rows = [("source", "reliability", "worth", "assertions")]
    for place in np.argsort(-spoken, kind="stable")[:_MOST]:
        degree = learned.reliability_of(sources[place])
        name = _short(str(sources[place]))
        rows.append((name, f"{degree.mean:.2f}", f"{degree.strength:.0f}", f"{spoken[place]:,}"))
    width = max(len(row[0]) for row in rows)
    found = [f"  {row[0]:<{width}}  {row[1]:>11}  {row[2]:>5}  {row[3]:>10}" for row in rows]
    if len(sources) > _MOST:
        found.append(f"  and {len(sources) - _MOST:,} more")
    return found


def _short(name: str) -> str:
    """A name on one line, cut where it is long."""
    printed = " ".join(name.split())
    return printed if len(printed) <= _WIDEST else printed[: _WIDEST - 1] + "…"
