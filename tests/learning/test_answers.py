"""What was learned, as a value: plain data, equality, a registry, and in a case."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from provenance.assessment import weigh_stream
from provenance.casefiles import dump_case, load_case
from provenance.errors import InvalidValue, TableError
from provenance.learning import (
    Assertions,
    assertions_of,
    copying_between,
    cost_of_copying,
    into_case,
    learn,
)
from provenance.learning.estimates import Fit
from provenance.learning.known import Truths, at_temperature, fitted_temperature
from provenance.learning.planted import planted
from provenance.records import Case

ROWS = [(f"s{s}", f"o{o}", "x" if (o + s) % 5 else "y") for s in range(5) for o in range(12)]


def test_plain_data_holds_what_single_answers_say() -> None:
    learned = learn(ROWS)

    data = json.loads(learned.to_json())

    assert data["method"] == learned.method
    assert {row["source"]: row["reliability"] for row in data["sources"]} == {
        name: learned.reliability_of(name).mean for name in learned.assertions.sources
    }
    for row in data["values"]:
        assert row["probability"] == learned.probability(row["object"])[row["value"]]
    assert "numbers" not in data


def test_numbers_are_in_the_data_with_their_deviation() -> None:
    learned = learn([("a", 1, 2.0), ("b", 1, 2.5), ("a", 2, 7.0)], kind="numbers")

    for row in learned.data["numbers"]:
        assert (row["number"], row["standard_deviation"]) == learned.number_of(row["object"])


def test_dates_become_text_in_json() -> None:
    learned = learn([("a", date(2020, 1, 1), "x"), ("b", date(2020, 1, 1), "x")])

    assert '"2020-01-01"' in learned.to_json()


def test_two_of_one_content_are_equal() -> None:
    learned = learn(ROWS)

    again, other = learn(list(reversed(ROWS))), learn(ROWS, method="majority")

    assert learned == again
    assert hash(learned) == hash(again)
    assert learned != other
    assert learned != "something else"
    assert pickle.loads(pickle.dumps(learned)) == learned


def test_a_notebook_shows_the_text() -> None:
    learned = learn([("<b>", 1, "x"), ("b", 1, "x")])

    assert "&lt;b&gt;" in learned._repr_html_()
    assert "\n" not in repr(learned)


def test_unstated_mass_is_told_in_bulk() -> None:
    learned = learn([(s, o, v) for s, o, v in ROWS], method="one-coin")

    for about, left in learned.unstated_table():
        stated = sum(learned._stated(learned._object(about)).values())
        assert left == pytest.approx(1.0 - stated, abs=1e-9)
    with pytest.raises(InvalidValue, match="values_table"):
        learn([("a", 1, ["x", "y"]), ("b", 1, ["x"])], kind="sets").unstated_table()


def test_the_cost_of_copying_is_told_without_looking() -> None:
    learned = learn(ROWS, method="one-coin")

    cost = learned.copying_cost()

    assert cost == cost_of_copying(learned.assertions)
    assert cost.pairs == copying_between(ROWS).compared
    assert learn(ROWS).copying_cost().pairs == 0


def test_copying_is_a_value_too() -> None:
    world = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
    rows = list(zip(world.source, world.object, world.value, strict=True))

    found, again = copying_between(rows), copying_between(rows)

    assert found == again
    assert hash(found) == hash(again)
    assert pickle.loads(pickle.dumps(found)) == found
    assert found != copying_between(rows[: len(rows) // 2])
    (pair,) = json.loads(found.to_json())["pairs"]
    assert [(pair["first"], pair["second"])] == [tuple(map(str, g)) for g in world.groups]
    assert repr(found) == "<Copying: 1 pairs of 66 compared, 0 shared origins>"


SHIP: dict[str, Any] = {
    "version": 1,
    "claims": [{"id": "c", "text": "It sailed"}],
    "sources": [{"id": "s0", "reliability": "E"}, {"id": "stranger", "reliability": "B"}],
    "attributions": [
        {"id": "one", "source": "s0", "claim": "c"},
        {"id": "two", "source": "stranger", "claim": "c"},
    ],
}


def test_sources_are_a_registry_that_a_case_reads(tmp_path: Any) -> None:
    learned = learn([*ROWS, ("only here", "alone", "x")])
    case = {**SHIP, "sources": [{"id": "stranger"}], "sources_from": "learned"}

    registry = learned.sources(kind="outlet")
    read = load_case(case, registry=registry)

    by_id = {each.id: each for each in registry.sources}
    assert by_id["only here"].reliability is None
    assert by_id["s0"].kind == "outlet"
    used = {each.id: each for each in read.sources}["s0"]
    assert used.reliability.mean == pytest.approx(learned.reliability_of("s0").mean)  # type: ignore[union-attr]


def test_a_source_of_no_reliability_at_all_can_stand_in_a_registry() -> None:
    rows = [(f"h{s}", o, f"v{o % 2}") for s in range(4) for o in range(600)]
    rows += [("liar", o, f"v{(o + 1) % 2}") for o in range(600)]

    registry = learn(rows).sources()

    (liar,) = (each for each in registry.sources if each.id == "liar")
    assert liar.reliability is not None


def test_what_was_learned_goes_into_a_case_in_one_step() -> None:
    learned = learn(ROWS)
    case = Case.model_validate(SHIP)

    graded = into_case(case, learned)

    mean = graded.sources[0].reliability.mean  # type: ignore[union-attr]
    assert mean == pytest.approx(learned.reliability_of("s0").mean)
    assert graded.sources[1] == case.sources[1]
    line = json.dumps(json.loads(dump_case(graded)))
    assert ["error" in each for each in weigh_stream([line])] == [False]


def test_copies_become_one_voice_in_a_case() -> None:
    world = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
    told = zip(world.source, world.object, world.value, strict=True)
    rows = [(f"s{s}", f"o{o}", f"{o}-{v}") for s, o, v in told]
    ((one, other),) = world.groups
    sources = [{"id": f"s{one}"}, {"id": f"s{other}"}]
    said_by = [{"id": f"by {s['id']}", "source": s["id"], "claim": "c"} for s in sources]
    case = Case.model_validate({**SHIP, "sources": sources, "attributions": said_by})

    declared = into_case(case, learn(rows))
    without = into_case(case, learn(rows, copies=False))

    voices = [each.same_voice_as for each in declared.attributions]
    assert sum(voice is not None for voice in voices) == 1
    assert all(each.same_voice_as is None for each in without.attributions)


def test_learn_warns_where_the_unknown_swamps_the_known() -> None:
    known = {f"o{o}": "x" for o in range(3)}
    many = [(f"s{s}", f"far {o}", "x") for s in range(5) for o in range(100)]

    assert any("decides about the sources" in note for note in learn([*ROWS, *many], known).notes)
    assert not any("decides about the sources" in note for note in learn(ROWS, known).notes)
    assert not any("decides about the sources" in note for note in learn([*ROWS, *many]).notes)


def test_history_predicts() -> None:
    # Two sources in ten are good; which, only the past tells. What most say is wrong half the time.
    random = np.random.default_rng(3)
    right = {f"s{s}": 0.9 if s < 2 else 0.5 for s in range(10)}

    def case(number: int) -> Case:
        true = bool(random.random() < 0.5)
        month = f"20{10 + number // 12}-{number % 12 + 1:02d}"
        return Case.model_validate(
            {
                "version": 1,
                "title": month,
                "claims": [
                    {
                        "id": "c",
                        "text": "It is so",
                        "resolved": {"value": true, "on": f"{month}-20"},
                    }
                ],
                "sources": [{"id": name} for name in right],
                "attributions": [
                    {
                        "id": f"a-{name}",
                        "source": name,
                        "claim": "c",
                        "stance": "affirms" if true == (random.random() < p) else "denies",
                        "said_on": f"{month}-10",
                    }
                    for name, p in right.items()
                ],
            }
        )

    archive = [case(n) for n in range(160)]
    learned = learn(assertions_of(archive[:80]))
    later = assertions_of(archive[80:])

    hits, votes = [], []
    for place, about in enumerate(later.objects):
        rows = np.flatnonzero(later.object == place)
        said = [(later.sources[later.source[r]], later.value(int(later.claim[r]))) for r in rows]
        weight = sum((1 if v else -1) * _odds(learned.accuracy_of(s).mean) for s, v in said)
        most = sum(1 if v else -1 for _, v in said)
        truth = (later.truth or {})[about]
        hits.append((weight > 0) == truth)
        votes.append(0.5 if most == 0 else float((most > 0) == truth))
    assert np.mean(hits) > 0.85
    assert np.mean(hits) > np.mean(votes) + 0.1


def _odds(accuracy: float) -> float:
    return float(np.log(accuracy / (1.0 - accuracy)))


# One temperature.


def fit_of(probability: list[float], told: Assertions, **more: Any) -> Fit:
    return Fit(np.array(probability), np.ones(1), np.ones(1), **more)


def test_a_temperature_never_turns_two_values_round() -> None:
    told = Assertions.of([(s, "x", n) for n, s in enumerate("abc")])
    fit = fit_of([0.5, 0.3, 0.1], told, unstated=np.array([0.1]))

    for temperature in (0.3, 1.0, 3.0):
        found = at_temperature(told, fit, temperature)
        assert np.argsort(found.probability).tolist() == [2, 1, 0]
        assert found.unstated is not None
        assert found.probability.sum() + found.unstated[0] == pytest.approx(1.0)
        assert found.probability[2] == pytest.approx(found.unstated[0])


def test_sets_are_cooled_value_by_value() -> None:
    told = Assertions.of([("a", "x", ["u", "v"]), ("b", "x", ["v"])], kind="sets")

    found = at_temperature(told, fit_of([0.8, 0.2], told), 2.0)

    assert found.probability == pytest.approx([2 / 3, 1 / 3])


def test_numbers_have_no_temperature() -> None:
    told = Assertions.of([("a", "x", 1.0), ("b", "x", 2.0)], kind="numbers")
    fit = fit_of([0.8, 0.2], told)

    assert at_temperature(told, fit, 2.0) is fit


def test_the_temperature_of_what_is_overstated_is_above_one() -> None:
    told = Assertions.of(
        [(s, f"o{o:02d}", v) for o in range(60) for s, v in (("a", "x"), ("b", "y"))]
    )
    truth = {f"o{o:02d}": "x" if o % 10 < 7 else "y" for o in range(60)}
    truths = Truths.of(truth, told, object_name="object", value_name="value")
    assert truths is not None

    def fitted(sure: float) -> float:
        return fitted_temperature(told, [(fit_of([sure, 1.0 - sure] * 60, told), truths)])

    assert fitted(0.7) == pytest.approx(1.0, abs=0.1)
    assert fitted(0.95) > 2.0
    assert fitted(0.6) < 0.95


@pytest.mark.parametrize("sure", [0.52, 0.6, 0.7, 0.8, 0.9, 0.99, 1.0 - 1e-9])
def test_the_temperature_is_the_most_probable_one(sure: float) -> None:
    told = Assertions.of([(s, o, v) for o in range(40) for s, v in (("a", "x"), ("b", "y"))])
    truth = {o: "x" if o % 10 < 7 else "y" for o in range(40)}
    truths = Truths.of(truth, told, object_name="object", value_name="value")
    assert truths is not None

    found = fitted_temperature(told, [(fit_of([sure, 1.0 - sure] * 40, told), truths)])

    # 28 of 40 are right; the logarithm is a Student t of three degrees, a quarter wide.
    logarithm = np.linspace(-3.0, 3.0, 60_001)
    right = 1.0 / (1.0 + (1.0 / sure - 1.0) ** np.exp(-logarithm))
    likely = 28.0 * np.log(np.maximum(right, 1e-12)) + 12.0 * np.log(np.maximum(1.0 - right, 1e-12))
    likely -= 2.0 * np.log1p((logarithm / 0.25) ** 2 / 3.0)
    assert np.log(found) == pytest.approx(logarithm[likely.argmax()], abs=2e-3)


def test_a_truth_that_nobody_stated_speaks_for_what_is_unstated() -> None:
    told = Assertions.of([("a", f"o{o}", "x") for o in range(8)] + [("b", "o0", "y")])
    truths = Truths.of({f"o{o}": "z" for o in range(8)}, told, object_name="o", value_name="v")
    assert truths is not None
    fit = fit_of([0.6, 0.2] + [0.8] * 7, told, unstated=np.full(8, 0.2))

    assert fitted_temperature(told, [(fit, truths)]) > 1.5


# Camps.


def test_guessers_with_two_labels_are_no_camp() -> None:
    random = np.random.default_rng(4)
    good = [(f"a{s}", o, "yes" if o % 2 else "no") for s in range(7) for o in range(80)]
    guess = [(f"b{s}", o, random.choice(["yes", "no"])) for s in range(7) for o in range(80)]

    learned = learn(good + guess, method="ibcc")

    assert not any("should they be right" in note for note in learned.notes)


def test_sources_that_nobody_checks_are_noted() -> None:
    rows = [(s, o, "x") for s in "ab" for o in range(9)]

    nobody = learn([("a", 1, "x"), ("b", 2, "x")])
    some = learn([*rows, ("c", 10, "x"), ("d", 11, "x")])
    known = learn([("a", 1, "x"), ("b", 2, "x")], {1: "x", 2: "x"})

    assert nobody.notes[-1].startswith("nothing is learned of any source")
    assert some.notes[-1].startswith("2 of 4 sources say nothing that others")
    assert not any("before looking" in note for note in known.notes)


def sizes(*, written: Callable[[int], Any]) -> list[tuple[str, str, Any]]:
    """Numbers of two and of four digits, which letters put in another order than size."""
    return [
        (f"s{n}", f"o{o}", written(round(10 ** (1.9 + o % 3) * (1.0 + 0.02 * n * (-1) ** (n + o)))))
        for o in range(12)
        for n in range(4)
    ]


@pytest.mark.parametrize("settings", [{"kind": "numbers"}, {"tolerance": 2.0}])
def test_numbers_in_text_are_judged_as_numbers_are(settings: dict[str, Any]) -> None:
    one, other = (learn(sizes(written=written), **settings) for written in (int, str))

    assert one.reliabilities == other.reliabilities
    assert {str(value): p for value, p in one.probability("o0").items()} == {
        str(value): p for value, p in other.probability("o0").items()
    }


def test_one_number_written_in_two_ways_is_one_value() -> None:
    learned = learn([("a", "x", "5"), ("b", "x", "5.0"), ("c", "x", "12")], kind="numbers")

    assert set(learned.probability("x")) == {"5", "12"}


def test_dates_are_estimated_in_days() -> None:
    rows = [(s, "start", f"2021-03-0{day}") for s, day in zip("abc", (2, 3, 4), strict=True)]

    estimated = learn(rows, kind="numbers")
    known = learn(rows, {"start": "2021-03-04"}, kind="numbers")
    alike = learn(rows, {"start": date(2021, 3, 4).isoformat()}, tolerance=0.5)

    day = date(2021, 3, 3).toordinal() - date(1970, 1, 1).toordinal()
    assert estimated.number_of("start")[0] == pytest.approx(day, abs=1.0)
    assert known.number_of("start") == (day + 1, 0.0)
    assert alike.most_likely("start") == "2021-03-04"


def test_known_truths_that_are_no_numbers_are_told_all_at_once() -> None:
    with pytest.raises(TableError) as caught:
        learn([("a", 1, "5"), ("b", 2, "6")], {1: "tall", 2: "wide"}, kind="numbers")

    assert [problem.code for problem in caught.value.problems] == ["not-a-number"] * 2
