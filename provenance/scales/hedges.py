"""Hedges: the credence that a speaker's own words express, as one flat table by lemma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from provenance.errors import UnknownName
from provenance.scales.surveys import SURVEYS, VERBS

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

_POSSIBILITY = (
    "a word of possibility: asked for a number people give 40 to 57 with a deviation of 17 to 20 "
    "(survey capphrase2026), which straddles even, so it commits to nothing"
)
_VERB = (
    "MegaVeridicality (White and Rawlins 2018): how far readers infer what is reported, relative "
    "to 'say'; ten readers, so a band and not a measurement"
)
_DISTANCE = "a reporter's word about the statement, not the speaker's hedge: an assertion"
_PLAIN = "a plain assertion"
_HEARSAY = "says that others said it: an assertion with the basis secondhand, not a hedge"
_CHECKED = "an assertion, and an assertion of having checked"
_KENT = "Kent 1964"
_IRREGULAR = {"say": ("said",), "tell": ("told",), "admit": ("admitted",)}

CONFIRMING: frozenset[str] = frozenset({"confirm", "verify"})
"""The words by which one who passes a statement on also vouches for it."""


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


def _asked(lemma: str, *forms: str, phrase: str = "") -> Hedge:
    """A hedge with the mean answer of the largest survey that asked about it."""
    name, row = next(
        (name, row)
        for name in ("capphrase2026", "fagen_ulmschneider")
        for row in SURVEYS[name].phrases
        if row.phrase == (phrase or lemma)
    )
    source = f'survey {name}, mean of {row.answers:,} answers about "{row.phrase}"'
    return Hedge(lemma, row.credence, source, forms)


def _inferred(lemma: str, *forms: str) -> Hedge:
    return Hedge(lemma, VERBS[lemma].credence, _VERB, forms)


def _possible(lemma: str, *forms: str) -> Hedge:
    return Hedge(lemma, 0.5, _POSSIBILITY, forms, commits=False)


HEDGE_ROWS: tuple[Hedge, ...] = (
    Hedge("certain", 1.0, _KENT, ("certainly", "definite", "definitely")),
    _asked("will happen", "will"),
    _asked("almost certain", "almost certainly", "nearly certain", "nearly certainly"),
    _asked(
        "highly likely",
        "very likely",
        "most likely",
        "highly probable",
        "very probable",
        "very probably",
    ),
    _asked("very good chance", "good chance"),
    _asked("believe", phrase="we believe"),
    _asked("likely"),
    _asked("probable", "probably"),
    _asked("better than even", "better than even chance", "more likely than not"),
    _asked(
        "about even",
        "even chance",
        "even odds",
        "chances about even",
        "roughly even chance",
        "roughly even odds",
        "about as likely as not",
    ),
    _asked("probably not"),
    _asked("doubt", "doubtful", phrase="we doubt"),
    _asked("unlikely", "not likely"),
    _asked("improbable", "improbably", "not probable"),
    _asked("chances are slight", "slight chance"),
    _asked("little chance"),
    _asked("remote chance", "remote"),
    _asked(
        "highly unlikely",
        "very unlikely",
        "most unlikely",
        "highly improbable",
        "very improbable",
    ),
    Hedge("almost certainly not", 0.07, _KENT + ": 7 ± 5 %"),
    _asked("almost no chance"),
    Hedge("impossible", 0.0, _KENT, ("certainly not", "definitely not")),
    _inferred("imply"),
    _inferred("hint"),
    _inferred("think", "thought"),
    _inferred("expect"),
    _inferred("suspect"),
    _inferred("suggest"),
    _inferred("conjecture"),
    _inferred("insinuate"),
    _possible("may", "may be", "may have", "may happen", "maybe"),
    _possible("might", "might be", "might have", "might happen"),
    _possible("could", "could be", "could have", "could happen"),
    _possible("possible", "possibly", "possibility"),
    _possible("realistic possibility"),
    _possible("perhaps"),
    _possible("conceivable", "conceivably"),
    Hedge("confirm", 1.0, _CHECKED),
    Hedge("verify", 1.0, _CHECKED),
    *(
        Hedge(verb, 1.0, _PLAIN, _IRREGULAR.get(verb, ()))
        for verb, surveyed in VERBS.items()
        if surveyed.credence == 1.0 and verb not in CONFIRMING
    ),
    Hedge("swear", 1.0, _PLAIN, ("swore",)),
    Hedge("claim", 1.0, _DISTANCE),
    Hedge("allege", 1.0, _DISTANCE, ("allegedly",)),
    Hedge("accuse", 1.0, _DISTANCE),
    Hedge("contend", 1.0, _DISTANCE),
    Hedge("argue", 1.0, _DISTANCE),
    Hedge("purport", 1.0, _DISTANCE, ("purportedly",)),
    Hedge("hear", 1.0, _HEARSAY, ("heard",)),
    Hedge("reportedly", 1.0, _HEARSAY),
)
"""Every hedge, once, with its credence and where the number comes from."""

_BY_FORM: Mapping[str, Hedge] = MappingProxyType(
    {form: row for row in HEDGE_ROWS for form in (row.lemma, *row.forms)}
)

HEDGES: Mapping[str, float] = MappingProxyType(
    {form: row.credence for form, row in _BY_FORM.items()}
)
"""The credence that each hedge expresses, by lemma and by the other forms that its row lists."""

NO_COMMITMENT: frozenset[str] = frozenset(form for form, row in _BY_FORM.items() if not row.commits)
"""The hedges that commit to nothing: on a question of k values they mean 1/k, whatever k."""

_LONGEST = 100  # Longer texts are no hedge; reading them word by word would only cost time.
_INFLECTED = {"s": "", "es": "", "ies": "y", "d": "", "ed": "", "ied": "y"}
_LEADING = re.compile(r"(?:we|i|they|he|she|it|there|that|this|it's|is|are|was|were|an?) ")


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
    raise UnknownName("hedge", wording[:_LONGEST], _BY_FORM)


def _forms(wording: str) -> Iterator[str]:
    """The forms under which words may stand in the table, the most faithful first."""
    if len(wording) > _LONGEST:
        return
    words = " ".join(wording.casefold().replace("’", "'").split()).strip(" .,;:!?\"'“”")
    while True:
        for form in (words, words.removesuffix(" that"), words.removesuffix(" to")):
            yield form
            for ending, lemma in _INFLECTED.items():
                if form.endswith(ending):
                    yield form.removesuffix(ending) + lemma
        shorter = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
        if shorter == words:
            return
        words = shorter
