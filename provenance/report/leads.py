"""The leads picture: how far each thing that one could find out would move the answer."""

from __future__ import annotations

from provenance.assessment import Lead, Leads
from provenance.assessment.prose import percent
from provenance.report.axes import Axis, across
from provenance.report.drawing import FOR, Picture, clipped, line, picture, rect, text

__all__ = ["leads_svg"]

_ROW = 26.0
_KINDS = {
    "obtain": "read",
    "judge": "judge",
    "ask": "ask",
    "independent": "an independent source",
    "voices": "one voice?",
    "settle": "settle",
}


def leads_svg(leads: Leads, *, most: int = 8, width: float = 640, mark: str = "") -> Picture:
    """What one could find out, numbered as ranked: a bar from its lowest outcome to its highest.

    Every outcome is a dot, the larger the more likely; the dashed line is the answer as it stands.

    Args:
        leads: what `leads` gives.
        most: how many of them to draw.

    >>> from provenance import load_case
    >>> from provenance.assessment import leads
    >>> svg = leads_svg(leads(load_case("seeds/egypt-arms-2015.json"), "armed"), most=3)
    >>> svg.count("<rect")
    3
    """
    shown = leads.ranked[:most]
    is_narrow = width < 480.0
    room = 24.0 if is_narrow else 190.0
    axis = Axis(0.0, 1.0, room + 8.0, width - 20.0)
    bottom = 8.0 + _ROW * len(shown)
    inside = [*across(axis, bottom + 4.0, 4.0)]
    for number, each in enumerate(shown):
        y = 8.0 + _ROW * number
        kind = (
            "" if is_narrow else ": ".join(filter(None, (_KINDS[each.kind], ", ".join(each.about))))
        )
        inside.append(text(0, y + 15.0, str(number + 1), weight=600))
        inside.append(text(22.0, y + 15.0, clipped(kind, room - 22.0), size=12, faint=True))
        inside += _outcomes(each, axis, y)
    now = axis.at(leads.probability)
    inside.append(line([(now, 4.0), (now, bottom + 4.0)], stroke=FOR, width=1.4, dashes="5 3"))
    told = "; ".join(
        f"{number}: {each.text}, from {percent(each.worst.probability)} to "
        f"{percent(each.best.probability)}"
        for number, each in enumerate(shown, start=1)
    )
    told = f"It stands at {percent(leads.probability)}. {told}."
    return picture(width, bottom + 26.0, "What to find out next", told, inside, mark)


def _outcomes(lead: Lead, axis: Axis, y: float) -> list[str]:
    ends = [outcome.probability for outcome in lead.outcomes]
    left, right = axis.at(min(ends)), axis.at(max(ends))
    bar = rect(left, y + 7.5, max(right - left, 1.5), 6.0, fill=FOR, opacity=0.3, radius=1.0)
    dots = (
        f'<circle cx="{axis.at(outcome.probability):.1f}" cy="{y + 10.5:.1f}" '
        f'r="{2.0 + 4.5 * outcome.chance**0.5:.1f}" fill="{FOR}"/>'
        for outcome in lead.outcomes
    )
    return [bar, *dots]
