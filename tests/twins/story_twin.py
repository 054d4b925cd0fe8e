"""The slow twin of a story: the questions around a claim, who speaks on them, what tracks.

Stories and their priors (model 0 and 2.1), the states of sources and their trust (model 2.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.twins.canonical_twin import Canonical, Statement
from tests.twins.numbers_twin import combined
from tests.twins.priors_twin import Joint, joint_of, linked

StateKey = tuple[str, str]
"""A source (or, coupling "none", a statement) and "witness" or "relay"."""


@dataclass(frozen=True)
class Story:
    """The case around one claim: its questions, the statements on them, their priors."""

    case: Canonical
    asked: str
    names: tuple[str, ...]
    statements: tuple[Statement, ...]
    groups: tuple[frozenset[str], ...]
    stated: dict[int, Joint]
    flat: dict[int, Joint]
    stories: dict[str, int]  # question -> story, where one coupling joins several
    coupling: str
    theta: float
    first: dict[int, Joint] = field(default_factory=dict)  # the priors before Jeffrey's rule

    def group(self, question: str) -> int:
        return next(n for n, group in enumerate(self.groups) if question in group)

    def prior(self, question: str) -> tuple[float, ...]:
        size = self.case.questions[question].size
        return self.stated[self.group(question)].marginal(question, size)

    def f(self, question: str) -> tuple[float, ...]:
        size = self.case.questions[question].size
        return self.flat[self.group(question)].marginal(question, size)


# ---------------------------------------------------------------- stories


def kind_of(statement: Statement) -> str:
    return "relay" if statement.cites is not None else "witness"


def joined(groups: list[set[str]], together: Iterable[set[str]]) -> list[set[str]]:
    for names in together:
        touched = [group for group in groups if group & names]
        if len(touched) > 1:
            groups = [group for group in groups if not group & names] + [set().union(*touched)]
    return groups


def story_of(
    case: Canonical,
    claim: str,
    coupling: str = "story",
    theta: float = 1.5,
    only: tuple[Statement, ...] | None = None,
) -> Story:
    """Questions connected by links or by gates of kept attributions; with coupling "source" also
    those that a source's state joins (model 0 and 2.2)."""
    kept = case.statements if only is None else only
    groups = linked(case.questions, case.links, case.places)
    gated = [{s.question, *(case.places[g][0] for g in s.gates)} for s in kept]
    stories = joined([set(g) for g in groups], gated)
    story = {q: n for n, names in enumerate(stories) for q in names}
    if coupling == "source":
        shared = [
            {s.question for s in kept if (s.source, kind_of(s)) == state}
            for state in sorted({(s.source, kind_of(s)) for s in kept})
        ]
        stories = joined(stories, shared)
    mine = next(names for names in stories if case.places[claim][0] in names)
    names = tuple(q for q in case.questions if q in mine)
    inside = tuple(frozenset(g) for g in groups if g & mine)
    args = (case.questions, case.links, case.places)
    return Story(
        case,
        claim,
        names,
        tuple(s for s in kept if s.question in mine),
        inside,
        {n: joint_of(set(g), *args, False) for n, g in enumerate(inside)},
        {n: joint_of(set(g), *args, True) for n, g in enumerate(inside)},
        story,
        coupling,
        theta,
    )


def upstream_first(statements: Iterable[Statement]) -> list[Statement]:
    waiting, done = list(statements), []
    names = {s.id for s in waiting}
    while waiting:
        ready = next(
            s
            for s in waiting
            if not {s.cites, s.same_voice[0] if s.same_voice else None}
            & (names - {d.id for d in done})
        )
        waiting.remove(ready)
        done.append(ready)
    return done


# ---------------------------------------------------------------- states (2.2)


def state_of(statement: Statement, coupling: str) -> StateKey:
    return (statement.id if coupling == "none" else statement.source, kind_of(statement))


def tracking(r: float, beta: float) -> float:
    """Model 2.2."""
    return r / (r + (1 - r) * beta)


def trust(story: Story, statement: Statement) -> float:
    """r of the statement's state: rho*alpha for a witness, pi for a relay (model 2.2)."""
    speaker = story.case.speakers[statement.source]
    if statement.cites is not None:
        return speaker.passing_on[0]
    return speaker.rho[0] * speaker.access[0] if speaker.rho is not None else 0.0


def members_of(story: Story, statements: Iterable[Statement]) -> dict[StateKey, list[Statement]]:
    found: dict[StateKey, list[Statement]] = {}
    for s in statements:
        found.setdefault(state_of(s, story.coupling), []).append(s)
    return found


def beta_of(members: list[Statement]) -> float:
    """With one attribution its own; with several, combined (model 2.2)."""
    return members[0].beta if len(members) == 1 else combined([s.beta for s in members])


def tracks_of(story: Story, statements: Iterable[Statement]) -> dict[StateKey, float]:
    return {
        key: tracking(trust(story, members[0]), beta_of(members))
        for key, members in members_of(story, statements).items()
    }


def given_of(story: Story) -> tuple[tuple[str, int, bool], ...]:
    """Resolved claims of all that is weighed together, the asked one aside (model 3.2)."""
    return tuple(
        (*story.case.places[claim], so)
        for claim, so in sorted(story.case.resolved.items())
        if claim != story.asked and story.case.places[claim][0] in story.names
    )
