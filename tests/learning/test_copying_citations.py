"""Citations are known copies: they are discounted, never guessed."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.learning.assertions import Assertions
from provenance.learning.copying import copying, copying_between, followed
from provenance.learning.crowd import Told


def columns(rows: list[tuple[int, int, int, int]]) -> dict[str, np.ndarray]:
    source, about, value, cited = np.array(rows).T
    return {"source": source, "object": about, "value": value, "cited": cited}


def test_a_relay_and_its_origin_are_one_voice() -> None:
    found = copying(**columns([(0, 0, 0, -1), (1, 0, 0, 0), (2, 0, 1, -1)]))

    assert found.weights.tolist() == [0.5, 0.5, 1.0]


def test_a_chain_of_relays_is_one_voice() -> None:
    found = copying(**columns([(0, 0, 0, -1), (1, 0, 0, 0), (2, 0, 0, 1), (3, 0, 1, -1)]))

    assert found.weights[:3] == pytest.approx([1 / 3] * 3)


def test_two_who_cite_the_same_absent_source_are_one_voice() -> None:
    found = copying(**columns([(0, 0, 0, 3), (1, 0, 0, 3), (2, 0, 1, -1)]), sources=4)

    assert found.weights.tolist() == [0.5, 0.5, 1.0]


def test_a_circle_of_citations_is_one_voice() -> None:
    found = copying(**columns([(0, 0, 0, 1), (1, 0, 0, 0), (2, 0, 1, -1)]))

    assert found.weights.tolist() == [0.5, 0.5, 1.0]


def test_a_citation_of_something_else_is_no_copy_of_this_claim() -> None:
    found = copying(**columns([(0, 0, 0, -1), (1, 0, 1, 0)]))

    assert found.weights.tolist() == [1.0, 1.0]


def test_a_pair_on_record_is_certain_and_has_its_direction() -> None:
    found = copying(**columns([(1, 0, 0, -1), (0, 0, 0, 1), (2, 0, 1, -1)]))

    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.probability) == (0, 1, 1.0)
    assert (pair.copier, pair.copier_probability, pair.cited) == (0, 1.0, 1)
    assert found.groups == ((0, 1),)


@pytest.mark.parametrize(("citing", "cited"), list(permutations(range(5), 2)))
def test_the_pair_on_record_is_who_cites_and_who_is_cited(citing: int, cited: int) -> None:
    rows = [(source, 0, source, cited if source == citing else -1) for source in range(5)]
    rows[citing] = (citing, 0, cited, cited)

    (pair,) = [each for each in copying(**columns(rows)).pairs if each.cited]

    assert (pair.first, pair.second) == (min(citing, cited), max(citing, cited))
    assert pair.copier == citing


def test_cited_assertions_are_not_taken_for_secret_copies() -> None:
    # Everything that 1 shares with 0 is cited; nothing is left to accuse it of.
    rows = [(0, a, a % 2, -1) for a in range(60)] + [(1, a, a % 2, 0) for a in range(60)]
    rows += [(s, a, 0, -1) for a in range(60) for s in (2, 3, 4)]

    found = copying(**columns(rows))

    assert [(p.first, p.second) for p in found.pairs] == [(0, 1)]


def test_citations_in_a_table_are_used() -> None:
    rows = [
        ("ann", "sky", "blue", None),
        ("bob", "sky", "blue", "ann"),
        ("cy", "sky", "grey", None),
    ]
    from provenance.learning.assertions import Assertions

    table = Assertions.of(
        {
            "source": [r[0] for r in rows],
            "object": [r[1] for r in rows],
            "value": [r[2] for r in rows],
            "via": [r[3] for r in rows],
        },
        cites="via",
    )

    found = copying_between(table)

    assert found.probability_of("ann", "bob") == 1.0
    assert sorted(found.weights.tolist()) == [0.5, 0.5, 1.0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-1, 5), min_size=6, max_size=6))
def test_every_origin_is_one_voice_however_it_is_passed_on(cites: list[int]) -> None:
    told = Told.of(np.arange(6), np.zeros(6, int), np.zeros(6, int), 6)

    relays = followed(told, np.array(cites))

    # The slow way: walk until somebody cites nobody, or until the walk runs in a circle.
    def end(source: int) -> int:
        walked: list[int] = []
        while source not in walked:
            walked.append(source)
            if cites[source] in (-1, source):
                return source
            source = cites[source]
        return min(walked[walked.index(source) :])

    ends = [end(source) for source in range(6)]
    assert relays.origin.tolist() == ends
    assert relays.company.tolist() == [ends.count(e) for e in ends]
    assert relays.weights(np.ones(6)).sum() == pytest.approx(len(set(ends)))


cited_rows = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("wxyz"),
        st.sampled_from("pq"),
        st.sampled_from(["a", "b", "c", "d", None]),
    ),
    min_size=1,
    max_size=20,
)


@given(cited_rows, st.permutations("abcd"), st.randoms(use_true_random=False))
def test_neither_order_nor_names_decide_what_citations_mean(
    rows: list[tuple[Any, ...]], names: list[str], random: Any
) -> None:
    new: dict[Any, Any] = {**dict(zip("abcd", names, strict=True)), None: None}
    renamed = [(new[s], o, v, new[cites]) for s, o, v, cites in random.sample(rows, len(rows))]

    first, second = (Assertions.of(table, cites="cites") for table in (rows, renamed))
    weights = [_by_name(told, copying_between(told).weights) for told in (first, second)]

    assert {(new[s], o, v): w for (s, o, v), w in weights[0].items()} == pytest.approx(weights[1])


def _by_name(told: Assertions, weights: Any) -> dict[tuple[Any, ...], float]:
    names = [
        (told.sources[source], told.objects[about], told.value(claim))
        for source, about, claim in zip(told.source, told.object, told.claim, strict=True)
    ]
    return dict(zip(names, weights.tolist(), strict=True))


def test_where_all_cite_somebody_nothing_is_left_to_guess() -> None:
    rows = [("a", 1, "x", "b"), ("b", 1, "y", "a")]

    found = copying_between(Assertions.of(rows, cites="cites"))

    assert [(pair.cited, pair.probability) for pair in found.pairs] == [(1, 1.0)]
    assert found.weights.tolist() == [1.0, 1.0]
    assert found.accuracy.tolist() == [0.7, 0.7]


def test_two_that_cite_each_other_as_often_have_no_copier() -> None:
    rows = [("a", 1, "x", "b"), ("b", 1, "x", None), ("a", 2, "y", None), ("b", 2, "y", "a")]

    (pair,) = copying_between(Assertions.of(rows, cites="cites")).pairs

    assert (pair.probability, pair.copier, pair.copier_probability) == (1.0, None, None)


def test_a_citation_of_who_says_the_same_counts_before_any_other() -> None:
    rows = [("a", 1, "x", "c"), ("a", 1, "x", "b"), ("b", 1, "x", None), ("c", 1, "y", None)]

    told = Assertions.of(rows, cites="cites")

    assert told.cited is not None
    assert [told.sources[code] for code in told.cited.tolist() if code >= 0] == ["b"]
