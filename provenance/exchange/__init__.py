"""Other tools' formats: what comes in, what goes out, and what is lost on the way.

- `annotations`: W3C Web Annotations, out and in
- `budgets`: what an exchange may cost: estimated before, kept within, called off
- `claimreview`: fact checks as schema.org has them
- `claimreview_pages`: fact checks in pages of HTML
- `claimreview_reading`: other people's fact checks and feeds of them, with a table of ratings
- `documents`: documents that others wrote; names and days as other formats write them
- `losses`: what was dropped on the way, and why
- `misp`: events and tags for MISP
- `misp_parts`: what stands in a part of an event, and what its words say
- `misp_reading`: events, opinions and tags that MISP wrote
- `nanopublications`: every statement as a nanopublication
- `prov`: W3C PROV: a case as records, and back
- `prov_json`: PROV's documents as JSON, and others' as ours
- `prov_rdf`: PROV-O: triples of PROV, out and in
- `prov_reading`: PROV that others wrote, as a draft
- `prov_writing`: PROV in its other notations
- `relocation`: a quotation found again in a text that changed
- `sheet_citations`: whom the rows of a sheet cite, and on which side of a claim each stands
- `sheet_rows`: rows of cells as records, headings found under the names people give them
- `spreadsheets`: what a spreadsheet leaves out: ids, claims, sources, documents
- `stix`: threat-intelligence bundles
- `stix_reading`: bundles that platforms wrote
- `table_columns`: which fields columns hold; fields as cells, cells as fields
- `table_files`: data frames, plain rows and CSV as rows of cells, and back
- `tables`: a case as tables, and tables as a case
- `wikidata`: entities of Wikidata with their references
- `withholding`: what may be read outside: no unnamed source's id
- `workbooks`: the sheets of .xlsx as tables, and back; an empty one to fill in
"""

from provenance.exchange.annotations import from_annotations, to_annotations
from provenance.exchange.claimreview import (
    claimreview_problems,
    claimreview_schema,
    to_claimreview,
)
from provenance.exchange.claimreview_pages import embed_claimreview
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
from provenance.exchange.wikidata import from_wikidata
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
    "from_wikidata",
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
