"""Inquiries on a page: how the answer grew, what to find out next, what other methods make of it."""

from __future__ import annotations

from provenance.assessment.prose import percent
from provenance.assessment.timeline import Entry, Timeline
from provenance.methods import Comparison, Reading
from provenance.records import Case
from provenance.report.inert import SENTENCE, escaped
from provenance.report.markup import Section, case_text, figure, nowrapped, paragraph
from provenance.report.readings import methods_svg
from provenance.report.sentences import listed
from provenance.report.timelines import Moment, timeline_svg
from provenance.report.words import bits_in_words

__all__ = ["methods_section", "moments_of", "timeline_section"]


def moments_of(timeline: Timeline) -> tuple[Moment, ...]:
    """The entries of a timeline as moments to draw."""
    return tuple(
        Moment(
            entry.on,
            entry.probability,
            entry.interval.low,
            entry.interval.high,
            (*entry.arrived, *entry.withdrawn, *entry.settled),
        )
        for entry in timeline.entries
    )


def timeline_section(timeline: Timeline | None, case: Case) -> Section:
    """How the answer grew: as of every day on which something became known."""
    heading = "How the answer grew"
    if timeline is None or len(timeline.entries) < 2:
        return Section("timeline", heading, "")
    names = {source.id: source.title for source in case.sources}
    who = {each.id: names[each.source] for each in case.attributions}
    moments = moments_of(timeline)
    items = "".join(_moment(entry, who) for entry in timeline.entries)
    intro = (
        "The answer as of each day, everything later left out. What has no date counts from the "
        "start. The band is the 90 % interval."
    )
    return Section(
        "timeline",
        heading,
        paragraph(intro)
        + figure(lambda width, mark: timeline_svg(moments, width=width, mark=mark))
        + f'<ol class="small">{items}</ol>',
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
