"""Those who contradict a group of copies are asked whether they are one voice as well."""

import numpy as np
import pytest

from provenance.learning import learn
from provenance.learning.copy_rivals import (
    _of_one_origin,
    rivals_of,
    siding_against,
    table_evidence,
    voices_of,
)
from provenance.learning.copying import copying
from provenance.learning.crowd import Told
from provenance.learning.planted import planted
from tests.twins import rivals_twin as twin

Rows = list[tuple[int, int, int]]
SEEDS = range(3)
ODDS = 1.0 / 49.0


def told_of(rows: Rows) -> Told:
    source, about, value = np.array(rows).T
    return Told.of(source, about, value, int(source.max()) + 1)


def drawn(seed: int, objects: int = 9) -> Told:
    """Seven sources; three mostly repeat the first, two the second; some say two things of one."""
    rng = np.random.default_rng(seed)
    rows = set()
    said: dict[tuple[int, int], int] = {}
    for s, model in enumerate((0, 1, 0, 0, 0, 1, 1)):
        for o in np.flatnonzero(rng.random(objects) < 0.8).tolist():
            own = 0 if rng.random() < 0.5 else int(rng.integers(4))
            said[s, o] = said.get((model, o), own) if rng.random() < 0.8 else own
            rows.add((s, o, said[s, o]))
            if rng.random() < 0.1:
                rows.add((s, o, int(rng.integers(4))))
    return told_of(sorted(rows))


def two_camps(seed: int) -> tuple[Rows, set[int], set[int]]:
    """Four sites show the right kind of time, ten another one, and err alike elsewhere too.

    Of each kind one site is shown by three more. Values are an object's own: ten times the object is
    true, one more is what the other kind of time is.
    """
    rng = np.random.default_rng(seed)

    def site(other_kind: bool) -> dict[int, int]:
        said = {}
        for o in np.flatnonzero(rng.random(300) < 0.75).tolist():
            errs = (0.97, 0.6, 0.0, 0.0, 0.0)[o // 60] if other_kind else 0.0
            wrong = int(rng.integers(2, 8))
            said[o] = 1 if rng.random() < errs else 0 if rng.random() < 0.97 else wrong
        return said

    right, wrong = [site(False) for _ in range(4)], [site(True) for _ in range(10)]
    sites = [*right, *[right[0]] * 3, *wrong, *[wrong[0]] * 3]
    rows = [(s, o, 10 * o + v) for s, said in enumerate(sites) for o, v in said.items()]
    return rows, set(range(7)), set(range(7, 20))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_voice_says_what_most_of_its_members_say(seed: int) -> None:
    told = drawn(seed)
    together = ((0, 2, 3, 4), (1, 5))

    voices = voices_of(told, together)

    first = {int(v): s for s, v in reversed(list(enumerate(voices.of_source)))}
    found = [
        (first[v], c) for v, c in zip(voices.voice.tolist(), voices.claim.tolist(), strict=True)
    ]
    assert voices.count == 3
    assert sorted(found) == twin.voices_of(told, together)


@pytest.mark.parametrize("seed", SEEDS)
def test_those_who_side_against_a_group_are_counted_object_by_object(seed: int) -> None:
    told = drawn(seed, objects=60)

    found = siding_against(told, (0, 2, 3))

    assert found == twin.siding_against(told, (0, 2, 3))


def test_it_takes_eight_objects_to_side_against_a_group() -> None:
    of_objects = {
        count: told_of([(s, o, int(s > 1)) for s in range(4) for o in range(count)])
        for count in (7, 8)
    }

    assert siding_against(of_objects[7], (0, 1)) == ()
    assert siding_against(of_objects[8], (0, 1)) == (2, 3)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("groups", [(), ((0, 2, 3),), ((0, 2, 3, 4), (1, 5))])
@pytest.mark.parametrize("wrong", [1.0, 2.5, 6.0])
def test_a_table_is_as_likely_as_all_that_may_be_true_and_repeated_adds_up_to(
    seed: int, groups: tuple[tuple[int, ...], ...], wrong: float
) -> None:
    told = drawn(seed)
    voices = voices_of(told, ())
    prior = np.random.default_rng(seed).normal(size=told.claims)

    total, rate = table_evidence(told, voices, groups, prior, wrong)

    expected, rates = twin.table_evidence(told, voices, groups, prior.tolist(), wrong)
    assert total == pytest.approx(expected, abs=1e-6)
    assert rate.tolist() == pytest.approx(rates, abs=1e-6)


def test_a_group_of_many_hundreds_overflows_nothing() -> None:
    rng = np.random.default_rng(1)
    model = rng.integers(3, size=20)
    rows = [
        (s, o, int(model[o]) if rng.random() < 0.9 else int(rng.integers(3)))
        for s in range(900)
        for o in range(20)
    ]
    rows += [(900 + s, o, int(rng.integers(3))) for s in range(3) for o in range(20)]
    told = told_of(rows)

    total, rate = table_evidence(
        told, voices_of(told, ()), (tuple(range(900)),), np.zeros(told.claims), 2.0
    )

    assert np.isfinite(total)
    assert ((rate[:900] > 0.0) & (rate[:900] < 1.0)).all()
    assert (rate[900:] == 0.0).all()


def test_a_large_camp_that_errs_alike_is_one_voice_as_the_small_one_is() -> None:
    rows, right, wrong = two_camps(1)

    learned = learn(rows)

    assert [set(group) for group in learned.copies.groups] == [right, wrong]
    objects = sorted({about for _, about, _ in rows})
    voted = learn(rows, method="majority")
    hits = [
        sum(each.most_likely(about) == 10 * about for about in objects) for each in (learned, voted)
    ]
    assert hits[0] > hits[1]


def test_neither_names_nor_order_decide_which_camps_there_are() -> None:
    rows, right, wrong = two_camps(1)
    rng = np.random.default_rng(2)
    name = rng.permutation(20)
    mixed = [(int(name[s]), o, v) for s, o, v in rng.permutation(np.array(rows)).tolist()]

    found = copying(*np.array(mixed).T)

    expected = [{int(name[s]) for s in camp} for camp in (right, wrong)]
    assert sorted(map(sorted, found.groups)) == sorted(map(sorted, expected))


@pytest.mark.parametrize("seed", SEEDS)
def test_honest_people_who_contradict_half_of_all_are_no_rivals(seed: int) -> None:
    world = planted(copiers=0.5, seed=seed)
    told = Told.of(world.source, world.object, world.value, 30)
    (copies,) = world.groups

    found = rivals_of(told, voices_of(told, ()), copies, (), np.zeros(told.claims), 3.0, ODDS)

    assert found is None


def test_hard_questions_in_common_make_nobody_a_rival() -> None:
    world = planted(copiers=0.5, hardness=3.0, values=2, seed=100)
    told = Told.of(world.source, world.object, world.value, 30)
    (copies,) = world.groups
    rivals = tuple(set(siding_against(told, copies)) - set(copies))
    voices, prior = voices_of(told, ()), np.zeros(told.claims)

    found = rivals_of(told, voices, copies, (), prior, 1.0, ODDS)

    alone, _ = table_evidence(told, voices, (copies,), prior, 1.0)
    together, _ = table_evidence(told, voices, (copies, rivals), prior, 1.0)
    # The table is likelier so, but two of them share less than half.
    assert together + len(rivals) * np.log(ODDS) > alone
    assert found is None


def test_one_who_contradicts_a_group_is_no_group() -> None:
    told = told_of([(s, o, int(s > 3)) for s in range(5) for o in range(20)])

    found = rivals_of(told, voices_of(told, ()), (0, 1, 2, 3), (), np.zeros(told.claims), 1.0, ODDS)

    assert found is None


@pytest.mark.parametrize(
    ("rates", "members"),
    [
        ((0.6, 0.6), []),
        ((0.9, 0.8, 0.2), [0, 1]),
        # Three share .55 of a pair on average, four .48: but the last two are alike.
        ((0.9, 0.8, 0.55, 0.55), [0, 1, 2, 3]),
    ],
)
def test_rivals_share_on_average_more_than_half(
    rates: tuple[float, ...], members: list[int]
) -> None:
    found = _of_one_origin(np.array(rates), set(range(len(rates))))

    assert found == members


def test_small_groups_beside_a_large_one_stay_as_they_are() -> None:
    world = planted(sources=24, copiers=0.5, seed=4)
    (large,) = world.groups
    honest = [s for s in range(24) if s not in large][:6]
    doubled = [(s, 24 + place) for place, s in enumerate(honest)]
    rows = [np.column_stack([world.source, world.object, world.value])]
    for one, other in doubled:
        mine = rows[0][world.source == one]
        rows.append(np.column_stack([np.full(len(mine), other), mine[:, 1:]]))

    found = copying(*np.concatenate(rows).T)

    assert sorted(found.groups) == sorted([large, *doubled])
