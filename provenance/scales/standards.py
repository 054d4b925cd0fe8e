"""Scales of likelihood: words of estimative probability and the ranges their publishers set."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from provenance.errors import UnknownName
from provenance.scales.published import Kind, Label, Range, Scale

__all__ = [
    "ADMIRALTY",
    "LIKELIHOODS",
    "MISP",
    "RELIABILITY_LABELS",
    "STIX",
    "scale",
    "scale_names",
]


def _band(
    label: str,
    low: float,
    high: float,
    *synonyms: str,
    above: bool = False,
    under: bool = False,
    approximate: bool = False,
) -> Label:
    """A term for low to high percent; `above` and `under` leave that end itself out."""
    span = Range(low / 100, high / 100, not above, not under)
    concept = label.replace(" ", "-")
    return Label(label, span, synonyms=synonyms, approximate=approximate, concept=concept)


def _give_or_take(label: str, point: int, tolerance: int) -> Label:
    span = Range((point - tolerance) / 100, (point + tolerance) / 100)
    return Label(label, span, value=point, concept=label.replace(" ", "-"))


_ICD_203 = Scale(
    "icd203",
    "ICD 203 expressions of likelihood",
    "likelihood",
    (
        _band("almost no chance", 1, 5, "remote"),
        _band("very unlikely", 5, 20, "highly improbable"),
        _band("unlikely", 20, 45, "improbable", "improbably"),
        _band("roughly even chance", 45, 55, "roughly even odds"),
        _band("likely", 55, 80, "probable", "probably"),
        _band("very likely", 80, 95, "highly probable"),
        _band("almost certain", 95, 99, "almost certainly", "nearly certain"),
    ),
    "ODNI, Intelligence Community Directive 203, Analytic Standards, 2 January 2015, technical "
    "amendment of 21 December 2022, D.6.e(2)(a)",
    "secondary",
    family="icd203",
    notes=(
        "neighbouring ranges share their boundary, and there is no term below 1 % or above 99 %",
        "rule (b) of the same section: never a confidence level and a likelihood in one sentence",
    ),
    aliases=("icd 203", "odni", "us"),
)

_PHIA = Scale(
    "phia",
    "PHIA probability yardstick",
    "likelihood",
    (
        _band("remote chance", 0, 5, above=True, approximate=True),
        _band("highly unlikely", 10, 20, approximate=True),
        _band("unlikely", 25, 35, approximate=True),
        _band("realistic possibility", 40, 50, under=True, approximate=True),
        _band("likely", 55, 75, "probable", "probably", approximate=True),
        _band("highly likely", 80, 90, approximate=True),
        _band("almost certain", 95, 100, "almost certainly", under=True, approximate=True),
    ),
    "UK Professional Head of Intelligence Assessment, Explaining Uncertainty in UK Intelligence "
    "Assessment, GOV.UK, 24 March 2025",
    "secondary",
    notes=("the gaps between the ranges are deliberate: no term stands for a number in one",),
    aliases=("phia yardstick", "uk"),
)

_NATO = Scale(
    "nato",
    "NATO AJP-2.1 terms of likelihood",
    "likelihood",
    (
        _band("highly unlikely", 0, 10),
        _band("unlikely", 10, 40),
        _band("even chance", 40, 60),
        _band("likely", 60, 90),
        _band("highly likely", 90, 100),
    ),
    "NATO AJP-2.1, as copied in data/yardstick_nato.csv of github.com/adamkucharski/CAPphrase",
    "secondary",
    notes=(
        "AJP-2.1 itself was not opened; the copy does not say to which side a boundary belongs",
    ),
    aliases=("ajp-2.1", "nato ajp-2.1"),
)

_IPCC = Scale(
    "ipcc",
    "IPCC AR5 likelihood scale",
    "likelihood",
    (
        _band("exceptionally unlikely", 0, 1),
        _band("extremely unlikely", 0, 5),
        _band("very unlikely", 0, 10),
        _band("unlikely", 0, 33),
        _band("about as likely as not", 33, 66),
        _band("more likely than not", 50, 100, above=True),
        _band("likely", 66, 100),
        _band("very likely", 90, 100),
        _band("extremely likely", 95, 100),
        _band("virtually certain", 99, 100),
    ),
    "Mastrandrea and others, Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on "
    "Consistent Treatment of Uncertainties, 2010, table 1 and paragraphs 8 to 10",
    "secondary",
    nested=True,
    notes=(
        "the ranges are nested, so a number has several terms: report the narrowest",
        "extremely likely, more likely than not and extremely unlikely are additional terms",
        "its levels of confidence are a separate scale, not to be read as probabilities",
    ),
    aliases=("ipcc-ar5", "ar5"),
)

_IPCC_AR4 = Scale(
    "ipcc-ar4",
    "IPCC AR4 likelihood scale (Working Group II)",
    "likelihood",
    (
        _band("exceptionally unlikely", 0, 1, under=True),
        _band("very unlikely", 1, 10),
        _band("unlikely", 10, 33),
        _band("about as likely as not", 33, 66),
        _band("likely", 66, 90),
        _band("very likely", 90, 99),
        _band("virtually certain", 99, 100, above=True),
    ),
    "IPCC Fourth Assessment Report, Working Group II, front matter F, 2007",
    "primary",
    notes=("the ranges are side by side, unlike those of AR5",),
    aliases=("ipcc-ar4-wg2", "ar4"),
)

_EFSA = Scale(
    "efsa",
    "EFSA approximate probability scale",
    "likelihood",
    (
        _band("almost impossible", 0, 1),
        _band("extremely unlikely", 1, 5),
        _band("very unlikely", 5, 10),
        _band("unlikely", 10, 33),
        _band("about as likely as not", 33, 66),
        _band("likely", 66, 90),
        _band("very likely", 90, 95),
        _band("extremely likely", 95, 99),
        _band("almost certain", 99, 100),
        Label(
            "inconclusive",
            synonyms=("cannot conclude", "unknown"),
            unjudged=True,
            meaning="unable to give any probability",
        ),
    ),
    "EFSA Scientific Committee, Guidance on Uncertainty Analysis in Scientific Assessments, EFSA "
    "Journal 16(1):5123, 2018, as copied in data/yardstick_efsa.csv of "
    "github.com/adamkucharski/CAPphrase and in the EFSA tutorial at dmi3kno.github.io/EFSAtutorial",
    "secondary",
    notes=("it also allows 'more likely than not' for anything above 50 %",),
)

_KENT = Scale(
    "kent",
    "Kent's words of estimative probability",
    "likelihood",
    (
        _give_or_take("impossible", 0, 0),
        _give_or_take("almost certainly not", 7, 5),
        _give_or_take("probably not", 30, 10),
        _give_or_take("chances about even", 50, 10),
        _give_or_take("probable", 75, 12),
        _give_or_take("almost certain", 93, 6),
        _give_or_take("certain", 100, 0),
    ),
    "Sherman Kent, Words of Estimative Probability, Studies in Intelligence, Fall 1964",
    "secondary",
    family="kent",
    notes=("points, give or take; nothing stands for what lies between two of them",),
    aliases=("kent-1964", "sherman kent", "sherman-kent-1964"),
)

LIKELIHOODS: tuple[Scale, ...] = (_ICD_203, _PHIA, _NATO, _IPCC, _IPCC_AR4, _EFSA, _KENT)
"""The scales of likelihood."""


# The Admiralty grades: how reliable a source is, and how credible a piece of information.

RELIABILITY_LABELS: tuple[tuple[str, str, str], ...] = (
    ("E", "Unreliable", "used before and found unworthy of confidence"),
    ("D", "Not usually reliable", "used before and wrong more often than right"),
    ("C", "Fairly reliable", "used now and then, with some confidence"),
    ("B", "Usually reliable", "right before, with some doubt about the case at hand"),
    ("A", "Completely reliable", "tried and trusted"),
    ("F", "Reliability cannot be judged", "not used before: not a low grade"),
)
"""The six grades of a source from the lowest up, F last: code, label, meaning."""

_CREDIBILITY_LABELS: tuple[tuple[str, str, str], ...] = (
    ("5", "Improbable", ""),
    ("4", "Doubtful", ""),
    ("3", "Possibly true", ""),
    ("2", "Probably true", "well supported, but the sources may not be independent"),
    ("1", "Confirmed by other sources", "certain to come from another source as well"),
    ("6", "Truth cannot be judged", "no basis for a judgement: not a low grade"),
)

_STANAG = (
    "NATO STANAG 2511, January 2003, paragraphs 2 to 16 and tables I and II, as reproduced at "
    "eturwg.c4i.gmu.edu; labels as in NATO AJP-2.1 and US FM 2-22.3, appendix B"
)

_ADMIRALTY_RELIABILITY = Scale(
    "admiralty-reliability",
    "Admiralty grades of a source",
    "reliability",
    tuple(
        Label(label, code=code, concept=code.lower(), unjudged=code == "F", meaning=meaning)
        for code, label, meaning in RELIABILITY_LABELS
    ),
    _STANAG,
    "secondary",
    family="admiralty-reliability",
    notes=("F is unjudged, not low: it stands for no number",),
    aliases=("nato-reliability", "source-reliability"),
)

_ADMIRALTY_CREDIBILITY = Scale(
    "admiralty-credibility",
    "Admiralty grades of information",
    "credibility",
    tuple(
        Label(label, code=code, concept=code, unjudged=code == "6", meaning=meaning)
        for code, label, meaning in _CREDIBILITY_LABELS
    ),
    _STANAG,
    "secondary",
    family="admiralty-credibility",
    notes=(
        "the doctrine sets no ranges; what parts 1 from 2 is that the sources are independent",
        "6 is unjudged, not low: it stands for no number",
    ),
    aliases=("admiralty", "nato-credibility", "information-credibility"),
)

_OPENCTI = Scale(
    "opencti-reliability",
    "OpenCTI reliability of a source",
    "reliability",
    tuple(
        Label(f"{code} - {label}", code=code, concept=code.lower(), unjudged=code == "F")
        for code, label, _ in RELIABILITY_LABELS
    ),
    "OpenCTI, x_opencti_reliability, pycti 7.261026.0, extension definition "
    "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba; wording of the MISP object "
    "intelligence-source-assessment, version 1",
    "secondary",
    family="admiralty-reliability",
    aliases=("opencti",),
)

_STIX2EXTENSIONS = Scale(
    "stix2extensions-reliability",
    "stix2extensions, admiralty_source_reliability",
    "reliability",
    tuple(
        Label(code, code=code, concept=code.lower(), unjudged=code == "F")
        for code, _, _ in RELIABILITY_LABELS
    ),
    "muchdogesec/stix2extensions at 65c8f86, 15 May 2026, a property extension of a marking "
    "definition: extension-definition--cdb5a8fd-b8df-4a7a-ae21-a07fed723797",
    "primary",
    family="admiralty-reliability",
    notes=("for information: extension-definition--88c675ee-098f-4502-8108-5167d24a5e11",),
)

ADMIRALTY: tuple[Scale, ...] = (
    _ADMIRALTY_RELIABILITY,
    _ADMIRALTY_CREDIBILITY,
    _OPENCTI,
    _STIX2EXTENSIONS,
)
"""The Admiralty grades and the vocabularies that carry their letters."""


# The confidence scales of STIX 2.1: five tables that present one whole number from 0 to 100.

_CITATION = (
    "OASIS, STIX Version 2.1, 10 June 2021, appendix A (normative by section 3.2); unchanged by "
    "Errata 01, 2 April 2025"
)
_ABSENT = "the confidence property is left out"


def _term(label: str, low: int, high: int, value: int, concept: str = "", code: str = "") -> Label:
    return Label(label, Range(low / 100, high / 100), code=code, value=value, concept=concept)


def _stix_unjudged(label: str, concept: str = "", code: str = "") -> Label:
    return Label(label, code=code, unjudged=True, concept=concept, meaning=_ABSENT)


def _table(
    name: str, title: str, kind: Kind, terms: tuple[Label, ...], family: str = "", note: str = ""
) -> Scale:
    return Scale(
        f"stix-{name}",
        f"STIX 2.1, {title}",
        kind,
        terms,
        _CITATION,
        "primary",
        family=family,
        line="stix",
        whole_percent=True,
        notes=("what is not judged has no confidence property at all", *([note] if note else ())),
    )


_NONE_LOW_MED_HIGH = _table(
    "none-low-med-high",
    "None / Low / Med / High",
    "confidence",
    (
        _term("None", 0, 0, 0),
        _term("Low", 1, 29, 15),
        _term("Med", 30, 69, 50),
        _term("High", 70, 100, 85),
        _stix_unjudged("Not Specified"),
    ),
)

_ZERO_TEN = _table(
    "zero-ten",
    "0-10 scale",
    "confidence",
    (
        _term("0", 0, 4, 0),
        *(_term(str(n), 10 * n - 5, 10 * n + 4, 10 * n) for n in range(1, 10)),
        _term("10", 95, 100, 100),
        _stix_unjudged("Not Specified"),
    ),
)

_ADMIRALTY = _table(
    "admiralty-credibility",
    "Admiralty credibility",
    "credibility",
    (
        _term("5 - Improbable", 0, 19, 10, "5", code="5"),
        _term("4 - Doubtful", 20, 39, 30, "4", code="4"),
        _term("3 - Possibly True", 40, 59, 50, "3", code="3"),
        _term("2 - Probably True", 60, 79, 70, "2", code="2"),
        _term("1 - Confirmed by other sources", 80, 100, 90, "1", code="1"),
        _stix_unjudged("6 - Truth cannot be judged", "6", code="6"),
    ),
    family="admiralty-credibility",
    note="the numbers are STIX's, not the doctrine's, which sets none",
)

_WEP = _table(
    "wep",
    "WEP scale",
    "likelihood",
    (
        _term("Impossible", 0, 0, 0),
        _term("Highly Unlikely/Almost Certainly Not", 1, 19, 10),
        _term("Unlikely/Probably Not", 20, 39, 30),
        _term("Even Chance", 40, 59, 50),
        _term("Likely/Probable", 60, 79, 70),
        _term("Highly likely/Almost Certain", 80, 99, 90),
        _term("Certain", 100, 100, 100),
        _stix_unjudged("Not Specified"),
    ),
)

_DNI = _table(
    "dni",
    "DNI scale",
    "likelihood",
    (
        _term("Almost No Chance / Remote", 0, 9, 5, "almost-no-chance"),
        _term("Very Unlikely / Highly Improbable", 10, 19, 15, "very-unlikely"),
        _term("Unlikely / Improbable", 20, 39, 30, "unlikely"),
        _term("Roughly Even Chance / Roughly Even Odds", 40, 59, 50, "roughly-even-chance"),
        _term("Likely / Probable", 60, 79, 70, "likely"),
        _term("Very Likely / Highly Probable", 80, 89, 85, "very-likely"),
        _term("Almost Certain / Nearly Certain", 90, 100, 95, "almost-certain"),
        _stix_unjudged("Not Specified"),
    ),
    family="icd203",
    note="the words of ICD 203 on other percentages (likely: here 60 to 79, there 55 to 80)",
)

_STIX_OPINION = Scale(
    "stix-opinion",
    "STIX 2.1 opinion",
    "opinion",
    tuple(
        Label(label, code=str(number), concept=label)
        for number, label in enumerate(
            ("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"), start=1
        )
    ),
    "OASIS, STIX Version 2.1, 10 June 2021, section 10.18 (the numbers 1 to 5 are optional)",
    "primary",
    family="opinion",
)

STIX: tuple[Scale, ...] = (_NONE_LOW_MED_HIGH, _ZERO_TEN, _ADMIRALTY, _WEP, _DNI, _STIX_OPINION)
"""The five confidence scales of STIX 2.1, and its opinions."""


# The taxonomies of MISP that grade sources, information, likelihood, confidence and opinion.

_COMMIT = "MISP/misp-taxonomies at 7591c551, 21 August 2026"


def _percent(low: int, high: int) -> Range:
    return Range(low / 100, high / 100)


def _tagged(tag: str, *terms: Label) -> tuple[Label, ...]:
    """The terms of one taxonomy, each with the tag that carries it."""
    return tuple(
        Label(
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


def _misp_unjudged(tag: str, code: str, label: str) -> Label:
    meaning = "MISP's file gives it the number 50; that number is not carried here"
    return Label(
        label, code=code, concept=code, unjudged=True, tag=f'{tag}="{code}"', meaning=meaning
    )


_SOURCE = "admiralty-scale:source-reliability"
_MISP_RELIABILITY = Scale(
    "misp-source-reliability",
    "MISP admiralty-scale, source reliability",
    "reliability",
    (
        *_tagged(
            _SOURCE,
            Label(
                "Deliberatly deceptive",
                code="g",
                value=0,
                synonyms=("Deliberately deceptive",),
                concept="deceptive",
            ),
            Label("Unreliable", code="e", value=0),
            Label("Not usually reliable", code="d", value=25),
            Label("Fairly reliable", code="c", value=50),
            Label("Usually reliable", code="b", value=75),
            Label("Completely reliable", code="a", value=100),
        ),
        _misp_unjudged(_SOURCE, "f", "Reliability cannot be judged"),
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
_MISP_CREDIBILITY = Scale(
    "misp-information-credibility",
    "MISP admiralty-scale, information credibility",
    "credibility",
    (
        *_tagged(
            _INFORMATION,
            Label("Improbable", code="5", value=0),
            Label("Doubtful", code="4", value=25),
            Label("Possibly true", code="3", value=50),
            Label("Probably true", code="2", value=75),
            Label("Confirmed by other sources", code="1", value=100),
        ),
        _misp_unjudged(_INFORMATION, "6", "Truth cannot be judged"),
    ),
    f"{_COMMIT}, admiralty-scale/machinetag.json, version 5",
    "primary",
    family="admiralty-credibility",
    notes=("its numbers are not those of STIX (5 is 0 here and 10 there): convert by label",),
    aliases=("misp-admiralty-credibility",),
)


def _estimate(code: str, low: int, high: int, number: int, label: str, *words: str) -> Label:
    return Label(label, _percent(low, high), code=code, value=number, synonyms=words)


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
        Label("Low", code="low", value=0),
        Label("Moderate", code="moderate", value=55),
        Label("High", code="high", value=95),
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
            Label("Unconfident", _percent(0, 24), code="unconfident", value=0),
            Label("Rarely confident", _percent(25, 49), code="rarely-confident", value=25),
            Label("Fairly confident", _percent(50, 74), code="fairly-confident", value=50),
            Label("Usually confident", _percent(75, 99), code="usually-confident", value=75),
            Label(
                "Completely confident", _percent(100, 100), code="completely-confident", value=100
            ),
        ),
        _misp_unjudged(_LEVEL, "confidence-cannot-be-evaluated", "Confidence cannot be evaluated"),
    ),
    f"{_COMMIT}, misp/machinetag.json, version 14; ranges and numbers as MISP/misp-stix at "
    "713ae7b0 reads and writes the STIX confidence",
    "primary",
    line="stix",
    whole_percent=True,
    notes=("of several levels on one record MISP writes the lowest to STIX",),
)

_MISP_OPINION = Scale(
    "misp-opinion",
    "MISP opinion, as MISP writes it to STIX",
    "opinion",
    (
        Label("strongly-disagree", _percent(0, 20), concept="strongly-disagree"),
        Label("disagree", _percent(21, 40), concept="disagree"),
        Label("neutral", _percent(41, 60), concept="neutral"),
        Label("agree", _percent(61, 80), concept="agree"),
        Label("strongly-agree", _percent(81, 100), concept="strongly-agree"),
    ),
    "MISP/misp-stix at 713ae7b0, misp2stix/misp_to_stix21.py, _parse_opinion_level",
    "primary",
    family="opinion",
    whole_percent=True,
)


def _point(number: int, label: str, concept: str, margin: int = 0, code: str = "") -> Label:
    span = _percent(number - margin, number + margin)
    return Label(label, span, code=code or str(number), value=number, concept=concept)


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
    _MISP_RELIABILITY,
    _MISP_CREDIBILITY,
    _ESTIMATIVE,
    _ANALYTIC,
    _CONFIDENCE,
    _MISP_OPINION,
    _OSINT,
    _VOCABULAIRE,
)
"""The taxonomies of MISP."""


# The catalogue of published scales: each by its name.


def scale(name: str) -> Scale:
    """A published scale by its name, in any case; raises `UnknownName` for one that is not there.

    >>> phia = scale("phia")
    >>> [term.label for term in phia.term_for(0.3)]
    ['unlikely']
    >>> phia.term_for(0.38)
    ()
    >>> str(phia.range_of("probable"))
    '55 to 75 %'
    """
    found = _by_name().get(_key(name))
    if found is None:
        raise UnknownName("scale", str(name)[:100], scale_names())
    return found


def scale_names() -> tuple[str, ...]:
    """The names of all published scales, in order: likelihood first, then Admiralty, STIX, MISP.

    >>> scale_names()[:7]
    ('icd203', 'phia', 'nato', 'ipcc', 'ipcc-ar4', 'efsa', 'kent')
    """
    return tuple(found.name for found in _scales())


@functools.cache
def _scales() -> tuple[Scale, ...]:
    # Imported on first use: most programs weigh cases and never ask for a scale.

    return (*LIKELIHOODS, *ADMIRALTY, *STIX, *MISP)


@functools.cache
def _by_name() -> Mapping[str, Scale]:
    return MappingProxyType(
        {_key(name): found for found in _scales() for name in (found.name, *found.aliases)}
    )


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).casefold())
