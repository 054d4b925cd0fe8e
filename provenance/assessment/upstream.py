"""Upstream: of whom it is not recorded where they had it from, and who may be repeating whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from provenance.assessment.caveats import strongest_in_words
from provenance.assessment.names import Names
from provenance.graph import Lineage, Origin, Story
from provenance.inference import Answer, Line
from provenance.scales import chance_in_words, listed

__all__ = ["Upstream"]


def _side(origin: Origin) -> str:
    """The side for which an origin speaks; empty where it bears on the claim both ways."""
    if origin.supports == origin.opposes:
        return ""
    return "for" if origin.supports else "against"


@attrs.frozen
class _Part:
    """Those of one side of whom it is not recorded where they had it from."""

    side: str
    origins: Mapping[int, Origin]
    """By their statements; those in lines first."""
    lines: tuple[Line, ...]
    """The lines in which they may be repeating others."""

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.source for each in self.origins.values()))

    def in_lines(self, source_of: Callable[[int], str]) -> list[set[str]]:
        """Which of them may be repeating one another, line by line."""
        return [
            {source_of(voice[0]) for voice in line.voices} & {*self.sources} for line in self.lines
        ]


def _either(whom: Sequence[str]) -> str:
    """Some of whom one is meant, the rest counted."""
    shown = list(whom[:4])
    if len(whom) > 4:
        shown.append(f"{len(whom) - 4} more")
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


@attrs.frozen
class Upstream:
    """Tells what is not known about where those who speak on one claim had it from."""

    answer: Answer
    """What was worked out for the claim."""
    lineage: Lineage
    """Where what is said of it comes from."""
    names: Names
    """What to call those who say it."""
    if_one_voice: float
    """The answer if all who may be repeating others do."""
    if_independent: float
    """The answer if none of them does."""

    @property
    def story(self) -> Story:
        """What is said, and by whom."""
        return self.answer.evaluation.story

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those who may be repeating others about the claim, where that makes a difference."""
        if self.if_one_voice == self.if_independent:
            return ()
        unknown = frozenset(each.statement for each in self.unknown)
        return tuple(line for line in self.answer.lines if not unknown.isdisjoint(line.statements))

    @property
    def unknown(self) -> tuple[Origin, ...]:
        """The judged origins of which it is not recorded where they had it from."""
        origins = self.lineage.origins
        return tuple(each for each in origins if each.is_judged and not each.lineage_known)

    def told(self) -> str:
        """Of whom it is not recorded where they had it from, and who may be repeating whom."""
        parts = self._parts()
        if not parts:
            return ""
        told = [each for each in parts if each.lines]
        rest = [each for each in parts if not each.lines]
        if not told:
            sources = dict.fromkeys(each.source for each in self.unknown)
            return f"It is not recorded where {self._named([*sources])} had it from."
        who = ", nor where ".join(self._who(each, among=len(parts)) for each in told)
        within = "within each side " if len(told) > 1 else ""
        found = [f"It is not recorded where {who}: {within}{self._repeating(told)}."]
        found += (f"Nor where {self._who(each, among=len(parts))}." for each in rest)
        return " ".join(filter(None, (*found, self._span())))

    def _parts(self) -> list[_Part]:
        """Those of whom it is not recorded where they had it from, by the side they speak for.

        Those in a line stand in front, then those who can have it from nobody here.
        """
        lines: dict[str, list[Line]] = {}
        origins: dict[str, dict[int, Origin]] = {}
        unknown = {each.statement: each for each in self.unknown}
        for line in self.lines:
            members = [unknown.pop(index) for index in line.statements if index in unknown]
            # What the same line says is said for the same side.
            side = _side(members[0])
            lines.setdefault(side, []).append(line)
            origins.setdefault(side, {}).update({each.statement: each for each in members})
        for each in unknown.values():
            origins.setdefault(_side(each), {})[each.statement] = each
        return [
            _Part(side, origins[side], tuple(lines.get(side, ())))
            for side in sorted(origins, reverse=True)
        ]

    def _who(self, part: _Part, among: int) -> str:
        """Those of one side, as "A and B, who speak for it, had it from"."""
        who = self._named(part.sources)
        if part.side and (among > 1 or len(self._sides) > 1):
            verb = "speaks" if len(part.sources) == 1 else "speak"
            who += f", who {verb} {part.side} it,"
        return f"{who} had it from"

    def _repeating(self, parts: Sequence[_Part]) -> str:
        """Whom those in lines may be repeating; who spoke after all of them may be repeating them."""
        before: dict[str, None] = {}
        after: dict[str, None] = {}
        for part in parts:
            for line in part.lines:
                for voice in line.voices:
                    source = self._source_of(voice[0])
                    if source not in part.sources:
                        (after if self._is_later(voice, line, part) else before)[source] = None
        inside = [(each, line) for each in parts for line in each.in_lines(self._source_of)]
        mutual = any(len(line) > 1 for _, line in inside)
        whole = all(len(line) == len(each.sources) for each, line in inside)
        they, them = ("they", "them") if whole else ("some", "some of them")
        if len(parts) == len(parts[0].sources) == 1:
            they = them = "that source"
        whom = [*["each other"] * mutual, *(self.names.source(each) for each in before)]
        found = [f"{they} may be repeating {_either(whom)}"] if whom else []
        later = [each for each in after if each not in before]
        if later:
            who = self._named(later)
            found.append(f"{who}, who spoke later, may be repeating {them}")
        return ", and ".join(found)

    def _is_later(self, voice: Sequence[int], line: Line, part: _Part) -> bool:
        """Whether a voice is known to have spoken on a later day than all whom its line tells of."""
        statements = self.story.statements
        own = [statements[index].day for index in voice]
        others = [statements[index].day for index in line.statements if index in part.origins]
        return all(day and other and day.date() > other.date() for day in own for other in others)

    def _source_of(self, index: int) -> str:
        return self.story.witnesses[self.story.statements[index].witness].id

    def _named(self, sources: Sequence[str]) -> str:
        return listed([self.names.source(each) for each in sources], 4)

    @property
    def _sides(self) -> set[str]:
        return {_side(each) for each in self.lineage.origins if each.is_judged}

    def _span(self) -> str:
        """What the answer would be if all who may be repeating others do, and if none does."""
        one, own = chance_in_words(self.if_one_voice), chance_in_words(self.if_independent)
        if one == own:
            return ""
        best = strongest_in_words(self.names, self.story, self.answer.lines)
        return f"As one voice, {best}, they would make it {one}, as strangers {own}."
