"""The opening of a page: the answer, and what to know before trusting it."""

from __future__ import annotations

from provenance.assessment import Assessment
from provenance.assessment.prose import error_in_words, percent
from provenance.report.answers import answer_svg
from provenance.report.inert import SENTENCE, escaped
from provenance.report.markup import Section, case_text, figure, nowrapped, paragraph
from provenance.report.sentences import (
    caveat_in_words,
    chance_headline,
    confidence_in_words,
    evidence_in_words,
    likelihood_in_words,
)
from provenance.report.words import bits_in_words
from provenance.scales import scale

__all__ = ["answer_section", "caveats_section", "header_html"]

_WORDED = ("icd203", "phia", "ipcc")


def header_html(assessment: Assessment) -> str:
    """The head of a page: the case, the claim, the summary."""
    case = assessment.case
    title = case.title or "A claim, weighed"
    summary = case.summary and f'<p class="summary">{case_text(case.summary, 2000)}</p>'
    return (
        f'<p class="kicker">{case_text(title)}</p>'
        f"<h1>{case_text(assessment.text, 400)}</h1>{summary or ''}"
    )


def answer_section(assessment: Assessment) -> Section:
    """The answer: likelihood and confidence in sentences of their own, and the facts beside them."""
    facts = "".join(
        f"<div><dt>{escaped(k)}</dt><dd>{nowrapped(v)}</dd></div>" for k, v in _facts(assessment)
    )
    body = (
        f'<p class="headline">{escaped(chance_headline(assessment))}</p>'
        f'<p class="likelihood">{nowrapped(likelihood_in_words(assessment))}</p>'
        + figure(lambda width, mark: answer_svg(assessment, width=width, mark=mark))
        + f'<p class="confidence">{nowrapped(confidence_in_words(assessment), 2000)}</p>'
        + paragraph(evidence_in_words(assessment), "evidence")
        + f'<dl class="facts">{facts}</dl>'
    )
    return Section("answer", "The answer", body)


def _facts(assessment: Assessment) -> list[tuple[str, str]]:
    stated = "stated" if assessment.prior_stated else "not stated"
    bits = assessment.bits
    found = [
        ("Prior", f"{percent(assessment.prior)}, {stated}"),
        ("All the evidence", "settles it" if bits is None else f"{bits_in_words(bits)} bits"),
        ("Independent origins", (f"{assessment.independent_origins} for, "
                                f"{assessment.opposing_origins} against")),
        ("Admiralty credibility", _credibility(assessment)),
    ]  # fmt: skip
    found += [(_title(name), assessment.in_words(name)) for name in _WORDED]
    if assessment.as_of is not None:
        found.append(("As of", assessment.as_of.isoformat()))
    if assessment.approximate:
        found.append(("Simulated, give or take", error_in_words(assessment.standard_error)))
    return found


def _title(name: str) -> str:
    return {"icd203": "In words, ICD 203", "phia": "In words, PHIA", "ipcc": "In words, IPCC"}[name]


def _credibility(assessment: Assessment) -> str:
    label = scale("admiralty-credibility").term(assessment.credibility).label
    return f"{assessment.credibility}, {label[:1].lower()}{label[1:]}"


def caveats_section(assessment: Assessment) -> Section:
    """What the reader should know, as sentences."""
    items = "".join(
        f"<li>{case_text(caveat_in_words(assessment.case, each), SENTENCE)}</li>"
        for each in assessment.caveats
    )
    return Section("caveats", "Read with care", f"<ul>{items}</ul>" if items else "")
