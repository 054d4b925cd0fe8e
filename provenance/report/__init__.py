"""Assessments for people: pictures, tables, one-file pages, and what a notebook shows."""

from provenance.report.answers import answer_svg
from provenance.report.curves import curves_svg, prior_svg
from provenance.report.drawing import Picture
from provenance.report.leads import leads_svg
from provenance.report.lineage import lineage_svg
from provenance.report.notebook import Shown, card_html, load_ipython_extension, show
from provenance.report.page import Report, page_html, report_html
from provenance.report.readings import methods_svg
from provenance.report.timelines import Moment, timeline_svg
from provenance.report.weights import weights_svg
from provenance.report.yardsticks import scale_svg

__all__ = [
    "Moment",
    "Picture",
    "Report",
    "Shown",
    "answer_svg",
    "card_html",
    "curves_svg",
    "leads_svg",
    "lineage_svg",
    "load_ipython_extension",
    "methods_svg",
    "page_html",
    "prior_svg",
    "report_html",
    "scale_svg",
    "show",
    "timeline_svg",
    "weights_svg",
]
