"""The confidence scales of STIX 2.1: five tables that present one whole number from 0 to 100."""

from __future__ import annotations

from provenance.scales.published import Kind, Scale, Span, Term

__all__ = ["STIX"]

_CITATION = (
    "OASIS, STIX Version 2.1, 10 June 2021, appendix A (normative by section 3.2); unchanged by "
    "Errata 01, 2 April 2025"
)
_ABSENT = "the confidence property is left out"


def _term(label: str, low: int, high: int, value: int, concept: str = "", code: str = "") -> Term:
    return Term(label, Span(low / 100, high / 100), code=code, value=value, concept=concept)


def _unjudged(label: str, concept: str = "", code: str = "") -> Term:
    return Term(label, code=code, unjudged=True, concept=concept, meaning=_ABSENT)


def _table(
    name: str, title: str, kind: Kind, terms: tuple[Term, ...], family: str = "", note: str = ""
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
        _unjudged("Not Specified"),
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
        _unjudged("Not Specified"),
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
        _unjudged("6 - Truth cannot be judged", "6", code="6"),
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
        _unjudged("Not Specified"),
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
        _unjudged("Not Specified"),
    ),
    family="icd203",
    note="the words of ICD 203 on other percentages (likely: here 60 to 79, there 55 to 80)",
)

_OPINION = Scale(
    "stix-opinion",
    "STIX 2.1 opinion",
    "opinion",
    tuple(
        Term(label, code=str(number), concept=label)
        for number, label in enumerate(
            ("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"), start=1
        )
    ),
    "OASIS, STIX Version 2.1, 10 June 2021, section 10.18 (the numbers 1 to 5 are optional)",
    "primary",
    family="opinion",
)

STIX: tuple[Scale, ...] = (_NONE_LOW_MED_HIGH, _ZERO_TEN, _ADMIRALTY, _WEP, _DNI, _OPINION)
"""The five confidence scales of STIX 2.1, and its opinions."""
