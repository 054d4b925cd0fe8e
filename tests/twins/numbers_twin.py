"""The slow twin reads a case file: questions, sources, dates, words and interests as plain numbers.

Written from the text of the model alone; nothing here imports the library.
"""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Number = tuple[float, float]
"""Mean and strength of a Beta; an infinite strength is a number known exactly."""

Case = dict[str, Any]

GRADES: dict[str, Number] = {
    "A": (0.95, 20),
    "B": (0.75, 12),
    "C": (0.5, 8),
    "D": (0.25, 8),
    "E": (0.05, 10),
}
PASSING_ON: dict[str, Number] = {
    "A": (0.99, 50),
    "B": (0.97, 30),
    "C": (0.88, 20),
    "D": (0.3, 6),
    "E": (0.1, 6),
    "F": (0.4, 2),
}
PASSING_ON_CURVE = (
    (0.0, 0.0),
    (0.05, 0.10),
    (0.25, 0.30),
    (0.5, 0.88),
    (0.75, 0.97),
    (0.95, 0.99),
    (1.0, 1.0),
)
NO_COMMITMENT = ("may", "might", "could", "suspect", "suggest", "conjecture")
HEDGES = {"likely": 0.729, "probable": 0.717, "almost certain": 0.942}
STAKES = {"gains": 1.7, "gains strongly": 3.0, "loses": 1 / 1.7, "loses strongly": 1 / 3}
WHATEVER = "says so whatever is true"


@dataclass(frozen=True)
class Question:
    """A variable with k exclusive values; the last may be "none of these" (model 1)."""

    id: str
    claims: tuple[str, ...]
    size: int
    prior: tuple[float, ...] | None
    prior_strength: float
    flat: tuple[float, ...]
    is_sign: bool


@dataclass(frozen=True)
class Speaker:
    """A source in numbers; `rho` is None where nobody can judge it (model 1)."""

    id: str
    rho: Number | None
    access: Number
    passing_on: Number
    gate: str | None = None
    sensor: bool = False


# ---------------------------------------------------------------- questions


def questions_of(case: Case) -> dict[str, Question]:
    """Every question of the case by id; a plain claim is the yes/no question of its own name."""
    signs = {link["sign"] for link in case.get("links", ()) if link["kind"] == "evidence"}
    found: dict[str, Question] = {}
    grouped: set[str] = set()
    for question in case.get("questions", ()):
        claims = tuple(question["claims"])
        grouped.update(claims)
        open_ended = not question.get("exhaustive", True)
        k = len(claims) + open_ended
        prior = question.get("prior")
        if prior is not None:
            prior = (*prior, 1 - sum(prior)) if open_ended else tuple(prior)
        found[question["id"]] = Question(
            question["id"], claims, k, prior, math.inf, (1 / k,) * k, False
        )
    for claim in case["claims"]:
        if claim["id"] in grouped:
            continue
        stated = claim.get("prior")
        prior, strength = None, math.inf
        if stated is not None:
            mean, strength = number(stated)
            prior = (mean, 1 - mean)
        n = claim.get("alternatives", 2)
        found[claim["id"]] = Question(
            claim["id"],
            (claim["id"],),
            2,
            prior,
            strength,
            (1 / n, 1 - 1 / n),
            claim["id"] in signs,
        )
    return found


def places_of(questions: dict[str, Question]) -> dict[str, tuple[str, int]]:
    """Where each claim stands: its question and its value."""
    return {
        claim: (question.id, value)
        for question in questions.values()
        for value, claim in enumerate(question.claims)
    }


# ---------------------------------------------------------------- sources


def number(written: Any) -> Number:
    """A number known exactly, or a mean and a strength."""
    if isinstance(written, dict):
        return float(written["mean"]), float(written["strength"])
    return float(written), math.inf


def upper(a: float, b: float) -> float:
    """The chance that a number from Beta(a, b) is above one half, by the series of its integral."""
    term = total = 1.0
    n = 0
    while term > 1e-18 * total or (b + a + n) > 2 * (b + 1 + n):
        term *= (b + a + n) / (b + 1 + n) / 2
        total += term
        n += 1
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) - (a + b) * math.log(2)
    return math.exp(log_front) * total / b


def tracking_of_accuracy(a: float, b: float) -> Number:
    """max(0, 2p - 1) of p ~ Beta(a, b), its mean and variance matched by a Beta."""
    if b == 0:
        return 1.0, math.inf
    if a == 0:
        return 0.0, math.inf
    above = upper(a, b)
    first = a / (a + b) * upper(a + 1, b)
    second = a * (a + 1) / ((a + b) * (a + b + 1)) * upper(a + 2, b)
    mean = 2 * first - above
    variance = 4 * second - 4 * first + above - mean**2
    return mean, mean * (1 - mean) / variance - 1


def reliability_of(written: Any, as_of: str | None) -> Number | None:
    """A reliability in any of its forms; None for grade F."""
    if isinstance(written, list):
        written = grade_at(written, as_of)
    if isinstance(written, str):
        return GRADES.get(written)
    if isinstance(written, dict):
        if "accuracy" in written:
            share, strength = written["accuracy"], written["strength"]
            return tracking_of_accuracy(share * strength, (1 - share) * strength)
        if "confirmed" in written:
            return tracking_of_accuracy(written["confirmed"] + 1, written["refuted"] + 1)
    return number(written)


def grade_at(grades: list[Any], as_of: str | None) -> Any:
    """Model 3.2: the last grade from on or before the day asked about, or the last of all."""
    dated = sorted(grades, key=lambda grade: first_moment(grade["from"]))
    if as_of is not None:
        dated = [grade for grade in dated if first_moment(grade["from"]) <= last_moment(as_of)]
    return dated[-1]["reliability"] if dated else "F"


def letter_of(written: Any, as_of: str | None) -> str | None:
    if isinstance(written, list):
        written = grade_at(written, as_of)
    return written if isinstance(written, str) else None


def passing_on_of(source: dict[str, Any], as_of: str | None) -> Number:
    """Model 3, passing-on by default."""
    if "passing_on" in source:
        written = source["passing_on"]
        return PASSING_ON[written] if isinstance(written, str) else number(written)
    written = source.get("reliability", "F")
    letter = letter_of(written, as_of)
    if letter is not None:
        return PASSING_ON[letter]
    found = reliability_of(written, as_of)
    assert found is not None
    mean, strength = found
    for (left, low), (right, high) in pairwise(PASSING_ON_CURVE):
        if left <= mean <= right:
            return low + (high - low) * (mean - left) / (right - left), strength
    raise AssertionError(mean)


def speakers_of(case: Case, as_of: str | None) -> dict[str, Speaker]:
    return {
        source["id"]: Speaker(
            source["id"],
            reliability_of(source.get("reliability", "F"), as_of),
            number(source.get("access", 1)),
            passing_on_of(source, as_of),
            source.get("only_if"),
            source.get("kind") == "sensor",
        )
        for source in case["sources"]
    }


# ---------------------------------------------------------------- words


def credence(wording: Any, k: int) -> float:
    """What the words express, in a question of k values (model 2.3)."""
    if wording is None:
        return 1.0
    if isinstance(wording, str):
        return 1 / k if wording in NO_COMMITMENT else HEDGES[wording]
    return float(wording)


def force(wording: Any, k: int) -> float:
    """|k*w - 1| / (k - 1): how far the words commit the speaker (model 2.3)."""
    found = abs(k * credence(wording, k) - 1) / (k - 1)
    return found if found > 1e-12 else 0.0


def turns(wording: Any, k: int) -> bool:
    """A wording below 1/k says the contrary (model 1)."""
    return force(wording, k) > 0 and credence(wording, k) < 1 / k


# ---------------------------------------------------------------- dates


Moment = tuple[int, int, int, int, int]


def first_moment(written: str) -> Moment:
    """When a date begins; a span counts from its first day (model 3.2)."""
    return _moment(written.split("/")[0], last=False)


def last_moment(written: str) -> Moment:
    """When a date ends: what was said on the day asked about is heard."""
    return _moment(written.split("/")[-1], last=True)


def _moment(written: str, last: bool) -> Moment:
    year, month, day, hour, minute = re.fullmatch(
        r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)Z?)?)?)?", written
    ).groups()  # type: ignore[union-attr]
    y = int(year)
    m = int(month) if month else (12 if last else 1)
    d = int(day) if day else (calendar.monthrange(y, m)[1] if last else 1)
    h = int(hour) if hour else (23 if last else 0)
    return y, m, d, h, int(minute) if minute else (59 if last else 0)


# ---------------------------------------------------------------- interests


def touched_by(case: Case, claim: str) -> set[tuple[str, int]]:
    """Claims whose truth an affirmation of `claim` speaks for (+1) or against (-1): itself, what it
    is a sign of, what it implies, through any chain of links (interests, in the case file)."""
    found = {(claim, 1)}
    waiting = [(claim, 1)]
    while waiting:
        here, way = waiting.pop()
        for link in case.get("links", ()):
            step = None
            if link["kind"] == "evidence" and link["sign"] == here:
                lean = link["if_true"] - link["if_false"]
                if lean:
                    step = (link["claim"], way if lean > 0 else -way)
            elif link["kind"] == "implies" and link["claim"] == here:
                step = (link["implies"], way)
            if step is not None and step not in found:
                found.add(step)
                waiting.append(step)
    return found


def combined(betas: list[float]) -> float:
    """Several interests as one (model 2.2)."""
    return max(1.0, *betas) * min(1.0, *betas) if betas else 1.0


def interest_of(
    case: Case, source: dict[str, Any], record: dict[str, Any], claim: str, affirms: bool
) -> float:
    """P(would say this | not tracking) / P(would say it | tracking)."""
    if "interest" in record:
        return float(record["interest"])
    betas = []
    for about, way in sorted(touched_by(case, claim)):
        for interest in source.get("interests", ()):
            if interest["claims"] != "all" and about not in interest["claims"]:
                continue
            if interest["stake"] == WHATEVER:
                betas.append(20.0)
            else:
                beta = STAKES[interest["stake"]]
                betas.append(beta if (way > 0) == affirms else 1 / beta)
    return combined(betas)
