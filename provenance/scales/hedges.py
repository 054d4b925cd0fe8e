"""Hedges: the credence that a speaker's own words express, as one flat table by lemma."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from provenance.errors import UnknownName

__all__ = [
    "HEDGES",
    "HEDGE_ROWS",
    "NO_COMMITMENT",
    "NO_HEDGES",
    "SURVEYS",
    "VERBS",
    "VERBS_SOURCE",
    "Hedge",
    "Survey",
    "SurveyedPhrase",
    "SurveyedVerb",
    "commits",
    "credence",
    "hedge_advice",
    "is_reporters_word",
    "near_hedges",
    "survey",
]

# Surveys: what people asked for a number give for a word, and what readers infer from a verb.


@attrs.frozen
class SurveyedPhrase:
    """How the people asked understood one phrase; every number but the first is in percent."""

    phrase: str
    """The phrase as asked about, in lower case."""
    answers: int
    """How many people answered."""
    mean: float
    """The mean of the answers, 0 to 100."""
    deviation: float
    """The standard deviation of the answers."""
    percentile_05: float
    """Five in a hundred answered less than this."""
    percentile_25: float
    """A quarter answered less than this."""
    median: float
    """Half answered less than this."""
    percentile_75: float
    """Three quarters answered less than this."""
    percentile_95: float
    """All but five in a hundred answered less than this."""
    concentration: float
    """The strength of the Beta distribution with the same mean and variance (no percentage)."""

    @property
    def credence(self) -> float:
        """The mean answer as a probability in [0, 1], to three places."""
        return round(self.mean / 100, 3)


@attrs.frozen
class Survey:
    """One survey of words of estimative probability."""

    name: str
    """The name it goes by here."""
    citation: str
    """Where its answers were published."""
    phrases: tuple[SurveyedPhrase, ...]
    """One row per phrase, in the survey's own order."""

    def of(self, phrase: str) -> SurveyedPhrase:
        """The row of a phrase; raises `UnknownName` for one that was not asked about."""
        wanted = " ".join(phrase.lower().split())
        for row in self.phrases:
            if row.phrase == wanted:
                return row
        raise UnknownName("surveyed phrase", phrase, (row.phrase for row in self.phrases))


@attrs.frozen
class SurveyedVerb:
    """How far readers infer what a verb reports: "she suspected that ..."; ten readers per verb."""

    lemma: str
    """The verb, in the infinitive."""
    score: float
    """The share of readers who infer the complement: yes counts 1, maybe .5, no 0."""

    @property
    def credence(self) -> float:
        """The credence it expresses relative to "say", whose readers score .70 and which asserts.

        Twice the score less one is the strength, 1 for "say" and stronger verbs; half of one plus
        the strength is the credence, to three places.
        """
        return round((1 + min(1.0, (2 * self.score - 1) / (2 * _SAY - 1))) / 2, 3)


_SAY = 0.7


_Row = tuple[str, int, float, float, float, float, float, float, float, float]


def _survey(name: str, citation: str, *rows: _Row) -> Survey:
    return Survey(name, citation, tuple(SurveyedPhrase(*row) for row in rows))


SURVEYS: Mapping[str, Survey] = MappingProxyType(
    {
        "zonination2015": _survey(
            "zonination2015",
            "github.com/zonination/perceptions; 46 answers",
            ("almost certainly", 46, 92.6, 7, 81.25, 90, 95, 97.75, 99, 12.8),
            ("highly likely", 46, 86.2, 12.7, 71.25, 84.25, 90, 95, 96.75, 6.3),
            ("very good chance", 46, 79.8, 6.4, 70, 75, 80, 85, 90, 38.4),
            ("probable", 46, 71.5, 10.1, 51, 65, 70, 78.75, 88.75, 18.9),
            ("likely", 46, 72, 9.8, 60, 65, 70, 75, 90, 20.1),
            ("probably", 46, 71.5, 10.9, 52, 65, 75, 80, 88.75, 16.3),
            ("we believe", 46, 68.5, 16.6, 50, 60, 70, 80, 90, 6.9),
            ("better than even", 46, 58.4, 11.7, 51, 55, 60, 60, 77.25, 16.9),
            ("about even", 46, 49.6, 1.8, 45.75, 50, 50, 50, 50, 739.4),
            ("we doubt", 46, 27.9, 20, 5, 15, 25, 33, 60, 4),
            ("improbable", 46, 18, 14.2, 1, 7, 15, 28, 49, 6.3),
            ("unlikely", 46, 19.9, 9.9, 5, 10, 20, 28.75, 35, 15.2),
            ("probably not", 46, 29.5, 14.7, 10, 20, 26.5, 38.75, 48, 8.6),
            ("little chance", 46, 16, 14.2, 5, 10, 15, 20, 25, 5.7),
            ("almost no chance", 46, 5.6, 13.7, 1, 1, 2, 5, 10, 1.8),
            ("highly unlikely", 46, 10.1, 13.4, 3, 5, 5, 10, 23.75, 4.1),
            ("chances are slight", 46, 14.1, 8.9, 5, 10, 10, 15, 30, 14.4),
        ),
        "fagen_ulmschneider": _survey(
            "fagen_ulmschneider",
            "github.com/wadefagen/datasets, words of estimative probability; 123 answers",
            ("almost certain", 123, 92, 10.8, 80, 90, 95, 98, 99, 5.2),
            ("highly likely", 123, 87.1, 8.4, 70, 80, 90, 95, 99, 14.9),
            ("very good chance", 123, 80.5, 10.7, 65, 75, 80, 90, 95, 12.6),
            ("probable", 123, 67.6, 14.6, 45.5, 60, 70, 75, 90, 9.2),
            ("likely", 123, 70.9, 11.3, 50.5, 65, 70, 75, 90, 15.2),
            ("we believe", 123, 75.1, 14.9, 50, 65, 75, 85, 99, 7.4),
            ("probably", 123, 68.7, 12.9, 50, 60, 70, 75, 90, 12),
            ("better than even", 123, 58.1, 9, 51, 55, 60, 60, 75, 28.8),
            ("about even", 123, 50.7, 4.9, 50, 50, 50, 50, 54.7, 103.1),
            ("we doubt", 123, 22.4, 16.9, 3.2, 10, 20, 30, 50, 5.1),
            ("improbable", 123, 16.8, 17.4, 0, 5, 10, 22.5, 40, 3.6),
            ("unlikely", 123, 21.2, 14.9, 5, 10, 20, 30, 39.5, 6.5),
            ("probably not", 123, 24.7, 14.3, 5, 15, 25, 30, 44.5, 8.1),
            ("little chance", 123, 12.9, 12.2, 2, 5, 10, 15, 25, 6.6),
            ("almost no chance", 123, 6.5, 16.9, 0, 1, 2, 5, 10, 1.1),
            ("highly unlikely", 123, 10.8, 17.2, 1, 5, 5, 10, 30, 2.2),
            ("chances are slight", 123, 14.4, 10.8, 3.2, 10, 10, 20, 30, 9.6),
        ),
        "capphrase2026": _survey(
            "capphrase2026",
            "github.com/adamkucharski/CAPphrase; about 5,100 answers",
            ("little chance", 5153, 11.5, 7.2, 2, 5, 10, 15, 25, 18.7),
            ("almost no chance", 5149, 3.6, 3.3, 1, 1, 2, 5, 10, 31.2),
            ("remote chance", 5104, 7.9, 7.3, 1, 3, 5, 10, 20, 12.9),
            ("may happen", 5174, 41.9, 17, 10, 30, 40, 51, 70, 7.4),
            ("chances are slight", 5112, 12.4, 8.3, 3, 5, 10, 15, 30, 14.8),
            ("almost certain", 5143, 94.2, 4.3, 88, 90, 95, 98, 99, 28.3),
            ("likely", 5146, 72.9, 9.5, 60, 67, 75, 80, 90, 20.8),
            ("unlikely", 5150, 18.7, 10.4, 5, 10, 20, 25, 40, 13.1),
            ("very good chance", 5147, 79.5, 9, 65, 75, 80, 85, 90, 19.2),
            ("will happen", 5134, 98, 4.5, 90, 99, 100, 100, 100, 8.8),
            ("improbable", 5151, 13.1, 10.6, 1, 5, 10, 20, 33, 9.1),
            ("highly likely", 5114, 86.2, 7, 75, 80, 90, 90, 95, 23.1),
            ("probable", 5151, 71.7, 11.4, 51, 65, 75, 80, 90, 14.7),
            ("realistic possibility", 5174, 57, 20.5, 20, 40, 60, 75, 85, 4.8),
            ("about even", 5131, 50, 1.4, 49, 50, 50, 50, 51, 1310),
            ("highly unlikely", 5078, 7.7, 6.1, 1, 5, 5, 10, 20, 18.2),
            ("could happen", 5174, 39.7, 18.2, 10, 25, 40, 50, 70, 6.2),
            ("might happen", 5174, 40, 17.7, 10, 25, 40, 50, 66, 6.7),
            ("better than even", 5119, 58.1, 5.4, 51, 55, 60, 60, 70, 81.3),
        ),
    }
)
"""The surveys of words of estimative probability, by name, the smallest first."""

VERBS_SOURCE = (
    "MegaVeridicality, version 1: White and Rawlins, The role of veridicality and factivity in "
    "clause selection, NELS 48, 2018; what readers infer, which is not how often it is true; with "
    "ten readers the standard error is about .1, so four bands and not decimals"
)
"""Where the scores of `VERBS` come from, and how far they carry."""

VERBS: Mapping[str, SurveyedVerb] = MappingProxyType(
    {
        lemma: SurveyedVerb(lemma, score)
        for lemma, score in (
            ("suspect", 0.5),
            ("suggest", 0.5),
            ("conjecture", 0.5),
            ("insinuate", 0.5),
            ("allege", 0.55),
            ("think", 0.55),
            ("expect", 0.55),
            ("claim", 0.6),
            ("contend", 0.6),
            ("argue", 0.6),
            ("hint", 0.6),
            ("imply", 0.65),
            ("hear", 0.65),
            ("swear", 0.65),
            ("say", 0.7),
            ("tell", 0.7),
            ("declare", 0.7),
            ("assert", 0.75),
            ("insist", 0.75),
            ("mention", 0.75),
            ("tweet", 0.8),
            ("report", 0.8),
            ("state", 0.8),
            ("conclude", 0.8),
            ("attest", 0.8),
            ("maintain", 0.85),
            ("warn", 0.85),
            ("disclose", 0.9),
            ("leak", 0.9),
            ("testify", 0.9),
            ("discover", 0.9),
            ("admit", 0.95),
            ("announce", 0.95),
            ("acknowledge", 0.95),
            ("confess", 0.95),
            ("confirm", 1.0),
            ("verify", 1.0),
            ("reveal", 1.0),
            ("document", 1.0),
            ("note", 1.0),
            ("concede", 1.0),
        )
    }
)
"""The surveyed verbs of attribution, by lemma, the weakest first."""


def survey(name: str) -> Survey:
    """A survey by its name; raises `UnknownName` for one that is not in `SURVEYS`.

    >>> survey("capphrase2026").of("almost certain").mean
    94.2
    """
    if name not in SURVEYS:
        raise UnknownName("survey", name, SURVEYS)
    return SURVEYS[name]


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
_MIDDLE = "IPCC, the middle of "
_GUESS = "judgement, as 'think': what the speaker takes from signs; no survey asked about it"
_IRREGULAR = {"say": ("said",), "tell": ("told",), "admit": ("admitted",)}


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
    """A hedge by what readers infer; one of which they infer nothing commits to nothing."""
    found = VERBS[lemma].credence
    return Hedge(lemma, found, _VERB, forms, commits=found != 0.5)


def _possible(lemma: str, *forms: str) -> Hedge:
    return Hedge(lemma, 0.5, _POSSIBILITY, forms, commits=False)


HEDGE_ROWS: tuple[Hedge, ...] = (
    Hedge(
        "certain",
        1.0,
        _KENT,
        ("certainly", "definite", "definitely", "undoubtedly", "no doubt", "without doubt"),
    ),
    Hedge("virtually certain", 0.995, _MIDDLE + "99 to 100 %"),
    Hedge("extremely likely", 0.975, _MIDDLE + "95 to 100 %"),
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
    _asked("likely", "quite likely", "fairly likely", "rather likely"),
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
        "as likely as not",
        "fifty-fifty",
        "50-50",
        "toss-up",
    ),
    _asked("probably not"),
    _asked("doubt", "doubtful", phrase="we doubt"),
    _asked("unlikely", "not likely"),
    _asked("improbable", "improbably", "not probable"),
    _asked("chances are slight", "slight chance", "slim chance"),
    _asked("little chance"),
    _asked("remote chance", "remote"),
    _asked(
        "highly unlikely",
        "very unlikely",
        "most unlikely",
        "highly improbable",
        "very improbable",
    ),
    Hedge("extremely unlikely", 0.025, _MIDDLE + "0 to 5 %"),
    Hedge("exceptionally unlikely", 0.005, _MIDDLE + "0 to 1 %"),
    Hedge("almost certainly not", 0.07, _KENT + ": 7 ± 5 %"),
    _asked("almost no chance"),
    Hedge(
        "impossible",
        0.0,
        _KENT,
        ("certainly not", "definitely not", "not possible", "inconceivable", "no chance"),
    ),
    _inferred("imply"),
    _inferred("hint"),
    _inferred("think", "thought"),
    _inferred("expect"),
    Hedge("presumably", 0.625, _GUESS, ("presume", "assume", "guess")),
    Hedge("apparently", 0.625, _GUESS, ("seemingly", "seem", "appear", "it seems", "it appears")),
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
    _possible("plausible", "plausibly", "feasible"),
    _possible("not impossible", "cannot rule out", "can't rule out", "not ruled out"),
    _possible("uncertain", "unclear", "unknown", "unsure", "not sure"),
    _possible("conceivable", "conceivably"),
    Hedge("confirm", 1.0, _CHECKED),
    Hedge("verify", 1.0, _CHECKED),
    *(
        Hedge(verb, 1.0, _PLAIN, _IRREGULAR.get(verb, ()))
        for verb, surveyed in VERBS.items()
        if surveyed.credence == 1.0 and verb not in ("confirm", "verify")
    ),
    Hedge("swear", 1.0, _PLAIN, ("swore",)),
    Hedge("claim", 1.0, _DISTANCE),
    Hedge("allege", 1.0, _DISTANCE, ("allegedly",)),
    Hedge("accuse", 1.0, _DISTANCE),
    Hedge("contend", 1.0, _DISTANCE),
    Hedge("argue", 1.0, _DISTANCE),
    Hedge("purport", 1.0, _DISTANCE, ("purportedly", "supposedly", "ostensibly")),
    Hedge("clearly", 1.0, _PLAIN, ("evidently", "surely", "sure")),
    Hedge("hear", 1.0, _HEARSAY, ("heard",)),
    Hedge("reportedly", 1.0, _HEARSAY, ("rumoured", "rumored", "rumour", "rumor", "said to be")),
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
"""The hedges that commit to nothing: on a question of k values they mean 1/k, for every k."""

_CONFIDENCE = (
    "a level of confidence says how well founded a judgement is, not how likely the matter is: "
    "write how likely the speaker makes it, or leave the wording out"
)
_UNCHECKED = (
    "this says that nobody has checked it, not how sure the speaker is: leave the wording out, and "
    "let the sources and their reliability speak"
)
_A_STANCE = 'this is a stance, not a hedge: write stance "denies", or leave the wording out'

NO_HEDGES: Mapping[str, str] = MappingProxyType(
    {
        **{
            f"{preposition}{level} confidence": _CONFIDENCE
            for level in ("low", "moderate", "medium", "high", "very high", "full")
            for preposition in ("", "with ")
        },
        **dict.fromkeys(
            ("unconfirmed", "not confirmed", "unverified", "not verified", "unproven", "disputed",
             "contested", "questionable", "credible", "not credible"),
            _UNCHECKED,
        ),
        **dict.fromkeys(
            ("deny", "denies", "denied", "refuted", "rejected", "false", "untrue", "not true"),
            _A_STANCE,
        ),
        "true": "a plain assertion needs no wording: leave it out",
    }
)  # fmt: skip
"""Words that people write for a hedge and that are none, with what to do instead."""

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


def is_reporters_word(wording: str) -> bool:
    """Whether a hedge is a reporter's word for what somebody else said, which weighs nothing.

    >>> is_reporters_word("allegedly"), is_reporters_word("reportedly"), is_reporters_word("probably")
    (True, True, False)
    """
    return _hedge(wording).source in (_DISTANCE, _HEARSAY)


def _hedge(wording: str) -> Hedge:
    for form in _forms(wording):
        if form in _BY_FORM:
            return _BY_FORM[form]
    raise UnknownName("hedge", wording[:_LONGEST], near_hedges(wording))


_CUTOFF = 0.8
_AS_NEAR = 0.04
_NEGATIONS = re.compile(r"\b(?:not|no|never|hardly|(?:un|im|in|dis|non)(?=[a-z]{3}))")


def near_hedges(wording: str) -> tuple[str, ...]:
    """The hedges that words are probably a misspelling of; none where these mean different things.

    >>> near_hedges("probaly"), near_hedges("unlikley"), near_hedges("more unlikely than not")
    (('probably',), ('unlikely',), ())
    """
    words = next(_forms(wording), "")
    # The same beginning, and as many words that turn the meaning: else it says the opposite.
    alike = [
        form
        for form in _BY_FORM
        if form[0] == words[:1] and len(_NEGATIONS.findall(form)) == len(_NEGATIONS.findall(words))
    ]
    near = difflib.get_close_matches(words, alike, n=3, cutoff=_CUTOFF)
    ratios = [difflib.SequenceMatcher(None, form, words).ratio() for form in near]
    best = [form for form, ratio in zip(near, ratios, strict=True) if ratio > ratios[0] - _AS_NEAR]
    numbers = {(_BY_FORM[form].credence, _BY_FORM[form].commits) for form in best}
    return tuple(best) if len(numbers) == 1 else ()


def hedge_advice(wording: str) -> str:
    """What to write instead of words that are no hedge.

    >>> hedge_advice("probaly")
    "write 'probably'"
    >>> hedge_advice("moderate confidence")[:31]
    'a level of confidence says how '
    """
    for form in _forms(wording):
        if form in NO_HEDGES:
            return NO_HEDGES[form]
    near = near_hedges(wording)
    if near:
        return "write " + " or ".join(map(repr, near))
    rest = (_PLAIN, _DISTANCE, _VERB, _HEARSAY, _CHECKED)
    listed = ", ".join(row.lemma for row in HEDGE_ROWS if row.source not in rest)
    return f"write a number in [0, 1], or one of: {listed}"


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
