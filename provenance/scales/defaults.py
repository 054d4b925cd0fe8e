"""Defaults: every number that stands in where a case states none, once, with where it comes from.

The numbers themselves are constants, and what reads them imports these:

- `THETA` and `THETA_SPREAD`, for origins whose lineage nobody recorded (model 2.9);
- `GRADES` and `grade`, how far a source of each letter tracks the truth;
- `PASSING_ON` and `passing_on`, how faithfully it passes on what others say (model 3);
- `DEFAULT_ACCESS`, `DEFAULT_COMPETENCE`, `DEFAULT_FIDELITY`, where a record states none;
- `STAKES` and `interest_ratio`, what a source gains or loses by saying something;
- `MOST_ALTERNATIVES`, the most alternatives that a claim may state (model 2.7);
- `UNJUDGED`, the reliability at which the potential of an unjudged source is shown (model 2.10);
- `PROPOSED_COMPETENCE` and `ANONYMITY`, proposals for a draft, never applied silently.

`DEFAULTS` is the table of them all: one `Default` by name, with its value, whether it was measured
or is a judgement, its source, the measurements behind it and what these do not cover.
The page on the model prints this table, so a number is changed here and nowhere else.

>>> from provenance.scales import DEFAULTS
>>> [(row.name, row.kind) for row in DEFAULTS.values() if row.step == "2.9"]
[('theta', 'measured'), ('theta spread', 'measured')]
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import attrs

from provenance.errors import UnknownName
from provenance.scales.degrees import Degree

__all__ = [
    "ANONYMITY",
    "DEFAULTS",
    "DEFAULT_ACCESS",
    "DEFAULT_COMPETENCE",
    "DEFAULT_FIDELITY",
    "GRADES",
    "MOST_ALTERNATIVES",
    "PASSING_ON",
    "PROPOSED_COMPETENCE",
    "STAKES",
    "THETA",
    "THETA_SPREAD",
    "UNJUDGED",
    "Anonymity",
    "Default",
    "Measurement",
    "grade",
    "interest_ratio",
    "passing_on",
]

# Unrecorded lineage: how soon one more voice is a new one.

THETA = 1.5
"""With n voices ahead of it, one more of unknown lineage is new with chance theta / (theta + n)."""

THETA_SPREAD = 0.7
"""The standard deviation of the logarithm of theta, from one archive or matter to another."""

# Sources: how far they track what is true, and how faithfully they pass on what others say.

GRADES: Mapping[str, Degree | None] = MappingProxyType(
    {
        "A": Degree(0.95, 20.0),
        "B": Degree(0.75, 12.0),
        "C": Degree(0.5, 8.0),
        "D": Degree(0.25, 8.0),
        "E": Degree(0.05, 10.0),
        "F": None,
    }
)
"""The Admiralty grades of a source as degrees of reliability; F, not judged, is None."""

PASSING_ON: Mapping[str, Degree] = MappingProxyType(
    {
        "A": Degree(0.99, 50.0),
        "B": Degree(0.97, 30.0),
        "C": Degree(0.88, 20.0),
        "D": Degree(0.3, 6.0),
        "E": Degree(0.1, 6.0),
        "F": Degree(0.4, 2.0),
    }
)
"""How faithfully a source of each grade passes on what others say; F is an unknown hand."""

UNJUDGED = 0.5
"""The reliability at which the potential of a source that nobody judged is shown."""


def grade(label: str) -> Degree | None:
    """The reliability that a grade A to F stands for; None for F, not judged.

    Raises `UnknownName` for anything but one of the six letters, in either case.

    >>> grade("B")
    Degree(mean=0.75, strength=12.0)
    >>> grade("F") is None
    True
    """
    return GRADES[_letter(label)]


def _letter(label: str) -> str:
    letter = label.strip().upper()
    if letter not in GRADES:
        raise UnknownName("grade", label, GRADES)
    return letter


# The curve of passing on by reliability: the letters' points, between nothing and perfection.
_CURVE = (
    (0.0, 0.0),
    *sorted((own.mean, PASSING_ON[letter].mean) for letter, own in GRADES.items() if own),
    (1.0, 1.0),
)


def passing_on(reliability: str | Degree | None) -> Degree:
    """How faithfully a source passes on what others say, from its reliability (model 3).

    A letter has its row of `PASSING_ON`, and no reliability at all that of F. A number, a mean or a
    track record is read off the same curve at its mean, linear between the letters' points, and
    keeps its own strength. Raises `UnknownName` as `grade` does.

    >>> passing_on("B"), passing_on(None)
    (Degree(mean=0.97, strength=30.0), Degree(mean=0.4, strength=2.0))
    >>> passing_on(Degree(0.6, 8.0)).mean  # .88 at .5 and .97 at .75
    0.916
    """
    if reliability is None:
        return PASSING_ON["F"]
    if isinstance(reliability, str):
        return PASSING_ON[_letter(reliability)]
    at = max(1, bisect_left(_CURVE, (reliability.mean, 0.0)))
    (left, low), (right, high) = list(pairwise(_CURVE))[at - 1]
    mean = (low * (right - reliability.mean) + high * (reliability.mean - left)) / (right - left)
    return Degree(min(1.0, mean), reliability.strength)


# What a source or an attribution has that states none.

DEFAULT_ACCESS = Degree(1.0)
"""The access of a source that states none: it could know."""

DEFAULT_COMPETENCE = Degree(1.0)
"""The competence of an origin that states none: it saw what it says it saw."""

DEFAULT_FIDELITY = Degree(1.0)
"""The fidelity of a relay that states none: what is lost on the way is in the source's passing-on."""

MOST_ALTERNATIVES = 200
"""The most alternatives that a claim may state; the least are two, the claim and its denial."""

# Proposals for a draft.

PROPOSED_COMPETENCE = Degree(0.8, 8.0)
"""What drafting proposes for the competence of an origin; never applied silently."""


@attrs.frozen
class Anonymity:
    """What drafting proposes for a source, by how far the text names it."""

    reliability: Degree | str | None = None
    """A degree or a grade to propose; None where how it is named says nothing about it."""
    access: Degree | None = None
    """The access to propose, if any."""
    strength_factor: float = 1.0
    """By how much to scale the strength of a reliability that is stated otherwise, in (0, 1]."""
    same_voice: float = 0.0
    """The probability that two such voices on one story are one origin, in [0, 1]."""


ANONYMITY: Mapping[str, Anonymity] = MappingProxyType(
    {
        "named": Anonymity(),
        "role named": Anonymity(access=Degree(0.8, 6.0), strength_factor=0.5, same_voice=0.05),
        "well-informed source": Anonymity(Degree(0.5, 4.0), Degree(0.6, 4.0), same_voice=0.15),
        "sources say": Anonymity("F", same_voice=0.3),
    }
)
"""Proposals for unnamed sources, from named to "sources say"; never applied silently."""

# Stakes: what a source gains or loses by saying something, as ratios of interest.

_WHATEVER_IS_TRUE = "says so whatever is true"

STAKES: Mapping[str, float] = MappingProxyType(
    {
        "gains": 1.7,
        "gains strongly": 3.0,
        "loses": 1 / 1.7,
        "loses strongly": 1 / 3.0,
        _WHATEVER_IS_TRUE: 20.0,
    }
)
"""P(would say this | not tracking) / P(would say it | tracking), by stake, when affirming."""


def interest_ratio(stake: str, denies: bool = False) -> float:
    """How much likelier a source that does not track the matter is to say this, as a ratio above 0.

    A denial by a source that would gain from the claim is a statement against interest, so denying
    turns the ratio over; "says so whatever is true" is the same both ways.
    Raises `UnknownName` for a stake that is not one of `STAKES`.

    >>> interest_ratio("gains strongly")
    3.0
    >>> interest_ratio("loses strongly", denies=True)
    3.0
    >>> interest_ratio("says so whatever is true", denies=True)
    20.0
    """
    if stake not in STAKES:
        raise UnknownName("stake", stake, STAKES)
    ratio = STAKES[stake]
    return 1 / ratio if denies and stake != _WHATEVER_IS_TRUE else ratio


# The table of them all.


@attrs.frozen
class Measurement:
    """One estimate of a default on outside data."""

    data: str
    """What it was measured on, and how many cases there were."""
    found: str
    """The estimate, as text: a number, or one per letter."""
    low: float | None = None
    """The lower end of its 90 % interval, if there is one."""
    high: float | None = None
    """The upper end of its 90 % interval, if there is one."""
    note: str = ""
    """What to keep in mind about it."""

    def __str__(self) -> str:
        interval = "" if self.low is None else f" [{self.low:g}, {self.high:g}]"
        note = f"; {self.note}" if self.note else ""
        return f"{self.found}{interval}: {self.data}{note}"


@attrs.frozen
class Default:
    """A number that stands in where a case states none, with where it comes from."""

    name: str
    """What people call it."""
    meaning: str
    """What it is the number of, and where it stands in."""
    value: float | Degree | Mapping[str, float] | Mapping[str, Degree] | str
    """The number, the degree, one of these by word, or where the numbers are listed."""
    kind: Literal["measured", "judgement"]
    """Whether it was measured on outside data, or is a judgement."""
    source: str
    """Where it comes from."""
    measurements: tuple[Measurement, ...] = ()
    """The estimates behind it, if it was measured."""
    limits: str = ""
    """What it was not tested on, and how far it carries."""
    step: str = ""
    """The step of the model that uses it."""

    @property
    def values(self) -> tuple[str, ...]:
        """The value as text, one entry for each word that has one of its own."""
        if isinstance(self.value, Mapping):
            return tuple(f"{word}: {_shown(value)}" for word, value in self.value.items())
        return (self.value,) if isinstance(self.value, str) else (_shown(self.value),)


def _shown(value: float | Degree) -> str:
    if not isinstance(value, Degree):
        return f"{value:.3g}"
    if math.isinf(value.strength):
        return f"{value.mean:g}, known exactly"
    return f"mean {value.mean:g}, strength {value.strength:g}"


_ROWS = (
    Default(
        "theta",
        "With n voices ahead of it that say the same of one question, one more voice of "
        "unrecorded lineage is a new one with chance theta / (theta + n), and else has it from "
        "one of them.",
        THETA,
        "measured",
        "two archives of recorded events, told with the law of Ewens 1972 for how many kinds a "
        "sample has; its value on rumours was looked at only afterwards",
        (
            Measurement(
                "2,556 incidents of civilian harm in Syria and Gaza with 2 to 200 listed sources "
                "(Airwars): graded weak, against fair or confirmed",
                "1.34",
                1.27,
                1.39,
            ),
            Measurement(
                "1,981 strikes of the same archive: single source, against likely",
                "1.44",
                1.34,
                1.54,
                "the two theatres by themselves give 2.62 and 0.93",
            ),
            Measurement(
                "87 news events of a sample of UCDP GED that name where the outlets have it from, "
                "plural sources without a name counted as one",
                "1.16",
                0.79,
                1.59,
            ),
            Measurement(
                "the same events, such plurals counted as many as there are outlets",
                "2.12",
                1.5,
                3.04,
            ),
            Measurement(
                "81 events reported by bodies that keep records of their own",
                "9.6",
                5.9,
                22.0,
                "what these say has the basis own-inquiry and is not discounted",
            ),
            Measurement("161 rumours (Emergent), held out: the value that predicts best", "1.35"),
        ),
        "Recorded and mostly real events of armed conflict, and rumours; nobody has measured your "
        "beat. One archive's grades mix dependence with credibility. Beyond seven voices only "
        '"all one" against "not all one" was measured. Shared text alone shows far less '
        "dependence than experts see.",
        "2.9",
    ),
    Default(
        "theta spread",
        "The standard deviation of log theta, by which unrecorded lineage widens the interval.",
        THETA_SPREAD,
        "measured",
        "how far the estimates of theta lie apart: between two theatres, two ways of counting "
        "plural sources, and two kinds of data",
        limits="a spread of a handful of estimates, so itself known roughly",
        step="2.9",
    ),
    Default(
        "grades",
        "How far a source of a letter tracks what is true.",
        MappingProxyType({k: v for k, v in GRADES.items() if v}),
        "judgement",
        "means: MISP taxonomy admiralty-scale, version 5 (A 100, B 75, C 50, D 25, E 0), with A "
        "and E pulled in by .05 so that no grade is dogmatic; strengths: in view of the wide "
        "disagreement between captains in Samet 1975 (ARI technical paper 260); wording: "
        "FM 2-22.3, appendix B",
        limits="the letters are words of doctrine; how often a source of each is right was not "
        "measured. F is not judged and has no number",
        step="2.2",
    ),
    Default(
        "passing on",
        "How faithfully a source of a letter passes on what it was told, where its `passing_on` "
        "is not stated; a reliability that is a number or a record is read off the line through "
        "these points.",
        PASSING_ON,
        "measured",
        "8,017 chains of transmission whose transmitters and reports scholars had graded, fitted "
        "on one half of the groups and tested on the other; strengths are judgement",
        (
            Measurement("transmitters of grade A", "about .99", 0.993, 0.998),
            Measurement("of grade B", "about .98", 0.978, 0.992),
            Measurement("of grade C", "about .87", 0.83, 0.90),
            Measurement("of grade D", "about .25", 0.22, 0.29),
            Measurement("of grade E", "about .13", 0.08, 0.19),
            Measurement(
                "unknown transmitters",
                "about .35",
                0.22,
                0.47,
                "and of what is lost at each step beyond the grade, nothing to speak of "
                "(.993 to .998 is kept)",
            ),
        ),
        "Professional transmitters of reports, graded by people who knew their rank; not "
        "newspapers. Of quotations in medical papers 11.9 % [8.4, 16.6] are wrong in substance "
        "(Jergas and Baethge 2015), which a C agrees with.",
        "3",
    ),
    Default(
        "unjudged",
        "The reliability at which the potential of an unjudged source is shown beside the answer, "
        "which itself leaves that source out.",
        UNJUDGED,
        "judgement",
        "the middle: what its word would be worth if it were a source of grade C known exactly",
        limits="a way of showing what is at stake; no estimate of what the source is worth",
        step="2.10",
    ),
    Default(
        "access",
        "Whether a source could know what it says of its own.",
        DEFAULT_ACCESS,
        "judgement",
        "a reliability is usually judged with access in mind, so it is not counted twice",
        step="2.2",
    ),
    Default(
        "competence",
        "How well an origin can tell what it says it saw.",
        DEFAULT_COMPETENCE,
        "judgement",
        "as for access",
        step="2.3",
    ),
    Default(
        "fidelity",
        "How faithfully one relay passes on what it cites, where it states none.",
        DEFAULT_FIDELITY,
        "judgement",
        "what a source loses in passing on belongs to the source; a single relay states its own",
        step="2.3",
    ),
    Default(
        "prior",
        "The prior of a claim without one and without links; of a question, one share for each "
        "value.",
        "1/2; 1/k among k values; 1/n with n alternatives stated",
        "judgement",
        "no value is preferred to another; the answer says that the prior was not stated",
        limits="most claims that make news are not even bets: state a prior",
        step="2.1",
    ),
    Default(
        "own story",
        "How likely each value is in the mouth of a source that does not track the matter.",
        "flat: 1/k, or 1/n with n alternatives",
        "measured",
        "tempering it by the base rate, f ~ prior^lambda, was tried on twenty sets of records",
        (
            Measurement(
                "lambda on twenty sets of conflicting records",
                "0.5",
                0.0,
                1.0,
                "it gains at base rates of .1 to .25 and loses below .06, where it would be "
                "needed, so it is not used",
            ),
        ),
        "Two wrong sources agree on one wrong value .25 to .47 of the time in records and books, "
        ".1 to .2 in weather, .85 to .94 in flights, and never as seldom as 1/n; that is for the "
        "discount of unrecorded lineage and for declared voices.",
        "2.1",
    ),
    Default(
        "most alternatives",
        "The most alternatives that a claim may state: how many things of its kind somebody who "
        "does not know could just as well have said.",
        float(MOST_ALTERNATIVES),
        "measured",
        "the first wrong voice on open questions, as an effective number of values",
        (
            Measurement("places", "280 to 790 values"),
            Measurement("humidity in per cent", "55 to 60 values"),
            Measurement("words for the weather", "5 to 17 values"),
        ),
        "Nothing supports more than about 10 for matters of yes and no.",
        "2.7",
    ),
    Default(
        "stakes",
        "How much likelier a source that does not track the matter is to say this, when affirming; "
        "the reciprocal when denying, but for the last, which is the same both ways.",
        STAKES,
        "judgement",
        "the direction follows the doctrine of statements against interest (rule 804(b)(3) of the "
        "US Federal Rules of Evidence, for one); a factor of 3 is one Admiralty grade between B, "
        "C and D",
        limits="no measured ratio was found",
        step="2.2",
    ),
    Default(
        "hedges",
        "The credence that a speaker's own words express.",
        "listed in `HEDGE_ROWS`, each with its survey",
        "measured",
        "surveys of what people mean by words of likelihood, the largest with about 5,100 answers; "
        "verbs from MegaVeridicality (White and Rawlins 2018); the ends from Kent 1964",
        limits="what readers take the words to mean, which is not how often they come true",
        step="2.3",
    ),
    Default(
        "proposed competence",
        "What a draft proposes for the competence of an origin.",
        PROPOSED_COMPETENCE,
        "judgement",
        "people mistake what they see, but not often",
        limits="a proposal for a person to confirm",
    ),
    Default(
        "anonymity",
        "What a draft proposes for a source that the text names only so far.",
        "listed in `ANONYMITY`: reliability and access by how far the source is named",
        "judgement",
        "no data was found on how often anonymous sources of each kind are right",
        limits="a proposal for a person to confirm",
    ),
)

DEFAULTS: Mapping[str, Default] = MappingProxyType({row.name: row for row in _ROWS})
"""Every default by its name, those of the model first."""
