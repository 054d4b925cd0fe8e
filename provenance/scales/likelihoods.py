"""Scales of likelihood: words of estimative probability and the ranges their publishers set."""

from __future__ import annotations

from provenance.scales.published import Scale, Span, Term

__all__ = ["LIKELIHOODS"]


def _band(
    label: str,
    low: float,
    high: float,
    *synonyms: str,
    above: bool = False,
    under: bool = False,
    approximate: bool = False,
) -> Term:
    """A term for low to high percent; `above` and `under` leave that end itself out."""
    span = Span(low / 100, high / 100, not above, not under)
    concept = label.replace(" ", "-")
    return Term(label, span, synonyms=synonyms, approximate=approximate, concept=concept)


def _give_or_take(label: str, point: int, tolerance: int) -> Term:
    span = Span((point - tolerance) / 100, (point + tolerance) / 100)
    return Term(label, span, value=point, concept=label.replace(" ", "-"))


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
        Term(
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
