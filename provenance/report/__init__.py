"""Assessments for people: pictures, tables, one-file pages, and what a notebook shows."""

from provenance.report.charts import answer_svg, curves_svg, prior_svg, scale_svg, weights_svg
from provenance.report.drawing import Picture
from provenance.report.lineage_picture import lineage_svg
from provenance.report.notebook import card_html
from provenance.report.page import Report, page_html, report_html
from provenance.report.series import Moment, leads_svg, methods_svg, timeline_svg

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
