"""What one statement weighs is what rerunning without it takes away, where nothing else changes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh
from tests.cases.worlds import SECOND_WORDS, Written, asked, bases, log_odds, on_record, with_more


@settings(max_examples=settings().max_examples // 3)
@given(bases(never=SECOND_WORDS), st.sampled_from("ABCD"), st.sampled_from(("affirms", "denies")))
def test_a_new_sources_statement_weighs_what_rerunning_without_it_takes_away(
    base: tuple[Written, str], grade: str, stance: str
) -> None:
    # Nobody's voice counts for more or less because of another's.
    written, claim = on_record(base[0]), base[1]
    said = {"id": "new", "source": "voice", "claim": claim, "stance": stance, "interest": 1.7}
    said["basis"] = "firsthand"

    found = asked(with_more(written, [{"id": "voice", "reliability": grade}], said), claim)

    weights = {each.attribution: each.bits for each in found.statements}
    reasons = {each.source: each.bits for each in found.reasons}
    p = found.probability
    moved = (math.log(p) - math.log1p(-p) - log_odds(written, claim)) / math.log(2)
    assert weights["new"] == pytest.approx(moved, abs=1e-7)
    assert reasons["voice"] == pytest.approx(moved, abs=1e-7)


@pytest.mark.parametrize("grade", ["B", "C", "D"])
def test_rounding_is_no_doubt(grade: str) -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "armed", "text": "Armed", "prior": {"mean": 0.1, "strength": 4}},
                {"id": "sailed", "text": "Sailed"},
            ],
            "sources": [{"id": "pilot", "reliability": grade}],
            "attributions": [
                {"id": "own", "source": "pilot", "claim": "sailed", "stance": "denies"},
                # Whoever this was heard from cannot be judged, so how well it was heard is nothing.
                {"id": "heard", "source": "pilot", "claim": "sailed", "basis": "secondhand"},
                {"id": "word", "source": "pilot", "claim": "armed"},
            ],
            "links": [
                {"kind": "evidence", "claim": "armed", "sign": "sailed",
                 "if_true": 0.6, "if_false": 0.1}
            ],
        }
    )  # fmt: skip

    doubts = weigh(case, "armed").doubts

    assert {doubt.about for doubt in doubts} == {"prior:armed", "reliability:pilot"}
