"""The page: one HTML file with an answer, everything behind it, and the case to weigh it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

import attrs

from provenance.assessment import (
    Assessment,
    Curve,
    Lead,
    Leads,
    Names,
    Questioned,
    Sensitivity,
    Telling,
    Timeline,
    TimelineEntry,
    became_known,
    bounded,
    careful_of,
    doubt_in_words,
    is_established,
    leads_in,
    less_in_words,
    library_version,
    priors_in,
    questioned,
    sensitivity_in,
    telling_of,
    timeline_in,
    verdict_word,
)
from provenance.bounds import Cancel, affordable, within
from provenance.errors import InvalidValue, TooCostly
from provenance.inference import Coupling
from provenance.methods import Comparison, MethodReading, compare, compared
from provenance.records import Case
from provenance.report.charts import answer_svg, curves_svg, points_of, prior_svg, weights_svg
from provenance.report.drawing import Picture
from provenance.report.inert import SENTENCE, escaped, plain
from provenance.report.lineage_picture import lineage_svg
from provenance.report.lineage_sketch import signs
from provenance.report.markup import (
    STYLE,
    WIDE,
    Section,
    case_text,
    figure,
    folded,
    nowrapped,
    paragraph,
    table,
    told,
)
from provenance.report.public import public_case
from provenance.report.register import (
    anchors_of,
    claims_section,
    file_section,
    ignored_section,
    sources_section,
    statements_section,
)
from provenance.report.series import leads_svg, methods_svg, timeline_svg
from provenance.report.words import Words, bits_in_words, evidence_in_words
from provenance.scales import (
    day_in_words,
    error_in_words,
    listed,
    percent,
    points,
    scale,
    span_in_words,
)

__all__ = [
    "POLICY",
    "Report",
    "answer_section",
    "document_html",
    "doubts_section",
    "footer_html",
    "header_html",
    "leads_section",
    "lineage_section",
    "methods_section",
    "page_html",
    "priors_section",
    "reasons_section",
    "report_html",
    "sensitivity_section",
    "timeline_section",
]

T = TypeVar("T")
_SHARE = 3  # the part of what is left of a budget that one section may take

# The opening of a page: the verdict on the claim, why, and what to know before trusting it.

_OTHER_SCALES = ("phia", "ipcc")


def header_html(assessment: Assessment) -> str:
    """The head of a page: the case, and the verdict beside the claim in quotation marks."""
    title = assessment.case.title or "A claim, weighed"
    return (
        f'<p class="kicker">{case_text(title)}</p>'
        f'<h1><span class="verdict">{escaped(verdict_word(assessment))}</span> '
        f'<span class="claim">“{case_text(assessment.text, 400)}”</span></h1>'
    )


def answer_section(
    assessment: Assessment, leads: Leads | None = None, *, public: bool = False
) -> Section:
    """The answer: its number, why, from how few, what to be careful about, and what next.

    The last two are advice to those who weigh it, and no part of what the public is told.
    """
    telling = telling_of(assessment)
    careful = "".join(f"<li>{told(each)}</li>" for each in telling.careful if not public)
    body = (
        f'<p class="headline">{told(_number_of(assessment, telling))}</p>'
        f'<p class="because">{told(telling.because)}</p>'
        + figure(lambda width, mark: answer_svg(assessment, width=width, mark=mark))
        + f'<p class="origins">{told(telling.origins)}</p>'
        + (f'<h3>Be careful</h3><ul class="careful">{careful}</ul>' if careful else "")
        + ("" if public else _next(assessment, telling, leads))
        + _facts(assessment, public)
    )
    return Section("answer", "The answer", body)


def _number_of(assessment: Assessment, telling: Telling) -> str:
    """The headline without the verdict, which stands above it already."""
    number = telling.headline.removeprefix(f"{verdict_word(assessment)}: ")
    return number[:1].upper() + number[1:]


def _next(assessment: Assessment, telling: Telling, leads: Leads | None) -> str:
    """What would move it most: the first of the leads, or what the answer itself tells."""
    said = telling.next
    if leads is not None and leads.ranked:
        first = leads.ranked[0]
        ends = f"{percent(first.best.probability)} at best, {percent(first.worst.probability)} at worst"
        said = f"{first.text}: it would then stand at {ends}."
    return f'<p class="next"><strong>Next:</strong> {told(said)}</p>' if said else ""


def _facts(assessment: Assessment, public: bool) -> str:
    stated = "stated in the case" if assessment.prior_stated else "not stated"
    shown = [("Started at", f"{percent(assessment.prior)}, {stated}")]
    words = [("In the words of ICD 203", assessment.in_words("icd203"))]
    if not scale("icd203").term_for(assessment.probability):
        words = []  # the verdict says more than that there is no word for it
    decided = is_established(assessment)
    if decided:
        # Where the start decides, a word of a scale would be quoted as if evidence stood behind it.
        shown += words
    if assessment.as_of is not None:
        shown.append(("As of", assessment.as_of.isoformat()))
    if assessment.approximate:
        shown.append(("Simulated, give or take", error_in_words(assessment.standard_error)))
    bits = assessment.bits
    rest = [
        ("All the evidence", "settles it" if bits is None else f"{bits_in_words(bits)} bits"),
        ("Admiralty credibility", _credibility(assessment)),
        *(() if decided else words),
        *((scale(name).title, assessment.in_words(name)) for name in _OTHER_SCALES),
    ]
    if public:
        return _defined(shown)
    note = "" if decided else paragraph(_NO_VERDICT)
    return _defined(shown) + folded("On other scales, and in bits", note + _defined(rest))


_NO_VERDICT = (
    "The starting point decides this number. These words are what scales call the number; they are "
    "no verdict."
)


def _defined(facts: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f"<div><dt>{escaped(name)}</dt><dd>{nowrapped(value)}</dd></div>" for name, value in facts
    )
    return f'<dl class="facts">{items}</dl>'


def _credibility(assessment: Assessment) -> str:
    label = scale("admiralty-credibility").term(assessment.credibility).label
    return f"{assessment.credibility}, {label[:1].lower()}{label[1:]}"


# The grounds of an answer on a page: the lineage, the reasons, other priors, and the doubts.

_MOST_ROUTES = 200
_TABLED = frozenset((0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99))
_SIDES = {1: "for", -1: "against", 0: "either way"}


def lineage_section(
    assessment: Assessment, anchors: Mapping[str, str] | None = None, *, public: bool = False
) -> Section:
    """Who has it from whom: the diagram, and every route in words.

    Args:
        anchors: for the id of every attribution where on the page it stands, as `#name`.
        public: leave out what judges people, and the weights, which tell it.
    """
    heading = "Who has it from whom"
    if not assessment.answer.evaluation.story.statements:
        return Section("lineage", heading, paragraph("Nobody is heard on this."))
    caption = (
        "A box is a source, a row in it a statement. Lines run from who said it to where we have "
        "it in a document, and from there to the claim it bears on"
    )
    weights = "; the thicker, the more weight. Weights overlap and need not add up."
    caption += "." if public else weights

    def drawn(width: float, mark: str) -> Picture:
        return lineage_svg(assessment, width=width, mark=mark, anchors=anchors, public=public)

    routes = "" if public else folded("Every route in words", _routes(assessment))
    return Section("lineage", heading, figure(drawn, caption, WIDE) + routes)


def _routes(assessment: Assessment) -> str:
    story, words, sign = assessment.answer.evaluation.story, Words(assessment), signs(assessment)
    alone = {each.attribution: each.bits for each in assessment.statements}
    rows = []
    for index, statement in enumerate(story.statements):
        if not statement.in_hand:
            continue
        way = [index]
        while (cited := story.statements[way[-1]].cites) is not None:
            way.append(cited)
        names = [words.name(story.statements[each].witness) for each in reversed(way)]
        rows.append(
            (
                case_text(" → ".join(names)),
                case_text(words.says(way[-1])),
                escaped(words.places(index)),
                _SIDES[sign[index]],
                bits_in_words(alone.get(statement.id, 0.0)),
            )
        )
    heads = ("From whom to whom", "What is said", "Where", "Speaks", "Bits by itself")
    more = len(rows) - _MOST_ROUTES
    rest = paragraph(f"… and {more:,} more, in the case file below.") if more > 0 else ""
    return table("Every route", heads, rows[:_MOST_ROUTES], numbers=(4,)) + rest


def reasons_section(assessment: Assessment) -> Section:
    """What moves the answer: the weight of every origin."""
    if not assessment.reasons:
        return Section("reasons", "What moves it", "")
    titles = assessment.graph.titles
    rows = [
        (
            case_text(" + ".join(titles.get(source, source) for source in each.sources)),
            bits_in_words(each.bits),
            case_text(listed(each.statements)),
        )
        for each in assessment.reasons[:_MOST_ROUTES]
    ]
    intro = (
        "The weight of an origin is how far the answer moves when all that it says is left out. "
        "One bit doubles the odds, or halves them. Weights overlap and need not add up."
    )
    return Section(
        "reasons",
        "What moves it",
        paragraph(evidence_in_words(assessment))
        + paragraph(intro)
        + figure(lambda width, mark: weights_svg(assessment, width=width, mark=mark))
        + folded(
            "Which statements these are",
            table("Weights", ("Origin", "Bits", "Statements"), rows, numbers=(1,)),
        ),
    )


def priors_section(curve: Curve | None) -> Section:
    """The same evidence on other priors, as a curve and a table."""
    points = () if curve is None else points_of(curve)
    if curve is None or not points or any(p in (0.0, 1.0) for _, p in points):
        return Section("priors", "On another prior", "")

    def drawn(width: float, mark: str) -> Picture:
        return prior_svg(curve, width=min(width, 440.0), mark=mark)

    intro = (
        "If you start from another prior, the same evidence takes you elsewhere. Both axes are of "
        "log-odds, on which the same evidence is everywhere the same distance; on the dotted line "
        "it would add nothing. The dot is this case."
    )
    rows = [(percent(prior), percent(p)) for prior, p in points if prior in _TABLED]
    return Section(
        "priors",
        "On another prior",
        paragraph(intro)
        + '<div class="pair">'
        + figure(drawn, wide=440.0)
        + table("Priors", ("Prior", "Then"), rows, numbers=(0, 1))
        + "</div>",
    )


def doubts_section(assessment: Assessment) -> Section:
    """Where the width of the interval comes from, and what unjudged sources could change."""
    names = Names(assessment.graph)
    large = [each for each in assessment.doubts if each.share >= 0.01][:12]
    body = ""
    if large:
        rows = [
            (told(doubt_in_words(names, each.about, assessment.claim)), percent(each.share))
            for each in large
        ]
        intro = "What the width of the interval comes from; the shares of all doubts sum to 100 %."
        body = paragraph(intro) + table("Doubts", ("Doubt", "Share"), rows, numbers=(1,))
    if assessment.potentials:
        titles = assessment.graph.titles
        rows = [
            (case_text(titles.get(source, source)), percent(p))
            for source, p in assessment.potentials.items()
        ]
        intro = (
            "These sources are not judged and have no weight in the answer. If one of them had a "
            "grade of C, it would be:"
        )
        body += paragraph(intro) + table("Unjudged", ("Source", "Then"), rows, numbers=(1,))
    return Section("doubts", "What it hangs on", body)


# Inquiries on a page: how the answer grew, what to find out next, what other methods make of it.

_MOST_LEADS = 8
_MOST_CURVES = 9


def timeline_section(timeline: Timeline | None, names: Names) -> Section:
    """How the answer grew: as of every day on which something became known."""
    heading = "How the answer grew"
    if timeline is None or len(timeline.entries) < 2:
        return Section("timeline", heading, "")
    items = "".join(_moment(entry) for entry in timeline.entries)
    intro = (
        "The answer as of each day, everything later left out. What has no date counts from the "
        "start. The band is the 90 % interval."
    )
    return Section(
        "timeline",
        heading,
        paragraph(intro)
        + figure(lambda width, mark: timeline_svg(timeline, width=width, mark=mark))
        + f'<ol class="small">{items}</ol>'
        + "".join(
            f'<p class="small faint">{told(careful_of(names, each))}</p>'
            for each in timeline.caveats
            if each.kind == "approximate"
        ),
    )


def _moment(entry: TimelineEntry) -> str:
    day = "Undated" if entry.on is None else day_in_words(entry.on)
    ends = span_in_words(entry.interval.low, entry.interval.high)
    known = told("; ".join(became_known(entry)) or "nothing yet")
    return (
        f'<li><span class="value">{day}: {nowrapped(percent(entry.probability))}</span> '
        f'<span class="faint">({nowrapped(ends)})</span> {known}</li>'
    )


def methods_section(comparison: Comparison | None) -> Section:
    """What other published methods, and two shortcuts, make of the same case."""
    heading = "By other methods"
    if comparison is None:
        return Section("methods", heading, "")
    items = "".join(_reading(each) for each in comparison.rows)
    intro = (
        "The same case in the same form, with the same grades and the same prior, put together "
        "differently. The dashed line is the answer above, the dotted one the prior."
    )
    warnings = "".join(paragraph(each, "small faint") for each in comparison.warnings)
    return Section(
        "methods",
        heading,
        folded(
            "What ten other ways of putting it together say",
            paragraph(intro)
            + figure(lambda width, mark: methods_svg(comparison, width=width, mark=mark))
            + f'<ul class="entries">{items}</ul>'
            + warnings,
        ),
    )


def _reading(each: MethodReading) -> str:
    answer = "no answer" if each.probability is None else percent(each.probability)
    name = each.method[:1].upper() + each.method[1:]
    return (
        f'<li><p><strong>{escaped(name)}</strong> <span class="value">{answer}</span> '
        f'<span class="faint small">{escaped(each.finding)}</span></p>'
        f'<p class="small">{escaped(each.why, SENTENCE)}</p></li>'
    )


def leads_section(leads: Leads | None) -> Section:
    """What to find out next, and how far it is expected to move the answer."""
    heading = "What to find out next"
    if leads is None or not leads.ranked:
        return Section("leads", heading, "")
    worth = leads.worth_following
    shown, small = worth[:_MOST_LEADS], len(leads) - len(worth)
    if not shown:
        return Section("leads", heading, paragraph(less_in_words(small, is_all=True)))
    intro = (
        "What is expected to move the answer most comes first. The expectation is the mean over "
        "the outcomes, each as likely as this case makes it. A bar runs from the lowest outcome to "
        "the highest, the dashed line is the answer as it stands."
    )
    items = "".join(_lead(each) for each in shown)
    more = len(worth) - len(shown)
    rest = paragraph(f"… and {more} more that would move it less.", "small faint") if more else ""
    rest += paragraph(less_in_words(small), "small faint") if small else ""
    return Section(
        "leads",
        heading,
        paragraph(intro)
        + figure(lambda width, mark: leads_svg(leads, most=len(shown), width=width, mark=mark))
        + f"<ol>{items}</ol>{rest}",
    )


def _lead(each: Lead) -> str:
    facts = (
        f"{percent(each.best.probability)} at best, {percent(each.worst.probability)} at worst; "
        f"expected to move it by {points(each.expected_change)}"
    )
    return f'<li>{told(each.text)}<br><span class="small faint">{nowrapped(facts)}</span></li>'


def sensitivity_section(sensitivity: Sensitivity | None, case: Case) -> Section:
    """The answer over the reliability of each source, and with grades one step down and up."""
    heading = "If a source were better or worse"
    if sensitivity is None or not sensitivity.sources:
        return Section("sensitivity", heading, "")
    titles = {source.id: source.title for source in case.sources}
    shown = sensitivity.sources[:_MOST_CURVES]
    # Two sources may be called the same: then the id tells them apart.
    names: dict[str, str] = {}
    for each in shown:
        title = titles.get(each.source, each.source)
        names[each.source] = title if title not in names.values() else f"{title} ({each.source})"
    curves = {names[each.source]: each.curve for each in shown if each.curve.points}
    rows = [
        (
            case_text(titles.get(each.source, each.source)),
            "not judged" if each.reliability == "F" else escaped(each.reliability),
            f"{percent(each.lower)} ({escaped(each.lower_grade)})",
            f"{percent(each.upper)} ({escaped(each.upper_grade)})",
        )
        for each in sensitivity.sources[:40]
    ]
    intro = (
        "The answer over the reliability of each source from 0 to 1, everything else as it is; the "
        "dot is the reliability it has in the case."
    )
    heads = ("Source", "Now", "A grade down", "A grade up")
    return Section(
        "sensitivity",
        heading,
        paragraph(intro)
        + figure(lambda width, mark: curves_svg(curves, width=width, mark=mark))
        + table("Grades one step down and up", heads, rows, numbers=(2, 3)),
    )


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
    """Whether the page is only the answer and its grounds, laid out for one sheet."""
    weighed_on: date | None = None
    """The day to print on the page as that of the weighing."""
    left_out: tuple[str, ...] = ()
    """What the page would have shown, and the budget does not cover."""
    public: bool = False
    """Whether it is for readers outside: the answer, who has it from whom, and the statements."""

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
        weighed_on: date | None = None,
        public: bool = False,
    ) -> Report:
        """Weigh a claim and gather everything that a page shows; see `report_html`."""
        if public and not brief:
            raise InvalidValue("expected a brief page for the public, found one in full")
        shown = public_case(case) if public else case
        asked = questioned(shown, claim, as_of=as_of, coupling=coupling, seed=seed)
        if brief:
            return cls(asked.before, brief=True, weighed_on=weighed_on, public=public)
        left_out: list[str] = []
        # The answer itself comes first: what it rests on is worked out when it is first asked for.
        telling_of(asked.before)

        def found(what: str, made: Callable[[], T]) -> T | None:
            # What comes later on the page may take a part of the budget too.
            left = affordable()
            try:
                with within(left and max(1, left // _SHARE)):
                    return made()
            except TooCostly:
                left_out.append(what)
                return None

        return cls(
            asked.before,
            found("what to find out next", lambda: leads_in(asked)),
            found("the answer on other priors", lambda: priors_in(asked)),
            found(
                "the answer over the reliability of each source",
                lambda: sensitivity_in(asked, scale("icd203")),
            ),
            found(
                "how the answer grew",
                lambda: timeline_in(asked),
            ),
            found("what other methods say", lambda: _compared(asked)),
            weighed_on=weighed_on,
            left_out=tuple(left_out),
        )


def _compared(asked: Questioned) -> Comparison:
    """Other methods beside the answer, which they read with each story by itself."""
    if asked.coupling == "story":
        return compared(asked.graph, asked.claim, asked.answer, asked.seed)
    return compare(asked.case, asked.claim, as_of=asked.graph.as_of, seed=asked.seed)


@bounded
def report_html(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    brief: bool = True,
    weighed_on: date | None = None,
    public: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> str:
    """A claim weighed, as one HTML file that needs nothing else.

    It has the answer, who has it from whom, what moves it, every statement with its document, and
    the case file; in full also doubts, leads, the answer over reliabilities and priors, how it
    grew, other methods, every claim and source, and what is left out.
    It runs no scripts and fetches nothing, and says so in its Content-Security-Policy; text of the
    case can put neither markup nor style into it. Cost: that of weighing once; in full that of
    `leads` and `sensitivity` and one weighing for each day on which something became known,
    minutes where it has to be simulated.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: leave out what was said later.
        coupling: as for `weigh`.
        seed: where simulation starts, if there is any.
        brief: only the answer and its grounds, one printed sheet for most cases.
        weighed_on: the day to print on the page as that of the weighing; the library has no clock.
        public: a page for readers outside, with the answer, who has it from whom and the statements
            alone. It has no grades, weights, interests, conditions and notes, no advice to those
            who weigh it, no name of an unnamed source, and no case file.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises what `weigh` raises, and `InvalidValue` for a page that is public and in full.

    >>> from provenance import load_seed
    >>> case = load_seed("egypt-arms-2015")
    >>> page = report_html(case, "armed")
    >>> page[:15], "<script" in page
    ('<!doctype html>', False)
    >>> "grade" in page, "grade" in report_html(case, "armed", public=True)
    (True, False)
    """
    return page_html(
        Report.of(
            case,
            claim,
            as_of=as_of,
            coupling=coupling,
            seed=seed,
            brief=brief,
            weighed_on=weighed_on,
            public=public,
        )
    )


def page_html(report: Report) -> str:
    """A report that was put together by hand, as one HTML file."""
    assessment = report.assessment
    first, *sections = [section for section in _sections(report) if section.body]
    links = "".join(
        f'<li><a href="#{each.name}">{escaped(each.heading)}</a></li>' for each in sections
    )
    summary = assessment.case.summary
    about = f'<p class="summary">{case_text(summary, 2000)}</p>' if summary else ""
    body = (
        f'<a class="skip" href="#answer">To the answer</a>\n<header>{header_html(assessment)}'
        f"</header>\n<main>\n{first.html}\n"
        f'<nav aria-label="Contents">{about}<ul>{links}</ul></nav>\n'
        + "\n".join(section.html for section in sections)
        + f"\n</main>\n<footer>{footer_html(report)}</footer>\n"
    )
    title = f"{verdict_word(assessment)}: “{plain(assessment.text, SENTENCE)}”"
    told_first = telling_of(assessment)
    about_it = f"{told_first.headline} {told_first.because}".translate(_ISOLATES)
    return document_html(title, body, "brief" if report.brief else "", description=about_it)


_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
"""What sets names apart in a sentence, which is no use where there is no markup."""


def document_html(
    title: str, body: str, kind: str = "", policy: str = POLICY, *, description: str = ""
) -> str:
    """A whole page.

    Args:
        title: its title, as text.
        body: its markup.
        kind: its class.
        policy: what it allows itself.
        description: what a search engine or a preview shows under the title, as text.
    """
    marked = f'<body class="{kind}">' if kind else "<body>"
    described = "".join(
        f'<meta {name}="{value}" content="{escaped(text, SENTENCE)}">\n'
        for name, value, text in (
            ("name", "description", description),
            ("property", "og:title", title),
            ("property", "og:description", description),
        )
        if description
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<link rel="icon" href="data:,">\n'
        f"{described}<title>{escaped(title, SENTENCE)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"{marked}\n{body}</body>\n</html>\n"
    )


def _sections(report: Report) -> Iterator[Section]:
    assessment = report.assessment
    names = Names(assessment.graph)
    if report.public:
        yield answer_section(assessment, public=True)
        yield lineage_section(assessment, anchors_of(assessment), public=True)
        yield statements_section(assessment, is_folded=True, public=True)
        return
    yield answer_section(assessment, report.leads)
    yield lineage_section(assessment, anchors_of(assessment))
    yield reasons_section(assessment)
    if report.brief:
        yield statements_section(assessment, is_folded=True)
        yield file_section(assessment)
        return
    yield doubts_section(assessment)
    yield leads_section(report.leads)
    yield sensitivity_section(report.sensitivity, assessment.case)
    yield priors_section(report.priors)
    yield timeline_section(report.timeline, names)
    yield methods_section(report.comparison)
    yield claims_section(assessment)
    yield sources_section(assessment)
    yield statements_section(assessment)
    yield ignored_section(assessment)
    yield file_section(assessment)


def footer_html(report: Report) -> str:
    """The foot of a page: with what it was weighed, and on which day."""
    day = report.weighed_on
    on = ""
    if day is not None:
        on = f' on <time datetime="{day:%Y-%m-%d}">{day.day} {day:%B %Y}</time>'
    missing = ""
    if report.left_out:
        missing = (
            f"<p>Left out, because the case would take too long to work it out: "
            f"{escaped(listed(report.left_out), SENTENCE)}.</p>"
        )
    weighed = f"{missing}<p>Weighed{on} with claim-provenance {escaped(library_version())}."
    if report.public:
        return f"{weighed} Who has it from whom is our reading; the answer is by that reading.</p>"
    return (
        f"{weighed} The grades, priors and links are those of the case file; the arithmetic is the "
        "library's.</p>"
    )
