"""Assessments for people: pictures, one-file pages, and what a notebook shows.

- `page`: the one-file page, and the report it is made from
- `sliders`: the interactive page
- `public`: what of a case and its diagram readers outside may see
- `register`: what a page has of the case: claims, sources, statements, the file
- `charts`: the answer on its line, the weights, curves, published scales as yardsticks
- `series`: how an answer grew, what to find out next, several methods side by side
- `lineage_picture`: who has it from whom, drawn; `lineage_sketch`: its boxes, rows and lines;
  `lineage_layout`: where they stand
- `notebook`: the card that ends a cell
- `words`: phrases for statements, links, interests, leads and methods
- `drawing`: SVG elements as text; `markup`: HTML elements and the style of a page
- `inert`: text of a case made harmless
"""

from provenance.report.charts import answer_svg, curves_svg, prior_svg, scale_svg, weights_svg
from provenance.report.drawing import Picture
from provenance.report.lineage_picture import lineage_svg
from provenance.report.notebook import card_html
from provenance.report.page import Report, page_html, report_html
from provenance.report.public import public_answer
from provenance.report.series import Moment, leads_svg, methods_svg, timeline_svg
from provenance.report.sliders import interactive_html
from provenance.report.words import method_in_words

__all__ = [
    "Moment",
    "Picture",
    "Report",
    "answer_svg",
    "card_html",
    "curves_svg",
    "interactive_html",
    "leads_svg",
    "lineage_svg",
    "method_in_words",
    "methods_svg",
    "page_html",
    "prior_svg",
    "public_answer",
    "report_html",
    "scale_svg",
    "timeline_svg",
    "weights_svg",
]
