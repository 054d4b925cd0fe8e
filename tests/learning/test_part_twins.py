"""The parts between methods and answers against loops: tempering, camps, citations, shared labels."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from typing import Any

import attrs
import numpy as np
import pytest

from provenance.learning import METHODS, Assertions, learn
from provenance.learning.copying import (
    CopyingPair,
    _beyond_doubt,
    _by_row,
    _joined,
    _weights,
    copying_between,
    followed,
)
from provenance.learning.crediting import fitted_where_checked, of_objects
from provenance.learning.crowd import Told
from provenance.learning.estimates import Fit
from provenance.learning.known import _FREEDOM, _SPREAD, Truths, at_temperature, fitted_temperature
from provenance.learning.learned import opposing_camp
from provenance.learning.recalibration import _expit, _logistic, _logs, calibrate
from provenance.learning.tracking import tracking

SEEDS = range(4)


def table(seed: int, *, kind: str = "categories", objects: int = 12) -> Assertions:
    """Seven sources on some objects; the last three of them mostly say the same wrong thing."""
    chance = random.Random(seed)
    rows = []
    for o in range(objects):
        for s in range(7):
            if chance.random() < 0.8:
                said = o % 3 if s < 4 else (o * o + 1) % 3
                rows.append((f"s{s}", o, said if chance.random() < 0.8 else chance.randrange(3)))
    return Assertions.of(rows, kind=kind)  # type: ignore[arg-type]


# How sure an answer may be.


def powers(numbers: list[float], power: float) -> list[float]:
    total = sum(x**power for x in numbers)
    return [x**power / total for x in numbers]


@pytest.mark.parametrize("objects", [5, 14])
@pytest.mark.parametrize("is_open", [False, True])
def test_a_temperature_is_a_power_of_each_value(objects: int, is_open: bool) -> None:
    told = table(1, objects=objects)
    chance = np.random.default_rng(1)
    # Of fourteen objects the three values are shared labels: what is left is for the others.
    labels = 3 if objects > 9 else None
    of = [range(a, b) for a, b in itertools.pairwise(told.first_claim.tolist())]
    drawn = [chance.dirichlet(np.ones(len(mine) + is_open)) for mine in of]
    stated = np.concatenate([each[: len(mine)] for each, mine in zip(drawn, of, strict=True)])
    left = np.array([each[-1] for each in drawn]) if is_open else None
    fit = Fit(stated, np.ones(7), np.ones(7), unstated=left)

    found = at_temperature(told, fit, 1.7)

    for o, mine in enumerate(of):
        others = 1 if labels is None else max(1, labels - len(mine))
        whole = [float(stated[c]) for c in mine]
        if left is not None:
            whole += [float(left[o]) / others] * others
        expected = powers(whole, 1.0 / 1.7)
        assert found.probability[list(mine)] == pytest.approx(expected[: len(mine)])
        if left is not None:
            assert found.unstated is not None
            assert found.unstated[o] == pytest.approx(sum(expected[len(mine) :]))


def test_a_temperature_cools_tables_and_sets_as_well() -> None:
    told, sets = table(2, objects=14), table(2, kind="sets")
    labels = np.random.default_rng(3).dirichlet(np.ones(3), len(told.objects))
    alone = np.linspace(0.05, 0.95, sets.claims)

    found = at_temperature(
        told, Fit(np.zeros(told.claims), np.ones(7), np.ones(7), labels=labels), 0.6
    )
    of_sets = at_temperature(sets, Fit(alone, np.ones(7), np.ones(7)), 0.6)

    expected = np.array([powers(row, 1.0 / 0.6) for row in labels.tolist()])
    assert found.labels == pytest.approx(expected)
    for claim in range(told.claims):
        row = expected[told.object_of_claim[claim]]
        assert found.probability[claim] == pytest.approx(row[told.value_of_claim[claim]])
    assert of_sets.probability == pytest.approx([powers([p, 1.0 - p], 1.0 / 0.6)[0] for p in alone])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_temperature_makes_known_truths_likelier(seed: int) -> None:
    told = table(seed, objects=14)
    chance = np.random.default_rng(seed)
    truth = {o: int(chance.integers(3)) if chance.random() < 0.4 else o % 3 for o in range(12)}
    fit = learn(told, method="ibcc", dependence=0.0).estimate
    truths = Truths.of(truth, told, object_name="object", value_name="value")
    assert truths is not None

    found = fitted_temperature(told, [(fit, truths)])

    def likely(temperature: float) -> float:
        mended = at_temperature(told, fit, temperature)
        total = 0.0
        for about, value in truth.items():
            stated = {v: mended.probability[c] for c, o, v in claims_of(told) if o == about}
            # A truth that nobody states is one of those left.
            sure = stated.get(value, 1.0 - sum(stated.values()))
            total += math.log(max(float(sure), 1e-12))
        # A Student t of three degrees of freedom around no change, a quarter wide.
        far = math.log(1.0 + (math.log(temperature) / _SPREAD) ** 2 / _FREEDOM)
        return total - (_FREEDOM + 1.0) / 2.0 * far

    others = np.exp(np.linspace(math.log(0.26), math.log(15.0), 300)).tolist()
    assert likely(found) >= max(map(likely, others)) - 1e-3


@pytest.mark.parametrize(("is_right", "expected"), [(True, math.exp(-3.0)), (False, math.exp(3.0))])
def test_a_temperature_stays_within_bounds_whatever_is_known(
    is_right: bool, expected: float
) -> None:
    told = Assertions.of([(s, o, f"{o} {s}") for s in "ab" for o in range(200)])
    sure = np.tile([0.51, 0.49] if is_right else [0.999, 0.001], 200)
    truth = {o: f"{o} {'a' if is_right else 'b'}" for o in range(200)}
    truths = Truths.of(truth, told, object_name="object", value_name="value")
    assert truths is not None

    found = fitted_temperature(told, [(Fit(sure, np.ones(2), np.ones(2)), truths)])

    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("right", "wrong", "chance"), [(9, 1, 0.5), (3, 4, 0.25), (1.2, 0.8, 0.5)])
def test_tracking_is_accuracy_corrected_for_chance(
    right: float, wrong: float, chance: float
) -> None:
    points = (np.arange(400_000) + 0.5) / 400_000
    density = points ** (right - 1.0) * (1.0 - points) ** (wrong - 1.0)
    tracks = np.maximum(0.0, (points - chance) / (1.0 - chance))
    mean = float((density * tracks).sum() / density.sum())
    square = float((density * tracks**2).sum() / density.sum())

    found, variance = tracking(np.array([right]), np.array([wrong]), np.array([chance]))

    assert found[0] == pytest.approx(mean, abs=2e-5)
    assert variance[0] == pytest.approx(square - mean**2, abs=2e-5)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("objects", [8, 30])
def test_a_camp_is_counted_pair_by_pair(seed: int, objects: int) -> None:
    told = table(seed, objects=objects)
    if objects == 8:
        told = Assertions.of([(s, o, f"{o}-{v}") for s, o, v in rows_of(told)])
    said = {o: {str(v)[-1] for _, about, v in claims_of(told) if about == o} for o in told.objects}
    believed = {o: o % 3 if str(o % 3) in said[o] else int(min(said[o])) for o in told.objects}
    fit = Fit(
        np.array([float(str(v)[-1] == str(believed[o])) for _, o, v in claims_of(told)]),
        np.ones(7),
        np.ones(7),
    )

    found = opposing_camp(told, fit)

    camp = slow_camp(told, believed, shared=objects > 9)
    assert (found is None) == (camp is None)
    if found is not None and camp is not None:
        assert (found.sources, found.objects) == (camp[0], camp[4])
        assert (found.part, found.agreement, found.believed) == pytest.approx(camp[1:4])


def rows_of(told: Assertions) -> list[tuple[Any, Any, Any]]:
    return [
        (told.sources[s], told.objects[told.object_of_claim[c]], told.value(int(c)))
        for s, c in zip(told.source, told.claim, strict=True)
    ]


def claims_of(told: Assertions) -> list[tuple[int, Any, Any]]:
    return [(c, told.objects[told.object_of_claim[c]], told.value(c)) for c in range(told.claims)]


Said = list[tuple[str, int, str]]


def slow_kappa(rows: Said, one: Said, other: Said, *, shared: bool) -> tuple[float, float]:
    """How often two agree, one of each kind, beyond chance; and by how many standard deviations."""
    names = [Counter(v for _, _, v in kind) for kind in (one, other)]
    by_label = sum(names[0][v] * names[1][v] for v in "012") / (len(one) * len(other))
    pairs, alike, guessed = 0, 0, 0.0
    for o in {about for _, about, _ in rows}:
        values = len({v for _, about, v in rows if about == o})
        here = [[(s, v) for s, about, v in kind if about == o] for kind in (one, other)]
        for (who, what), (whom, whatever) in itertools.product(*here):
            if who != whom:
                pairs += 1
                alike += what == whatever
                guessed += by_label if shared else 1.0 / max(2, values)
    chance = guessed / pairs
    # Within one kind each two are met twice.
    deviation = math.sqrt(chance * (1.0 - chance) / (pairs / 2.0 if one is other else pairs))
    beyond = alike / pairs - chance
    return beyond / (1.0 - chance), beyond / deviation


def slow_camp(
    told: Assertions, believed: dict[int, int], *, shared: bool
) -> tuple[int, float, float, float, int] | None:
    """How many there are, their part, how well they and the others agree, where they contradict."""
    rows = [(s, o, str(v)[-1]) for s, o, v in rows_of(told)]
    camp = {
        s
        for s in told.sources
        if sum(v != str(believed[o]) for who, o, v in rows if who == s)
        > sum(who == s for who, _, _ in rows) / 2.0
    }
    theirs = [row for row in rows if row[0] in camp]
    others = [row for row in rows if row[0] not in camp]
    if len(camp) < 2 or len(theirs) < 0.2 * len(rows):
        return None
    within, surely = slow_kappa(rows, theirs, theirs, shared=shared)
    rest, _ = slow_kappa(rows, others, others, shared=shared)
    across, _ = slow_kappa(rows, theirs, others, shared=shared)
    contrary = sum(
        sum(v != str(believed[o]) for _, about, v in theirs if about == o) >= 2 for o in believed
    )
    if surely < 3.0 or min(within, within - across) < max(0.5 * rest, 0.1):
        return None
    return len(camp), len(theirs) / len(rows), within, rest, contrary


# What mends probabilities.


@pytest.mark.parametrize("seed", range(12))
def test_a_logistic_fit_ends_where_no_slope_is_left(seed: int) -> None:
    chance = np.random.default_rng(seed)
    # Far-out and contradicting cases, where a whole step of Newton's method overshoots.
    odds = chance.normal(0.0, (0.5, 2.0, 10.0, 30.0)[seed % 4], chance.integers(3, 40))
    turned = odds * (-1.0, 0.1, 1.0)[seed % 3]
    came = (chance.random(len(odds)) < 1.0 / (1.0 + np.exp(-turned))).astype(np.float64)
    yes, no = _logs(1.0 / (1.0 + np.exp(-odds)))
    columns, towards = np.column_stack((yes, -no, np.ones(len(odds)))), np.array([1.0, 1.0, 0.0])

    found = _logistic(columns, came, towards)

    slope = columns.T @ (_expit(columns @ found) - came) + 0.01 * (found - towards)
    assert np.abs(slope).max() < 1e-6


@pytest.mark.parametrize("valued", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_other_temperature_foretells_better(seed: int, valued: bool) -> None:
    chance = np.random.default_rng(seed)
    rows = [chance.dirichlet(np.ones(3 if valued else 2)).tolist() for _ in range(25)]
    truth = [int(chance.choice(len(row), p=powers(row, 0.5))) for row in rows]

    if valued:
        found = calibrate(np.concatenate(rows), truth, "temperature", first=np.arange(26) * 3)
    else:
        found = calibrate([row[1] for row in rows], truth, "temperature")

    def loss(logarithm: float) -> float:
        each = zip(rows, truth, strict=True)
        missed = sum(-math.log(powers(row, math.exp(-logarithm))[t]) for row, t in each)
        return missed + 0.01 * logarithm**2

    (temperature,) = found.parameters
    assert loss(math.log(temperature)) <= min(map(loss, np.linspace(-3.0, 4.0, 500))) + 1e-9


def test_a_beta_slope_below_nothing_is_left_out_and_the_rest_fitted_anew() -> None:
    stated = np.array([0.05, 0.1, 0.2, 0.5, 0.7, 0.97, 0.99, 0.995])
    came = np.array([0, 1, 0, 1, 1, 0, 1, 0], dtype=np.float64)

    a, b, c = calibrate(stated, came, "beta").parameters

    assert min(a, b) == 0.0
    kept = np.log(stated) if a > 0.0 else -np.log(1.0 - stated)
    columns = np.column_stack((kept, np.ones(8)))
    fitted = np.array([max(a, b), c])
    slope = columns.T @ (_expit(columns @ fitted) - came) + 0.01 * (fitted - [1.0, 0.0])
    assert np.abs(slope).max() < 1e-6


# Who has it from whom on record, and who copies where labels are shared.


@pytest.mark.parametrize("seed", range(8))
def test_citations_are_followed_to_their_start(seed: int) -> None:
    chance = random.Random(seed)
    rows = sorted(
        {(s, o, chance.randrange(2)) for s in range(5) for o in range(4) if chance.random() < 0.8}
    )
    rows = [row for at, row in enumerate(rows) if at == 0 or rows[at - 1][:2] != row[:2]]
    source, about, value = np.array(rows).T
    told = Told.of(source, about, value, 6)
    # Also circles, sources that cite themselves, and one that says nothing.
    cited = np.array([chance.choice((-1, *range(6))) for _ in rows])

    found = followed(told, cited)

    ends = []
    for row in range(len(rows)):
        trail: list[Any] = [row]
        while True:
            at = trail[-1]
            if cited[at] in (-1, told.source[at]):
                break
            wanted = [
                k
                for k in range(len(rows))
                if told.source[k] == cited[at] and told.claim[k] == told.claim[at]
            ]
            if not wanted:
                trail.append(("absent", int(cited[at]), int(told.claim[at])))
                break
            if wanted[0] in trail:
                trail.append(min(trail[trail.index(wanted[0]) :]))
                break
            trail.append(wanted[0])
        ends.append(trail[-1])
    assert found.origin.tolist() == [end if isinstance(end, int) else -1 for end in ends]
    assert found.company.tolist() == [ends.count(end) for end in ends]
    own = np.linspace(0.2, 1.0, len(rows))
    share = [own[end] if isinstance(end, int) else 1.0 for end in ends]
    assert found.weights(own) == pytest.approx(
        [s / ends.count(end) for s, end in zip(share, ends, strict=True)]
    )


def pair_of(first: int, second: int, **more: Any) -> CopyingPair:
    plain = {field.name: None for field in attrs.fields(CopyingPair)}
    figures = {"probability": 0.9, "share": 0.8, "objects": 9, "agreements": 8, "cited": 0}
    return CopyingPair(**(plain | figures | {"first": first, "second": second} | more))


def test_pairs_join_sources_through_others() -> None:
    pairs = (pair_of(1, 4), pair_of(2, 3), pair_of(4, 6), pair_of(6, 1), pair_of(7, 8))

    assert _joined(pairs) == ((1, 4, 6), (2, 3), (7, 8))


def test_a_copied_voice_counts_by_the_pairs_in_which_it_stands() -> None:
    told = table(3)
    pairs = (pair_of(4, 5), pair_of(5, 6, probability=0.7, share=0.5))

    found = _weights(told, pairs)

    said = list(zip(told.source.tolist(), told.claim.tolist(), strict=True))
    for at, (source, claim) in enumerate(said):
        among = 1.0
        for pair in pairs:
            ends = {pair.first, pair.second}
            if source in ends and ((ends - {source}).pop(), claim) in said:
                among += pair.probability * pair.share
        assert found[at] == pytest.approx(1.0 / among)


@pytest.mark.parametrize(
    ("together", "apart", "expected"), [(8, 0, True), (7, 0, False), (9, 1, True), (9, 2, False)]
)
def test_rare_errors_in_common_leave_no_other_explanation(
    together: int, apart: int, expected: bool
) -> None:
    # Three others say t of every object; the pair errs alike, or apart, or says t as well.
    rows = [(s, o, "t") for s in "cde" for o in range(20)]
    for o in range(20):
        alike, differs = o < together, together <= o < together + apart
        rows.append(("a", o, "e" if alike or differs else "t"))
        rows.append(("b", o, "e" if alike else "f" if differs and o % 2 else "t"))
    told = Assertions.of(rows)

    assert _beyond_doubt(told, pair_of(0, 1), (0, 1)) is expected
    assert _beyond_doubt(told, pair_of(0, 1, cited=1), (0, 1))
    assert _beyond_doubt(told, pair_of(0, 1, copier_probability=0.99), (0, 1))
    assert _beyond_doubt(told, pair_of(0, 1, copier_probability=0.98), (0, 1)) is expected


def test_equal_rows_share_the_weight_of_one() -> None:
    codes = (np.array([1, 0, 1, 1]), np.array([2, 5, 2, 3]), np.array([0, 0, 0, 0]))
    told = Told.of(*codes, 2)
    weight = np.where(told.source == 0, 0.5, np.where(told.object == 0, 0.9, 0.7))

    found = _by_row(codes, told, weight)

    assert found == pytest.approx([0.45, 0.5, 0.45, 0.7])


def test_what_is_known_excuses_and_what_is_false_accuses() -> None:
    rows = [
        (s, o, "t" if (o + 3 * n) % 5 else f"e{s}") for n, s in enumerate("cdef") for o in range(30)
    ]
    rows += [(s, o, "x" if o % 3 == 0 else "t") for s in "ab" for o in range(30)]
    told = Assertions.of(rows)
    x = np.array([told.value(int(c)) == "x" for c in told.claim])

    unknown, excused, accused = (
        copying_between(told, true=np.where(x, truth, np.nan)).probability_of("a", "b")
        for truth in (np.nan, 1.0, 0.0)
    )

    assert excused < unknown <= accused


# What nobody checks.


def with_lone(seed: int, lone: list[tuple[str, Any, Any]]) -> tuple[Assertions, Assertions, Any]:
    """A table with voices that nobody checks, the rest alone, and which objects are checked."""
    rows = rows_of(table(seed, objects=14))
    told = Assertions.of([*rows, *lone])
    halved = np.where(told.source == 1, 0.5, 1.0)
    told = attrs.evolve(told, share=told.weight * halved)
    checked = np.array([o < 20 for o in told.objects])
    return told, of_objects(told, checked), checked


LONE = [("s0", 20, 1), ("s1", 21, 2), ("s1", 22, 0), ("s1", 22, 2), ("new", 23, 1), ("s6", 24, 0)]


@pytest.mark.parametrize("name", ["majority", "sums", "accu", "one-coin", "glad"])
@pytest.mark.parametrize("is_stranger", [False, True])
def test_what_nobody_checks_is_as_probable_as_its_source_is_right(
    name: str, is_stranger: bool
) -> None:
    told, some, checked = with_lone(1, LONE if is_stranger else LONE[:4])
    method = METHODS[name]
    prior = (1.0, 1.0) if method.shares else (4.0, 1.0)

    found = fitted_where_checked(told, None, method.run, open_minded=not method.shares)

    spoke = np.bincount(some.source, minlength=len(told.sources)) > 0
    if name != "one-coin":
        # By guessing each would be right as often as one in the values of an object, two at least.
        weight = [some.weight[some.source == s] for s in range(len(told.sources))]
        values = np.maximum(some.values_per_object, 2)[some.object]
        for s in np.flatnonzero(spoke):
            guessed = float((weight[s] / values[some.source == s]).sum() / weight[s].sum())
            assert found.chance is not None
            assert found.chance[s] == pytest.approx(guessed)
    alone = method.run(attrs.evolve(some, sources=told.sources)) if spoke.all() else None
    if alone is not None:
        fitted = checked[told.object_of_claim]
        assert found.probability[fitted] == pytest.approx(alone.probability)
        assert found.right == pytest.approx(alone.right)
        assert found.wrong == pytest.approx(alone.wrong)
    else:
        assert (found.right[~spoke] == prior[0]).all()
        assert (found.wrong[~spoke] == prior[1]).all()
        assert found.doubt is not None
        assert (found.doubt[~spoke] == 0.0).all()
        assert found.chance is not None
        assert found.chance[~spoke] == pytest.approx(found.chance[spoke].mean())
    for about in np.flatnonzero(~checked):
        mine = [i for i in range(told.size) if told.object[i] == about]
        heard = sum(told.weight[i] for i in mine)
        total = 0.0
        for i in mine:
            s = told.source[i]
            part = 1.0 if method.shares else found.right[s] / (found.right[s] + found.wrong[s])
            expected = told.weight[i] * part / heard
            assert found.probability[told.claim[i]] == pytest.approx(expected)
            total += expected
        if not method.shares:
            assert found.unstated is not None
            assert found.unstated[about] == pytest.approx(1.0 - total)


@pytest.mark.parametrize("name", ["ibcc", "mace", "ebcc"])
def test_a_label_that_nobody_checks_is_as_probable_as_its_source_confuses(name: str) -> None:
    told, some, checked = with_lone(2, LONE[:4])

    found = fitted_where_checked(told, None, METHODS[name].run, open_minded=True)

    alone = METHODS[name].run(some)
    assert alone.confusion is not None
    assert alone.classes is not None
    assert found.labels is not None
    assert found.labels[checked] == pytest.approx(alone.labels)
    for about in np.flatnonzero(~checked):
        row = alone.classes.copy()
        for i in range(told.size):
            if told.object[i] == about:
                said = told.value_of_claim[told.claim[i]]
                row = row * alone.confusion[told.source[i], :, said] ** told.weight[i]
        assert found.labels[about] == pytest.approx(row / row.sum())
        for claim in range(told.claims):
            if told.object_of_claim[claim] == about:
                label = told.value_of_claim[claim]
                assert found.probability[claim] == pytest.approx(row[label] / row.sum())


def test_a_stranger_confuses_labels_as_all_do_together() -> None:
    told, some, _ = with_lone(3, LONE)

    found = fitted_where_checked(told, None, METHODS["ibcc"].run, open_minded=True)

    kept = [name for name in told.sources if name != "new"]
    rows = [row for row in rows_of(told) if row[1] < 20]
    weights = attrs.evolve(Assertions.of(rows), share=some.weight)
    alone = METHODS["ibcc"].run(weights)
    assert list(weights.sources) == kept
    assert alone.confusion is not None
    assert alone.classes is not None
    assert found.labels is not None
    row = alone.classes * alone.confusion.mean(axis=0)[:, told.values.index(1)]
    assert found.labels[told.objects.index(23)] == pytest.approx(row / row.sum())
    assert found.confusions is not None
    stranger = found.confusions[told.sources.index("new")]
    assert stranger == pytest.approx(alone.confusion.mean(axis=0) * 1e-9)


def test_a_word_that_is_no_label_leaves_no_common_table() -> None:
    told, some, checked = with_lone(2, [("s0", 20, 1), ("s2", 21, 9)])

    found = fitted_where_checked(told, None, METHODS["ibcc"].run, open_minded=True)

    alone = METHODS["ibcc"].run(some)
    assert (found.labels, found.confusions, found.classes) == (None, None, None)
    assert found.probability[checked[told.object_of_claim]] == pytest.approx(alone.probability)
    assert found.unstated is not None
    for place in range(len(told.objects)):
        mine = told.object_of_claim == place
        assert found.unstated[place] == pytest.approx(1.0 - found.probability[mine].sum())
