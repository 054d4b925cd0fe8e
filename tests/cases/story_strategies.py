"""Stories at random, in canonical form: numbers, no words, and small enough to be tried value by value."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from provenance.graph import Link, Place, Statement, Story, StoryQuestion, Witness
from provenance.scales import Degree
from tests.twins.slow_twin import Twin

__all__ = [
    "LARGEST",
    "LINK_NUMBERS",
    "MEANS",
    "degrees",
    "places",
    "priors",
    "stories",
    "worlds_to_try",
]

LARGEST = 1 << 15
"""The most entries that the twin's joint may have."""

MEANS = (0.05, 0.2, 0.4, 0.5, 0.7, 0.88, 0.95)
STRENGTHS = (math.inf, 4.0, 8.0, 30.0)
LINK_NUMBERS = (0.1, 0.3, 0.5, 0.8, 0.9)


@st.composite
def degrees(draw: st.DrawFn, ends: bool = True) -> Degree:
    """A number in [0, 1], often known only roughly."""
    mean = draw(st.sampled_from((*MEANS, 0.0, 1.0) if ends else MEANS))
    return Degree(mean, draw(st.sampled_from(STRENGTHS)) if 0.0 < mean < 1.0 else math.inf)


@st.composite
def priors(draw: st.DrawFn, size: int) -> tuple[float, ...]:
    parts = [draw(st.integers(1, 9)) for _ in range(size)]
    return tuple(part / sum(parts) for part in parts)


@st.composite
def _questions(draw: st.DrawFn, count: int, signs: set[int]) -> tuple[StoryQuestion, ...]:
    found = []
    for q in range(count):
        if q in signs:
            found.append(StoryQuestion(f"q{q}", (f"q{q}", None), is_sign=True))
            continue
        size = draw(st.sampled_from((2, 2, 2, 3)))
        stated = draw(st.booleans())
        prior = draw(priors(size)) if stated else None
        if size == 2:
            strength = draw(st.sampled_from(STRENGTHS)) if stated else math.inf
            found.append(StoryQuestion(f"q{q}", (f"q{q}", None), prior, strength))
        else:
            last = draw(st.sampled_from((None, f"q{q}c")))
            found.append(StoryQuestion(f"q{q}", (f"q{q}a", f"q{q}b", last), prior))
    return tuple(found)


@st.composite
def _links(
    draw: st.DrawFn, questions: Sequence[StoryQuestion], signs: set[int], hard: bool
) -> tuple[Link, ...]:
    """A sign hangs on an earlier question; other links join any two."""
    found = []
    for q, question in enumerate(questions):
        if q == 0 or (q not in signs and not draw(st.booleans())):
            continue
        other = draw(st.integers(0, q - 1))
        first = Place(other, draw(st.integers(0, questions[other].size - 1)))
        second = Place(q, draw(st.integers(0, question.size - 1)))
        if q in signs:
            so, not_so = draw(st.sampled_from(LINK_NUMBERS)), draw(st.sampled_from(LINK_NUMBERS))
            found.append(Link(first, Place(q, 0), so, 1.0 - so, not_so, 1.0 - not_so))
            continue
        # A strict link can make stated priors incompatible, so it stands only beside unstated ones.
        free = hard and (questions[other].prior is None or question.prior is None) and not found
        weak = 1.0 - draw(st.sampled_from((0.3, 0.8, 1.0) if free else (0.3, 0.8)))
        if draw(st.booleans()):
            found.append(Link(first, second, 1.0, weak, 1.0, 1.0))
        else:
            found.append(Link(first, second, weak, 1.0, 1.0, 1.0))
    return tuple(found)


@st.composite
def _witness(draw: st.DrawFn, index: int) -> Witness:
    unjudged = draw(st.integers(0, 5)) == 0
    return Witness(
        f"s{index}",
        None if unjudged else draw(degrees()),
        draw(st.one_of(st.just(Degree(1.0)), degrees())),
    )


@st.composite
def _statement(
    draw: st.DrawFn,
    questions: Sequence[StoryQuestion],
    witnesses: int,
    earlier: Sequence[Statement],
) -> Statement:
    index = len(earlier)
    witness = draw(st.integers(0, witnesses - 1))
    heard = [i for i, each in enumerate(earlier) if each.witness != witness]
    hears: int = draw(st.integers(0, 2))
    cites = draw(st.sampled_from(heard)) if heard and hears else None
    if cites is None:
        q = draw(st.integers(0, len(questions) - 1))
        value = draw(st.integers(0, questions[q].size - 1))
        affirms = questions[q].size == 2 or draw(st.booleans())
    else:
        cited = earlier[cites]
        q, value, affirms = cited.question, cited.value, cited.affirms
        if draw(st.integers(0, 3)) == 0:
            value, affirms = (1 - value, True) if questions[q].size == 2 else (value, not affirms)
    same = [i for i, each in enumerate(earlier) if each.question == q and i != cites]
    voice = draw(st.sampled_from(same)) if same and draw(st.integers(0, 4)) == 0 else None
    return Statement(
        id=f"u{index}",
        witness=witness,
        question=q,
        value=value,
        affirms=affirms,
        cites=cites,
        in_hand=draw(st.booleans()),
        skill=draw(st.one_of(st.just(Degree(1.0)), degrees(ends=False), degrees())),
        commitment=draw(st.sampled_from((1.0, 1.0, 0.434, 0.2))),
        interest=draw(st.sampled_from((1.0, 1.0, 1.7, 3.0, 1 / 1.7, 20.0))),
        voice=voice,
        voice_probability=0.0 if voice is None else draw(st.sampled_from((0.15, 0.5, 1.0, 0.0))),
    )


def _all_needed(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Put in hand whatever nothing in hand would depend on."""
    needed: set[int | None] = set()
    found = []
    for index in range(len(statements) - 1, -1, -1):
        statement = statements[index]
        if index not in needed:
            statement = attrs.evolve(statement, in_hand=True)
        needed.update((statement.cites, statement.voice))
        found.append(statement)
    return tuple(reversed(found))


def _is_new(statement: Statement, earlier: Sequence[Statement]) -> bool:
    """Canonical form has merged equal statements of one source."""

    def told(each: Statement) -> tuple[object, ...]:
        what = (each.witness, each.question, each.value, each.affirms)
        return (*what, each.cites, each.voice, each.voice_probability)

    return all(told(statement) != told(each) for each in earlier)


def worlds_to_try(story: Story, coupling: str = "story") -> int:
    """How many entries the twin's joint has, the largest of its networks."""
    twin = Twin(story, coupling)
    hands = {i for i, each in enumerate(story.statements) if each.in_hand}
    blank = twin.fitted_potentials
    ks = dict.fromkeys(twin.members, 1.0)
    sizes = [
        twin.network(list(range(len(story.statements))), hands, blank, ks=ks),
        *(
            twin.network(list(range(len(story.statements))), set(relays), blank, tracking=state)
            for state, (_, relays) in twin.bundles.items()
            if relays
        ),
    ]
    return max(math.prod(len(values) for values in network.domains.values()) for network in sizes)


@st.composite
def stories(
    draw: st.DrawFn,
    *,
    most: int = 6,
    coupling: str = "story",
    hard: bool = True,
    resolved: bool = True,
) -> Story:
    """A story in canonical form with at least one statement, small enough for the twin."""
    count = draw(st.sampled_from((1, 1, 2, 2, 3)))
    signs = {q for q in range(1, count) if draw(st.booleans())}
    questions = draw(_questions(count, signs))
    links = draw(_links(questions, signs, hard))
    witnesses = tuple(draw(_witness(w)) for w in range(draw(st.sampled_from((1, 2, 2, 3)))))
    statements: list[Statement] = []
    for _ in range(draw(st.sampled_from([n for n in (1, 2, 3, 4, 4, 5, 5, 6, 6) if n <= most]))):
        statement = draw(_statement(questions, len(witnesses), statements))
        if _is_new(statement, statements):
            statements.append(statement)
    turned_out: tuple[tuple[Place, bool], ...] = ()
    if resolved and draw(st.integers(0, 4)) == 0:
        turned_out = ((draw(places(questions)), draw(st.booleans())),)
    story = Story(questions, links, witnesses, _all_needed(statements), turned_out)
    assume(worlds_to_try(story, coupling) <= LARGEST)
    assume(Twin(story).sweeps < 200)
    return story


@st.composite
def places(draw: st.DrawFn, questions: Sequence[StoryQuestion]) -> Place:
    """A claim of one of the questions."""
    q = draw(st.integers(0, len(questions) - 1))
    claims = [v for v, claim in enumerate(questions[q].values) if claim is not None]
    return Place(q, draw(st.sampled_from(claims)))
