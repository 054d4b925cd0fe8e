"""Inquiries on a page: how the answer grew, what to find out next, what other methods make of it."""

from __future__ import annotations

from provenance.assessment import Entry, Lead, Leads, Sensitivity, Timeline
from provenance.assessment.prose import percent
from provenance.methods import Comparison, Reading
from provenance.records import Case
from provenance.report.curves import curves_svg
from provenance.report.inert import SENTENCE, escaped
from provenance.report.leads import leads_svg
from provenance.report.markup import Section, case_text, figure, nowrapped, paragraph, table
from provenance.report.readings import methods_svg
from provenance.report.sentences import caveat_in_words, lead_in_words, listed
from provenance.report.timelines import timeline_svg
from provenance.report.words import bits_in_words

__all__ = ["leads_section", "methods_section", "sensitivity_section", "timeline_section"]


_MOST_LEADS = 8
_MOST_CURVES = 9


def timeline_section(timeline: Timeline | None, case: Case) -> Section:
    """How the answer grew: as of every day on which something became known."""
    heading = "How the answer grew"
    if timeline is None or len(timeline.entries) < 2:
        return Section("timeline", heading, "")
    names = {source.id: source.title for source in case.sources}
    who = {each.id: names[each.source] for each in case.attributions}
    items = "".join(_moment(entry, who) for entry in timeline.entries)
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
            paragraph(caveat_in_words(case, each), "small faint")
            for each in timeline.caveats
            if each.kind == "approximate"
        ),
    )


def _moment(entry: Entry, who: dict[str, str]) -> str:
    day = "Undated" if entry.on is None else entry.on.isoformat()
    moved = "" if entry.moved is None else f", {bits_in_words(entry.moved)} bits"
    ends = f"{percent(entry.interval.low)} to {percent(entry.interval.high)}"
    return (
        f'<li><span class="value">{day}: {nowrapped(percent(entry.probability))}</span> '
        f'<span class="faint">({nowrapped(ends)}{moved})</span> {_happened(entry, who)}</li>'
    )


def _happened(entry: Entry, who: dict[str, str]) -> str:
    parts = []
    for words, ids in (
        ("", entry.arrived),
        ("withdrawn: ", entry.withdrawn),
        ("settled: ", entry.settled),
    ):
        if ids:
            shown = [f"{who[each]} ({each})" if each in who else each for each in ids]
            parts.append(f"{words}{listed(shown, 4)}")
    return case_text("; ".join(parts) or "nothing yet", 1000)


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
        paragraph(intro)
        + figure(lambda width, mark: methods_svg(comparison, width=width, mark=mark))
        + f'<ul class="entries">{items}</ul>'
        + warnings,
    )


def _reading(each: Reading) -> str:
    answer = "no answer" if each.probability is None else f"{each.probability:.2f}"
    name = each.method[:1].upper() + each.method[1:]
    return (
        f'<li><p><strong>{escaped(name)}</strong> <span class="value">{answer}</span> '
        f'<span class="faint small">{escaped(each.finding)}</span></p>'
        f'<p class="small">{escaped(each.why, SENTENCE)}</p></li>'
    )


def leads_section(leads: Leads | None, case: Case) -> Section:
    """What to find out next, and how far it is expected to move the answer."""
    heading = "What to find out next"
    if leads is None or not leads.ranked:
        return Section("leads", heading, "")
    shown = leads.ranked[:_MOST_LEADS]
    intro = (
        "What is expected to move the answer most comes first. The expectation is the mean over "
        "the outcomes, each as likely as this case makes it. A bar runs from the lowest outcome to "
        "the highest, the dashed line is the answer as it stands."
    )
    items = "".join(_lead(each, lead_in_words(case, leads.claim, each)) for each in shown)
    more = len(leads.ranked) - len(shown)
    rest = paragraph(f"… and {more} more that would move it less.", "small faint") if more else ""
    return Section(
        "leads",
        heading,
        paragraph(intro)
        + figure(lambda width, mark: leads_svg(leads, most=_MOST_LEADS, width=width, mark=mark))
        + f"<ol>{items}</ol>{rest}",
    )


def _lead(each: Lead, words: str) -> str:
    bits = round(each.expected_bits, 2) + 0.0
    facts = (
        f"expected to move it by {100 * each.expected_change:.1f} points and to take away "
        f"{bits:.2f} bits of doubt; at best "
        f"{percent(each.best.probability)} ({each.best.text}), at worst "
        f"{percent(each.worst.probability)} ({each.worst.text})"
    )
    text = case_text(words, 1000)
    return f'<li>{text}<br><span class="small faint">{nowrapped(facts, 2000)}</span></li>'


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
            escaped(each.reliability),
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
