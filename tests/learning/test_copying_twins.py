"""The fast search agrees with slow and obvious ones."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.learning.copy_search import (
    SHARES,
    _log_beta,
    _rate,
    chance_of_agreement,
    evidence,
    later_source,
    linked_groups,
    reading_evidence,
    verdicts,
)
from provenance.learning.crowd import (
    CONFORMITIES,
    UNHEARD,
    Pairs,
    Told,
    candidate_pairs,
    consensus,
    effective_wrong_values,
    overlaps,
    popularity,
)
from provenance.learning.planted import planted

worlds = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=50
)


def told_by(rows: list[tuple[int, int, int]]) -> Told:
    """Everything said, each source keeping to one value per object."""
    once = {(source, about): value for source, about, value in rows}
    source, about, value = np.array([(s, o, v) for (s, o), v in sorted(once.items())]).T
    return Told.of(source, about, value, 5)


def said(told: Told, source: int) -> dict[int, int]:
    mine = told.source == source
    return dict(zip(told.object[mine].tolist(), told.claim[mine].tolist(), strict=True))


def all_pairs(told: Told) -> Pairs:
    size = np.diff(told.first_of_source)
    ends = sorted(
        (a, b) if size[a] >= size[b] else (b, a)
        for a, b in itertools.combinations(range(told.sources), 2)
    )
    return Pairs(*np.array(ends).T)


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_shared_claims_are_those_a_search_by_hand_finds(rows: list[tuple[int, int, int]]) -> None:
    told = told_by(rows)
    pairs = all_pairs(told)

    shared = {
        (int(p), int(told.claim[i]))
        for overlap in overlaps(told, pairs)
        for p, i in zip(overlap.pair, overlap.one, strict=True)
    }

    by_hand = set()
    for place, (a, b) in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)):
        one, other = said(told, a), said(told, b)
        by_hand |= {(place, one[o]) for o in one if other.get(o) == one[o]}
    assert shared == by_hand


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_popularity_leaves_both_sources_out(rows: list[tuple[int, int, int]]) -> None:
    told = told_by(rows)
    ones = np.ones(len(told.source))
    popular = popularity(told, ones)

    for overlap in overlaps(told, all_pairs(told)):
        chance = chance_of_agreement(told, popular, None, ones, overlap)
        for i, j, got in zip(overlap.one, overlap.other, chance, strict=True):
            expected = max(by_hand(told, popular.conformity, k, (i, j)) for k in (i, j))
            assert got == pytest.approx(min(max(expected, 1e-7), 1 - 1e-6))


def by_hand(told: Told, conformity: np.ndarray, row: int, left_out: tuple[int, int]) -> float:
    """How likely the source of a row follows those others who said something about its object."""
    power = CONFORMITIES[conformity[told.source[row]]]
    weights = {}
    for claim in np.flatnonzero(told.object_of_claim == told.object[row]):
        votes = sum(1 for k in np.flatnonzero(told.claim == claim) if k not in left_out)
        weights[int(claim)] = (votes + UNHEARD) ** power
    return weights[int(told.claim[row])] / sum(weights.values())


@settings(max_examples=30, deadline=None)
@given(worlds)
def test_the_evidence_adds_up_agreement_by_agreement(rows: list[tuple[int, int, int]]) -> None:
    told = told_by(rows)
    ones = np.ones(len(told.source))
    popular, true = popularity(told, ones), consensus(told, ones, np.zeros(told.claims), None)
    pairs = all_pairs(told)

    found = evidence(told, pairs, popular, true, ones)

    slow = np.zeros((len(pairs), len(SHARES)))
    for overlap in overlaps(told, pairs):
        chance = chance_of_agreement(told, popular, true, ones, overlap)
        for p, c in zip(overlap.pair, chance, strict=True):
            slow[p] += np.log(1.0 + SHARES * (1.0 / c - 1.0))
    for place, (a, b) in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)):
        one, other = said(told, a), said(told, b)
        differ = sum(1 for o in one if o in other and one[o] != other[o])
        slow[place] += differ * np.log1p(-SHARES)
    # Chances are rounded to a tenth in log-odds: at most a twentieth per agreement.
    room = 0.051 * found.agreements[:, None] + 1e-9
    assert (np.abs(found.likelihood - slow) <= room).all()


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_no_source_is_judged_by_its_own_vote(rows: list[tuple[int, int, int]]) -> None:
    told = told_by(rows)
    accuracy = np.array([0.9, 0.8, 0.7, 0.6, 0.55])

    true = consensus(told, np.ones(len(told.source)), np.zeros(told.claims), accuracy)

    alone = true.share(told, told.claim, true.score[told.claim] - true.given)
    for row, got in enumerate(alone):
        claims = np.flatnonzero(told.object_of_claim == told.object[row])
        mass = {
            int(c): math.exp(
                sum(true.vote[told.source[k]] for k in np.flatnonzero(told.claim == c) if k != row)
            )
            for c in claims
        }
        unheard = max(0.0, 1.0 + true.wrong_values - len(claims))
        assert got == pytest.approx(mass[int(told.claim[row])] / (sum(mass.values()) + unheard))


def test_a_pair_that_shares_nothing_contested_is_not_compared() -> None:
    told = Told.of(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2]), 4)

    assert len(candidate_pairs(told)) == 0


def test_more_evidence_never_lowers_a_probability() -> None:
    base = np.zeros((40, len(SHARES)))
    base[:] = np.log1p(-SHARES) * 20
    verdict = []
    for extra in (0.0, 2.0, 4.0, 8.0):
        base[0] = np.log1p(-SHARES) * 2 + np.log1p(SHARES * (np.exp(extra) - 1)) * 6
        verdict.append(verdicts(base).probability[0])

    assert verdict == sorted(verdict)
    assert verdict[0] < 0.1
    assert verdict[-1] > 0.9


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 8), st.integers(0, 10_000))
def test_groups_join_as_average_linkage_by_hand_does(sources: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    ends = np.array(list(itertools.combinations(range(sources), 2)))
    probability = rng.random(len(ends))

    groups = linked_groups(Pairs(*ends.T), probability, sources, 0.5)

    known = {frozenset(e): p for e, p in zip(ends.tolist(), probability, strict=True)}
    parts = [{source} for source in range(sources)]
    for likely, (a, b) in sorted(
        ((p, e) for p, e in zip(probability, ends.tolist(), strict=True)), reverse=True
    ):
        one = next(part for part in parts if a in part)
        other = next(part for part in parts if b in part)
        if likely < 0.5 or one is other:
            continue
        if np.mean([known[frozenset((x, y))] for x in one for y in other]) >= 0.5:
            parts = [part for part in parts if part not in (one, other)] + [one | other]
    assert groups == tuple(sorted(tuple(sorted(part)) for part in parts if len(part) > 1))


def test_one_bridge_does_not_join_two_groups() -> None:
    ends = np.array(list(itertools.combinations(range(6), 2)))
    same_half = (ends < 3).all(axis=1) | (ends >= 3).all(axis=1)
    probability = np.where(same_half, 0.95, 0.02)
    probability[(ends == [2, 3]).all(axis=1)] = 0.9

    assert linked_groups(Pairs(*ends.T), probability, 6, 0.5) == ((0, 1, 2), (3, 4, 5))


@pytest.mark.parametrize(("later", "earlier"), [(0, 0), (3, 1), (1, 3), (600, 500), (900, 800)])
def test_the_direction_is_a_binomial_tail(later: int, earlier: int) -> None:
    draws = np.random.default_rng(0).beta(later + 1, earlier + 1, 200_000)

    assert later_source(later, earlier) == pytest.approx((draws > 0.5).mean(), abs=0.005)


def test_the_made_up_world_is_what_it_says() -> None:
    world = planted(copiers=0.3, originals=2, copy_rate=1.0, seed=0)

    own = world.original[world.source] < 0
    right = world.value == world.truth[world.object]
    shares = np.bincount(world.source[own], right[own], 30)[world.original < 0]
    counts = np.bincount(world.source[own], minlength=30)[world.original < 0]
    assert np.abs(shares / counts - world.accuracy[world.original < 0]).max() < 0.1
    assert {world.original[s] for s in range(30)} - {-1} <= {g for gs in world.groups for g in gs}


@settings(max_examples=20)
@given(worlds, st.lists(st.sampled_from([0.25, 0.5, 1.0]), min_size=60, max_size=60))
def test_wrong_values_are_counted_pair_by_pair(
    rows: list[tuple[int, int, int]], weights: list[float]
) -> None:
    told = told_by(rows)
    weight = np.array(weights[: len(told.source)])

    found = effective_wrong_values(told, weight)

    all_, same = 1.0, 1.0
    for about in range(told.objects):
        here = [row for row in range(len(told.source)) if told.object[row] == about]
        votes: dict[int, float] = {}
        for row in here:
            votes[int(told.claim[row])] = votes.get(int(told.claim[row]), 0.0) + weight[row]
        # The first of those that most voices name is set aside.
        most = min(claim for claim, vote in votes.items() if vote == max(votes.values()))
        off = [row for row in here if told.claim[row] != most]
        for one, other in itertools.permutations(off, 2):
            all_ += weight[one] * weight[other]
            same += weight[one] * weight[other] * (told.claim[one] == told.claim[other])
    assert found == pytest.approx(max(1.0, all_ / same))


@given(st.integers(0, 40), st.integers(0, 40))
def test_an_accuracy_is_integrated_over_what_is_believed_of_it(hits: int, misses: int) -> None:
    points = (np.arange(200_000) + 0.5) / 200_000
    density = points**1.4 * (1.0 - points) ** 0.6
    likely = (points**hits * (1.0 - points) ** misses * density).mean() / density.mean()

    counts = np.array([hits], dtype=float), np.array([misses], dtype=float)
    found = _log_beta(*counts) - _log_beta(np.zeros(1), np.zeros(1))

    assert found[0] == pytest.approx(math.log(likely), abs=1e-4)


def test_the_reading_that_needs_fewer_copiers_is_the_likelier() -> None:
    # Eight honest people, and four mirrors of one source: either may be taken for the copies.
    random = np.random.default_rng(4)
    truth = random.integers(0, 5, 150)
    shape = (9, 150)
    right = random.random(shape) < np.where(np.arange(9)[:, None] < 8, 0.92, 0.4)
    said = np.where(right, truth, (truth + random.integers(1, 5, shape)) % 5)
    said = np.concatenate([said, np.repeat(said[8:], 3, axis=0)])
    source, about = (each.ravel() for each in np.indices(said.shape))
    told = Told.of(source, about, said.ravel(), 12)
    honest, mirrors = tuple(range(8)), tuple(range(8, 12))

    def likely(*groups: tuple[int, ...]) -> float:
        return reading_evidence(told, np.zeros(told.claims), None, groups, 4.0)

    assert likely(mirrors) > likely(honest) + 5.0
    assert likely(mirrors) > likely(honest, mirrors) + 5.0
    assert likely(mirrors) > likely() + 5.0


@pytest.mark.parametrize("groups", [(), ((0, 1),), ((0, 1, 2),)])
def test_a_source_of_which_nothing_is_left_is_no_evidence(
    groups: tuple[tuple[int, ...], ...],
) -> None:
    said = np.array([[0, 1, 2, 0], [0, 1, 2, 1], [0, 2, 2, 0]])
    source, about = (each.ravel() for each in np.indices(said.shape))

    likely = [
        reading_evidence(told, np.zeros(told.claims), None, groups, 4.0)
        for told in (Told.of(source, about, said.ravel(), sources) for sources in (3, 5))
    ]

    assert likely[0] == likely[1]


def test_the_part_of_pairs_that_copy_is_the_top_of_its_likelihood() -> None:
    # One pair beforehand that copies, and 49 that do not.
    nothing = _rate(np.ones(3), np.ones(3))
    # Where copying is certain for two of three pairs and ruled out for the third, the slope is
    # (1 + 2) / r - (49 + 1) / (1 - r), and nothing at 3 / 53.
    certain = _rate(np.array([1.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0]))

    assert nothing == pytest.approx(1 / 50, abs=1e-6)
    assert certain == pytest.approx(3 / 53, abs=1e-6)
