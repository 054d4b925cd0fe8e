"""From the case to the answer: `weigh` agrees with two slow twins, one for the rules, one for the sums."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.assessment import weigh
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence
from provenance.inference import Coupling
from tests.cases.story_strategies import LARGEST, worlds_to_try
from tests.cases.strategies import cases
from tests.twins.slow_stories import stories_of
from tests.twins.slow_twin import Twin

DAYS = st.one_of(st.none(), st.sampled_from((date(2015, 8, 20), date(2015, 8, 26))))


@given(st.data())
def test_the_whole_way_from_a_case_to_a_probability_is_the_twins(data: st.DataObject) -> None:
    coupling: Coupling = data.draw(st.sampled_from(("story", "story", "none", "source")))
    as_of: date | None = data.draw(DAYS)
    written: dict[str, Any] = data.draw(cases())
    case = load_case(written)
    claim = data.draw(st.sampled_from([each.id for each in case.claims]))
    stories = stories_of(case, as_of, whole=coupling == "source")
    story = next(story for story in stories if claim in story.places)
    twin, place = Twin(story, coupling), story.places[claim]
    assume(worlds_to_try(story, coupling) <= LARGEST and twin.sweeps < 200)

    try:
        found = weigh(case, claim, as_of=as_of, coupling=coupling)
    except ImpossibleEvidence:
        assume(False)

    assert found.probability == pytest.approx(twin.probability(place), abs=1e-9)
    assert found.prior == pytest.approx(twin.effective_prior(place), abs=1e-9)
