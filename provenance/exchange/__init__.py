"""Other tools' formats: what comes in, what goes out, and what is lost on the way."""

from provenance.exchange.annotations import from_annotations, to_annotations
from provenance.exchange.claimreview import (
    claimreview_problems,
    claimreview_schema,
    embed_claimreview,
    to_claimreview,
)
from provenance.exchange.claimreview_reading import RATINGS, from_claimreview
from provenance.exchange.documents import locator_in_words
from provenance.exchange.losses import Export, Import, Loss
from provenance.exchange.misp import MispTags, from_misp_tags, to_misp, to_misp_tags
from provenance.exchange.misp_reading import from_misp
from provenance.exchange.nanopublications import to_nanopublications
from provenance.exchange.prov import from_prov, prov_shapes, prov_vocabulary, to_prov
from provenance.exchange.relocation import Relocation, relocate
from provenance.exchange.stix import to_stix
from provenance.exchange.stix_reading import from_stix
from provenance.exchange.tables import (
    from_assessment_table,
    from_tables,
    to_assessment_table,
    to_tables,
)

__all__ = [
    "RATINGS",
    "Export",
    "Import",
    "Loss",
    "MispTags",
    "Relocation",
    "claimreview_problems",
    "claimreview_schema",
    "embed_claimreview",
    "from_annotations",
    "from_assessment_table",
    "from_claimreview",
    "from_misp",
    "from_misp_tags",
    "from_prov",
    "from_stix",
    "from_tables",
    "locator_in_words",
    "prov_shapes",
    "prov_vocabulary",
    "relocate",
    "to_annotations",
    "to_assessment_table",
    "to_claimreview",
    "to_misp",
    "to_misp_tags",
    "to_nanopublications",
    "to_prov",
    "to_stix",
    "to_tables",
]
