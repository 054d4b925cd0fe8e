"""Writes one full case in every format, and what is read back; run it to bring the files up to date.

    python -m tests.exchange.written

The files in `written/` beside it are read by people who know the formats, and compared by a test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from provenance import dump_case, load_case, weigh
from provenance.assessment import library_version
from provenance.exchange import (
    Export,
    Import,
    from_annotations,
    from_claimreview,
    from_misp,
    from_prov,
    from_stix,
    from_tables,
    to_annotations,
    to_assessment_table,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_prov,
    to_stix,
    to_tables,
)
from tests.cases.exchange_cases import FULL, full_case

FOLDER = Path(__file__).with_name("written")
CASE = full_case()
ANSWERS = [weigh(CASE, claim.id) for claim in CASE.claims]
# What people read of a case.
READ = ("title", "text", "summary", "note", "name", "described_as", "verb", "exact", "graded_by")
WRITERS: dict[str, Callable[[], Export]] = {
    "annotations": lambda: to_annotations(CASE),
    "claimreview": lambda: to_claimreview(CASE, ANSWERS),
    "misp": lambda: to_misp(CASE, ANSWERS),
    "nanopublications": lambda: to_nanopublications(CASE, ANSWERS, base="https://example.org/"),
    "prov": lambda: to_prov(case=CASE, assessments=ANSWERS),
    "stix": lambda: to_stix(CASE, ANSWERS),
    "tables": lambda: to_tables(CASE, "csv"),
    "assessments": lambda: to_assessment_table(ANSWERS, "csv"),
}
READERS: dict[str, Callable[[Any], Import]] = {
    "annotations": lambda said: from_annotations(json.dumps(said)),
    "claimreview": lambda said: from_claimreview(json.dumps(said)),
    "misp": from_misp,
    "prov": lambda said: from_prov(json.dumps(said).encode()),
    "stix": from_stix,
    "tables": lambda said: from_tables(
        said["attributions"],
        **{name: each for name, each in said.items() if name != "attributions"},
    ),
}


def longer(value: Any, key: str = "") -> Any:
    """A case file in which every text that people read is long."""
    if isinstance(value, dict):
        return {name: longer(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [longer(each, key) for each in value]
    words = " ".join(f"word{n}" for n in range(60))
    return f"{value} {words}" if key in READ and isinstance(value, str) else value


def long_review() -> str:
    """A fact check of claims whose texts are long."""
    case = load_case(longer(FULL))
    answers = [weigh(case, claim.id) for claim in case.claims]
    return document_of(to_claimreview(case, answers).document)


def plain(text: str) -> str:
    """A text without the version, its numbers to six digits: the rest is another machine's rounding."""
    text = text.replace(library_version(), "VERSION")
    return re.sub(r"\d\.\d{7,}(e-?\d+)?", lambda found: f"{float(found.group()):.6g}", text)


def document_of(found: Any) -> str:
    """A document as text."""
    if isinstance(found, str):
        return plain(found)
    if isinstance(found, Mapping) and all(isinstance(each, str) for each in found.values()):
        return plain("\n".join(f"== {name}\n{each}" for name, each in found.items()))
    return plain(json.dumps(found, indent=1, ensure_ascii=False))


def losses_of(found: Export | Import) -> list[str]:
    """A line for everything that was lost on the way."""
    return [plain(f"- {each}") for each in found.losses]


def written(name: str) -> str:
    """What one format makes of the case, and what is lost."""
    export = WRITERS[name]()
    return "\n".join([document_of(export.document), "== lost", *losses_of(export), ""])


def read(name: str) -> str:
    """What is read back of it, and what is lost."""
    found = READERS[name](WRITERS[name]().document)
    return "\n".join([plain(dump_case(found.case)), "== lost", *losses_of(found), ""])


FILES: dict[str, Callable[[], str]] = {
    "claimreview-long.txt": long_review,
    **{f"{name}.txt": lambda name=name: written(name) for name in WRITERS},  # type: ignore[misc]
    **{f"{name}-read.txt": lambda name=name: read(name) for name in READERS},  # type: ignore[misc]
}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, made in FILES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
