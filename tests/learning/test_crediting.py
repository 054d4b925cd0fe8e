"""Credit comes from the others: what nobody checks proves nothing, and a liar stays one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.learning import METHODS, Assertions, learn
from provenance.learning.crediting import checked_objects, left_out, of_objects, others_shares
from provenance.learning.planted import troubled

WORLD = troubled("experts", seed=1)
ROWS = [row for row in WORLD.rows if row[1] < "o060"]
OF_LABELS = [m for m in ("auto", *METHODS) if m == "auto" or METHODS[m].values in
             ("own", "shared labels")]  # fmt: skip


@pytest.mark.parametrize("values", ["known", "new"])
@pytest.mark.parametrize("method", OF_LABELS)
def test_lone_assertions_move_no_reliability(method: str, values: str) -> None:
    lone = [
        (f"s{n % 7:02d}", f"lone {n}", f"v{n % 2}" if values == "known" else f"word {n}")
        for n in range(200)
    ]

    without, with_lone = learn(ROWS, method=method), learn([*ROWS, *lone], method=method)

    for source, before in without.reliabilities.items():
        after = with_lone.reliability_of(source)
        assert after.mean == pytest.approx(before.mean, abs=1e-9)
        assert after.strength == pytest.approx(before.strength, rel=1e-9)


@pytest.mark.parametrize("method", ["robust", "gtm", "crh", "catd"])
def test_lone_numbers_move_no_width(method: str) -> None:
    random = np.random.default_rng(2)
    rows = [(f"s{s}", f"o{o}", float(10 * o + random.normal(0, 1 + s))) for s in range(5) for o in range(30)]  # fmt: skip
    lone = [("s1", f"lone {n}", 10.0 ** (n - 20)) for n in range(40)]

    without = learn(rows, method=method, kind="numbers")
    with_lone = learn([*rows, *lone], method=method, kind="numbers")

    for source, before in without.reliabilities.items():
        assert with_lone.reliability_of(source).mean == pytest.approx(before.mean, abs=1e-12)


@pytest.mark.parametrize("method", OF_LABELS)
def test_a_constant_liar_stays_one(method: str) -> None:
    honest = [(f"h{s}", f"q{o}", f"v{o % 2}") for s in range(3) for o in range(40)]
    lies = [("liar", f"q{o}", f"v{(o + 1) % 2}") for o in range(10)]
    alone = [("liar", f"alone {n}", f"v{n % 2}") for n in range(1000)]
    truth = {f"q{o}": f"v{o % 2}" for o in range(10)}

    learned = learn([*honest, *lies, *alone], truth, method=method)

    assert learned.reliability_of("liar").mean < 0.2
    assert learned.reliability_of("liar").mean < learned.reliability_of("h0").mean


def test_truthfinder_gives_no_credit_where_nobody_else_says_so() -> None:
    honest = [(f"h{s}", o, f"{o}-x") for s in range(3) for o in range(10)]
    told = Assertions.of([*honest, *(("liar", o, f"{o}-y") for o in range(10))])

    fit = METHODS["truthfinder"].run(told)

    # Beta counts start from (1, 1); the three honest are credited by two voices against one.
    assert fit.right[3] == 1.0
    assert fit.wrong[3] == 11.0
    assert (fit.right[:3] > 1.0 + 0.5 * 10.0).all()
    assert fit.right[:3] == pytest.approx(fit.right[0])


def test_what_a_lone_voice_says_is_as_probable_as_its_source_is_right() -> None:
    told = [(s, f"q{o}", f"{o}-x") for s in "abc" for o in range(20)]
    told += [("a", "alone", "y"), ("d", "strange", "z")]

    learned = learn(told, method="one-coin")

    fit = learned.estimate
    accuracy = float(fit.right[0] / (fit.right[0] + fit.wrong[0]))
    assert learned.probability("alone")["y"] == pytest.approx(accuracy)
    assert learned.probability("strange")["z"] == pytest.approx(0.8)
    assert sum(learned.probability("strange").values()) == pytest.approx(1.0)


def test_a_table_of_lone_voices_leaves_everybody_unjudged() -> None:
    learned = learn([("a", 1, "x"), ("b", 2, "y")])

    assert learned.reliability_of("a") == learned.reliability_of("b")
    assert learned.probability(1)["x"] == pytest.approx(0.8)
    assert learn([("a", 1, "x")], method="majority").probability(1) == {"x": 1.0}


def test_shared_labels_tell_what_a_lone_voice_is_worth() -> None:
    lone = [("s00", "alone", "v1")]

    learned = learn([*ROWS, *lone], method="ibcc")

    fit = learned.estimate
    assert fit.classes is not None
    assert fit.confusion is not None
    yes = fit.classes[1] * fit.confusion[0, 1, 1]
    no = fit.classes[0] * fit.confusion[0, 0, 1]
    assert learned.probability("alone")["v1"] == pytest.approx(yes / (yes + no))


rows = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from("uvw")),
    min_size=1,
    max_size=20,
)


@given(rows)
def test_shares_of_others_are_counted_one_by_one(table: list[tuple[str, str, str]]) -> None:
    told = Assertions.of(sorted(set(table)))
    voices = told.weight

    shares = others_shares(told, voices)

    for at in range(told.size):
        others = [b for b in range(told.size) if told.object[b] == told.object[at] and b != at]
        total = sum(float(voices[b]) for b in others)
        same = sum(float(voices[b]) for b in others if told.claim[b] == told.claim[at])
        assert shares[at] == pytest.approx(same / total if total else 0.0)


@given(rows)
def test_an_object_is_checked_where_two_sources_speak_of_it(
    table: list[tuple[str, str, str]],
) -> None:
    told = Assertions.of(table)

    checked = checked_objects(told, None)
    some = of_objects(told, checked) if checked.any() else None

    for place, about in enumerate(told.objects):
        assert checked[place] == (len({s for s, o, _ in table if o == about}) > 1)
    if some is not None:
        assert some.objects == tuple(o for o, yes in zip(told.objects, checked, strict=True) if yes)
        assert set(some.values) == {v for _, o, v in table if o in some.objects}


def test_a_party_does_not_check_itself() -> None:
    told = Assertions.of([("a", "x", 1), ("b", "x", 1), ("a", "y", 1), ("c", "y", 1)])
    import attrs

    joined = attrs.evolve(told, party=np.array([0, 0, 2]))

    assert checked_objects(joined, None).tolist() == [False, True]
    assert checked_objects(joined, np.array([1.0, np.nan])).tolist() == [True, True]


def test_a_vote_is_taken_out_of_the_odds() -> None:
    told = Assertions.of([("a", "x", 1), ("b", "x", 1), ("c", "x", 2)])
    own = np.array([1.0, 2.0, 0.5])
    odds = np.exp([3.0, 0.5])

    rest = left_out(told, odds / odds.sum(), own)

    expected: list[Any] = [np.exp(2.5 - own[0]), np.exp(2.5 - own[1]), np.exp(-2.5 - own[2])]
    assert rest == pytest.approx([each / (1.0 + each) for each in expected])
