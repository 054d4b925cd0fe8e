"""Several views of shared labels averaged: flattened as a whole, as far as voices err together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.learning import METHODS, Assertions, learn
from provenance.learning.crediting import PRIOR
from provenance.learning.labels import Labels
from provenance.learning.methods.blend import UNSEEN, blend, erring_together, seen_dependence
from provenance.learning.planted import troubled

TABLES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 7), st.sampled_from("xyz")),
    min_size=12,
    max_size=60,
    unique_by=lambda row: row[:2],
)


def labels_of(rows: Any) -> Labels:
    return Labels.of(Assertions.of(rows), "test")


def drawn(random: np.random.Generator, dependence: float, objects: int = 250) -> list[Any]:
    """Eight voices on every object, right with a probability of the object around .7."""
    if dependence == 0.0:
        right = np.full(objects, 0.7)
    else:
        weight = (1.0 - dependence) / dependence
        right = random.beta(0.7 * weight, 0.3 * weight, objects)
    return [
        (f"s{random.integers(30)}-{n}", o, o % 2 if random.random() < right[o] else 1 - o % 2)
        for o in range(objects)
        for n in range(8)
    ]


@settings(max_examples=8)
@given(TABLES, st.floats(0.0, 1.0))
def test_dependence_never_changes_who_is_believed(rows: list[Any], dependence: float) -> None:
    told = Assertions.of(rows)

    sure, flat = (blend(told, dependence=each, rounds=4) for each in (0.0, dependence))

    assert sure.labels is not None
    assert flat.labels is not None
    for one, other in zip(sure.labels, flat.labels, strict=True):
        assert (np.diff(other[np.argsort(one, kind="stable")]) >= -1e-9).all()


def members(told: Assertions, known: Any = None) -> dict[str, Any]:
    """Every model by name, and how much each counts of the whole."""
    same: dict[str, Any] = {"dependence": 0.0, "rounds": 150, "limit": 1e-4}

    def fitted(name: str, **options: Any) -> Any:
        return METHODS[name].run(told, known, **same, **options)

    return {
        "tables": [fitted("pooled-ibcc")],
        "kinds": [fitted("ebcc")],
        "coins": [
            fitted("coin-tables", sources=sources, even=each)
            for sources in ("pooled", "alike")
            for each in (False, True)
        ],
        "one": [fitted("one-coin", prior=PRIOR)],
    }


def shares(bounds: list[float]) -> list[float]:
    whole = sum(math.exp(each - max(bounds)) for each in bounds)
    return [math.exp(each - max(bounds)) / whole for each in bounds]


def plain(found: dict[str, Any]) -> float:
    """How probable coins are beside tables and kinds, each family the mean of its members."""
    most = max(each.bound for name in ("coins", "tables", "kinds") for each in found[name])
    likely = [
        sum(math.exp(each.bound - most) for each in found[name]) / len(found[name])
        for name in ("coins", "tables", "kinds")
    ]
    return likely[0] / sum(likely)


def weights(found: dict[str, Any]) -> list[tuple[float, Any]]:
    """What the first view and the second are made of together."""
    rest = 1.0 - plain(found)
    parts = {"tables": rest / 2.0, "kinds": rest / 2.0, "coins": plain(found)}
    return [
        (part * share, each)
        for name, part in parts.items()
        for share, each in zip(
            shares([each.bound for each in found[name]]), found[name], strict=True
        )
    ]


def mean_table(labels: Labels, found: dict[str, Any]) -> Any:
    """The labels of all views; what one-coin leaves for others than those stated is divided."""
    (coin,) = found["one"]
    stated = labels.table(np.ones(labels.assertions.claims)) > 0.0
    left = coin.unstated / (~stated).sum(axis=1).clip(1)
    whole = np.where(stated, labels.table(coin.probability), left[:, None])
    return (2.0 * sum(part * each.labels for part, each in weights(found)) + whole) / 3.0


def mean_counts(found: dict[str, Any]) -> Any:
    """The rates of both views, worth the counts of the first."""
    coins = plain(found)
    of = {name: shares([each.bound for each in found[name]]) for name in ("tables", "coins")}
    whole = sum(
        part * share * each.confusions.sum(axis=2, keepdims=True)
        for name, part in (("tables", 1.0 - coins), ("coins", coins))
        for share, each in zip(of[name], found[name], strict=True)
    )
    return whole * sum(part * each.confusion for part, each in weights(found))


# Eight sources whose answers go this way and that.
WEAK = [(f"s{s}", o, (o + (s * o * o + s) % 5 // 3) % 2) for s in range(8) for o in range(40)]


@pytest.mark.parametrize("rows", [troubled("spammers", 2).rows, WEAK, WEAK[:60]])
def test_what_is_tempered_is_the_mean_of_the_members(rows: Any) -> None:
    told = Assertions.of(rows)
    labels = Labels.of(told, "test")
    found = members(told)

    learned = blend(told, dependence=0.2)

    power = 1.0 / (1.0 + (labels.voices() - 1.0) * 0.2)
    expected = mean_table(labels, found) ** power[:, None]
    assert learned.labels == pytest.approx(expected / expected.sum(axis=1, keepdims=True), abs=1e-9)
    assert learned.dependence == 0.2
    assert learned.confusions == pytest.approx(mean_counts(found))
    for name in ("right", "wrong", "doubt"):
        mean = sum(part * getattr(each, name) for part, each in weights(found))
        assert getattr(learned, name) == pytest.approx(
            (2.0 * mean + getattr(found["one"][0], name)) / 3.0
        )
    for name in ("chance", "classes"):
        mean = sum(part * getattr(each, name) for part, each in weights(found))
        assert getattr(learned, name) == pytest.approx(mean)


def weak_world(seed: int) -> tuple[list[Any], list[int]]:
    """Five who are right in seven of ten, about three hundred objects."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, 300)
    said = np.where(random.random((5, 300)) < 0.7, truth, 1 - truth)
    return [(s, o, int(said[s, o])) for s in range(5) for o in range(300)], truth.tolist()


def test_where_there_is_little_to_learn_no_table_is_learned() -> None:
    rows, truth = weak_world(3)
    told = Assertions.of(rows)
    votes = Labels.of(told, "test").start().argmax(axis=1)

    found = members(told)
    learned = blend(told).labels

    assert plain(found) > 0.9
    assert learned is not None
    assert (learned.argmax(axis=1) == truth).mean() >= (votes == truth).mean() - 0.01
    assert (found["kinds"][0].labels.argmax(axis=1) == truth).mean() < 0.8


def test_where_sources_confuse_labels_coins_do_not_count() -> None:
    told = Assertions.of(troubled("spammers", 2).rows)

    assert plain(members(told)) < 1e-9


def test_the_bound_of_a_table_that_is_known_is_its_probability() -> None:
    told = Assertions.of([("a", o, int(o == 3)) for o in range(4)])
    known = np.ones(4)

    found = METHODS["coin-tables"].run(told, known, even=True, dependence=0.0)
    turned = METHODS["coin-tables"].run(told, 1.0 - known, even=True, dependence=0.0)

    # Right four times of four: B(8, 1) / B(4, 1) = 4 / 8; wrong: B(4, 5) / B(4, 1) = 1 / 70.
    assert found.bound == pytest.approx(math.log(1 / 2 / 16))
    assert turned.bound == pytest.approx(math.log(1 / 70 / 16))


def slow_likelihood(votes: list[list[float]], correlation: float) -> float:
    """The same EM with a loop over objects and `math.lgamma`."""
    weight, count = (1.0 - correlation) / correlation, len(votes[0])
    tables = [[n / sum(row) for n in row] for row in votes]
    reached = -math.inf
    for _ in range(40):
        means = []
        for t in range(count):
            row = [0.5 / count + (0.5 if t == k else 0.0) for k in range(count)]
            for table, vote in zip(tables, votes, strict=True):
                voices = sum(vote)
                part = table[t] * voices / (1.0 + max(0.0, voices - 1.0) * correlation)
                row = [mean + part * n / voices for mean, n in zip(row, vote, strict=True)]
            means.append([mean / sum(row) for mean in row])
        common = [1.0 + sum(table[t] for table in tables) for t in range(count)]
        total, fresh = 0.0, []
        for vote in votes:
            scores = []
            for t in range(count):
                score = math.log(common[t] / sum(common))
                score += math.lgamma(weight) - math.lgamma(weight + sum(vote))
                for mean, n in zip(means[t], vote, strict=True):
                    score += math.lgamma(weight * mean + n) - math.lgamma(weight * mean)
                scores.append(score)
            whole = math.log(sum(math.exp(each) for each in scores))
            total += whole
            fresh.append([math.exp(each - whole) for each in scores])
        tables, before, reached = fresh, reached, total
        if reached - before <= 1e-2:
            break
    return reached


@given(TABLES)
def test_seen_dependence_is_that_of_a_slow_count(rows: list[Any]) -> None:
    labels = labels_of(rows)
    counts = np.zeros((len(labels.assertions.objects), labels.count))
    np.add.at(counts, (labels.about, labels.label), 1.0)
    several = [row for row in counts.tolist() if sum(row) > 1]
    tried = [1.0 - (1.0 - (k + 0.5) / 12.0) ** (1.0 / 7.0) for k in range(12)]

    found = seen_dependence(labels)

    likely = [slow_likelihood(several, each) for each in tried] if several else [0.0] * 12
    weights = [math.exp(each - max(likely)) for each in likely]
    mean = sum(w * r for w, r in zip(weights, tried, strict=True)) / sum(weights)
    assert found == pytest.approx(mean, rel=1e-6)


def test_dependence_that_was_planted_is_found() -> None:
    random = np.random.default_rng(5)

    none, some, much = (seen_dependence(labels_of(drawn(random, r))) for r in (0.0, 0.1, 0.3))

    assert none < 0.03
    assert 0.05 < some < 0.15
    assert 0.2 < much < 0.36


def test_lone_voices_show_no_dependence() -> None:
    alone = labels_of([(f"s{o}", o, o % 2) for o in range(40)])

    # The mean of twelve equally probable values of Beta(1, 7), about 1/8.
    assert seen_dependence(alone) == pytest.approx(0.125, abs=0.005)


def test_learned_tells_the_dependence_that_was_found_or_given() -> None:
    rows = troubled("experts", 1).rows
    labels = labels_of(rows)

    found, told = learn(rows, copies=False), learn(rows, dependence=0.4, copies=False)

    together, joint = foretold_together(labels)
    seen = (seen_dependence(labels) + joint) / 2.0
    assert found.dependence == pytest.approx(together * (UNSEEN + (1.0 - UNSEEN) * seen))
    assert told.dependence == 0.4
    assert learn([*rows, ("s00", "alone", "v0")], copies=False).dependence == found.dependence
    assert learn(rows, method="majority").dependence == 0.0
    assert learn(rows, method="ibcc").dependence == 0.25


def views(labels: Labels, known: Any = None) -> tuple[Any, Any]:
    """The mean table of the views and the counts of confusions by which voices are foretold."""
    found = members(labels.assertions, known)
    return mean_table(labels, found), mean_counts(found)


def foretold_together(labels: Labels) -> tuple[float, float]:
    return erring_together(labels, *views(labels), None)


def test_what_is_found_is_flattened_as_far_as_voices_err_together() -> None:
    told = Assertions.of(drawn(np.random.default_rng(0), 0.05, 60))
    labels = Labels.of(told, "test")
    mean, counts = views(labels)
    together, joint = erring_together(labels, mean, counts, None)
    seen = (seen_dependence(labels) + joint) / 2.0

    found = blend(told)

    def at(correlation: float) -> Any:
        raised = mean ** (1.0 / (1.0 + 7.0 * correlation))  # eight voices on every object
        return raised / raised.sum(axis=1, keepdims=True)

    joint = (1.0 - UNSEEN) * at(seen) + UNSEEN * at(1.0)
    expected = (1.0 - together) * mean + together * joint
    assert 0.05 < together < 0.95
    assert found.labels == pytest.approx(expected, abs=1e-9)


def test_evidence_of_many_thousand_voices_stays_a_number() -> None:
    labels = labels_of(drawn(np.random.default_rng(0), 0.9, 4_000))
    even = np.full((4_000, 2), 0.5)
    counts = np.tile([[70.0, 30.0], [30.0, 70.0]], (len(labels.assertions.sources), 1, 1))

    together, joint = erring_together(labels, even, counts, None)

    assert together > 0.999
    assert 0.0 < joint < 1.0


def slow_together(
    told: Assertions, table: Any, counts: Any, closed: set[int]
) -> tuple[float, float]:
    """The same with a loop over voices, correlations and labels."""
    tried = [0.0, *(1.0 - (1.0 - (k + 0.5) / 12.0) ** (1.0 / 7.0) for k in range(12))]
    labels = range(table.shape[1])
    found = [0.0] * 13
    voices = [0.0] * len(told.objects)
    for about, weight in zip(told.object.tolist(), told.weight.tolist(), strict=True):
        voices[about] += weight
    for row in range(told.size):
        source, about, weight = int(told.source[row]), int(told.object[row]), told.weight[row]
        said = int(told.value_of_claim[told.claim[row]])
        others = voices[about] - weight
        if others <= 1e-9 or about in closed:
            continue
        for place, correlation in enumerate(tried):
            power = 1.0 / (1.0 + max(0.0, others - 1.0) * correlation)
            truth, rates = [], []
            for t in labels:
                cells = counts[source, t]
                without = max(table[about, t], 1e-12) / (cells[said] / cells.sum()) ** weight
                truth.append(without**power)
                own = weight * table[about, t]
                rates.append(min(1.0, max(cells[said] - own, 1e-9) / max(cells.sum() - own, 1e-9)))
            chance = sum(t * r for t, r in zip(truth, rates, strict=True)) / sum(truth)
            found[place] += weight * math.log(chance)
    gained = [each - found[0] for each in found[1:]]
    peak = max(0.0, *gained)
    weights = [math.exp(each - peak) for each in gained]
    mean = sum(w * r for w, r in zip(weights, tried[1:], strict=True)) / sum(weights)
    joint = sum(weights) / 12.0
    return joint / (joint + math.exp(-peak)), mean


@settings(max_examples=25)
@given(TABLES, st.booleans())
def test_whether_voices_err_together_is_that_of_a_slow_count(rows: list[Any], tell: bool) -> None:
    labels = labels_of(rows)
    told = labels.assertions
    known = np.full(told.claims, np.nan)
    known[: told.first_claim[1]] = 0.0
    known[0] = 1.0
    # Any table and any counts will do.
    table = (labels.start() + 0.1) / (1.0 + 0.1 * labels.count)
    counts = labels.counts(table) + 0.5 + np.eye(labels.count)

    found = erring_together(labels, table, counts, known if tell else None)

    closed = {0} if tell else set()
    assert found == pytest.approx(slow_together(told, table, counts, closed), abs=1e-9)


def test_a_great_table_is_foretold_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = labels_of(troubled("experts", 1).rows)
    whole = foretold_together(labels)
    monkeypatch.setattr("provenance.learning.methods.blend._AT_ONCE", 64)

    pieces = foretold_together(labels)

    assert pieces == pytest.approx(whole, abs=1e-9)


def test_voices_that_err_together_do_not_look_independent() -> None:
    random = np.random.default_rng(5)

    alone, joint = (foretold_together(labels_of(drawn(random, r))) for r in (0.0, 0.3))

    assert alone[0] < 0.5
    assert joint[0] > 0.99
    assert alone[1] < 0.05 < 0.1 < joint[1]


def test_nothing_is_held_against_independent_voices_nor_for_dependent_ones() -> None:
    spread, hard = (troubled(kind, 3).rows for kind in ("many labels", "hard objects"))

    independent, dependent = learn(spread, copies=False), learn(hard, copies=False)

    assert independent.dependence < 0.01
    assert dependent.dependence > UNSEEN


def test_where_nobody_is_checked_both_are_equally_probable() -> None:
    alone = labels_of([(f"s{o}", o, o % 2) for o in range(40)])

    assert foretold_together(alone) == (0.5, pytest.approx(0.125, abs=0.005))
