"""The seeds: example cases that come with the library."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from provenance.casefiles.loading import load_case
from provenance.errors import UnknownName
from provenance.records import Case

__all__ = ["load_seed", "shipped_seeds"]


def shipped_seeds() -> tuple[str, ...]:
    """The names of the example cases that come with the library, sorted.

    >>> "egypt-arms-2015" in shipped_seeds()
    True
    """
    return tuple(sorted(_seeds()))


def load_seed(name: str) -> Case:
    """An example case by its name.

    Raises `UnknownName` when there is none of that name.

    >>> load_seed("egypt-arms-2015").version
    1
    """
    known = _seeds()
    if name not in known:
        raise UnknownName("seed", name, sorted(known))
    return load_case(known[name].read_bytes())


def _seeds() -> dict[str, Traversable]:
    package = files("provenance")
    # In a wheel they are part of the package, in a checkout they stand beside it.
    places: tuple[Traversable, ...] = (package / "seeds", Path(str(package)).parent / "seeds")
    folder = next((place for place in places if place.is_dir()), places[0])
    return {
        entry.name.removesuffix(".json"): entry
        for entry in folder.iterdir()
        if entry.name.endswith(".json")
    }
