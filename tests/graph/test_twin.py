"""The graph brings a case to the same stories as a slow reading of the rules, one after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from provenance.casefiles import load_case
from provenance.graph import Graph
from tests.cases.strategies import cases
from tests.twins.slow_stories import signature, stories_of

DAYS = st.one_of(st.none(), st.sampled_from((date(2015, 8, 20), date(2015, 8, 26))))


@given(cases(), DAYS)
def test_a_case_has_the_stories_that_the_rules_give_it(
    written: dict[str, Any], as_of: date | None
) -> None:
    case = load_case(written)
    names = {source.id for source in case.sources}

    stories = Graph.of(case, as_of).stories

    expected = [signature(story, names) for story in stories_of(case, as_of)]
    assert sorted(map(repr, (signature(story, names) for story in stories))) == sorted(
        map(repr, expected)
    )


@given(cases(), DAYS)
def test_every_attribution_is_heard_or_ignored_for_a_reason(
    written: dict[str, Any], as_of: date | None
) -> None:
    case = load_case(written)

    graph = Graph.of(case, as_of)

    heard = {
        graph.attribution_of[name]
        for story in graph.stories
        for statement in story.statements
        for name in statement.merged
    }
    ignored = {each.attribution.partition(">")[0].partition("/")[0] for each in graph.ignored}
    assert heard | ignored == {attribution.id for attribution in case.attributions}
