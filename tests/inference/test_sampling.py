"""Simulated answers: beside exact ones on meshes small enough for both, and honest where they fail."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.assessment import Assessment, Caveat, weigh
from provenance.bounds import OPERATIONS, OPERATIONS_EACH, within
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence, TooCostly, TooEntangled
from provenance.graph import Graph, Place, Story
from provenance.inference import Answer, blocks, network, reweighing, sampling, weigh_story
from provenance.inference.elimination import Plan
from provenance.inference.evaluation import Evaluation, Structure, evaluate
from provenance.inference.orders import Order
from provenance.inference.sums import PartitionSums, sums_of
from provenance.scales import error_in_words

RUNS = range(12)
FAR = 4.5  # standard errors that no average of runs strays from the truth
Written = dict[str, Any]
Caveats = tuple[Caveat, ...]


def mesh(seed: int, attributions: int = 20, sources: int = 7, claims: int = 2) -> Written:
    """Sources that speak for themselves and pass each other on, about a claim and its signs."""
    chance = random.Random(seed)
    said: list[Written] = []
    for number in range(attributions):
        each: Written = {"id": f"a{number}", "source": f"s{chance.randrange(sources)}"}
        if number and chance.random() < 0.6:
            each["cites"] = f"a{chance.randrange(number)}"
        else:
            each["claim"] = f"c{chance.randrange(claims)}"
        if chance.random() < 0.3:
            each["stance"] = "disowns" if "cites" in each else "denies"
        said.append(each)
    signs = [f"c{number}" for number in range(1, claims)]
    return {
        "version": 1,
        "claims": [
            {"id": "c0", "text": "that 0", "prior": 0.3},
            *({"id": sign, "text": f"that {sign}"} for sign in signs),
        ],
        "links": [
            {"kind": "evidence", "claim": "c0", "sign": sign, "if_true": 0.7, "if_false": 0.2}
            for sign in signs
        ],
        "sources": [
            {"id": f"s{number}", "reliability": chance.choice("BCDE")} for number in range(sources)
        ],
        "attributions": said,
    }


MESHES = {
    "small": mesh(0, attributions=14, sources=5),
    "middling": mesh(24),
    "wide": mesh(3),
    "three claims": mesh(8, attributions=14, sources=5, claims=3),
}


def with_witnesses(written: Written, reliabilities: list[float], stances: list[str]) -> Written:
    """A mesh with more sources, who saw for themselves what they say."""
    names = [f"more{number}" for number in range(len(reliabilities))]
    sources = [
        {"id": name, "reliability": value} for name, value in zip(names, reliabilities, strict=True)
    ]
    said = [
        {"id": f"said{number}", "source": name, "claim": "c0", "stance": stance,
         "basis": "firsthand"}
        for number, (name, stance) in enumerate(zip(names, stances, strict=True))
    ]  # fmt: skip
    return written | {
        "sources": [*written["sources"], *sources],
        "attributions": [*written["attributions"], *said],
    }


def asked_of(written: Written) -> tuple[Story, Place]:
    story = Graph.of(load_case(written), None).story("c0")
    return story, story.places["c0"]


@cache
def exact(name: str) -> tuple[Answer, Evaluation, PartitionSums]:
    """A mesh's exact answer, and what it is read off."""
    story, place = asked_of(MESHES[name])
    evaluation = evaluate(Structure.of(story, place.question, with_reasons=False), story)
    return weigh_story(story, place), evaluation, sums_of(evaluation, place.value)


@contextmanager
def low_limits(entries: int = 8, effort: float = 2e5) -> Iterator[None]:
    """Limits so low that hardly any table fits and nearly every state is held."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "LIMIT", entries)
        patch.setattr(blocks, "_COMFORT", entries)
        patch.setattr(sampling, "_EFFORT", effort)
        yield


@cache
def runs(name: str) -> tuple[sampling.Simulated, ...]:
    """A mesh's network estimated from several seeds."""
    answer, evaluation, _ = exact(name)
    whole = evaluation.structure.network
    found = []
    with low_limits():
        assert not whole.is_exact
        for seed in RUNS:
            one = sampling.gibbs(whole, evaluation.tables, answer.place.value, seed)
            assert one is not None
            found.append(one)
    return tuple(found)


def simulated(written: Written, *, seed: int = 0) -> tuple[Assessment, Caveats]:
    """Weighing under low limits, and what is worked out when asked for, while they are low."""
    with low_limits():
        found = weigh(load_case(written), "c0", seed=seed)
        assert found.approximate
        assert found.reasons
        return found, found.caveats


def mean_and_error(found: Sequence[float]) -> tuple[float, float]:
    middle = math.fsum(found) / len(found)
    spread = math.fsum((each - middle) ** 2 for each in found) / (len(found) - 1)
    return middle, math.sqrt(spread / len(found))


def assert_unbiased(found: Sequence[float], truth: float) -> None:
    middle, error = mean_and_error(found)
    assert abs(middle - truth) <= FAR * error + 1e-9


@pytest.mark.parametrize("name", MESHES)
def test_simulations_agree_with_the_exact_answer_on_average(name: str) -> None:
    truth = exact(name)[2].probability

    found = runs(name)

    # What is held may take few values, so that two runs may find the same.
    assert len({each.probability for each in found}) > len(RUNS) // 2
    assert_unbiased([each.probability for each in found], truth)
    assert_unbiased([each.rest for each in found], 1.0 - truth)


def test_a_standard_error_tells_how_far_a_simulation_is_off() -> None:
    """The squares of 48 deviations in standard errors have mean 1, give or take sqrt(2 / 48)."""
    deviations = [
        (each.probability - exact(name)[2].probability) / each.standard_error
        for name in MESHES
        for each in runs(name)
    ]

    square = math.fsum(each**2 for each in deviations) / len(deviations)

    assert 0.4 < square < 1.6
    assert max(abs(each) for each in deviations) < 4.0


@pytest.mark.parametrize("name", MESHES)
def test_simulated_derivatives_agree_with_the_exact_ones_on_average(name: str) -> None:
    """Each table's derivatives weighed with its own entries: a chance for every entry."""
    _, evaluation, sums = exact(name)

    found = runs(name)

    for side in ("value_flows", "rest_flows"):
        for slot, table in enumerate(evaluation.tables):
            for place, entry in enumerate(table):
                truth = entry * getattr(sums, side)[slot][place]
                assert_unbiased([entry * getattr(each, side)[slot][place] for each in found], truth)


def unjudged_among(written: Written) -> Written:
    """A mesh some of whose sources nobody has judged, and others are known by a track record."""
    grades = ["F", {"mean": 0.7, "strength": 8}, "C"]
    sources = [
        each | {"reliability": grades[number % 3]} for number, each in enumerate(written["sources"])
    ]
    return written | {"sources": sources}


@pytest.mark.parametrize("number", [4, 5, 9])
def test_the_interval_comes_off_the_same_simulation_with_its_error(number: int) -> None:
    """Phantoms, states and questions are all held here, one or two at a time."""
    story, place = asked_of(unjudged_among(mesh(number, 18, 6, claims=2 + number % 2)))
    truth = weigh_story(story, place)
    assert truth.interval_error == (0.0, 0.0)
    assert truth.potentials
    bundles = truth.evaluation.structure.bundles
    entries = max(bundle.network.order.entries for bundle in bundles)

    with low_limits(entries, effort=5e5), pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_QUESTIONS", 2)
        found = [weigh_story(story, place, seed=seed) for seed in RUNS[:5]]
        assert all(each.interval for each in found)
        assert all(each.sums.kept is not None for each in found)
        assert any(each.reweighed for each in found)
        assert_unbiased([each.if_one_voice for each in found], truth.if_one_voice)

    for side in (0, 1):
        ends = [each.interval[side] for each in found]
        stated = max(each.interval_error[side] for each in found)
        assert max(abs(end - truth.interval[side]) for end in ends) < 4.0 * stated + 0.01
    for place_, (_, potential) in enumerate(truth.potentials):
        swept = [each.potentials[place_][1] for each in found]
        middle, error = mean_and_error(swept)
        assert middle == pytest.approx(potential, abs=FAR * error + 0.02)


@given(st.integers(0, 10_000), st.sampled_from((2, 4, 8, 64)))
def test_every_variable_is_drawn_and_every_product_is_small(number: int, entries: int) -> None:
    story, place = asked_of(mesh(number, 16, 5, claims=3))
    whole = Structure.of(story, place.question, with_reasons=False).network

    with low_limits(entries=entries), pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_QUESTIONS", entries)
        found = blocks.blocks_of(whole)

    first = found[0]
    assert first.has_root
    for block in found:
        drawn = {*block.order, *(whole.roots if block.has_root else ())}
        assert drawn | block.held == set(range(len(whole.sizes)))
        assert drawn.isdisjoint(block.held)
        # The question that is asked is never held in the first, so that one more may be beside it.
        assert all(math.prod(step.wide) <= 2 * entries for step in block.plan.steps)
        scopes = [set(whole.scopes[slot]) - block.held for slot in block.slots]
        order = Order(block.order, 0, 0)
        plan = Plan.of(whole.sizes, [tuple(sorted(each)) for each in scopes], (), order)
        assert max(2 ** len(step.over) for step in plan.steps) <= 2 * entries
    assert not frozenset.intersection(*(block.held for block in found)) or len(found) == 6


def holding_states(sources: int, entries: int) -> tuple[Evaluation, blocks.GibbsBlock]:
    """A mesh so interwoven that statements are held, and the block that holds states instead."""
    story, place = asked_of(mesh(0, 60, sources))
    evaluation = evaluate(Structure.of(story, place.question, with_reasons=False), story)
    with low_limits(entries), pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_QUESTIONS", entries)
        found = blocks.blocks_of(evaluation.structure.network)
    (held,) = [each for each in found if each.collapsed]
    return evaluation, held


@pytest.mark.parametrize(("sources", "entries"), [(6, 4), (6, 16), (12, 8)])
def test_states_are_drawn_by_turns_that_take_as_long_as_some_sums(
    sources: int, entries: int
) -> None:
    evaluation, block = holding_states(sources, entries)

    drawn = [each for turn in block.turns for each in turn.variables]

    assert drawn == sorted(block.held)
    assert block.held.isdisjoint(evaluation.structure.network.variables.values())
    for turn in block.turns:
        alone = len(turn.variables) == 1
        assert alone or turn.operations <= blocks._DRAWN_WHILE * block.operations


def flows_by_table(block: blocks.GibbsBlock, evaluation: Evaluation) -> list[dict[int, Any]]:
    """What one sweep finds of every table, by where what is left of it starts."""
    walk = sampling._Walk([block], evaluation.tables)
    values = sampling._started(walk, 2, random.Random(5))
    assert values is not None
    record = sampling._Record(walk.slices[0], 0, True)
    record.add(walk.slices[0].run(values), values, is_first=True)
    return record._by_table()


def grid(origins: int, relays: int) -> Written:
    """Origins, every other one a denial, that all of some outlets pass on."""
    said: list[Written] = [
        {"id": f"a{n}", "source": f"o{n}", "claim": "c0", "stance": ("affirms", "denies")[n % 2]}
        for n in range(origins)
    ]
    said += [
        {"id": f"b{n}-{m}", "source": f"r{m}", "cites": f"a{n}"}
        for n in range(origins)
        for m in range(relays)
    ]
    sources = [{"id": name, "reliability": "C"} for name in sorted({e["source"] for e in said})]
    claims = [{"id": "c0", "text": "that", "prior": 0.3}]
    return {"version": 1, "claims": claims, "sources": sources, "attributions": said}


@pytest.mark.parametrize(("origins", "relays", "entries"), [(3, 9, 4), (4, 15, 8), (6, 6, 16)])
def test_tables_that_are_multiplied_beforehand_are_told_apart_again(
    origins: int, relays: int, entries: int
) -> None:
    story, place = asked_of(grid(origins, relays))
    evaluation = evaluate(Structure.of(story, place.question, with_reasons=False), story)
    whole = evaluation.structure.network
    with low_limits(entries):
        plain, bunched = blocks.blocks_of(whole)[0], blocks.blocks_of(whole, bunched=True)[0]

    one_by_one, together = (flows_by_table(each, evaluation) for each in (plain, bunched))

    assert any(len(bunch.slots) > 1 for bunch in bunched.bunches)
    assert bunched.operations < plain.operations
    for slow, fast in zip(one_by_one, together, strict=True):
        assert slow.keys() == fast.keys()
        for start, flow in slow.items():
            assert list(fast[start]) == pytest.approx(list(flow), rel=1e-12)


def test_entries_near_what_a_double_holds_are_not_multiplied_beforehand() -> None:
    assert sampling._are_plain([[1e-9, 0.5], [0.0, 1.0]])
    assert not sampling._are_plain([[0.5, 1e-11]])
    assert not sampling._are_plain([[1e11, 0.5]])


def test_an_answer_is_refused_before_what_sources_tell_is_simulated_for_it() -> None:
    evaluation = exact("small")[1]
    whole = evaluation.structure.network
    told = [bundle.network for bundle in evaluation.structure.bundles]
    with low_limits():
        alone = sampling._FEWEST * sampling._sweep_cost(blocks.blocks_of(whole), with_flows=True)
        with within(2 * alone):
            sampling.expect_to_simulate(whole)

            with pytest.raises(TooCostly, match="for a simulation of the answer"):
                sampling.expect_to_simulate(whole, told=told * 100)


def test_what_is_held_is_drawn_by_what_the_rest_comes_to() -> None:
    """By the slow way: the sum for each of its values, everything else held being as it is."""
    evaluation, block = holding_states(6, 16)
    held, sizes = sorted(block.held), evaluation.structure.network.sizes
    walk = sampling._Walk([block], evaluation.tables)
    chance = random.Random(3)
    values = sampling._started(walk, 2, chance)
    assert values is not None
    counts: Counter[tuple[int, ...]] = Counter()
    for _ in range(2_000):
        for _ in walk.sweep(values, chance):
            pass
        counts[tuple(values[each] for each in held)] += 1

    shares: dict[tuple[int, ...], float] = {}
    slices = blocks.Slices(block, evaluation.tables)
    for state in product(*(range(sizes[each]) for each in held)):
        for variable, value in zip(held, state, strict=True):
            values[variable] = value
        shares[state] = 0.0
        if slices.are_possible(values):
            entries = [
                evaluation.tables[slot][block.views[slot].start(values)] for slot in block.fixed
            ]
            shares[state] = math.prod(entries) * math.exp(slices.run(values).log_total)
    whole = sum(shares.values())
    for place in range(len(held)):
        expected = sum(share for state, share in shares.items() if state[place] == 0) / whole
        found = sum(count for state, count in counts.items() if state[place] == 0) / 2_000
        assert found == pytest.approx(expected, abs=0.06)


def test_echoes_of_five_origins_by_hundreds_of_relays_add_nothing() -> None:
    """Statements that hold one another where they are would keep a chain at .96."""
    chance = random.Random(0)
    sources = [{"id": f"f{n}", "reliability": chance.choice("BCCD")} for n in range(120)]
    said: list[Written] = [
        {"id": f"o{n}", "source": f"f{n}", "claim": "x", "basis": "firsthand"} for n in range(5)
    ]
    said[4]["stance"] = "denies"
    for number in range(220):
        at = chance.randrange(5) if number < 11 else chance.randrange(len(said) - 100, len(said))
        cited = said[max(0, at)]["id"]
        said.append({"id": f"r{number}", "source": f"f{chance.randrange(5, 120)}", "cites": cited})
    claims = [{"id": "x", "text": "It leaks", "prior": 0.2}]
    written = {"version": 1, "claims": claims, "sources": sources, "attributions": said}

    found = weigh(load_case({**written, "attributions": said[:5]}), "x")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "_EFFORT", 2e6)
        echoed = weigh(load_case(written), "x")

    assert echoed.approximate
    assert echoed.probability == pytest.approx(found.probability, abs=0.01)


def test_hundreds_of_attributions_on_linked_claims_are_answered() -> None:
    """Far too interwoven for tables; within the least that a simulation takes."""
    written = mesh(0, attributions=200, sources=30, claims=6)

    with low_limits(256):
        found = weigh(load_case(written), "c0", budget=3_000_000)
        assert found.approximate
        assert found.interval
        assert found.caveats

    assert 0.0 < found.standard_error < 0.2
    assert 0.0 <= found.interval.low <= found.probability <= found.interval.high <= 1.0
    assert "simulated" in " ".join(each.text for each in found.caveats)


def test_thousands_on_fifty_linked_claims_can_be_drawn() -> None:
    """All sources' states held, the largest table had 2^21 entries; now other variables are held."""
    story, place = asked_of(mesh(0, attributions=2000, sources=200, claims=50))
    whole = Structure.of(story, place.question, with_reasons=False).network

    found = blocks.blocks_of(whole)

    assert not whole.is_exact
    assert max(block.plan.operations for block in found) < 50_000


def test_everything_is_read_off_a_simulation_as_off_an_exact_answer() -> None:
    written = MESHES["small"]
    truth = exact("small")[0]
    story, place = asked_of(written)

    with low_limits():
        found = [weigh_story(story, place, seed=seed) for seed in RUNS]
        assert not any(each.evaluation.is_exact for each in found)

    assert {each.prior for each in found} == {truth.prior}
    assert_unbiased([each.deviation for each in found], truth.deviation)
    for number, trust in enumerate(truth.trusts):
        assert_unbiased([each.trusts[number].posterior for each in found], trust.posterior)
    for number, (_, bits) in enumerate(truth.weights):
        assert bits is not None
        assert_unbiased([each.weights[number][1] or 0.0 for each in found], bits)
    for number, (_, table) in enumerate(truth.hidden):
        assert_unbiased([each.hidden[number][1][0] for each in found], table[0])


def test_the_same_seed_gives_the_same_answer() -> None:
    written = MESHES["small"]

    one, other = simulated(written, seed=5)[0], simulated(written, seed=5)[0]

    assert (one.probability, one.standard_error) == (other.probability, other.standard_error)
    assert [each.bits for each in one.statements] == [each.bits for each in other.statements]
    assert [each.bits for each in one.reasons] == [each.bits for each in other.reasons]


def test_reasons_of_a_simulated_answer_are_near_the_exact_ones() -> None:
    written = MESHES["small"]
    truth = {each.source: each.bits for each in weigh(load_case(written), "c0").reasons}

    found = simulated(written)[0]

    assert {each.source for each in found.reasons} == set(truth)
    for each in found.reasons:
        assert each.bits == pytest.approx(truth[each.source], abs=0.8)


def test_a_simulated_answer_says_so() -> None:
    found, caveats = simulated(MESHES["small"])

    (caveat,) = [each for each in caveats if each.kind == "approximate"]
    assert error_in_words(found.standard_error) in caveat.text


def test_an_exact_answer_has_no_such_caveat() -> None:
    found = weigh(load_case(MESHES["small"]), "c0")

    assert not found.approximate
    assert found.standard_error == 0.0
    assert "approximate" not in [each.kind for each in found.caveats]


def test_a_bundle_too_wide_to_sum_is_averaged_over_drawn_states() -> None:
    """What a bundle is worth, by drawing: averages of exact totals, and their derivatives."""
    evaluation = exact("small")[1]
    widest = max(evaluation.structure.bundles, key=lambda bundle: bundle.network.order.entries)
    number = evaluation.structure.bundles.index(widest)
    total = evaluation.totals[number]

    with low_limits(entries=4):
        assert not widest.network.is_exact
        found = [sampling.expected_total(widest.network, total.tables, seed) for seed in RUNS]

    assert len({log for log, _ in found}) > 1
    assert_unbiased([math.exp(log - total.log) for log, _ in found], 1.0)
    for slot, table in enumerate(total.tables):
        for place, entry in enumerate(table):
            assert_unbiased(
                # The derivative of the total itself, of which an average has no bias.
                [entry * flows[slot][place] * math.exp(log - total.log) for log, flows in found],
                entry * total.flows[slot][place],
            )


def test_a_near_certainty_is_not_taken_for_a_certainty() -> None:
    """Twelve sources of .99 are odds of 199^12, past what a probability beside 1 can hold."""
    story, place = asked_of(with_witnesses(mesh(26, claims=1), [0.99] * 12, ["affirms"] * 12))
    truth = weigh_story(story, place)

    with low_limits():
        found = weigh_story(story, place)
        assert not found.evaluation.is_exact

    assert found.probability == 1.0
    assert found.bits is not None
    assert found.bits == pytest.approx(truth.bits, abs=10.0)
    assert found.bits > 12 * math.log2(199) - 10.0


def test_impossible_evidence_is_an_error_in_a_simulation_too() -> None:
    written = with_witnesses(mesh(1), [1.0, 1.0], ["affirms", "denies"])

    with pytest.raises(ImpossibleEvidence) as caught:
        simulated(written)

    assert {"said0", "said1"} <= set(caught.value.statements)


@pytest.mark.parametrize(("tables", "changes"), [(100, 40), (3_000, 20), (100_000, 12)])
def test_of_a_large_case_fewer_changes_are_looked_at(tables: int, changes: int) -> None:
    block: Any = SimpleNamespace(network=SimpleNamespace(scopes=[()] * tables))

    assert reweighing.Kept(block, (), 0, ()).changes == changes


def test_chains_that_do_not_meet_widen_the_error() -> None:
    """Four chains stuck at 0, 0, 1 and 1: mean .5, error sqrt(1/3 / 4) = .289."""
    stuck = [0.0] * 40 + [1.0] * 40

    assert sampling._error_of_mean(stuck, 4) == pytest.approx(math.sqrt(1.0 / 12.0))
    assert sampling._error_of_mean(stuck, 20) < 0.12


@pytest.mark.parametrize(("effort", "sweeps"), [(1.0, 24), (1e12, 2000)])
def test_the_number_of_sweeps_is_bounded(
    effort: float, sweeps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded: list[int] = []
    close = sampling._Record.close

    def counted(record: sampling._Record) -> None:
        recorded.append(len(recorded))
        close(record)

    monkeypatch.setattr(sampling._Record, "close", counted)
    evaluation = exact("small")[1]

    with low_limits(effort=effort):
        sampling.gibbs(evaluation.structure.network, evaluation.tables, 0, 0, with_flows=False)

    assert len(recorded) == sweeps


def test_chains_of_statements_too_wide_for_a_bundle_are_too_entangled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a bundle is worth is drawn from what is believed before: statements cannot be."""
    evaluation = exact("small")[1]
    widest = max(evaluation.structure.bundles, key=lambda bundle: bundle.network.order.entries)
    total = evaluation.totals[evaluation.structure.bundles.index(widest)]
    monkeypatch.setattr(blocks, "LIMIT", 2)

    with low_limits(entries=2), pytest.raises(TooEntangled) as refused:
        sampling.expected_total(widest.network, total.tables, 0)

    # What is named are claims, which a reader can link otherwise.
    assert set(refused.value.questions) <= {"c0", "c1"}


def test_many_who_track_nothing_leave_a_chain_a_place_to_start() -> None:
    """Few states that are drawn without looking would be possible for all of them."""
    story = Graph.of(load_case(mesh(1, attributions=160, sources=60))).story("c0")
    evaluation = evaluate(Structure.of(story, 0, "story"), story)
    whole = evaluation.structure.network
    own = [slot for slot in whole.state_slots if slot is not None]
    tables = list(evaluation.tables)
    for slot in own:
        tables[slot] = [0.0, tables[slot][1]]
    walk = sampling._Walk(blocks.blocks_of(whole), tables)

    starts = [sampling._started(walk, chain, random.Random(0)) for chain in range(4)]

    states = [whole.scopes[slot][0] for slot in own]
    assert len(own) > 20
    assert all(start is not None for start in starts)
    assert {start[state] for start in starts if start for state in states} == {1}


def test_what_is_read_off_later_has_the_budget_that_was_stated() -> None:
    case = load_case(mesh(1))

    assert weigh(case, "c0", budget=123_456_789).answer.budget == 123_456_789
    assert weigh(case, "c0").answer.budget == OPERATIONS + 30 * OPERATIONS_EACH


def test_what_not_even_the_fewest_sweeps_fit_into_is_refused_at_once() -> None:
    case = load_case(mesh(1))

    with low_limits(), pytest.raises(TooCostly, match="for a simulation of the answer"):
        weigh(case, "c0", budget=60_000)
