"""Assessments for people: pictures, tables, one-file pages, and what a notebook shows."""

from provenance.report.answers import answer_svg
from provenance.report.curves import curves_svg, prior_svg
from provenance.report.drawing import Picture
from provenance.report.leads import leads_svg
from provenance.report.lineage import lineage_svg
from provenance.report.notebook import card_html
from provenance.report.page import Report, page_html, report_html
from provenance.report.readings import methods_svg
from provenance.report.timelines import Moment, timeline_svg
from provenance.report.weights import weights_svg
from provenance.report.yardsticks import scale_svg

__all__ = [
    "Moment",
    "Picture",
    "Report",
    "answer_svg",
    "card_html",
    "curves_svg",
    "leads_svg",
    "lineage_svg",
    "methods_svg",
    "page_html",
    "prior_svg",
    "report_html",
    "scale_svg",
    "timeline_svg",
    "weights_svg",
]
