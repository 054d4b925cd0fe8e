"""Other tools' formats: what comes in, what goes out, and what is lost on the way.

- `tables`: a case as tables, and tables as a case
- `table_columns`: which fields the columns hold; fields as cells, cells as fields
- `table_files`: data frames, plain rows and CSV as rows of cells, and back
- `workbooks`: the sheets of .xlsx as tables, and back; an empty one to fill in
- `sheet_rows`: rows of cells as records, headings found under the names people give them
- `spreadsheets`: what a spreadsheet leaves out: ids, claims, sources, documents
- `sheet_citations`: whom rows cite, and on which side of a claim each stands
- `stix`, `misp`: threat-intelligence platforms
- `claimreview`: fact checks as schema.org has them
- `prov`, `prov_json`, `prov_writing`: W3C PROV in its notations
- `annotations`: W3C Web Annotations
- `relocation`: a quotation found again in a text that changed
- `documents`: documents that others wrote; names and days as other formats write them
- `losses`: what was dropped, and why
"""

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
from provenance.exchange.workbooks import empty_workbook

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
    "empty_workbook",
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
