"""Notebook display: an assessment as a card with its answer, its lineage and its weights."""

from __future__ import annotations

from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.report.answers import answer_svg
from provenance.report.inert import LABEL, SENTENCE
from provenance.report.lineage import lineage_svg
from provenance.report.markup import case_text, nowrapped
from provenance.report.sentences import (
    caveat_in_words,
    chance_headline,
    confidence_in_words,
    evidence_in_words,
    likelihood_in_words,
)
from provenance.report.weights import weights_svg

__all__ = ["Shown", "card_html", "load_ipython_extension", "show"]

_MOST_CAVEATS = 8


@attrs.frozen
class Shown:
    """An assessment as a notebook shows it.

    `_repr_html_` is a card, `_repr_svg_` the lineage diagram; printed, it is the prose.
    """

    assessment: Assessment
    """The assessment."""

    def _repr_html_(self) -> str:
        return card_html(self.assessment)

    def _repr_svg_(self) -> str:
        return lineage_svg(self.assessment)

    def __str__(self) -> str:
        return str(self.assessment)


def show(assessment: Assessment) -> Shown:
    """An assessment to end a notebook cell with.

    >>> from provenance import load_case, weigh
    >>> shown = show(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> shown._repr_html_()[:4], shown._repr_svg_()[:4]
    ('<div', '<svg')
    """
    return Shown(assessment)


def card_html(assessment: Assessment) -> str:
    """An assessment as one `<div>`, in the font and the colours of what is around it.

    No scripts, no style sheet, nothing from elsewhere; text of the case is inert.

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


def load_ipython_extension(ipython: Any) -> None:
    """Have IPython and Jupyter show every assessment as a card: `%load_ext provenance.report`.

    IPython calls this. It registers a formatter with the running shell, so that `Assessment` itself
    need not know how it is shown.
    """
    ipython.display_formatter.formatters["text/html"].for_type(Assessment, card_html)
