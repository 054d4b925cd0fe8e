"""Methods against published numbers, slow obvious twins, and planted truth."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.errors import InvalidValue, UnknownName
from provenance.learning import METHODS, Assertions, learn, method_named
from provenance.learning.estimates import Fit, digamma, log_gamma
from provenance.learning.labels import Labels
from provenance.learning.methods.accu import accu, accu_copy
from provenance.learning.methods.crh import catd, crh, gaussian_truth, weighted_medians
from provenance.learning.methods.dawid_skene import (
    averaged_ibcc,
    dawid_skene,
    foretelling_weights,
    foretold,
    ibcc,
    pooled_ibcc,
)
from provenance.learning.methods.ltm import latent_truth
from provenance.learning.methods.one_coin import blocked, lineage_weights, one_coin, sweep
from provenance.learning.methods.voting import (
    majority_vote,
    pooled_investment,
    sums,
    truth_finder,
    weighted_vote,
)
from provenance.learning.methods.wrong_values import MANY, WrongWays

# Dawid and Skene, Applied Statistics 28 (1979), table 1: 45 patients, five observers, the first
# of whom judged each patient three times.
TABLE_1 = (
    "111 1 1 1 1|333 4 3 3 4|112 2 1 2 2|222 3 1 2 1|222 3 2 2 2|222 3 3 2 2|122 2 1 1 1|333 3 4 3 3"
    "|222 2 2 2 3|232 2 2 2 3|444 4 4 4 4|222 3 3 4 3|111 1 1 1 1|222 3 2 1 2|121 1 1 1 1|111 2 1 1 1"
    "|111 1 1 1 1|111 1 1 1 1|222 2 2 2 1|222 1 3 2 2|222 2 2 2 2|222 2 2 2 1|222 3 2 2 2|221 2 2 2 2"
    "|111 1 1 1 1|111 1 1 1 1|232 2 2 2 2|111 1 1 1 1|111 1 1 1 1|112 1 1 2 1|111 1 1 1 1|333 3 2 3 3"
    "|111 1 1 1 1|222 2 2 2 2|222 3 2 3 2|433 4 3 4 3|221 2 2 3 2|232 3 2 3 3|333 3 4 3 2|111 1 1 1 1"
    "|111 1 1 1 1|121 2 1 1 1|232 2 2 2 2|121 1 1 1 1|222 2 2 2 2"
)
PATIENTS = [
    (observer, patient, int(answer))
    for patient, row in enumerate(TABLE_1.split("|"), start=1)
    for observer, answers in enumerate(row.split(), start=1)
    for answer in answers
]
# The same paper, tables 2 and 4: estimated class probabilities and observers' error rates.
CLASSES = [0.40, 0.42, 0.11, 0.07]
OBSERVERS = {
    1: [[0.89, 0.11, 0, 0], [0.07, 0.88, 0.05, 0], [0, 0.34, 0.66, 0], [0, 0, 0.56, 0.44]],
    2: [[0.83, 0.17, 0, 0], [0.05, 0.63, 0.31, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    3: [[1, 0, 0, 0], [0.11, 0.79, 0.11, 0], [0, 0.4, 0.2, 0.4], [0, 0, 0.67, 0.33]],
    4: [[0.94, 0.06, 0, 0], [0.05, 0.84, 0.10, 0], [0, 0, 0.8, 0.2], [0, 0, 0.33, 0.67]],
    5: [[1, 0, 0, 0], [0.16, 0.73, 0.11, 0], [0, 0.21, 0.79, 0], [0, 0, 0.33, 0.67]],
}
DIAGNOSES = {
    3: [0, 1, 0, 0],
    7: [0.98, 0.02, 0, 0],
    12: [0, 0, 1, 0],
    35: [0, 0.95, 0.05, 0],
    36: [0, 0, 0, 1],
    38: [0, 0.02, 0.98, 0],
}


@pytest.fixture(scope="module")
def patients() -> tuple[Assertions, Fit]:
    """The published table and what plain EM makes of it."""
    told = Assertions.of(PATIENTS, repeats="count")
    return told, dawid_skene(told)


def test_dawid_and_skene_class_probabilities(patients: tuple[Assertions, Fit]) -> None:
    assert patients[1].classes == pytest.approx(CLASSES, abs=0.01)


@pytest.mark.parametrize("observer", OBSERVERS)
def test_dawid_and_skene_error_rates(patients: tuple[Assertions, Fit], observer: int) -> None:
    confusion = patients[1].confusion

    assert confusion is not None
    assert confusion[observer - 1] == pytest.approx(np.array(OBSERVERS[observer]), abs=0.01)


@pytest.mark.parametrize("patient", DIAGNOSES)
def test_dawid_and_skene_diagnoses(patients: tuple[Assertions, Fit], patient: int) -> None:
    labels = patients[1].labels

    assert labels is not None
    assert labels[patient - 1] == pytest.approx(DIAGNOSES[patient], abs=0.01)


names = st.sampled_from("abcde")
rows = st.lists(
    st.tuples(names, st.sampled_from("xyz"), st.sampled_from("uvw")), min_size=1, max_size=30
)


def grouped(told: Assertions) -> dict[str, dict[str, list[tuple[str, float]]]]:
    """Object to value to sources with their voices, as plain mappings."""
    out: dict[str, dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for source, claim, weight in zip(told.source, told.claim, told.weight, strict=True):
        about = told.objects[told.object_of_claim[claim]]
        out[about][told.value(claim)].append((told.sources[source], float(weight)))
    return out


def flat(told: Assertions, of: dict[str, dict[str, float]]) -> list[float]:
    """Figures by object and value in the order of the claims."""
    return [
        of[told.objects[told.object_of_claim[claim]]][told.value(claim)]
        for claim in range(told.claims)
    ]


@given(rows)
def test_majority_vote_counts_voices(table: list[tuple[str, str, str]]) -> None:
    told = Assertions.of(table)

    shares = {
        about: {
            value: sum(w for _, w in said) / sum(w for s in values.values() for _, w in s)
            for value, said in values.items()
        }
        for about, values in grouped(told).items()
    }

    assert majority_vote(told).probability == pytest.approx(flat(told, shares))


def slow_one_coin(told: Assertions, rounds: int, variety: float) -> dict[str, dict[str, float]]:
    """The updates of `one_coin` without dependence, a source and an object at a time.

    Sources are judged by what is believed of their objects; in the end, for the trust that values
    are weighed by, by what is believed of them when they have not spoken at all.
    """
    said = grouped(told)
    credit = {
        (source, about): _others_share(values, source, value)
        for about, values in said.items()
        for value, by in values.items()
        for source, _ in by
    }
    for turn in range(rounds + 1):
        trust = _slow_trust(credit)
        credit = {
            (source, about): _believed(
                values, trust, variety, without=source if turn == rounds else None
            )[value]
            for about, values in said.items()
            for value, by in values.items()
            for source, _ in by
        }
    trust = _slow_trust(credit)
    return {about: _believed(values, trust, variety) for about, values in said.items()}


def _slow_trust(credit: dict[tuple[str, str], float]) -> dict[str, float]:
    trust = {}
    for source in {source for source, _ in credit}:
        mine = [p for (who, _), p in credit.items() if who == source]
        right, wrong = 4.0 + sum(mine), 1.0 + len(mine) - sum(mine)
        trust[source] = slow_digamma(right) - slow_digamma(wrong)
    return trust


def _others_share(values: dict[str, list[tuple[str, float]]], source: str, value: str) -> float:
    others = {v: [s for s, _ in by if s != source] for v, by in values.items()}
    count = sum(map(len, others.values()))
    return len(others[value]) / count if count else 0.0


def _believed(
    values: dict[str, list[tuple[str, float]]],
    trust: dict[str, float],
    variety: float,
    without: str | None = None,
) -> dict[str, float]:
    heard = {v: [s for s, _ in by if s != without] for v, by in values.items()}
    scores = {}
    for value, by in heard.items():
        rest = [len(heard[other]) for other in heard if other != value]
        each = variety / MANY
        scores[value] = (
            sum(trust[source] for source in by)
            + sum(math.lgamma(each + n) - math.lgamma(each) for n in rest)
            + math.lgamma(variety)
            - math.lgamma(variety + sum(rest))
        )
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    return {value: math.exp(score - top) / total for value, score in scores.items()}


def slow_digamma(x: float) -> float:
    return (math.lgamma(x + 1e-5) - math.lgamma(x - 1e-5)) / 2e-5


@given(rows)
def test_one_coin_agrees_with_its_slow_twin(table: list[tuple[str, str, str]]) -> None:
    told = Assertions.of(table)
    # A source that names several values of an object takes back one of them at a time.
    assume(told.share is None)
    rounds = 4

    quick = one_coin(told, variety=3.0, prior=(4.0, 1.0), dependence=0.0, rounds=rounds, limit=0.0)
    slow = flat(told, slow_one_coin(told, rounds, 3.0))

    stated = (
        quick.probability
        / np.add.reduceat(quick.probability, told.first_claim[:-1])[told.object_of_claim]
    )
    assert stated == pytest.approx(slow, abs=1e-5)


def slow_dawid_skene(told: Assertions, rounds: int) -> np.ndarray[Any, Any]:
    """EM for confusion tables with loops."""
    count = max(2, len(told.values))
    objects, sources = len(told.objects), len(told.sources)
    table = np.zeros((objects, count))
    facts = [
        (int(s), int(told.object_of_claim[c]), int(told.value_of_claim[c]), float(w))
        for s, c, w in zip(told.source, told.claim, told.weight, strict=True)
    ]
    for _, about, label, w in facts:
        table[about, label] += w
    table /= table.sum(axis=1, keepdims=True)
    for _ in range(rounds):
        counts = np.zeros((sources, count, count))
        for source, about, label, w in facts:
            counts[source, :, label] += w * table[about]
        prior = table.mean(axis=0)
        after = np.zeros_like(table)
        for about in range(objects):
            score = [math.log(max(p, 1e-300)) for p in prior]
            for source, where, label, w in facts:
                if where == about:
                    for true in range(count):
                        total = counts[source, true].sum()
                        rate = counts[source, true, label] / total if total > 0 else 1.0
                        score[true] += w * math.log(max(rate, 1e-300))
            odds = np.exp(np.array(score) - max(score))
            after[about] = odds / odds.sum()
        table = after
    return table


shared = st.lists(
    st.tuples(names, st.integers(0, 9), st.sampled_from("uv")), min_size=20, max_size=60
).filter(lambda table: len({row[2] for row in table}) == 2 and len({row[1] for row in table}) > 4)


@given(shared)
def test_dawid_skene_agrees_with_its_slow_twin(table: list[tuple[str, int, str]]) -> None:
    told = Assertions.of(table)

    quick = dawid_skene(told, rounds=5, limit=0.0).labels

    assert quick == pytest.approx(slow_dawid_skene(told, 5), abs=1e-9)


def test_truthfinder_by_hand() -> None:
    # One round from trust .9: tau = -ln .1 = 2.302585; two sources for x: score 4.605170,
    # confidence 1 / (1 + exp(-.3 * 4.605170)) = .799240; y: 1 / (1 + exp(-.690776)) = .666139.
    told = Assertions.of([("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")])

    once = truth_finder(told, rounds=1)

    # Trusted so far, x has the score 2 * -ln(1 - .799240) and y -ln(1 - .666139). By the other
    # voices alone x has half of it when a is judged, and nobody says y when c is.
    a, c = -math.log(1.0 - 0.799240), -math.log(1.0 - 0.666139)
    x, y = 1.0 / (1.0 + math.exp(-0.6 * a)), 1.0 / (1.0 + math.exp(-0.3 * c))
    assert once.probability == pytest.approx([x / (x + y), y / (x + y)], abs=1e-6)
    by_b = 1.0 / (1.0 + math.exp(-0.3 * a))
    assert once.right == pytest.approx([1.0 + by_b / (by_b + y)] * 2 + [1.0], abs=1e-5)


def test_sums_by_hand() -> None:
    # Claims start at 1 (two voices) and 1/2, scaled. Trust: a, b -> 1; c -> 1/2. Claims: 2 and 1/2,
    # scaled 1 and 1/4: shares .8 and .2 after one round.
    told = Assertions.of([("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")])

    assert sums(told, rounds=1).probability == pytest.approx([0.8, 0.2])


def test_pooled_investment_by_hand() -> None:
    # Trust 1 each; stakes x: 2, y: 1, each paid its belief (2/3, 1/3) in proportion: a and b earn
    # 1/3 each, c 1/3; scaled 1 each. Invested again 2 and 1: pooled 2 * 2^1.4 and 1 * 1^1.4.
    told = Assertions.of([("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")])

    expected = 2 * 2**1.4 / (2 * 2**1.4 + 1)

    assert pooled_investment(told, rounds=1).probability[0] == pytest.approx(expected)


def test_accu_by_hand() -> None:
    # Accuracy .8, ten false values: a vote is ln(10 * .8 / .2) = ln 40. Two voices against one:
    # 1600 : 40 : 9 unstated values of weight 1.
    told = Assertions.of([("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")])

    once = accu(told, rounds=1)

    # After it a is right with 1600 / 1649, a vote of ln(10 * 1600 / 49): without its own vote the
    # odds of x in the next round are those of b's alone.
    a, c = 10.0 * 1600 / 49, 10.0 * (40 / 1649) / (1.0 - 40 / 1649)
    assert once.probability[0] == pytest.approx(a * a / (a * a + c + 9.0))
    assert once.right[0] == pytest.approx(1.0 + a / (a + c + 9.0))


def test_weighted_vote_takes_weights() -> None:
    told = Assertions.of([("a", 1, "x"), ("b", 1, "y")])

    shares = weighted_vote(told, weights=np.array([3.0, 1.0])).probability

    assert shares.tolist() == [0.75, 0.25]


def planted(
    seed: int, sources: int, objects: int, values: int, density: float = 0.5
) -> tuple[list[tuple[str, str, str]], dict[str, str], dict[str, float]]:
    """Sources with accuracies Beta(4, 1), objects with even truths, errors even among the rest."""
    random = np.random.default_rng(seed)
    accuracy = random.beta(4.0, 1.0, sources)
    truth = random.integers(0, values, objects)
    table = []
    for source in range(sources):
        for about in np.flatnonzero(random.random(objects) < density).tolist():
            wrong = (truth[about] + random.integers(1, values)) % values
            said = truth[about] if random.random() < accuracy[source] else wrong
            table.append((f"s{source:03d}", f"o{about:05d}", f"v{said}"))
    return (
        table,
        {f"o{about:05d}": f"v{value}" for about, value in enumerate(truth)},
        {f"s{source:03d}": float(rate) for source, rate in enumerate(accuracy)},
    )


TABLE, TRUTH, ACCURACY = planted(5, 12, 300, 3)
TOLD = Assertions.of(TABLE)


def share_right(told: Assertions, probability: Any, truth: dict[str, str]) -> float:
    """How often the most probable value is the true one."""
    right = 0
    for place, about in enumerate(told.objects):
        start, end = told.first_claim[place], told.first_claim[place + 1]
        right += told.value(start + int(np.argmax(probability[start:end]))) == truth[about]
    return right / len(told.objects)


@pytest.mark.parametrize(
    "name", [name for name, method in METHODS.items() if method.values in ("own", "shared labels")]
)
def test_every_method_finds_planted_truth_nearly_as_often_as_voting(name: str) -> None:
    estimate = METHODS[name].run(TOLD)

    voting = share_right(TOLD, majority_vote(TOLD).probability, TRUTH)
    floor = 0.1 if name in ("sums", "2-estimates", "3-estimates") else 0.02
    assert share_right(TOLD, estimate.probability, TRUTH) >= voting - floor


@pytest.mark.parametrize("name", METHODS)
def test_every_method_gives_probabilities_that_fit_its_kind(name: str) -> None:
    method = METHODS[name]
    if method.values == "numbers":
        table = [(s, o, float(v[1:])) for s, o, v in TABLE]
        told = Assertions.of(table, kind="numbers")
    else:
        told = Assertions.of(TABLE, kind="sets" if method.values == "sets" else "categories")

    found = method.run(told)

    assert ((found.probability >= 0.0) & (found.probability <= 1.0 + 1e-12)).all()
    assert (found.right > 0.0).all()
    assert (found.wrong > 0.0).all()
    if method.values != "sets":
        totals = np.add.reduceat(found.probability, told.first_claim[:-1])
        assert (totals <= 1.0 + 1e-9).all()


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(
    "table",
    [
        [("a", 1, 1)],
        [("a", 1, 1), ("b", 1, 1)],
        [("a", 1, 1), ("b", 2, 1)],
        [("a", 1, 1), ("a", 1, 2)],
    ],
    ids=["one assertion", "one value", "one value twice", "one source"],
)
def test_every_method_survives_the_smallest_tables(
    name: str, table: list[tuple[str, int, int]]
) -> None:
    kinds = {"numbers": "numbers", "sets": "sets"}
    told = Assertions.of(table, kind=kinds.get(METHODS[name].values, "categories"))  # type: ignore[arg-type]

    if METHODS[name].values == "shared labels" and told.claims < 2 * len(told.values) > 2:
        with pytest.raises(InvalidValue, match="share"):
            METHODS[name].run(told)
        return
    assert np.isfinite(METHODS[name].run(told).probability).all()


@pytest.mark.parametrize("name", [n for n, m in METHODS.items() if m.values == "shared labels"])
def test_confusions_are_refused_where_objects_have_values_of_their_own(name: str) -> None:
    told = Assertions.of(
        [("a", n, f"only {n}") for n in range(10)] + [("b", n, f"other {n}") for n in range(10)]
    )

    with pytest.raises(InvalidValue, match="labels that all objects share"):
        METHODS[name].run(told)


@pytest.mark.parametrize("name", METHODS)
def test_what_is_known_stays_known(name: str) -> None:
    kinds = {"numbers": "numbers", "sets": "sets"}
    kind = kinds.get(METHODS[name].values, "categories")
    table = [(s, o, float(v[1:]) if kind == "numbers" else v) for s, o, v in TABLE]
    told = Assertions.of(table, kind=kind)  # type: ignore[arg-type]
    known = np.full(told.claims, np.nan)
    known[told.first_claim[0] : told.first_claim[1]] = 0.0
    known[told.first_claim[0]] = 1.0

    found = METHODS[name].run(told, known)

    assert found.probability[: told.first_claim[1]] == pytest.approx(known[: told.first_claim[1]])


@pytest.mark.parametrize(
    "method", [one_coin, dawid_skene, ibcc, pooled_ibcc, averaged_ibcc, truth_finder, accu]
)
def test_known_truth_teaches_about_sources(method: Any) -> None:
    table = [("liar", o, "y" if v == "v0" else "x") for o, v in TRUTH.items()]
    table += [("saint", o, "x" if v == "v0" else "y") for o, v in TRUTH.items()]
    told = Assertions.of(table)
    truth = {o: "x" if v == "v0" else "y" for o, v in list(TRUTH.items())[:60]}
    known = np.full(told.claims, np.nan)
    for claim in range(told.claims):
        about = told.objects[told.object_of_claim[claim]]
        if about in truth:
            known[claim] = float(told.value(claim) == truth[about])

    accuracy = method(told, known).accuracy

    # By the other voice alone nobody is right where both contradict each other: the known half tells.
    assert accuracy[told.sources.index("saint")] > accuracy[told.sources.index("liar")] + 0.15


def test_latent_truth_finds_several_true_values() -> None:
    table = [(s, o, m) for s in "abc" for o in range(20) for m in ("p", "q")]
    table += [("d", o, m) for o in range(20) for m in ("p", f"wrong {o}")]
    told = Assertions.of(table, kind="sets")

    found = latent_truth(told)

    by_value = {told.value(claim): found.probability[claim] for claim in range(told.claims)}
    assert by_value["p"] > 0.9
    assert by_value["q"] > 0.9
    assert by_value["wrong 3"] < 0.1


def with_numbers(seed: int) -> tuple[list[tuple[str, str, float]], dict[str, float]]:
    """Sources of different noise on objects of wildly different scales, with some outliers."""
    random = np.random.default_rng(seed)
    truth = {
        f"o{n}": float(10.0 ** random.integers(-2, 7) * (1 + random.random())) for n in range(80)
    }
    noise = [0.001, 0.002, 0.01, 0.02, 0.05, 0.05]
    table = [
        (f"s{s}", o, value * (1 + float(random.normal(0, sd))))
        for s, sd in enumerate(noise)
        for o, value in truth.items()
    ]
    table += [("wild", o, value * 1000) for o, value in truth.items()]
    return table, truth


@pytest.mark.parametrize("method", [crh, catd, gaussian_truth])
def test_numbers_of_every_scale_are_found_despite_outliers(method: Any) -> None:
    table, truth = with_numbers(1)
    told = Assertions.of(table, kind="numbers")

    found = method(told)

    error = [abs(found.number[n] / truth[about] - 1) for n, about in enumerate(told.objects)]
    medians = weighted_medians(told, told.number, told.weight)  # type: ignore[arg-type]
    plain = [abs(medians[n] / truth[about] - 1) for n, about in enumerate(told.objects)]
    assert np.mean(error) < np.mean(plain)
    assert np.max(error) < 0.1


def test_standard_deviations_of_numbers_mean_what_they_say() -> None:
    table, truth = with_numbers(2)
    told = Assertions.of([row for row in table if row[0] != "wild"], kind="numbers")

    found = gaussian_truth(told)

    assert found.number is not None
    assert found.spread is not None
    off = np.array(
        [(found.number[n] - truth[o]) / found.spread[n] for n, o in enumerate(told.objects)]
    )
    assert 0.7 < np.mean(np.abs(off) < 1.645) <= 1.0


def test_numbers_need_numbers() -> None:
    with pytest.raises(InvalidValue, match="kind='numbers'"):
        gaussian_truth(TOLD)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-5, 5)), min_size=1, max_size=30))
def test_medians_are_those_of_each_object(pairs: list[tuple[int, float]]) -> None:
    told = Assertions.of(
        [(f"s{n}", o, number) for n, (o, number) in enumerate(pairs)], kind="numbers"
    )

    medians = weighted_medians(told, told.number, told.weight)  # type: ignore[arg-type]

    for place, about in enumerate(told.objects):
        assert medians[place] == pytest.approx(np.median([x for o, x in pairs if o == about]))


def test_copies_are_discounted_by_accucopy() -> None:
    # Four sources agree on ten false values because three copy the fourth; two honest ones do not.
    random = np.random.default_rng(3)
    table = [
        (f"honest{s}", o, "t" if random.random() < 0.9 else f"e{s}{o}")
        for s in range(4)
        for o in range(200)
    ]
    table += [(f"copy{s}", o, "t" if o % 2 else f"false {o}") for s in range(6) for o in range(200)]
    told = Assertions.of(table)

    plain, aware = accu(told), accu_copy(told)

    truth = dict.fromkeys(told.objects, "t")
    assert (
        share_right(told, aware.probability, truth)
        > share_right(told, plain.probability, truth) + 0.2
    )


@given(st.floats(1e-3, 1e4))
def test_special_functions_agree_with_the_standard_library(x: float) -> None:
    assert log_gamma(np.array([x]))[0] == pytest.approx(math.lgamma(x), rel=1e-10, abs=1e-10)
    step = 1e-5 * x
    slope = (math.lgamma(x + step) - math.lgamma(x - step)) / (2 * step)
    assert digamma(np.array([x]))[0] == pytest.approx(slope, rel=1e-4, abs=1e-4)


def test_an_unknown_method_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="'dawid-skene'"):
        method_named("dawid-skeen")


def test_the_blocked_pass_agrees_with_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(8)
    table = [
        (int(s), int(o), int(v))
        for s, o, v in zip(
            random.integers(0, 60, 6000),
            random.integers(0, 3000, 6000),
            random.integers(0, 4, 6000),
            strict=True,
        )
    ]
    told = attrs.evolve(Assertions.of(table), share=None)
    ways = WrongWays.of(told, 1.0)
    trust = random.normal(1.0, 1.0, len(told.sources))
    own = random.normal(1.0, 1.0, len(told.sources))
    plain = sweep(ways, None)

    monkeypatch.setattr("provenance.learning.methods.one_coin._LARGE", 10)
    in_blocks = sweep(ways, None)

    assert len(blocked(ways)[0]) > 3
    for each in (None, own):
        believed, doubt = in_blocks(trust, each)
        exact, exact_doubt = plain(trust, each)
        assert believed == pytest.approx(exact, rel=1e-5)
        assert doubt == pytest.approx(exact_doubt, rel=1e-4, abs=1e-4)


def test_large_tables_take_the_blocked_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = one_coin(TOLD)
    monkeypatch.setattr("provenance.learning.methods.one_coin._LARGE", 10)

    assert one_coin(TOLD).probability == pytest.approx(plain.probability, abs=1e-5)


def test_a_busy_poor_source_does_not_set_what_is_expected_of_the_others() -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 2, 200)
    said = [("busy", o, int(truth[o] == (random.random() < 0.4))) for o in range(200)]
    for passer in range(250):
        for about in random.choice(200, 4, replace=False):
            said.append((f"p{passer}", about, int(truth[about] == (random.random() < 0.85))))
    told = Assertions.of([(s, int(o), v) for s, o, v in said])

    found = averaged_ibcc(told)

    assert accuracy(told, found, truth) >= accuracy(told, majority_vote(told), truth)


def accuracy(told: Assertions, found: Fit, truth: np.ndarray[Any, Any]) -> float:
    true = np.array([told.value(c) == truth[told.object_of_claim[c]] for c in range(told.claims)])
    return float(np.mean((found.probability > 0.5)[true]))


def test_agreement_counts_for_more_where_wrong_values_are_all_different() -> None:
    different = [(s, o, f"{o}{s}") for o in range(20) for s in "abc"]
    alike = [(s, o, f"{o}-") for o in range(20) for s in "abc"]
    agreed = [(s, o, f"{o}+") for o in range(20) for s in "de"]

    apart = one_coin(Assertions.of(different + agreed))
    together = one_coin(Assertions.of(alike + agreed))

    assert apart.accuracy[3] > 0.8 > together.accuracy[3]


def test_what_a_model_foretells_is_worked_out_voice_by_voice() -> None:
    told = Assertions.of(
        [("a", 0, "x"), ("b", 0, "x"), ("c", 0, "y"), ("a", 1, "y"), ("b", 1, "y"), ("c", 1, "x")]
    )
    labels = Labels.of(told, "test")
    random = np.random.default_rng(1)
    table = random.dirichlet((1.0, 1.0), 2)
    counts = random.uniform(1.0, 4.0, (3, 2, 2))
    logs = np.log(counts / counts.sum(axis=2, keepdims=True))

    got = foretold(labels, labels.evidence(logs), logs, counts, table, None)

    expected = [0.0, 0.0]
    for source, about, label in zip(told.source, labels.about, labels.label, strict=True):
        others = [
            (s, v)
            for s, o, v in zip(told.source, labels.about, labels.label, strict=True)
            if o == about and s != source
        ]
        likely = [math.exp(sum(logs[s, k, v] for s, v in others)) for k in range(2)]
        chance = 0.0
        for k in range(2):
            own = table[about, k]
            rate = (counts[source, k, label] - own) / (counts[source, k].sum() - own)
            chance += likely[k] / sum(likely) * rate
        expected[about] += math.log(chance)
    assert got == pytest.approx(expected)


def test_a_model_that_foretells_better_everywhere_is_believed() -> None:
    worse = np.full(400, -1.0)

    assert foretelling_weights(np.stack([worse, worse + 0.5]))[1] > 0.99


@pytest.mark.parametrize("name", ["accu", "accucopy"])
def test_what_accu_leaves_to_values_nobody_stated_is_shown(name: str) -> None:
    learned = learn([("a", 1, "x"), ("b", 1, "y"), ("c", 1, "x"), ("a", 2, "z")], method=name)

    for about in (1, 2):
        assert sum(learned.probability(about).values()) == pytest.approx(1.0)
        assert learned.probability(about)[None] > 0.0


def test_latent_truth_takes_sets_unless_told_otherwise() -> None:
    rows = [("a", 1, "x"), ("a", 1, "y"), ("b", 1, "x")]

    assert learn(rows, method="ltm").assertions.kind == "sets"
    with pytest.raises(InvalidValue, match="ltm decides about each value by itself"):
        learn(rows, method="ltm", kind="categories")


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefg"), st.sampled_from("xy"), st.sampled_from("uv")),
        min_size=1,
        max_size=20,
    ),
    st.lists(st.sampled_from([0.5, 0.7, 0.9]), min_size=7, max_size=7),
)
def test_lineage_is_worked_out_in_line(
    table: list[tuple[str, str, str]], strengths: list[float]
) -> None:
    told = Assertions.of(table)
    strength = np.array(strengths[: len(told.sources)])

    parts = lineage_weights(told, strength, 1.5)

    for at in range(told.size):
        same = [b for b in range(told.size) if told.claim[b] == told.claim[at]]
        mine = strength[told.source[at]]
        before = sum(strength[told.source[b]] > mine for b in same)
        equals = sum(strength[told.source[b]] == mine for b in same)
        fair = 1.5 / (told.values_per_object[told.object[at]] + 1.0)
        expected = [fair / (fair + before + each) for each in range(equals)]
        assert parts[at] == pytest.approx(np.mean(expected))


def test_one_voice_repeated_moves_less_where_lineage_is_unknown() -> None:
    rows = [
        (f"s{s}", f"o{o}", "t" if (o + s) % 4 else f"e{s}") for s in range(6) for o in range(40)
    ]
    rows += [(f"echo{n}", "o1", "e3") for n in range(8)]

    whole = learn(rows, method="one-coin", settings={"variety": 1.0})
    in_line = learn(rows, method="one-coin", settings={"variety": 1.0, "lineage": 1.5})

    assert in_line.probability("o1")["e3"] < whole.probability("o1")["e3"]


@pytest.mark.parametrize("absurd", [1e15, 1e150, 1e300, -1e300])
def test_a_number_however_absurd_moves_the_estimate_by_nothing(absurd: float) -> None:
    rows = [(s, o, 100.0 + 3.0 * n + o) for n, s in enumerate("abcd") for o in range(6)]
    plain, beside = (
        learn([*rows, *more], kind="numbers").number_of(0) for more in ((), [("e", 0, absurd)])
    )

    assert beside == pytest.approx(plain, rel=0.02)


def test_numbers_near_the_largest_are_estimated_as_small_ones_are() -> None:
    small, large = (
        learn(
            [(s, o, size * (100.0 + 3.0 * n + o)) for n, s in enumerate("abcd") for o in range(6)],
            kind="numbers",
        )
        for size in (1.0, 1e200)
    )

    assert large.number_of(2)[0] == pytest.approx(1e200 * small.number_of(2)[0])


def test_a_known_number_that_all_are_absurdly_far_from_stands() -> None:
    rows = [(s, o, 100.0 + 3.0 * n + o) for n, s in enumerate("abcd") for o in range(6)]

    learned = learn(rows, {0: 1e300}, kind="numbers")

    assert learned.number_of(1)[0] == pytest.approx(learn(rows, kind="numbers").number_of(1)[0])


def test_a_number_that_nobody_checks_is_not_known_closely() -> None:
    alone = learn([("a", o, 100.0 + o) for o in range(9)], kind="numbers")
    confirmed = learn([(s, o, 100.0 + o) for s in "ab" for o in range(9)], kind="numbers")

    assert alone.number_of(0)[1] > 50.0
    assert confirmed.number_of(0)[1] < 0.1
