"""Sums over products of tables, held to enumeration; and their numerics at the edges."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from unittest import mock

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.bounds import within
from provenance.inference import LIMIT, Plan, Tape, elimination, orders
from provenance.inference.elimination import Replay, dot
from provenance.inference.orders import Workload, cost_of, order_of, sought_order

CLOSE = 1e-12


@attrs.frozen
class Tables:
    """Some tables over some variables, and the variables that are kept."""

    sizes: tuple[int, ...]
    scopes: tuple[tuple[int, ...], ...]
    values: tuple[tuple[float, ...], ...]
    roots: tuple[int, ...]

    @property
    def tape(self) -> Tape:
        """The finished run."""
        return Plan.of(self.sizes, self.scopes, self.roots).forward(self.values)

    def result(self) -> list[float]:
        """What the run sums to, with its scale multiplied back in."""
        return [each * math.exp(self.tape.log_scale) for each in self.tape.result]

    def worlds(self) -> Iterator[tuple[int, ...]]:
        """Every joint value of all variables."""
        return itertools.product(*map(range, self.sizes))

    def entry(self, slot: int, world: Sequence[int]) -> int:
        """Where a table is read in a world."""
        place = 0
        for variable in self.scopes[slot]:
            place = place * self.sizes[variable] + world[variable]
        return place

    def weight(self, world: Sequence[int], leave_out: int | None = None) -> float:
        """The product of all tables in a world, with or without one of them."""
        return math.prod(
            table[self.entry(slot, world)]
            for slot, table in enumerate(self.values)
            if slot != leave_out
        )

    def enumerated(self) -> list[float]:
        """The sum over all worlds, by the values of the roots."""
        found = [0.0] * math.prod(self.sizes[root] for root in self.roots)
        for world in self.worlds():
            found[self._root_entry(world)] += self.weight(world)
        return found

    def enumerated_flow(self, slot: int, seed: Sequence[float]) -> list[float]:
        """The derivative of (seed . result) by every entry of a table, by leaving the table out."""
        found = [0.0] * len(self.values[slot])
        for world in self.worlds():
            share = seed[self._root_entry(world)] * self.weight(world, leave_out=slot)
            found[self.entry(slot, world)] += share
        return found

    def _root_entry(self, world: Sequence[int]) -> int:
        place = 0
        for root in self.roots:
            place = place * self.sizes[root] + world[root]
        return place


@st.composite
def tables(draw: st.DrawFn, most: int = 5, least: float = 0.0) -> Tables:
    """Random tables, over every variable at least once; entries may be 0."""
    sizes = tuple(draw(st.lists(st.integers(2, 3), min_size=1, max_size=most)))
    variables = st.integers(0, len(sizes) - 1)
    drawn = draw(st.lists(st.lists(variables, max_size=3, unique=True), max_size=6))
    scopes = tuple(tuple(scope) for scope in [*drawn, *([v] for v in range(len(sizes)))])
    entry = st.sampled_from((0.0, 1.0, 0.5)) | st.floats(0.01, 2.0)
    values = tuple(
        tuple(
            max(least, draw(entry)) for _ in range(math.prod(sizes[variable] for variable in scope))
        )
        for scope in scopes
    )
    roots = tuple(draw(st.lists(variables, max_size=2, unique=True)))
    return Tables(sizes, scopes, values, roots)


# ---------------------------------------------------------------- sums and derivatives


@given(tables())
def test_a_run_sums_what_enumeration_sums(found: Tables) -> None:
    assert found.result() == pytest.approx(found.enumerated(), rel=CLOSE, abs=1e-300)


@given(tables(), st.data())
def test_the_way_back_gives_every_derivative(found: Tables, data: st.DataObject) -> None:
    tape = found.tape
    seed = [data.draw(st.sampled_from((0.0, 1.0, -0.5, 3.0))) for _ in tape.result]

    flows = tape.backward(seed)

    scale = math.exp(tape.log_scale)
    for slot, flow in enumerate(flows):
        expected = found.enumerated_flow(slot, seed)
        assert [each * scale for each in flow] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(tables(least=0.01))
def test_every_table_times_its_flow_sums_to_the_result(found: Tables) -> None:
    tape = found.tape

    flows = tape.backward([1.0] * len(tape.result))

    whole = math.fsum(tape.result)
    for table, flow in zip(found.values, flows, strict=True):
        masses = [a * b for a, b in zip(table, flow, strict=True)]
        assert math.fsum(masses) == pytest.approx(whole, rel=1e-9)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_tables_decides_nothing(found: Tables, chance: random.Random) -> None:
    order = list(range(len(found.scopes)))
    chance.shuffle(order)

    shuffled = attrs.evolve(
        found,
        scopes=tuple(found.scopes[slot] for slot in order),
        values=tuple(found.values[slot] for slot in order),
    )

    assert shuffled.result() == pytest.approx(found.result(), rel=CLOSE, abs=1e-300)


@given(tables())
def test_a_plan_is_replayed_on_other_numbers(found: Tables) -> None:
    plan = Plan.of(found.sizes, found.scopes, found.roots)
    plan.forward(found.values)
    doubled = tuple(tuple(2.0 * each for each in table) for table in found.values)

    again = plan.forward(doubled)

    other = attrs.evolve(found, values=doubled)
    scaled = [each * math.exp(again.log_scale) for each in again.result]
    assert scaled == pytest.approx(other.enumerated(), rel=CLOSE, abs=1e-300)


@given(tables(least=0.01), st.data())
def test_changed_tables_are_followed_from_where_a_run_stood_and_from_where_it_stands(
    found: Tables, data: st.DataObject
) -> None:
    tape = found.tape
    replay = Replay(tape)
    ones = [1.0] * len(tape.result)
    flows = tape.flows(ones)
    for _ in range(3):
        slots = data.draw(st.sets(st.integers(0, len(found.values) - 1), min_size=1, max_size=3))
        changes = {
            slot: tuple(data.draw(st.floats(0.01, 2.0)) for _ in found.values[slot])
            for slot in sorted(slots)
        }
        values = [changes.get(slot, table) for slot, table in enumerate(found.values)]

        slot, table, shift = replay.near(changes)
        replay.move({slot: values[slot] for slot in range(len(values))})

        exact = math.log(sum(attrs.evolve(found, values=tuple(values)).enumerated()))
        near = math.log(dot(flows[slot], table)) + shift + tape.log_scale
        assert near == pytest.approx(exact, abs=1e-9)
        assert replay.log_total == pytest.approx(exact, abs=1e-9)
        assert tape.moved(changes).log_total == pytest.approx(exact, abs=1e-9)


@given(tables(least=0.01), st.data())
def test_a_run_marked_with_a_table_of_two_is_two_runs_in_one(
    found: Tables, data: st.DataObject
) -> None:
    tape = found.tape
    slot = data.draw(st.integers(0, len(found.values) - 1))
    kept = [data.draw(st.booleans()) for _ in found.values[slot]]
    ones = [1.0] * len(tape.result)
    tables = [
        [
            each if keeps == side else 0.0
            for each, keeps in zip(found.values[slot], kept, strict=True)
        ]
        for side in (True, False)
    ]

    marked = tape.marked(slot, list(map(complex, *tables)))
    flows = marked.flows(ones)[: len(found.values)]

    for part, table in zip(("real", "imag"), tables, strict=True):
        one = tape.moved({slot: table})
        scale = math.exp(one.log_scale - tape.log_scale)
        sums = [getattr(each, part) for each in marked.result]
        assert sums == pytest.approx([each * scale for each in one.result], rel=1e-9, abs=1e-300)
        for other, flow in enumerate(one.backward(ones)):
            if other != slot:  # there the flow is that of both tables together
                mine = [getattr(complex(each), part) for each in flows[other]]
                assert mine == pytest.approx([each * scale for each in flow], rel=1e-9, abs=1e-300)


@given(tables(), st.randoms(use_true_random=False))
def test_wide_products_are_the_same_as_narrow_ones(found: Tables, chance: random.Random) -> None:
    narrow = found.tape
    seed = [chance.choice((0.0, 1.0, 3.0)) for _ in narrow.result]
    with mock.patch.object(elimination, "WIDE", 1):
        wide = found.tape
        flows = [[float(each) for each in flow] for flow in wide.backward(seed)]
        can_draw = wide.log_total > -math.inf and not found.roots
        drawn = wide.sample(found.sizes, random.Random(0)) if can_draw else {}

    assert list(wide.result) == pytest.approx(list(narrow.result), rel=CLOSE, abs=1e-300)
    for one, other in zip(flows, narrow.backward(seed), strict=True):
        assert one == pytest.approx(list(other), rel=1e-9, abs=1e-12)
    if drawn:
        assert found.weight([drawn[v] for v in range(len(found.sizes))]) > 0.0


def test_a_long_chain_of_small_numbers_is_rescaled_in_wide_products_too() -> None:
    sizes = (2,) * 301
    scopes = ((0,), *((n, n + 1) for n in range(300)))
    step = (0.7e-3, 0.3e-3, 0.4e-3, 0.6e-3)

    with mock.patch.object(elimination, "WIDE", 1):
        tape = Tables(sizes, scopes, ((0.5, 0.5), *[step] * 300), ()).tape

    assert tape.log_total == pytest.approx(300 * math.log(1e-3), rel=1e-12)
    assert [float(each) for each in tape.flows((1.0,))[0]] == pytest.approx(
        [2.0 * tape.result[0]] * 2
    )


def test_a_network_without_variables_is_the_product_of_its_numbers() -> None:
    found = Tables((), ((), ()), ((0.5,), (0.25,)), ())

    assert found.result() == [0.125]


# ---------------------------------------------------------------- sampling


@settings(max_examples=20)
@given(tables(most=3, least=0.05), st.integers(0, 5))
def test_joint_values_are_drawn_as_often_as_they_weigh(found: Tables, seed: int) -> None:
    found = attrs.evolve(found, roots=())
    tape, chance = found.tape, random.Random(seed)
    draws = 3000

    drawn = [tape.sample(found.sizes, chance) for _ in range(draws)]

    whole = sum(found.weight(world) for world in found.worlds())
    for world in found.worlds():
        share = found.weight(world) / whole
        count = sum(tuple(each[v] for v in range(len(found.sizes))) == world for each in drawn)
        deviation = math.sqrt(draws * share * (1.0 - share))
        assert abs(count - draws * share) <= 6.0 * deviation + 1.0


def test_what_is_ruled_out_is_never_drawn() -> None:
    tape = Tables((2, 3), ((0, 1), (0,)), ((1, 0, 2, 0, 1, 0), (1, 1)), ()).tape
    chance = random.Random(0)

    drawn = {tuple(sorted(tape.sample((2, 3), chance).items())) for _ in range(500)}

    assert drawn == {((0, 0), (1, 0)), ((0, 0), (1, 2)), ((0, 1), (1, 1))}


# ---------------------------------------------------------------- numerics


@pytest.mark.parametrize("count", [3, 40, 1000, 20_000])
def test_many_small_tables_at_one_variable_lose_no_digit(count: int) -> None:
    """(1e-5, 3e-5) to the power of n: far below the smallest float, and the ratio is 3^n."""
    found = Tables((2,), ((0,),) * count, ((1e-5, 3e-5),) * count, ())

    log = found.tape.log_total

    exact = count * math.log(1e-5) + (
        math.log1p(3.0**count) if count < 600 else count * math.log(3.0)
    )
    assert log == pytest.approx(exact, rel=1e-13)


def test_many_tables_that_pull_both_ways_cancel() -> None:
    """500 times (.9, .1) and 500 times (.1, .9): .09^500 on either side, whatever the order."""
    found = Tables((2,), ((0,),) * 1000, ((0.9, 0.1),) * 500 + ((0.1, 0.9),) * 500, (0,))

    tape = found.tape

    assert tape.result[0] == pytest.approx(tape.result[1], rel=1e-12)
    assert tape.log_total == pytest.approx(500 * math.log(0.09) + math.log(2.0), rel=1e-12)


def test_a_long_chain_of_small_numbers_is_rescaled() -> None:
    """A chain of n steps of 1e-3 times a stochastic matrix sums to 1e-3^n."""
    steps = 2000
    sizes = (2,) * (steps + 1)
    scopes = ((0,), *((n, n + 1) for n in range(steps)))
    step = (0.7e-3, 0.3e-3, 0.4e-3, 0.6e-3)

    tape = Tables(sizes, scopes, ((0.5, 0.5), *[step] * steps), ()).tape

    assert tape.log_scale < 0.0
    assert tape.log_total == pytest.approx(steps * math.log(1e-3), rel=1e-12)


def test_derivatives_survive_rescaling() -> None:
    """log of a product of n numbers: its derivative by each is one over that number."""
    count = 300
    found = Tables((2,), ((0,),) * count, ((1e-9, 0.0),) * count, ())
    tape = found.tape

    flows = tape.backward((1.0 / tape.result[0],))

    assert {round(flow[0] * 1e-9, 9) for flow in flows} == {1.0}


def test_one_side_may_be_all_but_ruled_out() -> None:
    """Odds of 1e-250 to 1: the smaller side keeps its digits beside the larger."""
    found = Tables((2,), ((0,),) * 25, ((1e-10, 1.0),) * 25, (0,))

    result = found.tape.result

    assert math.log(result[0]) - math.log(result[1]) == pytest.approx(-250 * math.log(10.0))


def test_a_sum_of_nothing_but_zeros_is_minus_infinity() -> None:
    tape = Tables((2,), ((0,), (0,)), ((1.0, 0.0), (0.0, 1.0)), ()).tape

    assert tape.log_total == -math.inf


# ---------------------------------------------------------------- orders


def test_a_star_is_summed_in_tables_of_two_variables() -> None:
    count = 400
    scopes = tuple((0, leaf) for leaf in range(1, count + 1))

    order = order_of((2,) * (count + 1), scopes)

    assert order.entries == 4
    assert len(order.variables) == count + 1


def test_a_grid_of_five_by_five_needs_no_more_than_its_width() -> None:
    cell = {(row, column): 5 * row + column for row in range(5) for column in range(5)}
    scopes = [(cell[r, c], cell[r, c + 1]) for r in range(5) for c in range(4)]
    scopes += [(cell[r, c], cell[r + 1, c]) for r in range(4) for c in range(5)]

    assert order_of((2,) * 25, scopes).entries <= 2**7


def test_an_order_stops_where_a_table_would_exceed_the_limit() -> None:
    everyone = list(itertools.combinations(range(30), 2))

    assert order_of((2,) * 30, everyone).entries > LIMIT


@given(st.randoms(use_true_random=False), st.integers(3, 24))
@settings(max_examples=25)
def test_a_sought_order_sums_out_the_same_variables_at_no_higher_cost(
    chance: random.Random, count: int
) -> None:
    sizes = tuple(chance.choice((2, 2, 3)) for _ in range(count))
    scopes = [tuple(chance.sample(range(count), 3)) for _ in range(2 * count)]
    with mock.patch.multiple(orders, _EASY=1, _PLAIN=4, _ROUNDS=3, _MOVES=20):
        found = sought_order(sizes, scopes, (0,), 2**60)
        again = sought_order(sizes, scopes, (0,), 2**60)

    first = order_of(sizes, scopes, (0,), 2**60)
    assert sorted(found.variables) == sorted(first.variables)
    assert found.operations <= first.operations
    assert found == again
    plan = Plan.of(sizes, scopes, (0,), found)
    assert max(math.prod(sizes[v] for v in step.over) for step in plan.steps) <= found.entries


def test_an_order_is_sought_where_the_first_one_is_past_the_limit() -> None:
    """A ring of thirty, each with the next five: the smallest table next is not always best."""
    scopes = tuple((n, (n + step) % 30) for n in range(30) for step in range(1, 6))

    found = sought_order((2,) * 30, scopes, (), 2**12)

    assert sorted(found.variables) == list(range(30))
    assert found.entries <= 2**12 or found.operations > 0


def rounds_of_seeking(
    monkeypatch: pytest.MonkeyPatch, scopes: tuple[tuple[int, ...], ...], limit: int, budget: int
) -> int:
    """How often an order is filled in for tables over thirty variables."""
    filled = orders._Core.filled
    count: list[None] = []

    def counted(core: orders._Core, chance: random.Random | None) -> tuple[list[int], int]:
        count.append(None)
        return filled(core, chance)

    monkeypatch.setattr(orders._Core, "filled", counted)
    orders._sought.cache_clear()
    with within(budget):
        sought_order((2,) * 30, scopes, (), limit)
    return len(count)


def test_a_search_for_an_order_takes_its_part_of_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    scopes = tuple(tuple(sorted(chance.sample(range(30), 2))) for _ in range(120))
    monkeypatch.setattr(orders, "_SEEKING", 1)

    rounds = [
        rounds_of_seeking(monkeypatch, scopes, 2**12, budget)
        for budget in (1_000, 200_000, 100_000_000)
    ]

    assert rounds[0] == 1
    assert rounds == sorted(rounds)
    assert rounds[2] > 1


def test_a_search_that_begins_far_beyond_the_limit_is_not_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = tuple((a, b) for a in range(30) for b in range(a))

    assert rounds_of_seeking(monkeypatch, everything, 2**12, 10**12) == 1


def test_no_order_is_sought_among_too_many_variables() -> None:
    count = 700
    scopes = tuple((n, (n + step) % count) for n in range(count) for step in range(1, 7))

    found = sought_order((2,) * count, scopes, (), 2**20)

    assert found == order_of((2,) * count, scopes, (), 2**20)


def test_the_roots_are_never_summed_out() -> None:
    order = order_of((2, 2, 2), ((0, 1), (1, 2)), (1,))

    assert 1 not in order.variables


def test_the_cost_of_a_sum_is_known_before_anything_is_multiplied() -> None:
    """A chain of three yes/no variables: two products of four entries and a last one of two."""
    cost = cost_of((2, 2, 2), ((0,), (0, 1), (1, 2)), (2,))

    assert cost == Workload(operations=3 * (4 + 4 + 2), width=2.0)
    assert cost.is_exact


def test_a_sum_past_the_limit_is_told_by_its_width() -> None:
    variables = tuple(range(19))

    cost = cost_of((2,) * 19, (variables,))

    assert cost.width == 19.0
    assert not cost.is_exact


def test_costs_of_several_sums_add_up_and_the_widest_stands() -> None:
    assert Workload.together([Workload(10, 2.0), Workload(5, 3.0)]) == Workload(15, 3.0)
    assert Workload.together([]) == Workload(0, 0.0)


def test_a_long_flow_times_a_long_table_is_their_sum_of_products() -> None:
    assert dot([0.5] * 5000, [2.0] * 5000) == pytest.approx(5000.0)
    assert dot([], []) == 0.0
