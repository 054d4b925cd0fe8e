"""Hedges: the credence that a speaker's own words express, as one flat table by lemma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from provenance.errors import UnknownName

__all__ = [
    "CONFIRMING",
    "HEDGES",
    "HEDGE_ROWS",
    "NO_COMMITMENT",
    "Hedge",
    "commits",
    "confirms",
    "credence",
]

_CAPPHRASE = "survey capphrase2026, mean of about 5,100 answers"
_FAGEN = "survey fagen_ulmschneider, mean of 123 answers: the largest survey that asked it"
_VERBS = (
    "MegaVeridicality, White and Rawlins 2018: how far readers infer what is reported, relative to "
    "'say'; 10 raters per verb, so a band and not a measurement"
)
_POSSIBILITY = (
    "a word of possibility: asked for a number people give 40 to 57 with a deviation of 17 to 20 "
    "(survey capphrase2026), which straddles even, so it commits to nothing"
)
_DISTANCE = "a reporter's word about the statement, not the speaker's hedge: an assertion"
_PLAIN = "a plain assertion"


@attrs.frozen
class Hedge:
    """One row of the table of hedges: a lemma, the credence it expresses and where that is from."""

    lemma: str
    """The hedge in its plainest form: "probable", "suspect", "almost certain"."""
    credence: float
    """The probability that a speaker who uses it gives the statement, in [0, 1]."""
    source: str
    """Where the number comes from, or that it is a reading of doctrine."""
    forms: tuple[str, ...] = ()
    """Other words for the same: adverbs, irregular forms, near-synonyms no survey asked about."""
    commits: bool = True
    """False for words of possibility, which commit to nothing however many values there are."""


HEDGE_ROWS: tuple[Hedge, ...] = (
    Hedge("certain", 1.0, "Kent 1964", ("certainly", "definite", "definitely")),
    Hedge("will happen", 0.98, _CAPPHRASE, ("will", "is going to happen")),
    Hedge(
        "almost certain",
        0.942,
        _CAPPHRASE,
        ("almost certainly", "nearly certain", "nearly certainly"),
    ),
    Hedge(
        "highly likely",
        0.862,
        _CAPPHRASE,
        ("very likely", "highly probable", "very probable", "very probably", "most likely"),
    ),
    Hedge("very good chance", 0.795, _CAPPHRASE, ("good chance",)),
    Hedge("believe", 0.751, _FAGEN + ' ("we believe")'),
    Hedge("likely", 0.729, _CAPPHRASE),
    Hedge("probable", 0.717, _CAPPHRASE, ("probably",)),
    Hedge(
        "better than even", 0.581, _CAPPHRASE, ("more likely than not", "better than even chance")
    ),
    Hedge(
        "about even",
        0.5,
        _CAPPHRASE,
        (
            "even chance",
            "even odds",
            "chances about even",
            "roughly even chance",
            "roughly even odds",
            "about as likely as not",
        ),
    ),
    Hedge("probably not", 0.247, _FAGEN),
    Hedge("doubt", 0.224, _FAGEN + ' ("we doubt")', ("doubtful",)),
    Hedge("unlikely", 0.187, _CAPPHRASE, ("not likely",)),
    Hedge("improbable", 0.131, _CAPPHRASE, ("improbably", "not probable")),
    Hedge("chances are slight", 0.124, _CAPPHRASE, ("slight chance",)),
    Hedge("little chance", 0.115, _CAPPHRASE),
    Hedge("remote chance", 0.079, _CAPPHRASE, ("remote",)),
    Hedge(
        "highly unlikely",
        0.077,
        _CAPPHRASE,
        ("very unlikely", "highly improbable", "very improbable", "most unlikely"),
    ),
    Hedge("almost certainly not", 0.07, "Kent 1964, point of 7 ± 5"),
    Hedge("almost no chance", 0.036, _CAPPHRASE),
    Hedge("impossible", 0.0, "Kent 1964", ("certainly not", "definitely not")),
    Hedge("think", 0.625, _VERBS, ("thought",)),
    Hedge("expect", 0.625, _VERBS),
    Hedge("hint", 0.75, _VERBS),
    Hedge("imply", 0.875, _VERBS, ("implies", "implied")),
    Hedge("suspect", 0.5, _VERBS),
    Hedge("suggest", 0.5, _VERBS),
    Hedge("conjecture", 0.5, _VERBS),
    Hedge("insinuate", 0.5, _VERBS),
    Hedge("may", 0.5, _POSSIBILITY, ("may be", "may have", "may happen"), commits=False),
    Hedge("might", 0.5, _POSSIBILITY, ("might be", "might have", "might happen"), commits=False),
    Hedge("could", 0.5, _POSSIBILITY, ("could be", "could have", "could happen"), commits=False),
    Hedge("possible", 0.5, _POSSIBILITY, ("possibly", "possibility"), commits=False),
    Hedge("realistic possibility", 0.5, _POSSIBILITY, commits=False),
    Hedge("perhaps", 0.5, _POSSIBILITY, ("maybe",), commits=False),
    Hedge("conceivable", 0.5, _POSSIBILITY, ("conceivably",), commits=False),
    Hedge("confirm", 1.0, "an assertion, and an assertion of having checked"),
    Hedge(
        "verify", 1.0, "an assertion, and an assertion of having checked", ("verifies", "verified")
    ),
    Hedge("say", 1.0, _PLAIN, ("said",)),
    Hedge("tell", 1.0, _PLAIN, ("told",)),
    Hedge("state", 1.0, _PLAIN),
    Hedge("report", 1.0, _PLAIN),
    Hedge("assert", 1.0, _PLAIN),
    Hedge("announce", 1.0, _PLAIN),
    Hedge("claim", 1.0, _DISTANCE),
    Hedge("allege", 1.0, _DISTANCE, ("allegedly",)),
    Hedge("accuse", 1.0, _DISTANCE),
    Hedge("contend", 1.0, _DISTANCE),
    Hedge("argue", 1.0, _DISTANCE),
    Hedge("purported", 1.0, _DISTANCE, ("purport", "purportedly")),
    Hedge("reportedly", 1.0, _DISTANCE),
)
"""Every hedge, once, with its credence and where the number comes from."""

HEDGES: Mapping[str, float] = MappingProxyType({row.lemma: row.credence for row in HEDGE_ROWS})
"""The credence that each hedge expresses, by lemma."""

NO_COMMITMENT: frozenset[str] = frozenset(row.lemma for row in HEDGE_ROWS if not row.commits)
"""The hedges that commit to nothing: on a question of k values they mean 1/k, whatever k."""

CONFIRMING: frozenset[str] = frozenset({"confirm", "verify"})
"""The words by which one who passes a statement on also vouches for it."""

_BY_FORM: Mapping[str, Hedge] = MappingProxyType(
    {form: row for row in HEDGE_ROWS for form in (row.lemma, *row.forms)}
)
_LEADING = re.compile(
    r"(?:(?:we|i|they|he|she|it|there|that|this)(?: (?:is|are|was|were|'s))?|it's|is|are|an?) "
)


def credence(wording: str) -> float:
    """The probability that a hedge expresses, in [0, 1].

    The words are read by lemma, in any case, with or without "we" or "it is" before them.
    Words of possibility give 1/2 here, and `commits` is false of them: on a question of k values
    they mean 1/k. Raises `UnknownName`, with the nearest hedges, for words that are not in `HEDGES`.

    >>> credence("probably")
    0.717
    >>> credence("We suspect"), credence("might")
    (0.5, 0.5)
    """
    return _hedge(wording).credence


def commits(wording: str) -> bool:
    """Whether a hedge commits its speaker to anything: false for may, might, could and the like.

    Raises `UnknownName` as `credence` does.

    >>> commits("likely"), commits("may")
    (True, False)
    """
    return _hedge(wording).commits


def confirms(wording: str) -> bool:
    """Whether the words vouch for what is passed on: "confirms", "verified".

    Words that are no hedge do not.

    >>> confirms("confirms"), confirms("says")
    (True, False)
    """
    return any(form in _BY_FORM and _BY_FORM[form].lemma in CONFIRMING for form in _forms(wording))


def _hedge(wording: str) -> Hedge:
    for form in _forms(wording):
        if form in _BY_FORM:
            return _BY_FORM[form]
    raise UnknownName("hedge", wording, _BY_FORM)


def _forms(wording: str) -> Iterator[str]:
    """The forms under which words may stand in the table, the most faithful first."""
    words = " ".join(wording.casefold().replace("’", "'").split()).strip(" .,;:!?\"'“”")
    while True:
        for form in (words, words.removesuffix(" that")):
            yield form
            # Regular inflections of a verb: suspects, suspected, alleges, alleged.
            yield from (form[: -len(end)] for end in ("s", "d", "ed", "es") if form.endswith(end))
        shorter = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
        if shorter == words:
            return
        words = shorter
