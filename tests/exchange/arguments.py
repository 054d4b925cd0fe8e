"""Writes what exporters and importers say of arguments that do not fit; run it to bring the file up to date.

    python -m tests.exchange.arguments

The file `arguments.txt` beside it is read by people, and compared by a test: of every argument, what is
said of some texts.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from provenance import weigh
from provenance.errors import ProvenanceError
from provenance.exchange import (
    from_annotations,
    from_assessment_table,
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
from tests.cases.exchange_cases import ORIGIN, RELAY, ship_case

FILE = Path(__file__).with_name("arguments.txt")
CASE = ship_case(ORIGIN | {"document": "page"}, RELAY)
ANSWERS = [weigh(CASE, "sailed")]
TABLE = to_assessment_table(ANSWERS, "csv").document
# What each is called with where nothing is wrong.
CALLED: dict[Callable[..., Any], dict[str, Any]] = {
    to_annotations: {"case": CASE},
    to_assessment_table: {"assessments": ANSWERS},
    to_claimreview: {"case": CASE, "assessments": ANSWERS},
    to_misp: {"case": CASE, "assessments": ANSWERS},
    to_nanopublications: {"case": CASE, "assessments": ANSWERS, "base": "https://example.org/"},
    to_prov: {"case": CASE, "assessments": ANSWERS},
    to_stix: {"case": CASE, "assessments": ANSWERS},
    to_tables: {"case": CASE},
    from_annotations: {"document": to_annotations(CASE).document},
    from_assessment_table: {"table": TABLE},
    from_claimreview: {"document": to_claimreview(CASE, ANSWERS).document},
    from_misp: {"document": to_misp(CASE).document},
    from_prov: {"document": to_prov(CASE).document},
    from_stix: {"document": to_stix(CASE).document},
    from_tables: {"attributions": [{"source": "Ann", "claim": "It sailed"}]},
}
TEXTS = ("", "odd", "zzz", "a b", "http://", "https://example.org/#a", "urn:x:y", "a" * 90)
# Not texts, or texts that may be the path of a file.
_LEFT_OUT = {
    *("case", "assessments", "document", "table", "attributions", "sources", "claims", "questions"),
    *(
        "documents",
        "links",
        "at",
        "published_on",
        "ratings",
        "explanation",
        "columns",
        "budget",
        "cancel",
    ),
}


def lines() -> Iterator[str]:
    """What is said of every argument of each of them."""
    for function, given in CALLED.items():
        for name in inspect.signature(function).parameters:
            if name in _LEFT_OUT:
                continue
            found: dict[str, list[str]] = defaultdict(list)
            for text in TEXTS:
                answer = said(function, given | {name: text}).replace(repr(text), "…")
                found[answer].append(repr(text))
            for answer, texts in found.items():
                yield f"{function.__name__}, {name} {', '.join(texts)}:\n  {answer or 'taken'}"


def said(function: Callable[..., Any], given: dict[str, Any]) -> str:
    """What is refused, or nothing."""
    try:
        function(**given)
    except ProvenanceError as error:
        return f"{type(error).__name__}: {error}".replace("\n", "\n  ")
    return ""


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join([*lines(), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
