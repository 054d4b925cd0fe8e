"""The graph of the case that was asked about last is kept, and nothing an answer says hangs on that."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from provenance import Case, load_seed, weigh
from provenance.bounds import within
from provenance.errors import TooCostly
from provenance.graph import Graph
from tests.cases.prices import price

graphs = sys.modules["provenance.graph.graph"]


def asked_anew(case: Case) -> Case:
    """The same case as another object, of which nothing is kept."""
    return case.model_copy()


def test_every_claim_of_a_case_is_weighed_with_one_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    case, made = asked_anew(load_seed("egypt-arms-2015")), []
    canonical_form = graphs.canonical_form
    monkeypatch.setattr(
        graphs, "canonical_form", lambda *all: made.append(1) or canonical_form(*all)
    )

    for claim in case.claims:
        weigh(case, claim.id)

    assert made == [1]


def test_answers_are_those_of_a_case_that_is_asked_about_for_the_first_time() -> None:
    case = load_seed("egypt-arms-2015")
    again = [weigh(case, claim.id) for claim in case.claims]

    anew = [weigh(asked_anew(case), claim.id) for claim in case.claims]

    assert again == anew
    assert [str(each.caveats) for each in again] == [str(each.caveats) for each in anew]


def test_a_question_costs_what_it_costs_whatever_was_asked_before() -> None:
    case = load_seed("egypt-syria-2015")
    first, second = case.claims[0].id, case.claims[5].id

    alone = price(lambda: weigh(asked_anew(case), second).lineage)
    kept = asked_anew(case)
    weigh(kept, first)
    after = price(lambda: weigh(kept, second).lineage)

    assert after == alone


def test_what_is_refused_is_refused_in_the_same_words_when_asked_again() -> None:
    case = asked_anew(load_seed("egypt-syria-2015"))
    claim = case.claims[0].id
    with pytest.raises(TooCostly) as before:
        weigh(case, claim, budget=1000)
    weigh(case, claim)

    with pytest.raises(TooCostly) as after:
        weigh(case, claim, budget=1000)

    assert str(after.value) == str(before.value)


def test_another_day_has_another_graph() -> None:
    case = load_seed("egypt-arms-2015")
    with within(10**6):
        now, then = Graph.kept(case), Graph.kept(case, graphs.date(2000, 1, 1))

    assert now.as_of is None
    assert then == Graph.of(case, graphs.date(2000, 1, 1))


def test_nothing_is_kept_where_nobody_counts_what_it_took() -> None:
    case = load_seed("egypt-arms-2015")

    assert Graph.kept(case) is not Graph.kept(case)


def test_only_the_last_case_is_kept() -> None:
    gone = load_seed("egypt-arms-2015").model_copy(deep=True)
    kept = weakref.ref(gone)
    weigh(gone, "armed")
    del gone

    weigh(load_seed("secret-fund-1972"), load_seed("secret-fund-1972").claims[0].id)

    gc.collect()
    assert kept() is None
