"""What attributions say, read off their records: which claims, and whether they deny them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from provenance.graph.drafts import NO_COMMITMENT_BELOW
from provenance.records import Attribution, Case
from provenance.scales import commits, credence

__all__ = ["Sayings", "commitment_of"]


def commitment_of(wording: float | str | None, size: int) -> float:
    """k w - 1 for words about a question of k values, 0 where they commit to nothing.

    Below 0 they turn what is said: who calls it improbable denies it.

    >>> commitment_of("may", 2), commitment_of(None, 2), commitment_of(0.25, 2)
    (0.0, 1.0, -0.5)
    """
    if isinstance(wording, str):
        wording = credence(wording) if commits(wording) else 1.0 / size
    excess = size * (1.0 if wording is None else wording) - 1.0
    return 0.0 if abs(excess) < NO_COMMITMENT_BELOW else excess


@attrs.frozen
class Sayings:
    """What every attribution of a case says, by its own claim or through what it cites."""

    case: Case
    """The case."""

    @cached_property
    def by_name(self) -> Mapping[str, Attribution]:
        """The attribution behind every name that can be cited."""
        return {name: each for each in self.case.attributions for name in each.names}

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For every claim how many values its question has."""
        found = {claim.id: 2 for claim in self.case.claims}
        for question in self.case.questions:
            found.update(dict.fromkeys(question.claims, question.size))
        return found

    def of(self, attribution: Attribution) -> tuple[tuple[str, bool], ...]:
        """(claim, denies) of everything that an attribution says, each once.

        A circle of citations is followed until it comes back to where it has been.
        """
        found: set[tuple[str, bool]] = set()
        for size in sorted(set(self.sizes.values())):
            found |= self._about(attribution, size)
        return tuple(sorted(found))

    def _about(self, attribution: Attribution, size: int) -> set[tuple[str, bool]]:
        """What it says about questions of one size, which decides whether words turn it."""
        found: set[tuple[str, bool]] = set()
        seen: set[tuple[str, bool]] = set()
        waiting = [(attribution.id, False)]
        while waiting:
            name, turned = waiting.pop()
            if (name, turned) in seen:
                continue
            seen.add((name, turned))
            each = self.by_name[name]
            denies = turned ^ each.denies ^ (commitment_of(each.wording, size) < 0.0)
            found |= {
                (claim, denies)
                for claim in each.claims
                if self.sizes[claim] == size and name in (each.id, f"{each.id}/{claim}")
            }
            waiting += [(cited, denies) for cited in each.cited]
        return found
