"""What one statement contributes to a network: its table, and how it moves with its strength."""

from __future__ import annotations

from typing import Literal

import attrs

from provenance.inference.elimination import Table

__all__ = ["Term"]


@attrs.frozen
class Term:
    """The shape of one statement's table.

    Its axes, in this order and each only where it is not known: the state (tracks, tells its own
    story), what the statement tracks, the phantom it follows otherwise, the statement that may be
    the same voice, and what it says.
    """

    statement: int
    """The statement's index in its story."""
    slot: int
    """The table's slot in the network's plan."""
    state: int
    """The index of its state among the network's states."""
    branch: Literal["folded", "split", "tracks"]
    """Whether the state is summed inside the table, has an axis, or is known to track."""
    bundled: bool
    """Whether its own story is told by its state as a whole, together with other statements."""
    combinations: tuple[tuple[int | None, int | None, int | None], ...]
    """The values of what it tracks, its phantom and its same voice, in the order of the table."""
    said: tuple[int, ...]
    """The values that it may be saying, along its own axis; one when known."""
    value: int
    """The value that it speaks of."""
    negated: bool
    """Whether it is in hand as saying "not this value" of three or more."""

    def table(
        self, tracking: float, strength: float, guess: Table, voice: float, bundle: float
    ) -> tuple[list[float], list[float]]:
        """The table, and its derivative by the strength.

        Args:
            tracking: P(its source tracks); used only where the state is folded into the table.
            strength: the chance that a tracking source passes on what it tracks.
            guess: what a source says otherwise, a distribution over the values.
            voice: the chance of being the very same voice as another statement.
            bundle: what stands for its own story where the state tells that as a whole.
        """
        if self.branch == "folded":
            return self._tracking(tracking * strength, guess, voice)
        rows, slopes = self._tracking(strength, guess, voice)
        if self.branch == "split":
            rows += self._own(guess, voice, bundle)
            slopes += [0.0] * (len(rows) - len(slopes))
        return rows, slopes

    def _tracking(
        self, strength: float, guess: Table, voice: float
    ) -> tuple[list[float], list[float]]:
        free = 1.0 - voice
        hit = free * strength
        miss = free * (1.0 - strength)
        rows: list[float] = []
        slopes: list[float] = []
        for tracked, _, same in self.combinations:
            row = [miss * guess[m] + (hit if m == tracked else 0.0) for m in self.said]
            if same is not None:
                row = [p + voice if m == same else p for m, p in zip(self.said, row, strict=True)]
            slope = [free * ((m == tracked) - guess[m]) for m in self.said]
            rows += self._heard(row, 1.0)
            slopes += self._heard(slope, 0.0)
        return rows, slopes

    def _own(self, guess: Table, voice: float, bundle: float) -> list[float]:
        if self.bundled:
            others = len(self.said) - 1
            row = [bundle / others if self.negated and others else bundle] * len(self.said)
            if self.negated and others:
                row[self.value] = 0.0
            return row * len(self.combinations)
        free = 1.0 - voice
        rows: list[float] = []
        for _, phantom, same in self.combinations:
            rows += self._heard(
                [
                    free * (guess[m] if phantom is None else float(m == phantom))
                    + (voice if m == same else 0.0)
                    for m in self.said
                ],
                1.0,
            )
        return rows

    def _heard(self, row: list[float], whole: float) -> list[float]:
        """What is in hand of a distribution over what it says, which sums to `whole`."""
        if not self.negated:
            return row
        if len(self.said) == 1:
            return [whole - row[0]]
        return [0.0 if m == self.value else p for m, p in zip(self.said, row, strict=True)]
