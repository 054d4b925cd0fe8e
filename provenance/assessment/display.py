"""Display: how notebooks show an answer, drawn by the room of reports when it is asked for."""

from __future__ import annotations

from importlib import import_module

__all__ = ["drawn"]


def drawn(how: str, what: object) -> str:
    """What a function of `provenance.report`, by its name, makes of an answer.

    The room of reports stands on this one; it is loaded only when something is shown.

    >>> from provenance import load_case, weigh
    >>> drawn("lineage_svg", weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))[:4]
    '<svg'
    """
    picture = getattr(import_module("provenance.report"), how)(what)
    return str(picture)
