"""The weights of origins: what is followed through a sum is what weighing again without them says."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case
from provenance.graph import Graph, Story
from provenance.inference import Answer, log_odds, reasons_of, weigh_story
from provenance.inference.discounts import Queue, discounts_of, lines_of
from provenance.inference.elimination import HAS_ARRAYS
from provenance.inference.variations import Variation
from tests.cases.strategies import stories


def crowd(chance: random.Random, voices: int, outlets: int) -> dict[str, Any]:
    """Voices of which some are established, some may be one, and outlets that relay many of them."""
    said: list[dict[str, Any]] = []
    for n in range(voices):
        each: dict[str, Any] = {"id": f"a{n}", "source": f"s{n % max(2, voices - 2)}", "claim": "x"}
        if chance.random() < 0.3:
            each["stance"] = "denies"
        if chance.random() < 0.3:
            each["basis"] = "firsthand"
        if chance.random() < 0.3:
            each["interest"] = chance.choice((0.5, 2.0))
        if n and chance.random() < 0.2:
            each["same_voice_as"] = {"attribution": f"a{chance.randrange(n)}", "probability": 0.6}
        said.append(each)
    for n in range(2 * voices):
        source = f"o{chance.randrange(outlets)}" if chance.random() < 0.8 else f"s{n % voices}"
        relay: dict[str, Any] = {"id": f"r{n}", "source": source}
        relay["cites"] = (
            f"a{chance.randrange(voices)}" if n < 3 or chance.random() < 0.7 else f"r{n - 1}"
        )
        if chance.random() < 0.3:
            relay["interest"] = chance.choice((0.5, 2.0))
        said.append(relay)
    names = dict.fromkeys(each["source"] for each in said)
    return {
        "version": 1,
        "claims": [{"id": "x", "text": "x", "prior": 0.3}],
        "sources": [{"id": name, "reliability": chance.choice("BCDF")} for name in names],
        "attributions": said,
    }


def again_without(answer: Answer, statements: tuple[int, ...]) -> float | None:
    rest = log_odds(answer.evaluation.story.without(statements), answer.place)
    change = None if rest is None else (answer.sums.log_odds - rest) / math.log(2.0)
    return change if change is not None and math.isfinite(change) else None


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(2, 9), st.integers(1, 4))
def test_an_origin_weighs_what_weighing_again_without_it_takes_away(
    chance: random.Random, voices: int, outlets: int
) -> None:
    story = Graph.of(load_case(crowd(chance, voices, outlets))).story("x")
    answer = weigh_story(story, story.places["x"])

    for each in reasons_of(answer):
        expected = again_without(answer, each.statements)
        assert (each.bits is None) == (expected is None)
        if expected is not None:
            assert each.bits == pytest.approx(expected, abs=1e-10)


def test_the_heaviest_origins_weigh_the_same_whether_all_are_asked_for_or_not() -> None:
    story = Graph.of(load_case(crowd(random.Random(1), 60, 3))).story("x")
    first, second = (weigh_story(story, story.places["x"]) for _ in range(2))

    heaviest = reasons_of(first, heaviest=True)
    everybody = reasons_of(first)

    assert everybody == reasons_of(second)
    assert reasons_of(second, heaviest=True) == heaviest
    assert len(heaviest) == 40 < len(everybody)
    assert set(heaviest) < set(everybody)


def certainty(origins: int, outlets: int, reliability: float) -> dict[str, Any]:
    """Origins that come to more than a double holds, each relayed by two outlets, one of them hearsay."""
    said: list[dict[str, Any]] = [
        {"id": f"a{n}", "source": f"s{n}", "claim": "x", "basis": "firsthand", "in_hand": True}
        for n in range(origins)
    ]
    said[-1]["basis"] = "secondhand"
    said += [
        {"id": f"r{n}-{m}", "source": f"o{(n + m) % outlets}", "cites": f"a{n}"}
        for n in range(origins)
        for m in range(2)
    ]
    sources = [{"id": f"s{n}", "reliability": reliability} for n in range(origins)]
    sources += [{"id": f"o{n}", "reliability": "B"} for n in range(outlets)]
    claims = [{"id": "x", "text": "x", "prior": 0.3}, {"id": "y", "text": "y", "prior": 0.5}]
    links = [{"kind": "implies", "claim": "x", "implies": "y", "strength": 0.9}]
    return {
        "version": 1, "claims": claims, "sources": sources, "attributions": said, "links": links,
    }  # fmt: skip


@pytest.mark.parametrize("claim", ["x", "y"])
def test_origins_beyond_what_a_double_holds_are_followed_too(claim: str) -> None:
    # Each of the 23 that are known first hand is worth over 30 bits.
    case = load_case(certainty(24, 2, 1.0 - 1e-11))
    story = Graph.of(case).story(claim)
    answer = weigh_story(story, story.places[claim])
    variation = Variation(answer.evaluation, answer.sums)

    found = {group: variation.without(group) for group in answer.evaluation.structure.groups}

    assert claim == "y" or not answer.sums.can_vary
    for group, rest in found.items():
        expected = log_odds(story.without(group.statements), answer.place)
        assert rest == pytest.approx(expected, abs=1e-9)


def test_most_origins_are_followed_and_not_weighed_again() -> None:
    story = Graph.of(load_case(crowd(random.Random(3), 9, 3))).story("x")
    answer = weigh_story(story, story.places["x"])
    groups = answer.evaluation.structure.groups
    variation = Variation(answer.evaluation, answer.sums)

    followed = [variation.without(group) for group in variation.in_line(groups)]

    assert sum(each is not None for each in followed) > len(groups) // 2


@settings(max_examples=50)
@given(stories(), st.data())
def test_voices_that_go_and_come_back_leave_the_discounts_as_they_were(
    story: Story, data: st.DataObject
) -> None:
    flat = [question.flat for question in story.questions]
    trackings = [0.5] * len(story.statements)
    for line in lines_of(story, flat, trackings):
        queue = Queue(story, line, flat, 1.5)
        found = dict(queue.discounts())
        for _ in range(3):
            gone = data.draw(st.frozensets(st.integers(0, len(line.voices) - 1), max_size=2))
            found.update(queue.discounts(gone))
            kept = [voice for n, voice in enumerate(line.voices) if n not in gone]
            rest = discounts_of(
                story, [type(line)(line.question, line.values, tuple(kept))], flat, 1.5
            )
            assert all(found.get(i, 1.0) == rest[i] for voice in kept for i in voice)
        found.update(queue.discounts())
        assert all(
            found.get(i, 1.0) == discount
            for i, discount in enumerate(discounts_of(story, [line], flat, 1.5))
            if i in line.statements
        )


@pytest.mark.skipif(not HAS_ARRAYS, reason="tables this large need numpy")
def test_a_case_of_160_statements_by_27_outlets_that_quote_each_other_is_exact() -> None:
    chance = random.Random(1)
    said: list[dict[str, Any]] = []
    for n in range(160):
        each: dict[str, Any] = {"id": f"a{n}", "source": f"o{chance.randrange(27)}"}
        if n < 10:
            each |= {"claim": "x", "stance": chance.choice(("affirms", "affirms", "denies"))}
        else:
            each["cites"] = f"a{chance.randrange(n)}"
        said.append(each)
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": 0.3}],
            "sources": [{"id": f"o{n}", "reliability": "BCD"[n % 3]} for n in range(27)],
            "attributions": said,
        }
    )
    story = Graph.of(case).story("x")

    answer = weigh_story(story, story.places["x"])

    assert answer.evaluation.is_exact
    assert answer.evaluation.structure.cost.width > 18.0
    assert math.fsum(answer.questions[0]) == pytest.approx(1.0)
    assert answer.questions[0][0] == pytest.approx(answer.probability, abs=1e-12)
