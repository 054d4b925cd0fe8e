"""The interactive page: sliders for the prior and for the reliability of every source.

A second kind of page beside the plain one, which stays without scripts. Every position of every
slider is computed by the library; the script only looks the answer up. Its policy lets run this one
script, named by its digest, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import date

import attrs

from provenance.assessment import (
    Curve,
    Names,
    bounded,
    priors_in,
    questioned,
    sensitivity_in,
)
from provenance.bounds import Cancel
from provenance.inference import Coupling
from provenance.records import Case
from provenance.report.inert import SENTENCE, escaped, exact, plain
from provenance.report.markup import Section, folded, paragraph
from provenance.report.page import (
    POLICY,
    Report,
    answer_section,
    document_html,
    footer_html,
    header_html,
    lineage_section,
)
from provenance.report.register import file_section
from provenance.scales import percent, scale

__all__ = ["POSITIONS", "interactive_html"]

POSITIONS = 41
"""How many positions a slider has."""
_MOST_SLIDERS = 40

_SCRIPT = """
document.getElementById('still').hidden = true;
document.getElementById('moving').hidden = false;
const curves = JSON.parse(document.getElementById('curves').textContent);
const answer = document.getElementById('now');
const which = document.getElementById('which');
const sliders = [...document.querySelectorAll('input[type=range]')];
const inPercent = p => {
  if (p === 0 || p === 1) return 100 * p + ' %';
  if (p > .99) return 'over 99 %';
  if (p < .001) return 'under 0.1 %';
  return (p < .01 ? (100 * p).toPrecision(1) : (100 * p).toFixed(0)) + ' %';
};
const shown = (slider, at) => {
  slider.parentNode.querySelector('output').textContent = at;
};
const asWritten = except => {
  for (const slider of sliders) {
    if (slider === except) continue;
    const curve = curves[slider.dataset.curve];
    slider.value = curve.nearest;
    shown(slider, curve.written);
  }
};
for (const slider of sliders) {
  slider.addEventListener('input', () => {
    const curve = curves[slider.dataset.curve];
    const [at, probability] = curve.points[slider.value];
    asWritten(slider);
    shown(slider, inPercent(at));
    answer.textContent = inPercent(probability);
    answer.dataset.probability = probability;
    which.textContent = 'with ' + curve.name + ' moved, everything else as written';
  });
}
document.getElementById('back').addEventListener('click', () => {
  asWritten(null);
  answer.textContent = answer.dataset.written;
  answer.dataset.probability = answer.dataset.answer;
  which.textContent = 'as the case is written';
});
"""
_DIGEST = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_POLICY = f"{POLICY}; script-src 'sha256-{_DIGEST}'"


_STILL = (
    "Here are sliders for the prior and for every source, which need the script of this page; it "
    "does not run where scripts are switched off or the site forbids them. Everything else on the "
    "page is complete."
)


@attrs.frozen
class _Slider:
    """One number that can be moved, and the answer at every position."""

    name: str
    here: float | None
    points: tuple[tuple[float, float], ...]
    is_prior: bool

    @property
    def nearest(self) -> int:
        """The position nearest to the number that the case has; the lowest where it has none."""
        here = self.here or 0.0
        return min(range(len(self.points)), key=lambda place: abs(self.points[place][0] - here))

    @property
    def is_idle(self) -> bool:
        """Whether no position of it moves the answer by a point."""
        answers = [probability for _, probability in self.points]
        return not self.is_prior and max(answers) - min(answers) < 0.01

    @property
    def written(self) -> str:
        """The number as the case has it."""
        if self.here is None:
            return "not judged"
        return percent(self.here)


@bounded
def interactive_html(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    weighed_on: date | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> str:
    """A claim weighed, as one HTML file with sliders for its prior and for every source.

    One slider moves at a time, the others staying as written. Each has 41 positions, and the answer
    at each is that of `weigh`. Cost: that of weighing once and of one replay for each position.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: leave out what was said later.
        coupling: as for `weigh`.
        seed: where simulation starts, if there is any.
        weighed_on: the day to print on the page as that of the weighing.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    >>> from provenance import load_seed
    >>> page = interactive_html(load_seed("egypt-arms-2015"), "armed")
    >>> page.count('type="range"'), page.count("<script")
    (6, 2)
    """
    asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
    names = Names(asked.graph)
    steps = [place / (POSITIONS - 1) for place in range(POSITIONS)]
    found = [_slider("the prior", priors_in(asked, [0.01 + 0.98 * at for at in steps]), True)]
    found += [
        _slider(names.source(each.source), each.curve, False)
        for each in sensitivity_in(asked, scale("icd203"), POSITIONS).sources[:_MOST_SLIDERS]
    ]
    sliders = [each for each in found if each.points]
    report = Report(asked.before, weighed_on=weighed_on)
    sections = (
        answer_section(report.assessment),
        _sliders_section(asked.before.probability, sliders),
        lineage_section(report.assessment),
        file_section(report.assessment),
    )
    body = (
        f"<header>{header_html(report.assessment)}</header>\n<main>\n"
        + "\n".join(section.html for section in sections)
        + f"\n</main>\n<footer>{footer_html(report)}</footer>\n{_scripts(sliders)}"
    )
    title = f"What if: “{plain(report.assessment.text, SENTENCE)}”"
    return document_html(title, body, policy=_POLICY)


def _slider(name: str, curve: Curve, is_prior: bool) -> _Slider:
    points = tuple((point.at, point.probability) for point in curve.points)
    return _Slider(plain(name), curve.here, points, is_prior)


def _sliders_section(probability: float, sliders: Sequence[_Slider]) -> Section:
    intro = (
        "Move one number at a time and see where the answer would stand; the others stay as the "
        "case has them. Every answer is worked out by the library."
    )
    idle = "".join(_control(*each) for each in enumerate(sliders) if each[1].is_idle)
    body = (
        f'<p id="still">{_STILL}</p><div id="moving" hidden>'
        + paragraph(intro)
        + f'<p class="headline"><output id="now" aria-live="polite" '
        f'data-written="{percent(probability)}" data-answer="{probability}" '
        f'data-probability="{probability}">{percent(probability)}</output> '
        '<span class="small faint" id="which">as the case is written</span></p>'
        + "".join(_control(*each) for each in enumerate(sliders) if not each[1].is_idle)
        + (folded("Sources that would move it by less than a point", idle) if idle else "")
        + '<p><button type="button" id="back">Back to the case as written</button></p></div>'
    )
    return Section("sliders", "What if", body)


def _control(number: int, slider: _Slider) -> str:
    name = slider.name if slider.is_prior else f"The reliability of {slider.name}"
    return (
        f'<p class="slider"><label for="slider-{number}">{escaped(name[:1].upper() + name[1:])}'
        f'</label> <input type="range" id="slider-{number}" data-curve="{number}" min="0" '
        f'max="{len(slider.points) - 1}" step="1" value="{slider.nearest}"> '
        f"<output>{slider.written}</output></p>"
    )


def _scripts(sliders: Sequence[_Slider]) -> str:
    curves = [
        {
            "name": each.name,
            "written": each.written,
            "nearest": each.nearest,
            "points": [[round(at, 6), round(p, 6)] for at, p in each.points],
        }
        for each in sliders
    ]
    # No text of a case can end the element that holds it.
    data = exact(json.dumps(curves, ensure_ascii=False)).replace("<", "\\u003c")
    return (
        f'<script type="application/json" id="curves">{data}</script>\n<script>{_SCRIPT}</script>\n'
    )
