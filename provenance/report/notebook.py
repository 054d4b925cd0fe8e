"""Notebook display: an assessment as a card with its answer, its lineage and its weights."""

from __future__ import annotations

from provenance.assessment import Assessment, telling_of, verdict_word
from provenance.report.charts import answer_svg, weights_svg
from provenance.report.inert import LABEL, escaped
from provenance.report.lineage_picture import lineage_svg
from provenance.report.markup import case_text, told

__all__ = ["card_html"]

_MOST_CAVEATS = 8


def card_html(assessment: Assessment) -> str:
    """An assessment as one `<div>`, in the font and the colours of what is around it.

    What a notebook shows for an assessment that ends a cell. No scripts, no style sheet, nothing
    from elsewhere; text of the case is inert.

    >>> from provenance import load_case, weigh
    >>> card = card_html(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> "about 1 in 6" in card
    True
    """
    telling = telling_of(assessment)
    careful = "".join(f"<li>{told(each)}</li>" for each in telling.careful[:_MOST_CAVEATS])
    listed = (
        f'<ul style="margin:0 0 8px;padding-left:18px;opacity:.8">{careful}</ul>' if careful else ""
    )
    said = (telling.headline, telling.because, telling.origins)
    paragraphs = "".join(f'<p style="margin:0 0 4px">{told(each)}</p>' for each in said)
    return (
        '<div style="max-width:940px;line-height:1.45;overflow-wrap:anywhere">'
        '<p style="margin:0 0 2px;font-size:1.6em;font-weight:700;line-height:1.2">'
        f"{escaped(verdict_word(assessment))}</p>"
        f'<p style="margin:0 0 6px">“{case_text(assessment.text, LABEL)}”</p>'
        f"{answer_svg(assessment, width=560)}"
        f"{paragraphs}{listed}{lineage_svg(assessment, width=900)}"
        f"{weights_svg(assessment, width=560)}</div>"
    )
