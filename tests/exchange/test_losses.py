"""What a format is declared to lose is exactly what its document would be the same without."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings

from provenance import load_case, weigh_all
from provenance.assessment import Interval
from provenance.errors import ImpossibleEvidence
from provenance.exchange import (
    Export,
    Loss,
    to_annotations,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_prov,
    to_stix,
    to_tables,
)
from provenance.records import Case, Claim
from tests.cases.exchange_cases import ORIGIN, RELAY, full_case, rich_cases, ship_case
from tests.cases.exchange_changes import assert_losses_are_exact, changes


class Judged:
    """Stands in for an assessment whose outcome does not depend on its case."""

    credibility, probability, interval, reasons = "4", 0.3, Interval(0.1, 0.6), ()
    bits, prior = -2.0, 0.5
    confidence = SimpleNamespace(level="low")

    def __init__(self, case: Case) -> None:
        self.case = case
        first = case.claims[0] if case.claims else Claim(id="none", text="nothing")
        self.claim, self.text = first.id, first.text

    def in_words(self, scale: str) -> str:
        return f"unlikely ({scale})"

    def __str__(self) -> str:
        return "prose"


def reviewed(case: Case, **more: Any) -> Export:
    judged: Any = Judged(case)
    url = "https://example.org/checks/1"
    told = {judged.claim: "prose"}
    return to_claimreview(case, [judged], author="The desk", url=url, explanation=told, **more)


# All but ClaimReview without assessments, which change with every number that a format loses.
DAY = datetime.date(2030, 1, 2)
EXPORTERS: Mapping[str, Callable[[Case], Export]] = {
    "prov-json": lambda case: to_prov(case, namespace="n"),
    "prov-jsonld": lambda case: to_prov(case, format="jsonld", namespace="n"),
    "stix": lambda case: to_stix(case, namespace="n"),
    "stix with ids": lambda case: to_stix(case, namespace="n", with_ids=True),
    "stix for opencti": lambda case: to_stix(case, namespace="n", profile="opencti", at=DAY),
    "misp": lambda case: to_misp(case, namespace="n"),
    "misp with ids": lambda case: to_misp(case, namespace="n", with_ids=True),
    "claimreview": reviewed,
    "claimreview with ids": lambda case: reviewed(case, with_ids=True),
    "nanopublications": lambda case: to_nanopublications(case, base="https://example.org/"),
    "nanopublications with ids": lambda case: to_nanopublications(
        case, base="https://example.org/", with_ids=True
    ),
    "annotations": lambda case: to_annotations(case, namespace="n"),
    "rows": to_tables,
    "csv": lambda case: to_tables(case, "csv"),
}


# Hundreds of exports of much the same case, which takes thrice as long while it is watched.
pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize("name", EXPORTERS)
def test_what_is_declared_lost_is_exactly_what_is_missing_of_a_case_with_everything(
    name: str,
) -> None:
    assert_losses_are_exact(full_case(), EXPORTERS[name])


@pytest.mark.parametrize("name", EXPORTERS)
@settings(max_examples=2, phases=[Phase.generate])
@given(rich_cases())
def test_what_is_declared_lost_is_exactly_what_is_missing(
    name: str, written: dict[str, Any]
) -> None:
    assert_losses_are_exact(load_case(written), EXPORTERS[name])


SHIP = ship_case(ORIGIN | {"document": "page", "in_hand": True, "interest": 2, "x-mine": 1}, RELAY)


@pytest.mark.parametrize("name", ["stix", "misp", "claimreview", "annotations"])
def test_a_loss_that_is_not_told_is_noticed(name: str) -> None:
    for left_out in EXPORTERS[name](SHIP).losses:

        def silent(case: Case, path: str = left_out.path) -> Export:
            export = EXPORTERS[name](case)
            return attrs.evolve(
                export, losses=[each for each in export.losses if each.path != path]
            )

        if not left_out.partly:
            with pytest.raises(AssertionError, match="undeclared"):
                assert_losses_are_exact(SHIP, silent)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_loss_that_is_none_is_noticed(name: str) -> None:
    def boastful(case: Case) -> Export:
        export = EXPORTERS[name](case)
        return attrs.evolve(export, losses=(*export.losses, Loss("claims[0].text", "it", "so")))

    with pytest.raises(AssertionError, match="declared lost"):
        assert_losses_are_exact(SHIP, boastful)


def test_a_loss_of_what_is_not_there_is_noticed() -> None:
    def confused(case: Case) -> Export:
        return Export(case.written(), (Loss("claims[9]", "it", "so"),))

    with pytest.raises(AssertionError, match="which are not"):
        assert_losses_are_exact(full_case(), confused)


def test_every_field_of_the_full_case_is_changed_somewhere() -> None:
    case = full_case()
    sections = ("claims", "questions", "sources", "documents", "attributions", "links")
    fields = {
        f"{section}[].{key}"
        for section in sections
        for record in case.written()[section]
        for key in record
    }

    changed = {re.sub(r"\[[0-9]+\]", "[]", path) for path, _, _ in changes(case)}

    whole = {re.sub(r"(\[\]\.[^.\[]+).*", r"\1", path) for path in changed}
    # What kind a link is goes with its other fields; with a prior that leaves something over a
    # question cannot be exhaustive.
    assert fields - whole == {"links[].kind", "questions[].exhaustive"}


@pytest.mark.parametrize("name", EXPORTERS)
def test_losses_stand_in_the_order_of_the_case_and_each_once(name: str) -> None:
    order = list(_paths(full_case().written()))

    losses = [loss.path for loss in EXPORTERS[name](full_case()).losses]

    assert losses == sorted(set(losses), key=order.index)


def _paths(value: Any, path: str = "") -> list[str]:
    if isinstance(value, list):
        parts = [(f"{path}[{position}]", item) for position, item in enumerate(value)]
    elif isinstance(value, dict):
        parts = [(f"{path}.{key}".lstrip("."), item) for key, item in value.items()]
    else:
        return []
    return [place for name, item in parts for place in (name, *_paths(item, name))]


@settings(max_examples=15)
@given(rich_cases())
def test_any_case_is_exported_to_every_format(written: dict[str, Any]) -> None:
    case = load_case(written)
    try:
        assessments = weigh_all(case)
    except ImpossibleEvidence:  # some statements at random cannot all be true
        assessments = ()

    for export in (to_stix, to_misp, to_claimreview, to_prov):
        assert export(case, assessments).document
    for kind in ("jsonld", "provn", "trig", "turtle", "xml"):
        assert to_prov(case, assessments, format=kind).document  # type: ignore[arg-type]
    for table in ("rows", "csv", "pandas", "polars", "pyarrow"):
        assert to_tables(case, table).document  # type: ignore[arg-type]
    assert to_annotations(case).document


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_emptiest_case_is_exported_to_every_format(name: str) -> None:
    empty = {"version": 1, "claims": [{"id": "c", "text": "so"}], "sources": [], "attributions": []}

    assert_losses_are_exact(load_case(empty), EXPORTERS[name])


def test_a_case_without_claims_is_exported_to_every_format() -> None:
    case = ship_case(claims=[], sources=[], documents=[])

    for export in (to_stix, to_misp, to_claimreview, to_prov, to_annotations, to_tables):
        found: Export = export(case)  # type: ignore[operator]
        assert found.document
