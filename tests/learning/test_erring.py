"""Whether voices on objects with values of their own err together, and what follows for confidence."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.learning import Assertions, learn
from provenance.learning.encoding import Floats
from provenance.learning.methods import one_coin as one_coin_module
from provenance.learning.methods.one_coin import erring_alike, one_coin
from provenance.learning.methods.wrong_values import MANY, WrongWays
from provenance.learning.planted import planted

Truth = dict[int, str]
VARIETY = 3.0
# Of up to eight sources.
COUNTS = np.tile([6.0, 3.0, 2.0, 9.0], 2), np.tile([2.0, 3.0, 1.0, 1.0], 2)
TRUST = np.tile([1.0, 0.2, 0.7, 1.9], 2)


def slow_log_chances(
    ways: WrongWays, correlation: float, closed: frozenset[int]
) -> tuple[float, int]:
    """The log-probability of every voice, each worked out from the others one by one."""
    told, each = ways.assertions, ways.smallest
    believed, _ = ways.shares(
        np.array([TRUST[told.source[told.claim == c]].sum() for c in range(told.claims)]), 0.0
    )
    total, tested = 0.0, 0
    for row in range(told.size):
        about, source = int(told.object[row]), int(told.source[row])
        others = [i for i in range(told.size) if told.object[i] == about and i != row]
        if not others or about in closed:
            continue
        tested += 1
        may = float(ways.may[about])
        variety = each * may
        said = [int(told.claim[i]) for i in others]
        stated = sorted(set(said))
        temper = 1.0 / (1.0 + (len(others) - 1) * correlation)

        def wrong(true: int | None, said: list[int] = said, variety: float = variety) -> float:
            """The log-probability that those who do not say what is true say what they say."""
            seen: dict[int, int] = {}
            log = 0.0
            for claim in said:
                if claim == true:
                    continue
                drawn = sum(seen.values())
                log += math.log((each + seen.get(claim, 0)) / (variety + drawn))
                seen[claim] = seen.get(claim, 0) + 1
            return log

        states: list[tuple[int | None, float]] = []
        for true in stated:
            voices = sum(
                TRUST[told.source[i]]
                for i, claim in zip(others, said, strict=True)
                if claim == true
            )
            states.append((true, math.exp(temper * (voices + wrong(true)))))
        unheard = 1.0 if ways.endless else may + 1.0 - len(stated)
        none = wrong(None) + (math.log(MANY) if ways.endless else 0.0)
        states.append((None, unheard * math.exp(temper * none)))
        hits = COUNTS[0][source] - believed[told.claim[row]]
        right = min(max(hits / (COUNTS[0] + COUNTS[1] - 1.0)[source], 1e-9), 1.0 - 1e-9)
        own = int(told.claim[row])
        chance = 0.0
        for state, weight in states:
            drawn = sum(claim != state for claim in said)
            if own in stated:
                if_wrong = (each + said.count(own)) / (variety + drawn) * (state != own)
                chance += weight * (right * (state == own) + (1.0 - right) * if_wrong)
            else:
                wrongs = len(stated) - (state is not None)
                fresh = each * max(may - wrongs, 0.0) / (variety + drawn)
                chance += weight * (right * (state is None) + (1.0 - right) * fresh)
        total += math.log(max(chance / sum(weight for _, weight in states), 1e-300))
    return total, tested


def slow_together(ways: WrongWays, closed: frozenset[int] = frozenset()) -> float:
    alone, tested = slow_log_chances(ways, 0.0, closed)
    if not tested:
        return 0.5
    tried = [1.0 - (1.0 - (place + 0.5) / 12.0) ** (1.0 / 7.0) for place in range(12)]
    odds = [math.exp(slow_log_chances(ways, each, closed)[0] - alone) for each in tried]
    joint = sum(odds) / 12.0
    return joint / (joint + 1.0)


ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 5), st.integers(0, 2)),
    min_size=1,
    max_size=24,
    unique_by=lambda row: row[:2],
)


def table(rows: list[Any], *, shared: bool) -> Assertions:
    # All four names, so that codes of sources are places in the counts; objects 10 to 13 tell nothing.
    rows = [*rows, *((name, 10 + place, 0) for place, name in enumerate("abcd"))]
    return Assertions.of([(s, o, v if shared else f"{o}-{v}") for s, o, v in rows])


@given(ROWS, st.booleans(), st.booleans())
def test_whether_voices_err_alike_is_that_of_a_slow_count(
    rows: list[Any], shared: bool, tell: bool
) -> None:
    told = table(rows, shared=shared)
    known = np.full(told.claims, np.nan)
    known[0] = 1.0
    closed = frozenset({0}) if tell else frozenset[int]()

    ways = WrongWays.of(told, VARIETY)

    found = erring_alike(ways, TRUST, COUNTS, known if tell else None)

    assert found == pytest.approx(slow_together(ways, closed), abs=1e-9)


def test_where_answers_are_few_too() -> None:
    random = np.random.default_rng(3)
    said = (random.random((8, 30)) > 0.5) * random.integers(1, 3, (8, 30))
    rows = [(f"s{s}", about, f"{about}-{said[s, about]}") for s in range(8) for about in range(30)]
    # One object has more values than sources mostly choose among.
    odd = [(f"s{s}", 99, f"odd-{s}") for s in range(8)]
    ways = WrongWays.of(Assertions.of(rows + odd))

    found = erring_alike(ways, TRUST, COUNTS, None)

    assert not ways.endless
    assert set(ways.may.tolist()) == {2.0, 7.0}
    assert found == pytest.approx(slow_together(ways), abs=1e-9)


def world(seed: int, *, hardness: float = 0.0, density: float = 0.4) -> tuple[list[Any], Truth]:
    """Voices right in half to eight of ten, on objects that are as hard for all alike."""
    made = planted(objects=250, accuracy=(0.5, 0.8), density=density, hardness=hardness, seed=seed)
    rows = [
        (f"s{source}", about, f"{about}-{value}")
        for source, about, value in zip(
            made.source.tolist(), made.object.tolist(), made.value.tolist(), strict=True
        )
    ]
    return rows, {about: f"{about}-{value}" for about, value in enumerate(made.truth.tolist())}


def off(rows: list[Any], truth: Truth, dependence: float | None) -> float:
    """By how much the confidence in what is believed is off, on the whole."""
    learned = learn(rows, dependence=dependence, copies=False)
    sure = [learned.probability(about)[learned.most_likely(about)] for about in truth]
    right = [learned.most_likely(about) == value for about, value in truth.items()]
    return abs(float(np.mean(sure)) - float(np.mean(right)))


def test_voices_that_look_independent_are_believed_as_such() -> None:
    rows, truth = world(1)

    learned = learn(rows, copies=False)

    assert learned.dependence < 0.05
    assert off(rows, truth, None) < 0.05 < off(rows, truth, 0.25)


def test_voices_that_err_together_are_held_to_be_fewer() -> None:
    rows, truth = world(1, hardness=2.0)

    learned = learn(rows, copies=False)

    assert learned.dependence == pytest.approx(0.25)
    assert off(rows, truth, None) < off(rows, truth, 0.0)


def test_where_nothing_tells_half_of_the_default_is_assumed() -> None:
    learned = learn([("a", 1, "x"), ("b", 1, "y"), ("c", 2, "z")], {1: "x"})

    assert learned.dependence == 0.125


@pytest.mark.parametrize("together", [0.0, 0.3, 1.0])
def test_what_is_found_is_a_mean_in_which_nothing_overtakes(
    together: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Assertions.of(world(2)[0])
    monkeypatch.setattr(one_coin_module, "erring_alike", lambda *_: together)

    found = one_coin(told, dependence=None)

    alone, alike = (one_coin(told, dependence=each) for each in (0.0, 0.25))
    mean = (1.0 - together) * alone.probability + together * alike.probability
    assert found.probability == pytest.approx(mean, abs=1e-12)
    assert found.unstated is not None
    assert alone.unstated is not None
    assert alike.unstated is not None
    left = (1.0 - together) * alone.unstated + together * alike.unstated
    assert found.unstated == pytest.approx(left, abs=1e-12)
    assert found.dependence == together * 0.25


def gained(rows: list[Any]) -> float:
    told = Assertions.of(rows)
    fit = one_coin(told, variety=VARIETY)
    trust: Floats = np.log(fit.right / fit.wrong)
    return erring_alike(WrongWays.of(told, VARIETY), trust, (fit.right, fit.wrong), None)


def test_of_a_large_table_a_part_chosen_by_who_says_how_much_settles_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = world(3, density=0.1)[0]
    renamed = [(f"z{99 - int(s[1:])}", -o, f"v{v}") for s, o, v in reversed(rows)]
    whole = gained(rows)
    monkeypatch.setattr(one_coin_module, "_ENOUGH", len(rows) // 4)

    some = gained(rows)

    assert some != whole
    assert gained(renamed) == pytest.approx(some, rel=1e-6)


def test_where_no_part_stands_out_the_whole_table_settles_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Everybody speaks of everything, so who says how much chooses no object or all of them.
    rows = [(s, o, f"{o}-{(o * s) % 7 % 3}") for s in range(4) for o in range(40)]
    whole = gained(rows)
    monkeypatch.setattr(one_coin_module, "_ENOUGH", 40)

    assert gained(rows) == whole


def test_copies_are_left_out_together_when_a_voice_is_foretold() -> None:
    rows, _ = world(4)
    mirrored = rows + [(f"copy{n}", o, v) for s, o, v in rows if s == "s3" for n in range(2)]

    learned = learn(mirrored)

    assert learned.shared_origins() == (("copy0", "copy1", "s3"),)
    assert learned.dependence == pytest.approx(learn(rows).dependence, abs=0.01)


def test_of_a_large_table_known_objects_foretell_nothing_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = Assertions.of(world(3, density=0.1)[0])
    fit = one_coin(told, variety=VARIETY)
    trust: Floats = np.log(fit.right / fit.wrong)
    counts = fit.right, fit.wrong
    monkeypatch.setattr(one_coin_module, "_ENOUGH", told.size // 4)
    ways, known = WrongWays.of(told, VARIETY), np.full(told.claims, np.nan)

    open_ = erring_alike(ways, trust, counts, known)
    closed = erring_alike(ways, trust, counts, np.zeros(told.claims))

    assert open_ == erring_alike(ways, trust, counts, None)
    assert closed == 0.5 != open_
