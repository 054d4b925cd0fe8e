"""Is `weigh` calibrated where the world is as it takes it to be?

Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): what is so, who tracks it and
who says what are drawn as the model has it (model 2), without interests; what comes out is written
as a case, and weighed. Of crowds of unrecorded lineage, each further voice is a new one with chance
theta / (theta + n), and else says what one of the n before it said. A claim that is given p should
then be true in a share p of the worlds. Prints the diagram as SVG, and the figures to stderr.

    python benchmarks/calibration_of_weigh.py [worlds] > calibration.svg
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Sequence
from typing import Any

import attrs

from provenance import load_case, weigh
from provenance.learning.calibration import Bin, reliability_diagram
from provenance.scales import THETA

IF_TRUE, IF_FALSE = 0.8, 0.3
BANDS = 10
Written = dict[str, Any]


@attrs.frozen
class World:
    """A case, and whether its claim was so."""

    case: Written
    truth: bool


def crowd(chance: random.Random) -> World:
    """One to six voices on one claim, of which nobody recorded who has it from whom."""
    prior = chance.choice((0.1, 0.3, 0.5))
    x = chance.random() < prior
    voices = [
        (chance.choice((0.25, 0.5, 0.75, 0.9)), chance.choice((0.6, 0.8, 1.0)))
        for _ in range(chance.randint(1, 6))
    ]
    # Whom they have it from is whoever reaches us most strongly.
    voices.sort(key=lambda voice: -voice[0] * voice[1])
    said: list[bool] = []
    for rho, skill in voices:
        n = len(said)
        if chance.random() < n / (THETA + n):
            said.append(chance.choice(said))
        else:
            said.append(_said(chance, x, rho, skill))
    return World(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "that x", "prior": prior}],
            "sources": [{"id": f"s{n}", "reliability": rho} for n, (rho, _) in enumerate(voices)],
            "attributions": [
                _origin(f"a{n}", f"s{n}", "x", says) | {"competence": voices[n][1]}
                for n, says in enumerate(said)
            ],
        },
        x,
    )


def network(chance: random.Random) -> World:
    """Up to four sources of their own standing on a claim and its sign, some through an outlet."""
    prior = chance.choice((0.1, 0.3, 0.5))
    x = chance.random() < prior
    y = chance.random() < (IF_TRUE if x else IF_FALSE)
    sources: list[Written] = []
    said: list[Written] = []
    for n in range(chance.randint(1, 4)):
        rho = chance.choice((0.25, 0.5, 0.75, 0.9))
        sources.append({"id": f"s{n}", "reliability": rho})
        if chance.random() < 0.4:
            said += through_an_outlet(chance, n, rho, prior, x)
            sources.append({"id": f"o{n}", "reliability": "C", "passing_on": PASSING_ON})
        else:
            said += of_both(chance, n, rho, (x, y))
    return World(
        {
            "version": 1,
            "claims": [
                {"id": "x", "text": "that x", "prior": prior},
                {"id": "y", "text": "a sign of it"},
            ],
            "links": [
                {
                    "kind": "evidence", "claim": "x", "sign": "y",
                    "if_true": IF_TRUE, "if_false": IF_FALSE,
                }
            ],
            "sources": sources,
            "attributions": said,
        },
        x,
    )  # fmt: skip


PASSING_ON = 0.7


def of_both(chance: random.Random, n: int, rho: float, truth: tuple[bool, bool]) -> list[Written]:
    """What one source says of the claim and its sign: of the world, or of one that it made up."""
    if chance.random() >= rho:
        x = chance.random() < 0.5
        truth = x, chance.random() < (IF_TRUE if x else IF_FALSE)
    return [
        _origin(f"a{n}{claim}", f"s{n}", claim, _tracked(chance, so, 0.8, flat))
        | {"basis": "firsthand", "competence": 0.8}
        for claim, so, flat in zip("xy", truth, (0.5, (IF_TRUE + IF_FALSE) / 2.0), strict=True)
    ]


def through_an_outlet(
    chance: random.Random, n: int, rho: float, prior: float, x: bool
) -> list[Written]:
    """What a source says of the claim, known only through an outlet that may not pass it on."""
    told = _said(chance, x, rho, 1.0)
    if chance.random() >= PASSING_ON:
        # What one would expect of it: the prior, so far as it tracks.
        told = chance.random() < rho * prior + (1.0 - rho) * 0.5
    origin = _origin(f"a{n}", f"s{n}", "x", told) | {"basis": "firsthand", "in_hand": False}
    return [origin, {"id": f"r{n}", "source": f"o{n}", "cites": f"a{n}"}]


def _origin(name: str, source: str, claim: str, says: bool) -> Written:
    stance = "affirms" if says else "denies"
    return {"id": name, "source": source, "claim": claim, "stance": stance}


def _tracked(chance: random.Random, truth: bool, skill: float, flat: float) -> bool:
    """What a source says that tracks; so far as it cannot tell, it guesses."""
    return truth if chance.random() < skill else chance.random() < flat


def _said(chance: random.Random, truth: bool, rho: float, skill: float) -> bool:
    return _tracked(chance, truth, skill if chance.random() < rho else 0.0, 0.5)


def outcomes(worlds: int, seed: int = 0) -> list[tuple[float, bool]]:
    """The answer of `weigh` and the truth, of so many worlds of both kinds."""
    chance = random.Random(seed)
    found = []
    for number in range(worlds):
        world = (crowd, network)[number % 2](chance)
        found.append((weigh(load_case(world.case), "x").probability, world.truth))
    return found


def table(found: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Answers in bands of about equal count, with the share that was true and where it may lie."""
    ordered = sorted(found)
    bins = []
    for band in range(BANDS):
        part = ordered[len(ordered) * band // BANDS : len(ordered) * (band + 1) // BANDS]
        if not part:
            continue
        mean = math.fsum(p for p, _ in part) / len(part)
        happened = sum(truth for _, truth in part) / len(part)
        error = 1.645 * math.sqrt(mean * (1.0 - mean) / len(part))
        bins.append(
            Bin(part[0][0], part[-1][0], len(part), mean, happened,
                (max(0.0, mean - error), min(1.0, mean + error)))
        )  # fmt: skip
    return bins


def excess(found: Sequence[tuple[float, bool]]) -> float:
    """How many standard deviations more claims were true than the answers add up to."""
    return math.fsum(truth - p for p, truth in found) / math.sqrt(
        math.fsum(p * (1.0 - p) for p, _ in found)
    )


def furthest(found: Sequence[tuple[float, bool]], seed: int = 0) -> float:
    """How far randomised transforms of the outcomes are from even: Kolmogorov's D times sqrt(n)."""
    chance = random.Random(seed)
    even = sorted(
        1.0 - p * chance.random() if truth else (1.0 - p) * chance.random() for p, truth in found
    )
    n = len(even)
    return math.sqrt(n) * max(max(u - i / n, (i + 1) / n - u) for i, u in enumerate(even))


def main() -> None:
    """Print the diagram, and the figures behind it to stderr."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    found = outcomes(worlds)
    bins = table(found)
    for each in bins:
        low, high = each.band
        print(
            f"{each.stated:.3f} said, {each.happened:.3f} true of {each.count} "
            f"(90 % band {low:.3f} to {high:.3f})",
            file=sys.stderr,
        )
    print(
        f"{worlds} worlds: {excess(found):+.2f} standard deviations more true than said; "
        f"transforms {furthest(found):.2f} from even (1.36 would be met once in twenty)",
        file=sys.stderr,
    )
    print(
        reliability_diagram(
            bins,
            title="Calibration of weigh in worlds drawn from its own model",
            across="stated probability",
            up="was true",
            below="claims",
        )
    )


if __name__ == "__main__":
    main()
