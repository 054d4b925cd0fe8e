"""The one call: invariances, choice, known truth, answers, and intervals that mean what they say."""

from __future__ import annotations

import random as stdlib_random
import sys
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue, MissingExtra, TableError, UnknownName
from provenance.learning import METHODS, Assertions, Learned, assertions_of, learn
from provenance.learning.planted import planted as made_up
from provenance.learning.tracking import tracking
from provenance.records import Case
from provenance.scales import Degree

Row = tuple[str, str, str]


def planted(
    seed: int, sources: int, objects: int, values: int, density: float
) -> tuple[list[Row], dict[str, str], dict[str, float]]:
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


TABLE, TRUTH, ACCURACY = planted(7, 10, 120, 3, 0.5)


def answers(learned: Learned) -> dict[str, dict[Any, float]]:
    return {about: dict(learned.probability(about)) for about in learned.assertions.objects}


@pytest.mark.parametrize(
    "method",
    ["auto", *(name for name in METHODS if METHODS[name].values not in ("numbers", "sets"))],
)
def test_neither_the_order_of_rows_nor_any_name_changes_the_answer(method: str) -> None:
    random = stdlib_random.Random(1)
    new = {
        name: f"{random.random():.9f}" for name in sorted({part for row in TABLE for part in row})
    }
    renamed = [(new[s], new[o], new[v]) for s, o, v in TABLE]
    random.shuffle(renamed)

    first, second = learn(TABLE, method=method), learn(renamed, method=method)

    for about in first.assertions.objects:
        ours, theirs = first.probability(about), second.probability(new[about])
        for value in ours:
            if value is not None:
                assert theirs[new[value]] == pytest.approx(ours[value], abs=1e-7)
        assert new[first.most_likely(about)] == second.most_likely(new[about])
    for name in first.assertions.sources:
        assert first.reliability_of(name).mean == pytest.approx(
            second.reliability_of(new[name]).mean, abs=1e-6
        )


small = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("wxyz"), st.sampled_from("pqr")),
    min_size=1,
    max_size=25,
)


@given(small, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_ties_do_not_depend_on_the_order_of_rows(rows: list[Row], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))

    first, second = learn(rows), learn(shuffled)

    assert answers(first) == answers(second)
    assert [first.most_likely(o) for o in first.assertions.objects] == [
        second.most_likely(o) for o in second.assertions.objects
    ]


def test_a_tie_goes_to_the_source_that_is_better_connected_whatever_the_names() -> None:
    rows = [
        ("a", 1, "x"),
        ("b", 1, "y"),
        ("b", 2, "z"),
        ("c", 2, "z"),
        ("c", 3, "u"),
        ("d", 3, "u"),
    ]
    renamed = [(s, o, {"x": "y", "y": "x"}.get(v, v)) for s, o, v in rows]

    assert learn(rows, method="majority").most_likely(1) != learn(
        renamed, method="majority"
    ).most_likely(1)


@given(small)
@settings(max_examples=40)
def test_probabilities_of_an_object_sum_to_one(rows: list[Row]) -> None:
    learned = learn(rows)

    for about in learned.assertions.objects:
        assert sum(learned.probability(about).values()) == pytest.approx(1.0)


def test_the_most_likely_value_comes_first() -> None:
    learned = learn(TABLE)

    for about in learned.assertions.objects:
        ranked = [value for value in learned.probability(about) if value is not None]
        assert (
            learned.probability(about)[learned.most_likely(about)]
            >= learned.probability(about)[ranked[0]] - 1e-9
        )


def test_one_word_of_an_unknown_source_is_not_certain() -> None:
    learned = learn([("ann", "sky", "blue")])

    assert 0.5 < learned.probability("sky")["blue"] < 0.9
    assert learned.probability("sky")[None] == pytest.approx(1 - learned.probability("sky")["blue"])


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (pandas.DataFrame(TABLE, columns=["source", "object", "value"]), pandas.DataFrame),
        (
            polars.DataFrame(TABLE, schema=["source", "object", "value"], orient="row"),
            polars.DataFrame,
        ),
        (
            polars.DataFrame(TABLE, schema=["source", "object", "value"], orient="row").lazy(),
            polars.LazyFrame,
        ),
        (
            pyarrow.Table.from_pylist(
                [dict(zip(("source", "object", "value"), row, strict=True)) for row in TABLE]
            ),
            pyarrow.Table,
        ),
        (TABLE, tuple),
    ],
    ids=["pandas", "polars", "lazy", "arrow", "rows"],
)
def test_tables_come_back_in_the_kind_they_came_in(table: Any, kind: type) -> None:
    learned = learn(table)

    for out in (
        learned.sources_table(),
        learned.values_table(),
        learned.objects_table(),
        learned.copying_table(),
    ):
        assert isinstance(out, kind)


def test_the_table_of_sources_holds_what_single_answers_say() -> None:
    learned = learn(TABLE)

    for name, mean, strength, accuracy, _ in learned.sources_table():
        assert learned.reliability_of(name) == Degree(mean, strength)
        assert learned.accuracy_of(name).mean == pytest.approx(accuracy)


def test_objects_that_share_labels_get_a_model_of_confusions() -> None:
    assert learn(TABLE).method == "blend"
    assert "3 labels" in learn(TABLE).reason


def test_objects_with_values_of_their_own_get_one_coin_per_source() -> None:
    own = [(s, o, f"{o}:{v}") for s, o, v in TABLE]

    assert learn(own).method == "one-coin"


def test_numbers_and_sets_get_methods_of_their_own() -> None:
    assert learn([("a", 1, 2.5), ("b", 1, 2.6)], kind="numbers").method == "robust"
    assert learn([("a", 1, 2.5), ("b", 1, 2.6)], tolerance=0.2).method == "one-coin"
    assert learn([("a", 1, ["x", "y"]), ("b", 1, ["y"])], kind="sets").method == "ltm"


def test_numbers_come_with_their_standard_deviation() -> None:
    learned = learn(
        [("a", 1, 10.0), ("b", 1, 10.2), ("c", 1, 10.1), ("d", 1, 900.0)], kind="numbers"
    )

    number, spread = learned.number_of(1)

    assert number == pytest.approx(10.1, abs=0.1)
    assert 0.0 < spread < 1.0


def test_the_deviation_of_a_contested_number_reaches_half_way_to_its_rival() -> None:
    agreed = [(s, f"o{o}", 100.0 + o) for s in "abcd" for o in range(30)]

    learned = learn([*agreed, ("a", "x", 100.0), ("b", "x", 200.0)], kind="numbers")

    number, deviation = learned.number_of("x")
    assert 100.0 <= number < 150.0
    assert deviation == pytest.approx((200.0 - number) / 2.0)


def test_categories_have_no_number() -> None:
    with pytest.raises(InvalidValue, match="no numbers"):
        learn(TABLE).number_of("o00000")


def test_several_true_values_of_a_set_are_found() -> None:
    rows = [(s, o, ["p", "q"]) for s in "abc" for o in range(15)] + [
        ("d", o, ["p", f"no {o}"]) for o in range(15)
    ]

    learned = learn(rows, kind="sets")

    assert learned.most_likely(3) == frozenset({"p", "q"})


def test_known_truth_is_used_and_stays() -> None:
    about = TABLE[0][1]
    wrong = next(v for v in ("v0", "v1", "v2") if v != TRUTH[about])

    learned = learn(TABLE, {about: wrong})

    assert learned.most_likely(about) == wrong
    assert learned.probability(about)[wrong] == pytest.approx(1.0)


def test_a_truth_that_nobody_stated_is_the_answer_too() -> None:
    learned = learn([("a", 1, "x"), ("b", 1, "y"), ("a", 2, "x")], {1: "z"})

    assert learned.most_likely(1) == "z"
    assert learned.probability(1) == {"z": 1.0, "x": 0.0, "y": 0.0}


def test_truth_may_be_a_table() -> None:
    truth = polars.DataFrame({"object": ["o00000", "stranger"], "value": ["v1", "v1"]})

    learned = learn(TABLE, truth)

    assert learned.most_likely("o00000") == "v1"
    assert any("objects of which nobody speaks" in note for note in learned.notes)


def test_truth_may_be_a_series_and_missing_truths_are_not_known() -> None:
    rows = [("a", 1, "x"), ("b", 1, "y"), ("a", 2, "x"), ("b", 2, "y")]

    learned = learn(rows, pandas.Series({1: "y", 2: None}))

    assert learned.most_likely(1) == "y"
    assert dict(learned.probability(2)) == dict(learn(rows, {1: "y", 2: np.nan}).probability(2))
    assert 0.0 < learned.probability(2)["x"] < 1.0


def test_contradictory_truth_is_an_error() -> None:
    with pytest.raises(TableError, match="contradictory-truth"):
        learn(TABLE, [("o00000", "v1"), ("o00000", "v2")])


def test_truth_of_another_kind_is_an_error() -> None:
    with pytest.raises(TableError, match="mixed-kinds"):
        learn([("a", 1, "1")], {1: 1})


def test_many_known_truths_fit_one_temperature() -> None:
    learned = learn(TABLE, dict(list(TRUTH.items())[:60]))

    assert learned.temperature != 1.0
    assert learn(TABLE, dict(list(TRUTH.items())[:10])).temperature == 1.0
    assert learn(TABLE, TRUTH, method="one-coin").temperature == 1.0


@pytest.mark.parametrize("bad", [-0.1, 1.5, float("nan")])
def test_a_dependence_is_a_correlation(bad: float) -> None:
    with pytest.raises(InvalidValue, match="dependence"):
        learn(TABLE, dependence=bad)


def test_unknown_names_offer_the_nearest() -> None:
    learned = learn(TABLE)

    with pytest.raises(UnknownName, match="s009"):
        learned.reliability_of("s00")
    with pytest.raises(UnknownName, match="object"):
        learned.probability("o")
    with pytest.raises(UnknownName, match="method"):
        learn(TABLE, method="one-con")


def test_settings_reach_the_method() -> None:
    assert len(learn(TABLE, method="sums", settings={"rounds": 2}).log) == 2
    with pytest.raises(InvalidValue, match="settings"):
        learn(TABLE, method="sums", settings={"round": 2})


def test_settings_that_lead_nowhere_are_refused() -> None:
    with pytest.raises(InvalidValue, match=r"one-coin came to no finite probabilities.*-1"):
        learn([("a", 1, "x"), ("b", 1, "y")], method="one-coin", settings={"prior": (-1.0, 2.0)})


def test_repeats_are_counted_in_one_of_two_ways() -> None:
    with pytest.raises(InvalidValue, match="repeats once or count, found 'twice'"):
        learn(TABLE, repeats="twice")  # type: ignore[arg-type]


def test_every_pair_of_sources_has_a_probability_of_copying() -> None:
    world = made_up(sources=10, objects=120, copiers=0.1, seed=7)
    rows = zip(world.source.tolist(), world.object.tolist(), world.value.tolist(), strict=True)
    learned = learn([(f"s{source}", about, value) for source, about, value in rows])

    ((one, other),) = world.groups
    assert learned.copying_probability(f"s{one}", f"s{other}") > 0.9
    assert learned.copying_probability(f"s{other}", f"s{one}") > 0.9
    for source in set(range(10)) - {one, other}:
        assert 0.0 < learned.copying_probability(f"s{source}", f"s{one}") < 0.2
    with pytest.raises(UnknownName, match="'nobody'"):
        learned.copying_probability("nobody", "s0")


def test_copiers_are_found_and_discounted() -> None:
    random = np.random.default_rng(3)
    rows = [
        (f"honest{s}", o, "t" if random.random() < 0.85 else f"e{random.integers(3)}")
        for s in range(6)
        for o in range(200)
    ]
    origin = ["t" if random.random() < 0.4 else f"e{random.integers(3)}" for _ in range(200)]
    rows += [(f"copy{s}", o, said) for s in range(7) for o, said in enumerate(origin)]

    learned = learn(rows)

    right = np.mean([learned.most_likely(o) == "t" for o in range(200)])
    assert right > 0.9
    assert {pair.first[:4] + pair.second[:4] for pair in learned.copying()} == {"copycopy"}
    assert len(learned.copying()) == 21
    assert learned.shared_origins() == (tuple(f"copy{s}" for s in range(7)),)


def test_intervals_of_accuracy_cover_at_their_stated_rate() -> None:
    # Simulation-based calibration: accuracies are drawn from the prior, so a 90 % interval has to
    # hold the true one in 90 of 100 cases; 360 sources leave a standard error of .016.
    random = np.random.default_rng(11)
    inside = []
    for seed in range(12):
        table, _, accuracy = planted(seed, 30, 400, 4, 0.2)
        learned = learn(table)
        for name, true in accuracy.items():
            degree = learned.accuracy_of(name)
            draws = random.beta(
                degree.mean * degree.strength, (1 - degree.mean) * degree.strength, 2000
            )
            low, high = np.quantile(draws, [0.05, 0.95])
            inside.append(low <= true <= high)
    assert 0.86 <= np.mean(inside) <= 0.96


def test_reliability_is_accuracy_corrected_for_chance() -> None:
    right, wrong = np.array([9.0, 30.0, 2.0]), np.array([1.0, 30.0, 8.0])

    means, variances = tracking(right, wrong, np.full(3, 0.5))

    for place in range(3):
        exact = Degree.from_accuracy(float(right[place]), float(wrong[place]))
        assert means[place] == pytest.approx(exact.mean, abs=1e-4)
        assert variances[place] == pytest.approx(exact.variance, abs=1e-4)


def test_always_naming_the_common_label_is_no_reliability() -> None:
    random = np.random.default_rng(4)
    truth = (random.random(300) < 0.15).tolist()
    rows = [("parrot", o, "no") for o in range(300)]
    rows += [
        (f"s{s}", o, "yes" if t != (random.random() < 0.1) else "no")
        for s in range(5)
        for o, t in enumerate(truth)
    ]

    learned = learn(rows)

    assert learned.accuracy_of("parrot").mean > 0.8
    assert learned.reliability_of("parrot").mean < 0.2
    assert learned.reliability_of("s0").mean > 0.5


def archived(name: str, outcome: bool | None, said: dict[str, bool], **more: Any) -> Case:
    claim: dict[str, Any] = {"id": "c", "text": "It is so"}
    if outcome is not None:
        claim["resolved"] = {"value": outcome}
    return Case.model_validate(
        {
            "version": 1,
            "title": name,
            "claims": [claim],
            "sources": [{"id": source} for source in sorted({*said, "other"})],
            "attributions": [
                {
                    "id": f"a-{source}",
                    "source": source,
                    "claim": "c",
                    "stance": "affirms" if yes else "denies",
                    **more,
                }
                for source, yes in said.items()
            ],
        }
    )


def test_an_archive_teaches_who_is_right() -> None:
    cases = [
        archived(f"case {n}", n % 2 == 0, {"good": n % 2 == 0, "bad": n % 2 == 1})
        for n in range(30)
    ]

    learned = learn(assertions_of(cases))

    assert learned.reliability_of("good").mean > 0.8
    assert learned.reliability_of("bad").mean < 0.05
    assert learned.reliabilities["good"] == learned.reliability_of("good")


def test_open_claims_teach_only_when_asked() -> None:
    cases = {"one": archived("x", None, {"ann": True}), "two": archived("y", True, {"ann": True})}

    assert assertions_of(cases).objects == ("two/c",)
    assert assertions_of(cases, unresolved=True).objects == ("one/c", "two/c")


@pytest.mark.parametrize(
    "more",
    [
        {"basis": "inference"},
        {"basis": "secondhand"},
        {"wording": "might"},
        {"retracted_on": "2020"},
    ],
)
def test_only_what_a_source_stands_for_itself_counts(more: dict[str, Any]) -> None:
    with pytest.raises(TableError, match="no rows"):
        assertions_of([archived("x", True, {"ann": True}, **more)])


def test_a_doubtful_wording_turns_a_statement() -> None:
    told = assertions_of([archived("x", True, {"ann": True}, wording=0.2)])

    assert told.values == (False,)


def test_cases_of_one_title_are_kept_apart() -> None:
    told = assertions_of(
        [archived("same", True, {"ann": True}), archived("same", False, {"ann": True})]
    )

    assert told.objects == ("1/c", "2/c")


def test_assertions_can_be_given_ready_made() -> None:
    told = Assertions.of(TABLE)

    assert answers(learn(told)) == answers(learn(TABLE))


def test_a_person_who_waits_is_told_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    learn(TABLE, progress=True)

    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"on {len(TABLE):,} assertions" in shown.err


def test_progress_without_rich_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)

    with pytest.raises(MissingExtra, match="rich"):
        learn(TABLE, progress=True)


def test_honest_sources_are_not_accused_because_others_invert_the_truth() -> None:
    random = np.random.default_rng(1)
    truth = random.random(300) < 0.5
    rows = [
        (f"s{s}", o, "yes" if (t == (random.random() < 0.85)) != (s < 4) else "no")
        for s in range(10)
        for o, t in enumerate(truth.tolist())
    ]

    learned = learn(rows)

    assert learned.copying() == ()
    assert (
        np.mean(
            [learned.most_likely(o) == ("yes" if t else "no") for o, t in enumerate(truth.tolist())]
        )
        > 0.95
    )


def test_copies_among_yes_and_no_are_found_and_discounted() -> None:
    random = np.random.default_rng(2)
    truth = random.random(300) < 0.5
    rows = [
        (f"s{s}", o, "yes" if t == (random.random() < 0.8) else "no")
        for s in range(8)
        for o, t in enumerate(truth.tolist())
    ]
    rows += [(f"copy{c}", o, v) for c in range(3) for s, o, v in rows if s == "s7"]

    learned = learn(rows)

    assert learned.shared_origins() == (("copy0", "copy1", "copy2", "s7"),)
    assert (
        np.mean(
            [learned.most_likely(o) == ("yes" if t else "no") for o, t in enumerate(truth.tolist())]
        )
        > 0.9
    )


@pytest.mark.parametrize("truth", [None, {"o00000": "v1", "o00001": "v0"}])
@pytest.mark.parametrize("method", ["auto", "one-coin", "majority"])
def test_the_table_of_objects_holds_what_single_answers_say(method: str, truth: Any) -> None:
    learned = learn(TABLE, truth, method=method)

    for about, value, probability in learned.objects_table():
        assert value == learned.most_likely(about)
        assert probability == pytest.approx(learned.probability(about)[value])


def test_two_camps_that_contradict_each_other_are_noted() -> None:
    larger = [(f"a{s}", o, "yes" if o % 2 else "no") for s in range(6) for o in range(60)]
    smaller = [(f"b{s}", o, "no" if o % 2 else "yes") for s in range(4) for o in range(60)]

    learned = learn(larger + smaller, copies=False)

    assert any("should they be right" in note for note in learned.notes)


def test_poor_sources_that_err_each_in_their_own_way_are_no_camp() -> None:
    random = np.random.default_rng(4)
    good = [(f"a{s}", o, f"{o}") for s in range(5) for o in range(60)]
    poor = [(f"b{s}", o, f"{o}-{random.integers(9)}") for s in range(5) for o in range(60)]

    learned = learn(good + poor, copies=False)

    assert not any("should they be right" in note for note in learned.notes)
