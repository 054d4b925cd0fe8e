"""Notebook display: an assessment as a card with its answer, its lineage and its weights."""

from __future__ import annotations

from provenance.assessment import Assessment
from provenance.report.charts import answer_svg, weights_svg
from provenance.report.inert import LABEL, SENTENCE
from provenance.report.lineage_picture import lineage_svg
from provenance.report.markup import case_text, nowrapped
from provenance.report.words import (
    caveat_in_words,
    chance_headline,
    confidence_in_words,
    evidence_in_words,
    likelihood_in_words,
)

__all__ = ["card_html"]

_MOST_CAVEATS = 8


def card_html(assessment: Assessment) -> str:
    """An assessment as one `<div>`, in the font and the colours of what is around it.

    What a notebook shows for an assessment that ends a cell. No scripts, no style sheet, nothing
    from elsewhere; text of the case is inert.

    >>> from provenance import load_case, weigh
    >>> card = card_html(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> "About 1 in 6" in card
    True
    """
    caveats = "".join(
        f"<li>{case_text(caveat_in_words(assessment.case, each), SENTENCE)}</li>"
        for each in assessment.caveats[:_MOST_CAVEATS]
    )
    listed = (
        f'<ul style="margin:0 0 8px;padding-left:18px;opacity:.8">{caveats}</ul>' if caveats else ""
    )
    return (
        '<div style="max-width:940px;line-height:1.45;overflow-wrap:anywhere">'
        f'<p style="margin:0 0 2px">{case_text(assessment.text, LABEL)}</p>'
        '<p style="margin:0 0 4px;font-size:1.6em;font-weight:700;line-height:1.2">'
        f"{nowrapped(chance_headline(assessment))}</p>"
        f'<p style="margin:0 0 4px">{nowrapped(likelihood_in_words(assessment))}</p>'
        f"{answer_svg(assessment, width=560)}"
        f'<p style="margin:0 0 4px">{nowrapped(confidence_in_words(assessment), 2000)}</p>'
        f'<p style="margin:0 0 8px">{nowrapped(evidence_in_words(assessment))}</p>'
        f"{listed}{lineage_svg(assessment, width=900)}"
        f"{weights_svg(assessment, width=560)}</div>"
    )
