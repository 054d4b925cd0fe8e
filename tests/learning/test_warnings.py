"""What `learn` warns of: camps, truths that are outweighed, copies that were not looked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from provenance.learning import Assertions, Learned, learn
from provenance.learning.known import Truths
from provenance.learning.learned import opposing_camp
from provenance.learning.methods.blend import blend
from provenance.learning.methods.one_coin import one_coin
from provenance.learning.planted import planted

# Camps.


def camps(seed: int, turned: int, right: float, objects: int = 120) -> list[tuple[str, str, str]]:
    """Twenty sources, some of which turn round whatever they would say; seven on each object."""
    random = np.random.default_rng(seed)
    rows = []
    for about in range(objects):
        true = int(random.random() < 0.5)
        for source in random.permutation(20)[:7].tolist():
            said = true if random.random() < right else 1 - true
            said = 1 - said if source < turned else said
            rows.append((f"s{source:02d}", f"o{about}", ("no", "yes")[said]))
    return rows


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_camp_that_is_often_wrong_itself_is_still_one(seed: int) -> None:
    found = opposing_camp(told := Assertions.of(camps(seed, 6, 0.85)), blend(told))

    assert found is not None
    assert found.sources == 6
    assert abs(found.agreement - found.believed) < 0.25
    assert f"those who are believed: {found.believed:.0%}" in str(found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_poor_sources_with_two_labels_are_no_camp(seed: int) -> None:
    made = planted(sources=20, objects=100, values=2, accuracy=(0.35, 0.9), seed=seed)
    rows = zip(made.source.tolist(), made.object.tolist(), made.value.tolist(), strict=True)
    told = Assertions.of(rows)

    assert opposing_camp(told, blend(told)) is None


def test_sources_that_agree_with_everybody_as_well_are_no_camp() -> None:
    # All have the same favourite among what is wrong, so those who are mostly wrong agree.
    made = planted(sources=20, objects=80, values=4, accuracy=(0.2, 0.6), favourites=3.0, seed=1)
    rows = zip(made.source.tolist(), made.object.tolist(), made.value.tolist(), strict=True)
    told = Assertions.of(rows)

    assert opposing_camp(told, one_coin(told)) is None


def test_two_who_agree_once_are_no_camp() -> None:
    told = [(f"s{n}", "o", n % 2) for n in range(5)]

    assert not any("should they be right" in note for note in learn(told).notes)


def test_the_agreement_of_a_camp_is_that_of_a_slow_count() -> None:
    told = Assertions.of(camps(4, 6, 0.85))
    found = opposing_camp(told, blend(told))
    assert found is not None

    def kappa(among: Callable[[int], bool]) -> float:
        rows = [row for row in range(told.size) if among(int(told.source[row]))]
        pairs = [
            told.claim[one] == told.claim[other]
            for one, other in itertools.combinations(rows, 2)
            if told.object[one] == told.object[other]
        ]
        yes = float(np.mean(told.value_of_claim[told.claim[rows]]))
        chance = yes**2 + (1.0 - yes) ** 2
        return (float(np.mean(pairs)) - chance) / (1.0 - chance)

    assert found.agreement == pytest.approx(kappa(lambda source: source < 6))
    assert found.believed == pytest.approx(kappa(lambda source: source >= 6))
    assert found.part == pytest.approx(np.mean(told.source < 6))


# Truths against a crowd.


def believed_against(count: int) -> tuple[Learned, float]:
    """Eight of ten turn everything round, and so many of two hundred truths are known."""
    random = np.random.default_rng(1)
    truth = {f"o{o:03d}": int(random.random() < 0.5) for o in range(200)}
    rows = []
    for about, true in truth.items():
        for source in random.permutation(10)[:6].tolist():
            said = true if random.random() < 0.85 else 1 - true
            rows.append((f"s{source}", about, 1 - said if source < 8 else said))
    known = dict(list(truth.items())[:count])
    learned = learn(rows, known)
    rest = [about for about in truth if about not in known]
    return learned, float(np.mean([learned.most_likely(o) == truth[o] for o in rest]))


def test_truths_that_the_crowd_outweighs_are_noted_by_the_record_of_sources() -> None:
    learned, right = believed_against(20)

    assert right < 0.5
    assert any("against their record" in note for note in learned.notes)


def test_truths_that_outweigh_the_crowd_are_not_swamped() -> None:
    learned, right = believed_against(100)

    assert right > 0.9
    assert not any("their record" in n or "decides about" in n for n in learned.notes)


def test_truths_that_set_a_crowd_right_do_not_make_the_rest_doubtful() -> None:
    learned, right = believed_against(100)

    rest = [f"o{o:03d}" for o in range(100, 200)]
    sure = np.mean([learned.probability(o)[learned.most_likely(o)] for o in rest])
    assert abs(sure - right) < 0.1
    assert learned.temperature < 1.5


def test_a_temperature_far_from_one_is_noted() -> None:
    learned, _ = believed_against(20)

    assert learned.temperature > 2.0
    assert any(f"one over {learned.temperature:.1f}" in note for note in learned.notes)


def test_halves_of_the_truths_are_told_apart_by_who_speaks_of_them() -> None:
    random = np.random.default_rng(2)
    rows = [
        (f"s{s}", f"o{o:02d}", f"v{random.integers(3)}")
        for o in range(40)
        for s in random.permutation(9)[: random.integers(2, 6)].tolist()
    ]
    truth = {f"o{o:02d}": "v0" if o % 3 else "nothing stated" for o in range(30)}
    told = Assertions.of(rows)
    renamed = Assertions.of([(s, f"z{99 - int(o[1:])}", v) for s, o, v in rows])
    known = Truths.of(truth, told, object_name="object", value_name="value")
    others = Truths.of(
        {f"z{99 - int(o[1:])}": v for o, v in truth.items()},
        renamed,
        object_name="object",
        value_name="value",
    )
    assert known is not None
    assert others is not None

    one, other = known.halves(told)
    again = others.halves(renamed)[0]

    assert one.objects + other.objects == known.objects
    assert min(one.objects, other.objects) > 5
    assert not set(one.elsewhere) & set(other.elsewhere)
    named = {f"z{99 - int(told.objects[place][1:])}" for place in one.elsewhere}
    assert named == {renamed.objects[place] for place in again.elsewhere}


def test_truths_that_nothing_tells_apart_are_not_halved() -> None:
    rows = [(s, f"o{o}", "yes") for s in "abcde" for o in range(40)] + [("a", "o99", "no")]

    learned = learn(rows, {f"o{o}": "no" for o in range(25)})

    assert learned.temperature > 2.0


# Copies, where the method is named.


def test_a_method_that_looks_for_copies_itself_says_so() -> None:
    notes = learn([("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")], method="accucopy").notes

    assert "accucopy looks for copies by itself and discounts them" in notes


def test_copies_are_discounted_for_a_method_by_name_where_that_is_asked_for() -> None:
    random = np.random.default_rng(3)
    own = [
        (f"s{s}", o, f"{o}-{random.integers(4) * (random.random() > 0.7)}")
        for s in range(6)
        for o in range(150)
    ]
    rows = own + [(f"copy{n}", o, v) for s, o, v in own if s == "s0" for n in range(3)]

    plain, discounted = (learn(rows, method="majority", copies=each) for each in (None, True))

    assert "every voice counts as its own" in plain.notes[0]
    assert discounted.shared_origins() == (("copy0", "copy1", "copy2", "s0"),)
    assert any("common voices are discounted" in note for note in discounted.notes)
    assert discounted.values_table() != plain.values_table()


@pytest.mark.parametrize("arguments", [{"copies": False}, {"kind": "sets"}, {"kind": "numbers"}])
def test_auto_says_where_copies_were_not_looked_for(arguments: dict[str, Any]) -> None:
    learned = learn([(s, o, o + ord(s) % 2) for s in "abc" for o in range(9)], **arguments)

    assert "every voice counts as its own: copies were not looked for" in learned.notes


@pytest.mark.parametrize(
    ("method", "arguments"), [("ltm", {"kind": "sets"}), ("robust", {}), ("majority", {})]
)
def test_copies_of_sets_of_numbers_and_of_one_source_are_not_looked_for(
    method: str, arguments: dict[str, Any]
) -> None:
    rows = [(s, o, o) for s in ("a" if method == "majority" else "abc") for o in range(9)]

    assert learn(rows, method=method, copies=True, **arguments).copies is None
