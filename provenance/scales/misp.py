"""The taxonomies of MISP that grade sources, information, likelihood, confidence and opinion."""

from __future__ import annotations

from provenance.scales.published import Scale, Span, Term

__all__ = ["MISP"]

_COMMIT = "MISP/misp-taxonomies at 7591c551, 21 August 2026"


def _percent(low: int, high: int) -> Span:
    return Span(low / 100, high / 100)


def _tagged(tag: str, *terms: Term) -> tuple[Term, ...]:
    """The terms of one taxonomy, each with the tag that carries it."""
    return tuple(
        Term(
            term.label,
            term.span,
            code=term.code,
            value=term.value,
            synonyms=term.synonyms,
            concept=term.concept or term.code,
            tag=f'{tag}="{term.code}"',
        )
        for term in terms
    )


def _unjudged(tag: str, code: str, label: str) -> Term:
    meaning = "MISP's file gives it the number 50; that number is not carried here"
    return Term(
        label, code=code, concept=code, unjudged=True, tag=f'{tag}="{code}"', meaning=meaning
    )


_SOURCE = "admiralty-scale:source-reliability"
_RELIABILITY = Scale(
    "misp-source-reliability",
    "MISP admiralty-scale, source reliability",
    "reliability",
    (
        *_tagged(
            _SOURCE,
            Term(
                "Deliberatly deceptive",
                code="g",
                value=0,
                synonyms=("Deliberately deceptive",),
                concept="deceptive",
            ),
            Term("Unreliable", code="e", value=0),
            Term("Not usually reliable", code="d", value=25),
            Term("Fairly reliable", code="c", value=50),
            Term("Usually reliable", code="b", value=75),
            Term("Completely reliable", code="a", value=100),
        ),
        _unjudged(_SOURCE, "f", "Reliability cannot be judged"),
    ),
    f"{_COMMIT}, admiralty-scale/machinetag.json, version 5",
    "primary",
    family="admiralty-reliability",
    notes=(
        "g is no grade of NATO or FM 2-22.3: the nearest is E, and the deceit is lost",
        "the spelling of g is MISP's",
    ),
    aliases=("misp-admiralty-reliability",),
)

_INFORMATION = "admiralty-scale:information-credibility"
_CREDIBILITY = Scale(
    "misp-information-credibility",
    "MISP admiralty-scale, information credibility",
    "credibility",
    (
        *_tagged(
            _INFORMATION,
            Term("Improbable", code="5", value=0),
            Term("Doubtful", code="4", value=25),
            Term("Possibly true", code="3", value=50),
            Term("Probably true", code="2", value=75),
            Term("Confirmed by other sources", code="1", value=100),
        ),
        _unjudged(_INFORMATION, "6", "Truth cannot be judged"),
    ),
    f"{_COMMIT}, admiralty-scale/machinetag.json, version 5",
    "primary",
    family="admiralty-credibility",
    notes=("its numbers are not those of STIX (5 is 0 here and 10 there): convert by label",),
    aliases=("misp-admiralty-credibility",),
)


def _estimate(code: str, low: int, high: int, number: int, label: str, *words: str) -> Term:
    return Term(label, _percent(low, high), code=code, value=number, synonyms=words)


_ESTIMATIVE = Scale(
    "misp-estimative-language",
    "MISP estimative-language, likelihood",
    "likelihood",
    _tagged(
        "estimative-language:likelihood-probability",
        _estimate("almost-no-chance", 1, 5, 0, "Almost no chance", "remote"),
        _estimate("very-unlikely", 5, 20, 5, "Very unlikely", "highly improbable"),
        _estimate("unlikely", 20, 45, 20, "Unlikely", "improbable", "improbably"),
        _estimate(
            "roughly-even-chance",
            *(45, 55, 45),
            *("Roughly even chance", "roughly even change", "roughly even odds"),
        ),
        _estimate("likely", 55, 80, 55, "Likely", "probable", "probably"),
        _estimate("very-likely", 80, 95, 80, "Very likely", "highly probable"),
        _estimate(
            "almost-certain", 95, 99, 95, "Almost certain", "almost certainly", "nearly certain"
        ),
    ),
    f"{_COMMIT}, estimative-language/machinetag.json, version 5",
    "primary",
    family="icd203",
    notes=(
        "MISP's number is the lower end of the range, and 0 for the lowest, not its middle",
        "the file spells roughly even chance 'Roughly even change'",
    ),
    aliases=("misp",),
)

_ANALYTIC = Scale(
    "misp-analytic-confidence",
    "MISP estimative-language, confidence in analytic judgment",
    "confidence",
    _tagged(
        "estimative-language:confidence-in-analytic-judgment",
        Term("Low", code="low", value=0),
        Term("Moderate", code="moderate", value=55),
        Term("High", code="high", value=95),
    ),
    f"{_COMMIT}, estimative-language/machinetag.json, version 5",
    "primary",
    notes=("how well founded a judgement is, which is not how likely its subject is",),
)

_LEVEL = "misp:confidence-level"
_CONFIDENCE = Scale(
    "misp-confidence-level",
    "MISP confidence-level",
    "confidence",
    (
        *_tagged(
            _LEVEL,
            Term("Unconfident", _percent(0, 24), code="unconfident", value=0),
            Term("Rarely confident", _percent(25, 49), code="rarely-confident", value=25),
            Term("Fairly confident", _percent(50, 74), code="fairly-confident", value=50),
            Term("Usually confident", _percent(75, 99), code="usually-confident", value=75),
            Term(
                "Completely confident", _percent(100, 100), code="completely-confident", value=100
            ),
        ),
        _unjudged(_LEVEL, "confidence-cannot-be-evaluated", "Confidence cannot be evaluated"),
    ),
    f"{_COMMIT}, misp/machinetag.json, version 14; ranges and numbers as MISP/misp-stix at "
    "713ae7b0 reads and writes the STIX confidence",
    "primary",
    line="stix",
    whole_percent=True,
    notes=("of several levels on one record MISP writes the lowest to STIX",),
)

_OPINION = Scale(
    "misp-opinion",
    "MISP opinion, as MISP writes it to STIX",
    "opinion",
    (
        Term("strongly-disagree", _percent(0, 20), concept="strongly-disagree"),
        Term("disagree", _percent(21, 40), concept="disagree"),
        Term("neutral", _percent(41, 60), concept="neutral"),
        Term("agree", _percent(61, 80), concept="agree"),
        Term("strongly-agree", _percent(81, 100), concept="strongly-agree"),
    ),
    "MISP/misp-stix at 713ae7b0, misp2stix/misp_to_stix21.py, _parse_opinion_level",
    "primary",
    family="opinion",
    whole_percent=True,
)


def _point(number: int, label: str, concept: str, margin: int = 0, code: str = "") -> Term:
    span = _percent(number - margin, number + margin)
    return Term(label, span, code=code or str(number), value=number, concept=concept)


_OSINT = Scale(
    "misp-osint-certainty",
    "MISP osint, certainty",
    "likelihood",
    _tagged(
        "osint:certainty",
        _point(0, "Impossibility", "impossible"),
        _point(7, "Almost certainly not", "almost-certainly-not"),
        _point(30, "Probably not", "probably-not"),
        _point(50, "Chances about even", "chances-about-even"),
        _point(75, "Probable", "probable"),
        _point(93, "Almost certain", "almost-certain"),
        _point(100, "Certainty", "certain"),
    ),
    f"{_COMMIT}, osint/machinetag.json, version 11",
    "primary",
    family="kent",
    notes=("Kent's points without his margins: nothing stands for any other number",),
)

_VOCABULAIRE = Scale(
    "misp-vocabulaire-des-probabilites",
    "MISP vocabulaire des probabilités estimatives",
    "likelihood",
    _tagged(
        "vocabulaire-des-probabilites-estimatives:degré-de-probabilité",
        _point(7, "Presque aucune chance", "almost-certainly-not", 5, "presque-aucune-chance"),
        _point(30, "Probablement pas", "probably-not", 10, "probablement-pas"),
        _point(
            50, "Chances à peu près égales", "chances-about-even", 10, "chances-à-peu-près-egales"
        ),
        _point(75, "Probable", "probable", 12, "probable"),
        _point(93, "Quasi certaine", "almost-certain", 6, "quasi-certaine"),
    ),
    f"{_COMMIT}, vocabulaire-des-probabilites-estimatives/machinetag.json, version 3",
    "primary",
    family="kent",
    notes=("Kent's table in French (Public Safety Canada PS64-106-2007), without its two ends",),
)

MISP: tuple[Scale, ...] = (
    _RELIABILITY,
    _CREDIBILITY,
    _ESTIMATIVE,
    _ANALYTIC,
    _CONFIDENCE,
    _OPINION,
    _OSINT,
    _VOCABULAIRE,
)
"""The taxonomies of MISP."""
