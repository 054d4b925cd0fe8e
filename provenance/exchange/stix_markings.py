"""Admiralty grades as STIX markings, and the identity in whose name a bundle is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from provenance.exchange.naming import Names
from provenance.scales import scale

__all__ = ["PRODUCER", "UNDATED", "marking", "markings"]

UNDATED = "1970-01-01T00:00:00.000Z"
"""When everything without a date was created: STIX forbids that this changes between versions."""

_OURS = "claim-provenance"
_NAMES = Names(_OURS)

PRODUCER: dict[str, Any] = {
    "type": "identity",
    "spec_version": "2.1",
    "id": f"identity--{_NAMES.uuid('identity')}",
    "created_by_ref": f"identity--{_NAMES.uuid('identity')}",
    "created": UNDATED,
    "modified": UNDATED,
    "name": _OURS,
    "identity_class": "system",
}
"""The identity that creates whatever no source of the case says itself."""

# The interoperability profile of the validator asks for `modified` on every object, on markings
# too, where the specification calls it not applicable and readers refuse it; a property extension
# that declares it satisfies both.
_PROPERTIES = ("admiralty_scale", "admiralty_code", "modified")
_EXTENSION: dict[str, Any] = {
    "type": "extension-definition",
    "spec_version": "2.1",
    "id": f"extension-definition--{_NAMES.uuid('extension-definition')}",
    "created_by_ref": PRODUCER["id"],
    "created": UNDATED,
    "modified": UNDATED,
    "name": "Admiralty grade",
    "description": "The Admiralty grade that a marking stands for, and when the marking was written.",
    "schema": (
        "admiralty_scale: 'reliability' of a source, or 'credibility' of information; "
        "admiralty_code: 'A' to 'F', or '1' to '6'; modified: a timestamp, equal to created"
    ),
    "version": "1.0.0",
    "extension_types": ["toplevel-property-extension"],
    "extension_properties": list(_PROPERTIES),
}


def markings(
    reliabilities: Iterable[str], credibilities: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """The markings of some grades, each once, after the extension that they use."""
    found = [marking("reliability", code) for code in sorted(set(reliabilities))]
    found += [marking("credibility", code) for code in sorted(set(credibilities))]
    if found:
        yield _EXTENSION
        yield from found


def marking(of: str, code: str) -> dict[str, Any]:
    """An Admiralty grade as a marking: the same one, wherever the grade is given.

    Args:
        of: "reliability", of a source, or "credibility", of information.
        code: "A" to "F", or "1" to "6".

    >>> marking("reliability", "D")["definition"]["statement"]
    'Admiralty reliability of the source: D - Not usually reliable'
    """
    subject = "the source" if of == "reliability" else "the information"
    label = scale(f"admiralty-{of}").term(code).label
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{_NAMES.uuid('marking-definition', of, code)}",
        "created_by_ref": PRODUCER["id"],
        "created": UNDATED,
        "modified": UNDATED,
        "name": f"Admiralty {of} {code}",
        "definition_type": "statement",
        "definition": {"statement": f"Admiralty {of} of {subject}: {code} - {label}"},
        "admiralty_scale": of,
        "admiralty_code": code,
        "extensions": {_EXTENSION["id"]: {"extension_type": "toplevel-property-extension"}},
    }
