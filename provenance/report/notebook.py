"""Notebook display: an assessment as a card with its answer, its lineage and its weights."""

from __future__ import annotations

from provenance.assessment import Assessment, telling_of, verdict_word
from provenance.records import Case
from provenance.report.charts import answer_svg, weights_svg
from provenance.report.inert import LABEL, SENTENCE, escaped
from provenance.report.lineage_picture import lineage_svg
from provenance.report.markup import case_text, told
from provenance.scales import counted

__all__ = ["card_html"]

_MOST_CAVEATS = 8


def card_html(answer: object) -> str:
    """An answer as one `<div>`, in the font and the colours of what is around it.

    What a notebook shows for an answer that ends a cell: an assessment with its picture, a case
    with what is in it, everything else as the text that it prints. No scripts, no style sheet, nothing
    from elsewhere; text of the case is inert.

    >>> from provenance import load_case, weigh
    >>> card = card_html(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> "about 1 in 6" in card
    True
    """
    if isinstance(answer, Assessment):
        return _assessment_card(answer)
    if isinstance(answer, Case):
        return _case_card(answer)
    return (
        '<pre style="white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.4">'
        f"{case_text(str(answer), SENTENCE)}</pre>"
    )


def _case_card(case: Case) -> str:
    counts = ", ".join(
        counted(len(records), noun)
        for records, noun in (
            (case.claims, "claim"),
            (case.sources, "source"),
            (case.attributions, "attribution"),
        )
    )
    title = f"<b>{case_text(case.title, LABEL)}</b>: " if case.title else ""
    claims = "".join(f"<li>{case_text(claim.text, LABEL)}</li>" for claim in case.claims[:20])
    more = f"<li>and {len(case.claims) - 20} more</li>" if len(case.claims) > 20 else ""
    return f"<div><p>{title}{escaped(counts)}</p><ul>{claims}{more}</ul></div>"


def _assessment_card(assessment: Assessment) -> str:
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
