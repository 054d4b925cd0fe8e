"""The catalogue of published scales: each by its name."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from provenance.errors import UnknownName
from provenance.scales.published import Scale

__all__ = ["scale", "scale_names"]


def scale(name: str) -> Scale:
    """A published scale by its name, in any case; raises `UnknownName` for one that is not there.

    >>> phia = scale("phia")
    >>> [term.label for term in phia.term_for(0.3)]
    ['unlikely']
    >>> phia.term_for(0.38)
    ()
    >>> str(phia.range_of("probable"))
    '55 to 75 %'
    """
    found = _by_name().get(_key(name))
    if found is None:
        raise UnknownName("scale", name[:100], scale_names())
    return found


def scale_names() -> tuple[str, ...]:
    """The names of all published scales, in order: likelihood first, then Admiralty, STIX, MISP.

    >>> scale_names()[:7]
    ('icd203', 'phia', 'nato', 'ipcc', 'ipcc-ar4', 'efsa', 'kent')
    """
    return tuple(found.name for found in _scales())


@functools.cache
def _scales() -> tuple[Scale, ...]:
    # Imported on first use: most programs weigh cases and never ask for a scale.
    from provenance.scales.admiralty import ADMIRALTY
    from provenance.scales.likelihoods import LIKELIHOODS
    from provenance.scales.misp import MISP
    from provenance.scales.stix import STIX

    return (*LIKELIHOODS, *ADMIRALTY, *STIX, *MISP)


@functools.cache
def _by_name() -> Mapping[str, Scale]:
    return MappingProxyType(
        {_key(name): found for found in _scales() for name in (found.name, *found.aliases)}
    )


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
