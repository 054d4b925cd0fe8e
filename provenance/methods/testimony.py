"""A story as chances and rules: who may have tracked what, and what follows from what we have."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from provenance.graph import Link, Place, Statement, Story
from provenance.inference import chances_of
from provenance.methods.worlds import Chance, WorldRule, Worlds

__all__ = ["CLASH", "Reliances", "is_evidence", "literal", "state_of", "worlds_of"]

CLASH = "clash"
"""The statement that a world contradicts itself."""

SUREST = 1.0 - 1e-9
"""The most that one statement may be relied on."""

Said = tuple[int, bool]
"""A value, and whether it is said to be true or false."""


@attrs.frozen
class Reliances:
    """What the other calculi take of a story: who tracks, as a witness or as a relay, and how far
    every statement passes on what is tracked."""

    tracking: tuple[float, ...]
    """For every state, by the number that `state_of` gives, P(it tracks) before anyone is heard."""
    through: tuple[float, ...]
    """For every statement the chance that it comes through where its source tracks, below 1."""

    @classmethod
    def of(cls, story: Story) -> Reliances:
        """The reliances of a story: unrecorded lineage is discounted, gates by their prior chance."""
        chances = chances_of(story)
        tracking = [0.0] * (2 * len(story.witnesses))
        for statement, chance in zip(story.statements, chances.trackings, strict=True):
            tracking[state_of(statement)] = chance
        # Never quite 1, so that a perfect source that contradicts itself can be weighed.
        return cls(tuple(tracking), tuple(min(each, SUREST) for each in chances.strengths))


def state_of(statement: Statement) -> int:
    """The number of a statement's state: its source as a witness, or the same source as a relay."""
    return 2 * statement.witness + (statement.cites is not None)


def literal(variable: str, size: int, value: int, so: bool) -> str:
    """The name of a variable having a value, or not; of two values, not one is the other."""
    if size == 2 and not so:
        value, so = 1 - value, True
    return f"{variable} = {value}" if so else f"{variable} = not {value}"


def worlds_of(
    story: Story, place: Place, potentials: Sequence[Sequence[float] | None] = ()
) -> Worlds:
    """The possible worlds of a story, with names for the value asked about and for `CLASH`.

    Linear in the statements, the links and the values that they speak of.

    Args:
        potentials: for every question what to hold beforehand, in proportion, over its values;
            `None` for one whose links say it.  Without them nothing is held of any question.
    """
    sizes = [question.size for question in story.questions]
    mentioned: list[set[int]] = [set() for _ in sizes]
    denied: list[set[int]] = [set() for _ in sizes]

    def so(where: Place, held: bool = True) -> str:
        mentioned[where.question].add(where.value)
        if not held:
            denied[where.question].add(where.value)
        return literal(f"so {where.question}", sizes[where.question], where.value, held)

    # Rules that lead nowhere give a name to what may turn out to have no support at all.
    names = (CLASH, so(place), so(place, False))
    rules = [WorldRule(name, (name,)) for name in names]
    reliances = Reliances.of(story)
    chances = [
        Chance.of(_tracking_name(state), probability)
        for state, probability in enumerate(reliances.tracking)
    ]
    for index, sayings in enumerate(_sayings(story)):
        chances += _chances_of(story, index, reliances.through[index])
        rules += _rules_of(story, index, sayings, so)
    for number, link in enumerate(story.links):
        chance, follow = _of_link(link, number, so)
        chances.append(chance)
        rules += follow
    rules += [WorldRule(so(where, held)) for where, held in story.resolved]
    for question, potential in enumerate(potentials):
        if potential is not None:
            chance, follow = _of_prior(question, potential, sorted(mentioned[question]), so)
            chances.append(chance)
            rules += follow
    for question, values in enumerate(mentioned):
        # The value asked about comes first, so that what is found out about the others is shared.
        ordered = sorted(values, key=lambda value: (Place(question, value) != place, value))
        rules += _of_variable(f"so {question}", sizes[question], ordered, denied[question])
    return Worlds(tuple(chances), tuple(rules))


def _sayings(story: Story) -> list[list[Said]]:
    """For every statement, what it may be found to say: by itself if in hand, and from others."""
    found: list[dict[Said, None]] = [{} for _ in story.statements]
    # What is cited, or may be the same voice, comes first, so that one pass backwards will do.
    for index in range(len(story.statements) - 1, -1, -1):
        statement = story.statements[index]
        if statement.in_hand:
            found[index][statement.value, statement.affirms] = None
        for other in (statement.cites, statement.voice):
            if other is not None:
                found[other].update(dict.fromkeys(_passed(statement, found[index])))
    return [list(sayings) for sayings in found]


def _passed(statement: Statement, sayings: Iterable[Said]) -> list[Said]:
    """What it passes on: where it is in hand as saying one value, nothing else matters."""
    if statement.in_hand and statement.affirms:
        return [(statement.value, True)]
    return list(sayings)


def _tracking_name(state: int) -> str:
    return f"state {state} tracks"


def _through_name(index: int) -> str:
    return f"statement {index} comes through"


def _voice_name(index: int) -> str:
    return f"statement {index} is the same voice"


def _chances_of(story: Story, index: int, through: float) -> Iterator[Chance]:
    statement = story.statements[index]
    yield Chance.of(_through_name(index), through)
    if statement.voice is not None:
        yield Chance.of(_voice_name(index), statement.voice_probability)


def _rules_of(
    story: Story, index: int, sayings: Sequence[Said], so: Callable[[Place, bool], str]
) -> Iterator[WorldRule]:
    """What we have is so said; what is said leads on to what is cited, or to what is so."""
    statement = story.statements[index]
    size = story.questions[statement.question].size

    def says(number: int, saying: Said) -> str:
        return literal(f"said {number}", size, *saying)

    worked = (_tracking_name(state_of(statement)), _through_name(index))
    same = () if statement.voice is None else (_voice_name(index),)
    if statement.in_hand:
        yield WorldRule(says(index, (statement.value, statement.affirms)))
    for saying in _passed(statement, sayings):
        heard = says(index, saying)
        if statement.cites is not None:
            found = says(statement.cites, saying)
        else:
            found = so(Place(statement.question, saying[0]), saying[1])
        yield WorldRule(found, (*worked, heard), unless=same)
        if statement.voice is not None:
            yield WorldRule(says(statement.voice, saying), (*same, heard))
    values = sorted({value for value, _ in sayings})
    if len(sayings) > 1:
        denied = {value for value, held in sayings if not held}
        yield from _of_variable(f"said {index}", size, values, denied)


def _of_link(
    link: Link, number: int, so: Callable[[Place, bool], str]
) -> tuple[Chance, list[WorldRule]]:
    """A link as a chance of working, and what follows where it does.

    An evidence link works with the difference of its two numbers: the sign then goes with the
    claim.  Otherwise it is there, or not there, whatever is so of the claim.
    """
    works = f"link {number} works"
    first, second = link.first, link.second
    if not is_evidence(link):
        exclusion = link.both < link.only_first
        strength = 1.0 - (link.both if exclusion else link.only_first)
        rules = [
            WorldRule(so(second, not exclusion), (works, so(first, True))),
            WorldRule(so(first, False), (works, so(second, exclusion))),
        ]
        return Chance.of(works, strength), rules
    likelier = link.both >= link.only_second
    always, never = f"link {number} always", f"link {number} never"
    least = min(link.both, link.only_second)
    most = max(link.both, link.only_second)
    rules = [WorldRule(so(second, True), (always,)), WorldRule(so(second, False), (never,))]
    for held in (True, False):
        rules.append(WorldRule(so(second, held == likelier), (works, so(first, held))))
        rules.append(WorldRule(so(first, held == likelier), (works, so(second, held))))
    return Chance(((works, most - least), (always, least), (never, 1.0 - most))), rules


def _of_prior(
    question: int,
    potential: Sequence[float],
    values: Sequence[int],
    so: Callable[[Place, bool], str],
) -> tuple[Chance, list[WorldRule]]:
    """A prior as one more source, who says which value is true, among those ever spoken of.

    All others together are one value, which may get a number beyond those of the question.
    """
    total = math.fsum(potential)
    size = len(potential)
    shares = {value: potential[value] / total for value in values}
    if len(values) < size:
        rest = 1 - values[0] if size == 2 else size
        shares[rest] = max(0.0, 1.0 - math.fsum(shares.values()))
    names = {value: f"prior of {question} is {value}" for value in shares}
    rules = [WorldRule(so(Place(question, value), True), (name,)) for value, name in names.items()]
    return Chance(tuple((names[value], share) for value, share in shares.items())), rules


def is_evidence(link: Link) -> bool:
    """Whether a link gives the probability of a sign: then each of its rows sums to 1."""
    return abs(link.only_second + link.neither - 1.0) < 1e-9


def _of_variable(
    name: str, size: int, values: Sequence[int], denied: set[int]
) -> Iterator[WorldRule]:
    """A variable has exactly one value.

    What comes before and after each value is gathered step by step, so that this takes as many
    rules as there are values and not their square.

    Args:
        values: the values ever spoken of, in order.
        denied: those of which it matters that they are not so.
    """
    yes = [literal(name, size, value, True) for value in values]
    no = [literal(name, size, value, False) for value in values]
    if size == 2:
        yield WorldRule(CLASH, (yes[0], no[0]))
        return
    last = len(values) - 1
    for step, value in enumerate(values):
        before, after = f"{name}: one before {step}", f"{name}: one after {step}"
        yield WorldRule(f"{name}: one before {step + 1}", (yes[step],))
        yield WorldRule(f"{name}: one before {step + 1}", (before,))
        yield WorldRule(f"{name}: one after {last - step - 1}", (yes[last - step],))
        yield WorldRule(
            f"{name}: one after {last - step - 1}", (f"{name}: one after {last - step}",)
        )
        yield WorldRule(CLASH, (yes[step], after))
        if value in denied:
            yield WorldRule(CLASH, (yes[step], no[step]))
            yield WorldRule(no[step], (before,))
            yield WorldRule(no[step], (after,))
    if len(denied) >= size - 1 and len(values) == size:
        yield from _last_one_left(name, yes, no)


def _last_one_left(name: str, yes: Sequence[str], no: Sequence[str]) -> Iterator[WorldRule]:
    """A value is true when all others are false."""
    last = len(yes) - 1
    yield WorldRule(f"{name}: none before 0")
    yield WorldRule(f"{name}: none after {last}")
    for step in range(last):
        yield WorldRule(
            f"{name}: none before {step + 1}", (f"{name}: none before {step}", no[step])
        )
        back = last - step
        yield WorldRule(f"{name}: none after {back - 1}", (f"{name}: none after {back}", no[back]))
    for step, held in enumerate(yes):
        yield WorldRule(held, (f"{name}: none before {step}", f"{name}: none after {step}"))
