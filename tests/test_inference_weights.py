"""What one statement weighs is what rerunning without it takes away, where nothing else changes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Written, asked, bases, log_odds, with_more


@settings(max_examples=settings().max_examples // 3)
@given(bases(), st.sampled_from("ABCD"), st.sampled_from(("affirms", "denies")))
def test_a_new_sources_statement_weighs_what_rerunning_without_it_takes_away(
    base: tuple[Written, str], grade: str, stance: str
) -> None:
    written, claim = base
    said = {"id": "new", "source": "voice", "claim": claim, "stance": stance, "interest": 1.7}

    found = asked(with_more(written, [{"id": "voice", "reliability": grade}], said), claim)

    weights = {each.attribution: each.bits for each in found.statements}
    reasons = {each.source: each.bits for each in found.reasons}
    p = found.probability
    moved = (math.log(p) - math.log1p(-p) - log_odds(written, claim)) / math.log(2)
    assert weights["new"] == pytest.approx(moved, abs=1e-7)
    assert reasons["voice"] == pytest.approx(moved, abs=1e-7)
