"""Possible-worlds support of a story against its slow twin, and against Dempster's rule."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ImpossibleEvidence
from provenance.graph import Link, Place, Statement, Story, StoryQuestion, Witness
from provenance.inference.priors import priors_of
from provenance.methods import Masses, combine
from provenance.methods.routes import leanings_of
from provenance.methods.support import Possibilities, Support, possibilities_of, support_of
from provenance.methods.testimony import CLASH, Reliances, literal, state_of, worlds_of
from provenance.scales import Degree

quarters = st.integers(0, 3).map(lambda quarter: quarter / 4)


def plain(name: str, prior: float | None = None, is_sign: bool = False) -> StoryQuestion:
    stated = None if prior is None else (prior, 1 - prior)
    return StoryQuestion(name, (name, None), stated, is_sign=is_sign)


def witness(name: str, reliability: float) -> Witness:
    return Witness(name, Degree(reliability), Degree(1.0))


def statement(name: str, who: int, **others: object) -> Statement:
    fields = {
        "question": 0,
        "value": 0,
        "affirms": True,
        "cites": None,
        "in_hand": True,
        "skill": Degree(1.0),
        "commitment": 1.0,
        "interest": 1.0,
    }
    return Statement(name, who, **(fields | others))  # type: ignore[arg-type]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """One to three questions, linked as a tree, and a handful of statements about them."""
    questions = [StoryQuestion("q0", ("a", "b", "c"))] if draw(st.booleans()) else [plain("q0")]
    links = []
    for number in range(1, draw(st.integers(1, 3))):
        first = Place(draw(st.integers(0, number - 1)), 0)
        kind = draw(st.sampled_from(["evidence", "implies", "contradicts"]))
        questions.append(plain(f"q{number}", is_sign=kind == "evidence"))
        strength, other = draw(quarters), draw(quarters)
        tables = {
            "evidence": (strength, 1 - strength, other, 1 - other),
            "implies": (1.0, 1 - strength, 1.0, 1.0),
            "contradicts": (1 - strength, 1.0, 1.0, 1.0),
        }
        links.append(Link(first, Place(number, 0), *tables[kind]))
    statements: list[Statement] = []
    for number in range(draw(st.integers(0, 4))):
        cites = draw(st.sampled_from([None, *range(number)]))
        question = draw(st.integers(0, len(questions) - 1))
        if cites is not None:
            question = statements[cites].question
        size = questions[question].size
        voices = [i for i in range(number) if statements[i].question == question]
        voice = draw(st.sampled_from([None, *voices]))
        statements.append(
            statement(
                f"s{number}",
                draw(st.integers(0, 2)),
                question=question,
                value=draw(st.integers(0, size - 1)),
                affirms=size == 2 or draw(st.booleans()),
                cites=cites,
                in_hand=draw(st.booleans()),
                skill=Degree(draw(st.sampled_from([0.5, 0.75]))),
                voice=voice,
                voice_probability=0.0 if voice is None else 0.5,
            )
        )
    witnesses = tuple(witness(f"w{i}", draw(quarters)) for i in range(3))
    story = Story(tuple(questions), tuple(links), witnesses, tuple(statements))
    return story.without(())


def counted(story: Story, place: Place, with_priors: bool) -> tuple[float, float] | None:
    """The slow twin: every world of chances by itself, and in it every way things could be.

    A claim is implied by a world when it is so in all the ways things could be that fit the world.
    """
    parts: list[tuple[str, list[tuple[object, float]]]] = []
    reliances = Reliances.of(story)
    for probability in reliances.tracking:
        parts.append(("tracks", [(True, probability), (False, 1 - probability)]))
    for each, through in zip(story.statements, reliances.through, strict=True):
        parts.append(("through", [(True, through), (False, 1 - through)]))
        tau = each.voice_probability
        parts.append(("voice", [(True, tau), (False, 1 - tau)]))
    for link in story.links:
        if link.only_second + link.neither == 1:
            cuts = sorted({0.0, link.both, link.only_second, 1.0})
            middles = [((a + b) / 2, b - a) for a, b in itertools.pairwise(cuts)]
            parts.append(("link", list(middles)))
        else:
            gap = 1 - min(link.both, link.only_first)
            parts.append(("link", [(True, gap), (False, 1 - gap)]))
    implied = denied = total = 0.0
    potentials = priors_of(story).potentials
    sizes = [question.size for question in story.questions]
    for world in itertools.product(*(ways for _, ways in parts)):
        mass = math.prod(probability for _, probability in world)
        if mass == 0.0:
            continue
        outcomes = iter([outcome for outcome, _ in world])
        tracking = [next(outcomes) for _ in reliances.tracking]
        working = [(next(outcomes), next(outcomes)) for _ in story.statements]
        linked = [next(outcomes) for _ in story.links]
        fitting = [
            so
            for so in itertools.product(*(range(size) for size in sizes))
            if all(fits(link, how, so) for link, how in zip(story.links, linked, strict=True))
            and could_be_said(story, so, tracking, working)
        ]
        held = [so[place.question] == place.value for so in fitting]
        if with_priors:
            for so, is_so in zip(fitting, held, strict=True):
                weight = mass * math.prod(
                    potential[value] / sum(potential)
                    for potential, value in zip(potentials, so, strict=True)
                    if potential is not None
                )
                total += weight
                implied += weight * is_so
                denied += weight * (not is_so)
        elif fitting:
            total += mass
            implied += mass * all(held)
            denied += mass * (not any(held))
    return (implied / total, 1 - denied / total) if total else None


def fits(link: Link, how: object, so: tuple[int, ...]) -> bool:
    first, second = (so[end.question] == end.value for end in (link.first, link.second))
    if isinstance(how, bool):
        broken = (first and second) if link.both < link.only_first else (first and not second)
        return not (how and broken)
    assert isinstance(how, float)
    return second == (how < (link.both if first else link.only_second))


def could_be_said(
    story: Story, so: tuple[int, ...], tracking: list[object], working: list[tuple[object, object]]
) -> bool:
    sizes = [story.questions[each.question].size for each in story.statements]
    for said in itertools.product(*(range(size) for size in sizes)):
        for index, each in enumerate(story.statements):
            through, same = working[index]
            if each.in_hand and (said[index] == each.value) != each.affirms:
                break
            if each.voice is not None and same:
                if said[index] != said[each.voice]:
                    break
            elif tracking[state_of(each)] and through:
                tracked = so[each.question] if each.cites is None else said[each.cites]
                if said[index] != tracked:
                    break
        else:
            return True
    return False


@settings(max_examples=50, deadline=None)
@given(stories(), st.data())
def test_support_is_that_of_counting_every_world(story: Story, data: st.DataObject) -> None:
    question = data.draw(st.integers(0, len(story.questions) - 1))
    place = Place(question, data.draw(st.integers(0, story.questions[question].size - 1)))
    bare, full = counted(story, place, False), counted(story, place, True)

    if bare is None or full is None:
        with pytest.raises(ImpossibleEvidence):
            support_of(story, place)
    else:
        found = support_of(story, place)
        assert (found.belief, found.plausibility) == pytest.approx(bare, abs=1e-9)
        assert found.probability == pytest.approx(full[0], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(stories(), st.data())
def test_diagrams_say_what_elimination_says(story: Story, data: st.DataObject) -> None:
    question = data.draw(st.integers(0, len(story.questions) - 1))
    size = story.questions[question].size
    place = Place(question, data.draw(st.integers(0, size - 1)))
    ends = [literal(f"so {question}", size, place.value, held) for held in (True, False)]
    potentials = data.draw(st.sampled_from([(), priors_of(story).potentials]))

    possible = possibilities_of(story, place, potentials)

    assert possible is not None
    worlds = worlds_of(story, place, potentials)
    if possible.consistent <= 1e-12:
        with pytest.raises(ImpossibleEvidence):
            worlds.likelihoods(ends, {CLASH: False})
    else:
        found = worlds.likelihoods(ends, {CLASH: False})
        assert found.evidence == pytest.approx(possible.consistent, abs=1e-9)
        share = possible.only / possible.consistent, 1 - possible.among / possible.consistent
        assert found.probabilities == pytest.approx(share, abs=1e-9)


@given(st.lists(st.tuples(quarters, st.booleans()), min_size=1, max_size=5))
def test_independent_testimony_is_combined_by_dempsters_rule(
    voices: list[tuple[float, bool]],
) -> None:
    story = Story(
        (plain("claim", 0.3),),
        witnesses=tuple(witness(f"w{i}", trust) for i, (trust, _) in enumerate(voices)),
        statements=tuple(
            statement(f"s{i}", i, value=0 if affirms else 1, is_established=True)
            for i, (_, affirms) in enumerate(voices)
        ),
    )
    bodies = [
        Masses.of({"yes" if affirms else "no": trust, ("yes", "no"): 1 - trust})
        for trust, affirms in voices
    ]

    found, joint = support_of(story, Place(0, 0)), combine(bodies)
    prior = Masses.of({"yes": 0.3, "no": 0.7})

    assert found.belief == pytest.approx(joint.masses.belief("yes"))
    assert found.plausibility == pytest.approx(joint.masses.plausibility("yes"))
    assert found.conflict == pytest.approx(joint.conflict)
    assert found.probability == pytest.approx(combine([*bodies, prior]).masses.belief("yes"))


def echoed(outlets: int) -> Story:
    """One rumour, heard through several outlets."""
    return Story(
        (plain("claim", 0.1),),
        witnesses=(
            witness("rumour", 0.5),
            *(
                Witness(f"o{i}", Degree(0.75), Degree(1.0), passing_on=Degree(0.75))
                for i in range(outlets)
            ),
        ),
        statements=(
            statement("rumour", 0, in_hand=False),
            *(statement(f"relay {i}", i + 1, cites=0) for i in range(outlets)),
        ),
    )


def test_an_echo_never_counts_for_more_than_hearing_its_origin() -> None:
    beliefs = [support_of(echoed(outlets), Place(0, 0)).belief for outlets in (1, 2, 5, 10, 50)]

    assert beliefs == sorted(beliefs)
    assert beliefs[0] == pytest.approx(0.375)
    assert beliefs[-1] <= 0.5 + 1e-9


def test_a_large_echo_chamber_is_read_exactly() -> None:
    found = support_of(echoed(2_000), Place(0, 0))

    assert found.is_exact
    assert found.belief == pytest.approx(0.5)


def test_what_outgrows_its_limit_is_drawn_with_an_error() -> None:
    exact = support_of(echoed(20), Place(0, 0))

    sampled = support_of(echoed(20), Place(0, 0), limit=10)

    assert not sampled.is_exact
    assert sampled.belief == pytest.approx(exact.belief, abs=6 * sampled.standard_error)
    assert "give or take" in str(sampled)


def test_one_of_three_that_exclude_each_other_rules_out_the_rest() -> None:
    # The links run in a circle; .5 of the worlds imply the first claim, and so deny the second.
    excludes = tuple(
        Link(Place(one, 0), Place(other, 0), 0.0, 1.0, 1.0, 1.0)
        for one, other in itertools.combinations(range(3), 2)
    )
    story = Story(
        (plain("x"), plain("y"), plain("z")),
        excludes,
        (witness("w", 0.5),),
        (statement("heard", 0),),
    )

    assert support_of(story, Place(0, 0)).belief == pytest.approx(0.5)
    assert support_of(story, Place(1, 0)).plausibility == pytest.approx(0.5)


def test_many_answers_are_read_by_diagrams_and_sampled_beyond_their_room() -> None:
    # Five answers, each affirmed once by one who tracks with .5: a world holds together when at
    # most one of them does, which are 1 + 5 of 32 equal ones.
    size = 6
    story = Story(
        (StoryQuestion("q", tuple(map(str, range(size)))),),
        witnesses=tuple(witness(str(i), 0.5) for i in range(5)),
        statements=tuple(statement(str(i), i, value=i) for i in range(5)),
    )

    exact, sampled = (support_of(story, Place(0, 0), room=room) for room in (1 << 17, 1))

    assert exact.conflict == pytest.approx(26 / 32)
    assert exact.belief == pytest.approx(1 / 6)
    assert not sampled.is_exact
    assert sampled.belief == pytest.approx(exact.belief, abs=6 * sampled.standard_error)


def test_a_question_that_no_link_reaches_still_has_to_hold_together() -> None:
    # The same source speaks of both: where it tracks, the second question is contradicted.
    story = Story(
        (plain("x"), plain("y")),
        witnesses=(witness("w", 0.5),),
        statements=(statement("x", 0), statement("y", 0, question=1)),
        resolved=((Place(1, 0), False),),
    )

    found = support_of(story, Place(0, 0))

    assert found.conflict == pytest.approx(0.5)
    assert found.belief == pytest.approx(0.0, abs=1e-8)


def test_with_nothing_in_evidence_nothing_is_implied_and_everything_allowed() -> None:
    story = Story((plain("claim", 0.3),))

    assert support_of(story, Place(0, 0)) == Support(0.0, 1.0, pytest.approx(0.3), 0.0)


def test_a_perfect_source_that_contradicts_itself_is_weighed() -> None:
    story = Story(
        (plain("claim"),),
        witnesses=(witness("oracle", 1.0),),
        statements=(statement("yes", 0), statement("no", 0, value=1)),
    )

    assert support_of(story, Place(0, 0)).probability == pytest.approx(0.5)


def test_a_question_resolved_both_ways_is_impossible() -> None:
    story = Story(
        (plain("x"), plain("y")),
        resolved=((Place(1, 0), True), (Place(1, 0), False)),
    )

    with pytest.raises(ImpossibleEvidence):
        support_of(story, Place(0, 0))


def excluding(count: int) -> Story:
    """Claims that exclude each other, the first two found to be true, and one statement."""
    return Story(
        tuple(plain(f"q{i}") for i in range(count)),
        tuple(
            Link(Place(one, 0), Place(other, 0), 0.0, 1.0, 1.0, 1.0)
            for one, other in itertools.combinations(range(count), 2)
        ),
        (witness("w", 0.5),),
        (statement("heard", 0, question=count - 1),),
        ((Place(0, 0), True), (Place(1, 0), True)),
    )


@pytest.mark.parametrize(("count", "limit"), [(3, 1 << 18), (4, 1 << 18)])
def test_certainties_that_contradict_each_other_name_the_statements(count: int, limit: int) -> None:
    with pytest.raises(ImpossibleEvidence, match="'heard'"):
        support_of(excluding(count), Place(count - 1, 0), limit=limit)


@pytest.mark.parametrize("limit", [1 << 18, 1])
def test_a_certainty_that_cannot_be_is_found_even_by_drawing(limit: int) -> None:
    implied = Link(Place(0, 0), Place(1, 0), 1.0, 0.0, 1.0, 1.0)
    story = Story(
        (plain("x"), plain("y"), plain("z")),
        (implied, Link(Place(1, 0), Place(2, 0), 1.0, 0.0, 1.0, 1.0)),
        (witness("w", 0.5),),
        (statement("heard", 0, question=2),),
        ((Place(0, 0), True), (Place(1, 0), False)),
    )

    assert possibilities_of(story, Place(2, 0), limit=limit) == Possibilities(0.0, 0.0, 0.0)
    with pytest.raises(ImpossibleEvidence, match="'heard'"):
        support_of(story, Place(2, 0), limit=limit)


def test_voices_too_entangled_for_any_table_are_sampled() -> None:
    draw = random.Random(1)
    statements = []
    for i in range(150):
        cites, voice = (draw.randrange(i) if i > 3 else None for _ in range(2))
        other = {"voice": voice, "voice_probability": 0.0 if voice is None else 0.5}
        statements.append(statement(f"s{i}", i % 9, cites=cites, in_hand=i > 100, **other))
    story = Story(
        (plain("x", 0.5),), (), tuple(witness(f"w{i}", 0.5) for i in range(9)), tuple(statements)
    )

    found = support_of(story, Place(0, 0), room=1_000)

    assert not found.is_exact
    assert 0.0 < found.belief < found.plausibility == 1.0


def test_a_question_with_very_many_answers_takes_rules_in_proportion() -> None:
    size = 40
    story = Story(
        (StoryQuestion("q", tuple(map(str, range(size)))),),
        witnesses=tuple(witness(str(i), 0.5) for i in range(size)),
        statements=tuple(statement(str(i), i, value=i) for i in range(size)),
    )

    found = support_of(story, Place(0, 0))

    assert 0.0 <= found.belief <= found.plausibility <= 1.0


def test_a_sign_leans_by_the_share_of_cases_that_its_link_explains() -> None:
    # t = .6 and f = .2: of the .6 with a sign under the claim, .4 are owed to the claim.
    story = Story(
        (plain("claim", 0.1), plain("sign", is_sign=True)),
        (Link(Place(0, 0), Place(1, 0), 0.6, 0.4, 0.2, 0.8),),
    )

    leaning = leanings_of(story, Place(0, 0))[Place(1, 0)]

    assert leaning.if_so == pytest.approx(0.4 / 0.6)
    assert leaning.if_not == pytest.approx(-0.4 / 0.8)


@pytest.mark.parametrize("evidence", [(0.6, 0.2), (0.2, 0.6), (0.3, 0.0), (1.0, 0.5)])
def test_leanings_are_the_support_that_a_certain_sign_gives(evidence: tuple[float, float]) -> None:
    true, false = evidence
    link = Link(Place(0, 0), Place(1, 0), true, 1 - true, false, 1 - false)
    questions = (plain("claim", 0.1), plain("sign", is_sign=True))
    story = Story(questions, (link,))
    leaning = leanings_of(story, Place(0, 0))[Place(1, 0)]

    for held in (True, False):
        known = Story(questions, (link,), resolved=((Place(1, 0), held),))
        found = support_of(known, Place(0, 0))
        expected = leaning.of(held)
        assert found.belief == pytest.approx(max(0.0, expected))
        assert found.plausibility == pytest.approx(1 + min(0.0, expected))
