"""Numbers at the edge of what a case may hold: every answer stays an answer."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from provenance import as_data, load_case, weigh
from provenance.scales import Degree

LOG = {"id": "log", "source": "pilot", "claim": "sailed"}


def case_of(
    claims: list[dict[str, Any]], source: dict[str, Any], *said: dict[str, Any], **more: Any
) -> dict[str, Any]:
    return {
        "version": 1,
        "claims": [{"text": "Something", **claim} for claim in claims],
        "sources": [{"id": "pilot", **source}],
        "attributions": list(said),
        **more,
    }


def sign(if_true: float, if_false: float) -> dict[str, Any]:
    return {"kind": "evidence", "claim": "armed", "sign": "sailed",
            "if_true": if_true, "if_false": if_false}  # fmt: skip


TWO = [{"id": "armed"}, {"id": "sailed"}]
NEARLY = {"mean": 0.999999999999999, "strength": 1e15}
EXTREMES = {
    "a prior that rounds to certain": case_of(
        [{"id": "armed", "prior": NEARLY}, {"id": "sailed"}, {"id": "seen"}],
        {"reliability": {"confirmed": 1e12, "refuted": 1}, "access": 1e-9},
        {"id": "own", "source": "pilot", "claim": "sailed", "wording": "confirms"},
        {"id": "denial", "source": "pilot", "claim": "sailed", "stance": "denies"},
        {"id": "sight", "source": "pilot", "claim": "seen"},
        links=[
            sign(1e-9, 1),
            {"kind": "evidence", "claim": "sailed", "sign": "seen", "if_true": 0, "if_false": 0.2},
            {"kind": "implies", "claim": "sailed", "implies": "seen", "strength": 0.999999999},
        ],
    ),
    "a chance next to nothing": case_of(
        TWO, {"reliability": 1}, LOG, links=[sign(1e-300, 0.5)]
    ),
    "an interest below all bounds": case_of(
        TWO, {"reliability": {"mean": 1e-300, "strength": 4}, "access": 1e-10},
        {**LOG, "interest": 1e-300}, links=[sign(0.3, 0.1)],
    ),
    "an accuracy below all bounds": case_of(
        TWO, {"reliability": {"accuracy": 5e-324, "strength": 1e9}}, LOG, links=[sign(0.3, 0.1)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("written", EXTREMES.values(), ids=list(EXTREMES))
def test_every_number_stays_a_number(written: dict[str, Any]) -> None:
    for claim in ("armed", "sailed"):
        found = weigh(load_case(written), claim)

        assert 0.0 <= found.interval.low <= found.probability <= found.interval.high <= 1.0
        assert found.bits is None or math.isfinite(found.bits)
        assert str(found)
        assert json.dumps(as_data(found), allow_nan=False)


def test_a_source_that_is_never_right_is_of_no_use_however_long_it_was_watched() -> None:
    assert Degree.from_accuracy(5e-324, 1e9).mean == 0.0
