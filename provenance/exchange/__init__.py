"""Other tools' formats: what comes in, what goes out, and what is lost on the way."""

from provenance.exchange.losses import Export, Import, Loss
from provenance.exchange.misp import to_misp
from provenance.exchange.misp_tags import MispTags, from_misp_tags, to_misp_tags
from provenance.exchange.stix import to_stix

__all__ = [
    "Export",
    "Import",
    "Loss",
    "MispTags",
    "from_misp_tags",
    "to_misp",
    "to_misp_tags",
    "to_stix",
]
