"""Reading and writing case files, the registries they share, the seeds, and the JSON Schema.

- `json_text`: JSON within bounds: size, depth, every key once, every number a number
- `loading`: a case from a path, a text, bytes or a mapping; registries and seeds
- `merging`: two cases as one, with all that they disagree about
- `writing`: a case as a file, its digest, and the schema of the format
"""

from provenance.casefiles.json_text import (
    MAX_BYTES,
    Parsed,
    Readable,
    contents,
    opened,
    parsed,
    read_object,
)
from provenance.casefiles.loading import load_case, load_seed, load_sources, shipped_seeds
from provenance.casefiles.merging import merge_cases
from provenance.casefiles.writing import (
    case_digest,
    case_schema,
    dump_case,
    registry_schema,
    save_case,
    write_whole,
)

__all__ = [
    "MAX_BYTES",
    "Parsed",
    "Readable",
    "case_digest",
    "case_schema",
    "contents",
    "dump_case",
    "load_case",
    "load_seed",
    "load_sources",
    "merge_cases",
    "opened",
    "parsed",
    "read_object",
    "registry_schema",
    "save_case",
    "shipped_seeds",
    "write_whole",
]
