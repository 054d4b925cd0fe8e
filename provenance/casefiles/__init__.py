"""Reading and writing case files, the registries they share, the seeds, and the JSON Schema."""

from provenance.casefiles.json_text import Parsed, parsed
from provenance.casefiles.loading import load_case, load_sources
from provenance.casefiles.merging import merge_cases
from provenance.casefiles.schema import case_schema, registry_schema
from provenance.casefiles.seeds import load_seed, shipped_seeds
from provenance.casefiles.writing import case_digest, dump_case, save_case, write_whole

__all__ = [
    "Parsed",
    "case_digest",
    "case_schema",
    "dump_case",
    "load_case",
    "load_seed",
    "load_sources",
    "merge_cases",
    "parsed",
    "registry_schema",
    "save_case",
    "shipped_seeds",
    "write_whole",
]
