"""Other tools' formats: what comes in, what goes out, and what is lost on the way."""

from provenance.exchange.losses import Export, Import, Loss
from provenance.exchange.stix import to_stix

__all__ = [
    "Export",
    "Import",
    "Loss",
    "to_stix",
]
