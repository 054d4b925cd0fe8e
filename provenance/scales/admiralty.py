"""The Admiralty grades: how reliable a source is, and how credible a piece of information."""

from __future__ import annotations

from provenance.scales.published import Scale, Term

__all__ = ["ADMIRALTY", "RELIABILITY_LABELS"]

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

_RELIABILITY = Scale(
    "admiralty-reliability",
    "Admiralty grades of a source",
    "reliability",
    tuple(
        Term(label, code=code, concept=code.lower(), unjudged=code == "F", meaning=meaning)
        for code, label, meaning in RELIABILITY_LABELS
    ),
    _STANAG,
    "secondary",
    family="admiralty-reliability",
    notes=("F is unjudged, not low: it stands for no number",),
    aliases=("nato-reliability", "source-reliability"),
)

_CREDIBILITY = Scale(
    "admiralty-credibility",
    "Admiralty grades of information",
    "credibility",
    tuple(
        Term(label, code=code, concept=code, unjudged=code == "6", meaning=meaning)
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
        Term(f"{code} - {label}", code=code, concept=code.lower(), unjudged=code == "F")
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
        Term(code, code=code, concept=code.lower(), unjudged=code == "F")
        for code, _, _ in RELIABILITY_LABELS
    ),
    "muchdogesec/stix2extensions at 65c8f86, 15 May 2026, a property extension of a marking "
    "definition: extension-definition--cdb5a8fd-b8df-4a7a-ae21-a07fed723797",
    "primary",
    family="admiralty-reliability",
    notes=("for information: extension-definition--88c675ee-098f-4502-8108-5167d24a5e11",),
)

ADMIRALTY: tuple[Scale, ...] = (_RELIABILITY, _CREDIBILITY, _OPENCTI, _STIX2EXTENSIONS)
"""The Admiralty grades and the vocabularies that carry their letters."""
