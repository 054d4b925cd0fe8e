"""The page: one HTML file with an answer, everything behind it, and the case to weigh it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from provenance.assessment import (
    Assessment,
    Curve,
    Leads,
    Sensitivity,
    Timeline,
    questioned,
    timeline,
)
from provenance.assessment.curves import priors_in
from provenance.assessment.leads import leads_in
from provenance.assessment.sensitivity import sensitivity_in
from provenance.assessment.writing import library_version
from provenance.inference import Coupling
from provenance.methods import Comparison, compare
from provenance.records import Case
from provenance.report.grounds import (
    doubts_section,
    lineage_section,
    priors_section,
    reasons_section,
)
from provenance.report.inert import escaped
from provenance.report.inquiries import (
    leads_section,
    methods_section,
    sensitivity_section,
    timeline_section,
)
from provenance.report.markup import Section
from provenance.report.opening import answer_section, caveats_section, header_html
from provenance.report.register import (
    claims_section,
    file_section,
    ignored_section,
    sources_section,
    statements_section,
)
from provenance.report.style import STYLE
from provenance.scales import scale

__all__ = ["POLICY", "Report", "page_html", "report_html"]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
"""What the page allows itself: its own style, and nothing that runs or is fetched."""


@attrs.frozen
class Report:
    """What a page shows; a part that is absent leaves its section out."""

    assessment: Assessment
    """The answer."""
    leads: Leads | None = None
    """What to find out next."""
    priors: Curve | None = None
    """The same evidence on other priors."""
    sensitivity: Sensitivity | None = None
    """The answer over the reliability of each source."""
    timeline: Timeline | None = None
    """How the answer grew."""
    comparison: Comparison | None = None
    """What other methods make of it."""
    brief: bool = False
    """Whether the page is only the answer, who has it from whom and what moves it."""

    @classmethod
    def of(
        cls,
        case: Case,
        claim: str,
        *,
        as_of: date | str | None = None,
        coupling: Coupling = "story",
        seed: int = 0,
        brief: bool = False,
    ) -> Report:
        """Weigh a claim and gather everything that a page shows; see `report_html`."""
        asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
        if brief:
            return cls(asked.before, brief=True)
        return cls(
            asked.before,
            leads_in(asked),
            priors_in(asked),
            sensitivity_in(asked, scale("icd203")),
            timeline(case, claim, as_of=as_of, coupling=coupling, seed=seed),
            compare(case, claim, as_of=as_of, seed=seed),
        )


def report_html(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    brief: bool = False,
) -> str:
    """A claim weighed, as one HTML file that needs nothing else.

    It has the answer, the lineage diagram, reasons, doubts, leads, the answer over reliabilities
    and priors, how it grew, other methods, every source and quote, what is left out, and the case
    file.
    It runs no scripts and fetches nothing, and says so in its Content-Security-Policy; text of the
    case can put neither markup nor style into it. Cost: that of `leads` and `sensitivity`, and
    one weighing for each day on which something became known; minutes where it has to be simulated.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: leave out what was said later.
        coupling: as for `weigh`.
        seed: where simulation starts, if there is any.
        brief: only the answer with its caveats, who has it from whom, what moves it and the case
            file: one printed sheet for most cases, at the cost of weighing once.

    Raises what `weigh` raises.

    >>> from provenance import load_case
    >>> page = report_html(load_case("seeds/egypt-arms-2015.json"), "armed")
    >>> page[:15], "<script" in page
    ('<!doctype html>', False)
    """
    return page_html(Report.of(case, claim, as_of=as_of, coupling=coupling, seed=seed, brief=brief))


def page_html(report: Report) -> str:
    """A report that was put together by hand, as one HTML file."""
    assessment = report.assessment
    sections = [section for section in _sections(report) if section.body]
    links = "".join(
        f'<li><a href="#{each.name}">{escaped(each.heading)}</a></li>' for each in sections
    )
    body = '<body class="brief">' if report.brief else "<body>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escaped(assessment.text)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"{body}\n"
        '<a class="skip" href="#answer">To the answer</a>\n'
        f'<header>{header_html(assessment)}<nav aria-label="Contents"><ul>{links}</ul></nav>'
        "</header>\n<main>\n"
        + "\n".join(section.html for section in sections)
        + f"\n</main>\n<footer>{_footer()}</footer>\n</body>\n</html>\n"
    )


def _sections(report: Report) -> Iterator[Section]:
    assessment = report.assessment
    yield answer_section(assessment)
    yield caveats_section(assessment)
    yield lineage_section(assessment)
    yield reasons_section(assessment)
    if report.brief:
        yield file_section(assessment)
        return
    yield doubts_section(assessment)
    yield leads_section(report.leads, assessment.case)
    yield sensitivity_section(report.sensitivity, assessment.case)
    yield priors_section(report.priors)
    yield timeline_section(report.timeline, assessment.case)
    yield methods_section(report.comparison)
    yield claims_section(assessment)
    yield sources_section(assessment)
    yield statements_section(assessment)
    yield ignored_section(assessment)
    yield file_section(assessment)


def _footer() -> str:
    return (
        f"<p>Weighed with claim-provenance {escaped(library_version())}. The grades, priors and "
        "links are those of the case file; the arithmetic is the library's.</p>"
    )
