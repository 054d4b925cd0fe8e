"""What is made of the crowd, of pairs and of groups is what slow and obvious loops make of it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from provenance.learning.copy_search import (
    SHARES,
    Verdicts,
    _Seen,
    chance_of_agreement,
    discounted,
    evidence,
    group_evidence,
    reading_evidence,
    verdicts,
)
from provenance.learning.crowd import (
    Pairs,
    Peers,
    Told,
    candidate_pairs,
    consensus,
    effective_wrong_values,
    overlaps,
    popularity,
)
from tests.twins import copying_twin as twin
from tests.twins.copying_twin import Group

SEEDS = range(2)


def drawn(seed: int) -> tuple[Told, np.ndarray]:
    """Six sources on eight objects with four values each; two of them mostly repeat a third."""
    chance = random.Random(seed)
    said: dict[tuple[int, int], int] = {}
    for s in range(6):
        for o in range(8):
            if chance.random() < 0.75:
                own = o % 4 if chance.random() < 0.5 else chance.randrange(4)
                copied = said.get((3, o), own) if chance.random() < 0.8 else own
                said[s, o] = copied if s > 3 else own
    source, about, value = np.array([(s, o, v) for (s, o), v in said.items()]).T
    told = Told.of(source, about, value, 6)
    weight = np.array([chance.choice((0.25, 0.5, 1.0)) for _ in told.source])
    return told, weight


def every_pair(told: Told) -> Pairs:
    size = np.diff(told.first_of_source).tolist()
    pairs = [(a, b) for a in range(told.sources) for b in range(a)]
    ends = sorted((a, b) if (size[a], -a) > (size[b], -b) else (b, a) for a, b in pairs)
    return Pairs(*np.array(ends).T)


@pytest.mark.parametrize("seed", SEEDS)
def test_those_pairs_are_compared_that_share_what_is_surprising(seed: int) -> None:
    told, _ = drawn(seed)

    pairs = candidate_pairs(told)

    found = {tuple(sorted(each)) for each in zip(pairs.first, pairs.second, strict=True)}
    assert found == twin.candidates(told)
    said = np.diff(told.first_of_source)
    assert (said[pairs.first] >= said[pairs.second]).all()


@pytest.mark.parametrize("bound", ["MOST_LISTED", "MOST_PAIRS", "MOST_COMPARED"])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_more_is_compared_than_the_bounds_allow(
    seed: int, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    rows = [(s, o, chance.randrange(12) // (4 + s)) for s in range(9) for o in range(30)]
    source, about, value = np.array([row for row in rows if chance.random() < 0.8]).T
    told = Told.of(source, about, value, 9)

    for most in (1, 4, 9, 16, 25, 60, 100, 150, 300):
        monkeypatch.setattr(f"provenance.learning.crowd.{bound}", most)
        pairs = candidate_pairs(told)

        found = {tuple(sorted(each)) for each in zip(pairs.first, pairs.second, strict=True)}
        assert found == twin.candidates(told, **{bound.lower(): most})


@pytest.mark.parametrize("seed", SEEDS)
def test_what_pairs_share_is_the_same_in_small_pieces(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, _ = drawn(seed)

    def shared() -> list[tuple[int, ...]]:
        return [
            each
            for overlap in overlaps(told, every_pair(told))
            for each in zip(
                overlap.pair.tolist(), overlap.one.tolist(), overlap.other.tolist(), strict=True
            )
        ]

    whole = shared()
    for most in (1, 7, 12):
        monkeypatch.setattr("provenance.learning.crowd.ROWS_AT_ONCE", most)
        pieces = list(overlaps(told, every_pair(told)))

        assert shared() == whole
        said = np.diff(told.first_of_source)
        for piece in pieces:
            rows = said[every_pair(told).second[piece.compared]]
            assert len(rows) == 1 or rows.sum() <= most


@pytest.mark.parametrize("seed", SEEDS)
def test_how_closely_each_follows_the_others_is_counted_voice_by_voice(seed: int) -> None:
    told, weight = drawn(seed)

    found = popularity(told, weight)

    assert found.conformity.tolist() == [
        twin.conformity(told, weight.tolist(), s) for s in range(6)
    ]
    votes = told.per_claim(weight).tolist()
    rows = range(len(told.source))
    assert found.habit == pytest.approx([twin.habit(told, votes, row) for row in rows])


@pytest.mark.parametrize("seed", SEEDS)
def test_peers_are_those_who_agree_as_often(seed: int) -> None:
    told, weight = drawn(seed)

    found = Peers.of(told, weight)

    assert found.group.tolist() == twin.abilities(told, weight.tolist())
    for overlap in overlaps(told, every_pair(told)):
        popular = np.linspace(0.1, 0.6, len(overlap.one))
        got = found.chance(told, weight, overlap.one, overlap.other, popular)
        rows = zip(overlap.one.tolist(), overlap.other.tolist(), popular.tolist(), strict=True)
        assert got == pytest.approx([twin.by_peers(told, weight.tolist(), *each) for each in rows])


@pytest.mark.parametrize("accuracy", [None, [0.95, 0.8, 0.6, 0.3, 0.7, 1.0]])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_source_is_learned_of_from_its_own_vote(seed: int, accuracy: list[float] | None) -> None:
    told, weight = drawn(seed)
    prior = np.linspace(-1.0, 1.0, told.claims)
    given = None if accuracy is None else np.array(accuracy)

    found = consensus(told, weight, prior, given, 2.5)

    learned, sure = twin.consensus(told, weight.tolist(), prior.tolist(), accuracy, 2.5)
    assert found.accuracy == pytest.approx(learned)
    claims = np.arange(told.claims)
    assert found.share(told, claims, found.score) == pytest.approx(sure)


@pytest.mark.parametrize("group", [(3, 4, 5), (0, 1), (2,), (0, 1, 2, 3, 4, 5)])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_group_is_weighed_voice_by_voice(seed: int, group: tuple[int, ...]) -> None:
    told, weight = drawn(seed)
    true = consensus(told, weight, np.zeros(told.claims), None)

    seen = _Seen.of(told, true, group)

    slow = Group(told, true, group)
    assert seen.independent() == pytest.approx(slow.likelihood(None))
    assert seen.independent(integrated=True) == pytest.approx(
        slow.likelihood(None, integrated=True)
    )
    assert seen.repeated(0.6) == pytest.approx(slow.likelihood(0.6))
    assert seen.repeated(0.9, integrated=True) == pytest.approx(
        slow.likelihood(0.9, integrated=True)
    )
    assert group_evidence(told, true, group) == pytest.approx(twin.group_evidence(slow))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_reading_is_as_likely_as_its_parts_and_its_copiers(seed: int) -> None:
    told, _ = drawn(seed)
    accuracy = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    prior = np.linspace(-0.5, 0.5, told.claims)

    found = reading_evidence(told, prior, accuracy, ((3, 4, 5), (0, 1)), 3.0)

    # The third source speaks for itself; of two groups three members are copiers, one in fifty each.
    alone = np.where(told.source == 2, 1.0, 0.0)
    true = consensus(told, alone, prior, accuracy, 3.0)
    parts = [
        twin.log_mean([Group(told, true, each).likelihood(r, integrated=True) for r in twin.RATES])
        for each in ((3, 4, 5), (0, 1))
    ]
    own = Group(told, true, (2,)).likelihood(None, integrated=True)
    assert found == pytest.approx(own + sum(parts) - 3.0 * np.log(49.0))


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_judged_together_as_on_a_grid(seed: int) -> None:
    random = np.random.default_rng(seed)
    agreed, differed = random.integers(0, 12, 12), random.integers(1, 30, 12)
    surprise = random.uniform(0.5, 3.0, 12)
    gain = np.log1p(SHARES[None, :] * np.expm1(surprise)[:, None])
    likelihood = agreed[:, None] * gain + differed[:, None] * np.log1p(-SHARES)[None, :]

    found = verdicts(likelihood)

    probability, share, rate = twin.verdicts(likelihood.tolist())
    assert found.rate == pytest.approx(rate, abs=1e-6)
    assert found.probability == pytest.approx(probability, abs=1e-4)
    assert found.share == pytest.approx(share)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_voice_counts_by_the_company_in_which_it_stands(seed: int) -> None:
    told, weight = drawn(seed)
    pairs = every_pair(told)
    chance = random.Random(seed)
    probability = np.array([chance.random() for _ in range(len(pairs))])
    share = np.array([chance.uniform(0.1, 0.9) for _ in range(len(pairs))])
    popular = popularity(told, weight, peers=True)
    true = consensus(told, weight, np.zeros(told.claims), None)

    found = discounted(
        told, pairs, Verdicts(probability, share, 0.1), popular, true, weight, threshold=0.5
    )

    together = {}
    for overlap in overlaps(told, pairs):
        likely = chance_of_agreement(told, popular, true, weight, overlap)
        for p, i, j, c in zip(overlap.pair, overlap.one, overlap.other, likely, strict=True):
            if probability[p] >= 0.5:
                part = share[p] / (share[p] + (1.0 - share[p]) * c)
                together[int(i), int(j)] = float(probability[p] * part)
    assert found == pytest.approx(twin.weights(told, together))


@pytest.mark.parametrize("peers", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_likeliest_excuse_of_an_agreement_is_taken(seed: int, peers: bool) -> None:
    told, weight = drawn(seed)
    popular = popularity(told, weight, peers=peers)
    true = consensus(told, weight, np.zeros(told.claims), None)
    wrong = effective_wrong_values(told)

    for overlap in overlaps(told, every_pair(told)):
        found = chance_of_agreement(told, popular, true, weight, overlap)

        for got, i, j in zip(found, overlap.one.tolist(), overlap.other.tolist(), strict=True):
            claim = int(told.claim[i])
            excuses = [popular.habit[i], popular.habit[j]]
            followed = [
                _followed(told, weight, k, {i, j}, int(popular.conformity[told.source[k]]))
                for k in (i, j)
            ]
            excuses += followed
            if peers:
                both = ((i, j), (j, i))
                excuses += [
                    twin.by_peers(told, weight.tolist(), *each, max(followed)) for each in both
                ]
            for witness, judged in ((i, j), (j, i)):
                sure = _sure(told, true, claim, {i, j}, float(true.vote[told.source[witness]]))
                right = true.accuracy[told.source[judged]]
                excuses.append(sure * right + (1.0 - sure) * (1.0 - right) / wrong)
            assert got == pytest.approx(min(max(*excuses, 1e-7), 1.0 - 1e-6))


def _followed(told: Told, weight: np.ndarray, row: int, out: set[int], conformity: int) -> float:
    """How likely a source follows the others to this claim, two assertions left out of it."""
    raised: dict[int, float] = {}
    for c in twin.claims_of(told, int(told.object[row])):
        rows = [k for k in twin.rows_of(told, claim=c) if k not in out]
        raised[c] = (sum(weight[rows]) + 0.5) ** twin.CONFORMITIES[conformity]
    return float(raised[int(told.claim[row])] / sum(raised.values()))


def _sure(told: Told, true: object, claim: int, out: set[int], vote: float) -> float:
    """How likely a claim is by all but two voices, and by one of these counted whole."""
    scores: dict[int, float] = {}
    for c in twin.claims_of(told, int(told.object_of_claim[claim])):
        rows = [k for k in twin.rows_of(told, claim=c) if k not in out]
        scores[c] = sum(true.given[rows])  # type: ignore[attr-defined]
    scores[claim] += vote
    unheard = true.unheard[told.object_of_claim[claim]]  # type: ignore[attr-defined]
    return float(np.exp(scores[claim]) / (sum(np.exp(list(scores.values()))) + unheard))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_two_never_say_alike_speaks_against_copying(seed: int) -> None:
    told, weight = drawn(seed)
    popular = popularity(told, weight)

    found = evidence(told, every_pair(told), popular, None, weight)

    for place, (a, b) in enumerate(
        zip(*(x.tolist() for x in (every_pair(told).first, every_pair(told).second)), strict=True)
    ):
        one = {int(told.object[i]): int(told.claim[i]) for i in twin.rows_of(told, source=a)}
        other = {int(told.object[i]): int(told.claim[i]) for i in twin.rows_of(told, source=b)}
        both = sorted(set(one) & set(other))
        assert found.objects[place] == len(both)
        assert found.agreements[place] == sum(one[o] == other[o] for o in both)
