"""The order of a case decides nothing; equal statements and circles against slow, obvious twins."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from provenance.casefiles import load_case
from provenance.components import circles_among
from provenance.graph import Graph, Statement, Story
from provenance.graph.story import equal_merged, needed
from provenance.records import Case
from tests.cases.small_cases import case_of, kept, origin, relay
from tests.cases.strategies import cases, stories

# ---------------------------------------------------------------- order


def described(story: Story) -> tuple[object, ...]:
    """A story without anything that depends on the order of its statements."""

    def name(index: int | None) -> str | None:
        return None if index is None else story.statements[index].id

    said = {
        (
            each.id,
            story.witnesses[each.witness],
            (each.question, each.value, each.affirms),
            name(each.cites),
            (each.in_hand, each.skill, each.commitment, each.interest),
            (name(each.voice), each.voice_probability),
            (each.merged, each.day, each.gates, each.is_established, each.silence),
        )
        for each in story.statements
    }
    return story.questions, story.links, set(story.witnesses), said, story.resolved


def shuffled(case: Case, seed: int) -> Case:
    attributions = list(case.attributions)
    random.Random(seed).shuffle(attributions)
    return case.evolve(attributions=tuple(attributions))


@given(cases(), st.integers(0, 99), st.sampled_from((None, date(2015, 8, 24))))
def test_the_order_of_attributions_changes_nothing_but_the_order(
    written: dict[str, Any], seed: int, as_of: date | None
) -> None:
    case = load_case(written)

    one, other = Graph.of(case, as_of), Graph.of(shuffled(case, seed), as_of)

    assert [described(story) for story in one.stories] == [described(s) for s in other.stories]
    assert set(one.ignored) == set(other.ignored)
    assert {frozenset(each.members) for each in one.circles} == {
        frozenset(each.members) for each in other.circles
    }
    for claim in case.claims:
        mine, theirs = one.lineage(claim.id), other.lineage(claim.id)
        assert mine.independent_origins == theirs.independent_origins
        assert mine.opposing_origins == theirs.opposing_origins
        assert set(mine.mentions) == set(theirs.mentions)
        assert set(mine.shared) == set(theirs.shared)


@given(cases())
def test_what_is_referred_to_comes_first(written: dict[str, Any]) -> None:
    for story in Graph.of(load_case(written)).stories:
        for index, statement in enumerate(story.statements):
            assert all(each is None or each < index for each in (statement.cites, statement.voice))


def test_statements_stand_in_the_order_of_the_case_where_nothing_speaks_against_it() -> None:
    graph = Graph.of(
        case_of(
            relay("story", "paper", "word"),
            origin("aside", "clerk"),
            origin("word", "pilot"),
            origin("last", "sailor"),
        )
    )

    assert list(kept(graph)) == ["aside", "word", "story", "last"]


@given(cases())
def test_the_canonical_form_is_already_in_canonical_form(written: dict[str, Any]) -> None:
    for story in Graph.of(load_case(written)).stories:
        assert equal_merged(story.statements) == story.statements
        assert needed(story.statements) == tuple(range(len(story.statements)))
        assert story.without(()) == story


@given(cases())
def test_every_witness_of_a_story_says_something_in_it(written: dict[str, Any]) -> None:
    for story in Graph.of(load_case(written)).stories:
        assert {each.witness for each in story.statements} == set(range(len(story.witnesses)))


# ---------------------------------------------------------------- equal statements


def merged_slowly(statements: Sequence[Statement]) -> Sequence[Statement]:
    """Two equal statements at a time, until there are none."""
    for first, one in enumerate(statements):
        for second in range(first + 1, len(statements)):
            other = statements[second]
            same = attrs.evolve(
                one,
                id=other.id,
                in_hand=other.in_hand,
                skill=other.skill,
                commitment=other.commitment,
                interest=other.interest,
                merged=other.merged,
                day=other.day,
                is_established=other.is_established,
            )
            if same != other:
                continue
            better = max(one.skill, other.skill, key=lambda each: (each.mean, each.strength))
            joined = attrs.evolve(
                one,
                id=min(one.id, other.id),
                in_hand=one.in_hand or other.in_hand,
                skill=better,
                commitment=max(one.commitment, other.commitment),
                interest=min(one.interest, other.interest),
                merged=tuple(sorted((*one.merged, *other.merged))),
                day=min((day for day in (one.day, other.day) if day), default=None),
                is_established=one.is_established or other.is_established,
            )

            def moved(index: int | None, gone: int = second, to: int = first) -> int | None:
                if index is None or index < gone:
                    return index
                return to if index == gone else index - 1

            rest = [*statements[:first], joined, *statements[first + 1 : second]]
            rest += statements[second + 1 :]
            return merged_slowly(
                [
                    attrs.evolve(each, cites=moved(each.cites), voice=moved(each.voice))
                    for each in rest
                ]
            )
    return statements


@st.composite
def repetitive(draw: st.DrawFn) -> tuple[Statement, ...]:
    """Statements of few sources about one thing, so that many are equal."""
    model = draw(stories()).statements[0]
    found: list[Statement] = []
    for n in range(draw(st.integers(1, 9))):
        earlier = st.sampled_from((None, *range(n)))
        voice = draw(st.one_of(st.none(), st.none(), earlier))
        found.append(
            attrs.evolve(
                model,
                id=f"u{draw(st.permutations(range(9)))[0]}{n}",
                witness=draw(st.integers(0, 1)),
                cites=draw(earlier),
                in_hand=draw(st.booleans()),
                commitment=draw(st.sampled_from((0.5, 1.0))),
                interest=draw(st.sampled_from((1.0, 2.0))),
                voice=voice,
                voice_probability=0.0 if voice is None else 0.5,
                merged=(f"written {n}",),
                day=draw(st.sampled_from((None, datetime(2015, 8, 21), datetime(2015, 8, 22)))),
                is_established=draw(st.booleans()),
            )
        )
    return tuple(found)


@given(repetitive())
def test_equal_statements_are_merged_as_two_at_a_time_until_stable(
    statements: tuple[Statement, ...],
) -> None:
    assert equal_merged(statements) == tuple(merged_slowly(statements))


# ---------------------------------------------------------------- without some statements


def left_slowly(story: Story, gone: set[int]) -> Sequence[Statement]:
    """What remains of a story, taken apart and put together again one statement at a time."""
    statements = list(story.statements)
    for index, statement in enumerate(statements):
        if statement.cites in gone:
            gone = gone | {index}
    rest = merged_slowly(taken(statements, set(range(len(statements))) - gone))
    while True:
        useful = {each for one in rest for each in (one.cites, one.voice)}
        loose = {n for n, each in enumerate(rest) if not each.in_hand and n not in useful}
        if not loose:
            return rest
        rest = taken(rest, set(range(len(rest))) - loose)


def taken(statements: Sequence[Statement], kept: set[int]) -> list[Statement]:
    number = {old: new for new, old in enumerate(sorted(kept))}
    found = []
    for old in sorted(kept):
        each = statements[old]
        if each.voice not in kept:
            each = attrs.evolve(each, voice=None, voice_probability=0.0)
        cites, voice = (None if i is None else number[i] for i in (each.cites, each.voice))
        found.append(attrs.evolve(each, cites=cites, voice=voice))
    return found


@given(stories(), st.data())
def test_leaving_statements_out_is_taking_the_story_apart_and_together_again(
    story: Story, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.integers(0, len(story.statements) - 1)))

    assert story.without(gone).statements == tuple(left_slowly(story, gone))


def test_statements_that_become_equal_when_a_voice_is_left_out_are_merged() -> None:
    graph = Graph.of(
        case_of(
            origin("voice", "insider"),
            origin("a", "pilot", wording=0.75),
            origin("b", "pilot", same_voice_as={"attribution": "voice", "probability": 0.5}),
            relay("of a", "paper", "a"),
            relay("of b", "paper", "b"),
        )
    )

    rest = graph.stories[0].without([0])

    assert [each.merged for each in rest.statements] == [("a", "b"), ("of a", "of b")]
    assert rest.statements[0].commitment == 1.0


def test_leaving_out_what_is_in_hand_leaves_out_what_was_known_through_it_alone() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word"),
            origin("aside", "clerk"),
        )
    )
    story = graph.stories[0]

    assert [each.id for each in story.without([1]).statements] == ["aside"]


def test_what_relays_a_statement_tells_who_listens() -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot"), relay("a", "paper", "word"), relay("b", "daily", "word"))
    )

    assert graph.stories[0].listeners == ((1, 2), (), ())


# ---------------------------------------------------------------- circles


def reachable(cited: Sequence[Sequence[int]], start: int) -> set[int]:
    """What is reached from somewhere by at least one step."""
    found = set(cited[start])
    while True:
        more = found.union(*(cited[each] for each in found))
        if more == found:
            return found
        found = more


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)
    )
)
def test_circles_are_the_sets_that_reach_each_other(cited: list[list[int]]) -> None:
    reached = [reachable(cited, start) for start in range(len(cited))]

    expected = {
        tuple(sorted(b for b in reached[a] if a in reached[b]))
        for a in range(len(cited))
        if a in reached[a]
    }
    assert circles_among(cited) == tuple(sorted(expected))


def test_a_very_long_chain_and_a_very_long_circle_are_walked_without_recursion() -> None:
    size = 50_000
    chain = [[], *([n] for n in range(size - 1))]
    circle = [[size - 1], *([n] for n in range(size - 1))]

    assert circles_among(chain) == ()
    assert circles_among(circle) == (tuple(range(size)),)


def test_a_long_chain_of_relays_is_brought_to_canonical_form() -> None:
    names = [f"a{n}" for n in range(3_000)]
    chain = [relay(b, f"s{n % 5}", a) for n, (a, b) in enumerate(pairwise(names))]

    graph = Graph.of(case_of(origin("a0", "pilot"), *chain))

    assert len(graph.chains("x")[0].ids) == len(names)
    assert graph.lineage("x").shared == ("pilot", "s0", "s1", "s2", "s3", "s4")
