"""Draws the figures of the documentation with the library itself; run it to bring them up to date.

    python -m tests.report.figures

Every figure is a file of its own in `docs/figures`, which pages show as `![title](../figures/NAME.svg)`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from provenance import load_case, weigh
from provenance.assessment import leads, over_priors, sensitivity, timeline
from provenance.methods import compare
from provenance.report import (
    Picture,
    answer_svg,
    curves_svg,
    leads_svg,
    lineage_svg,
    methods_svg,
    prior_svg,
    scale_svg,
    timeline_svg,
    weights_svg,
)
from provenance.scales import scale, scale_names

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "figures"
ARMS = load_case(ROOT / "seeds" / "egypt-arms-2015.json")
ARTICLE = load_case(ROOT / "seeds" / "egypt-syria-2015.json")
# As a picture on its own a file cannot take the colour of the text around it.
_COLOURS = "<style>svg{color:#191b1e}@media(prefers-color-scheme:dark){svg{color:#e4e5e3}}</style>"


def _curves() -> Picture:
    titles = {source.id: source.title for source in ARTICLE.sources}
    found = sensitivity(ARTICLE, "rapprochement").sources[:6]
    return curves_svg({titles[each.source]: each.curve for each in found})


FIGURES: dict[str, Callable[[], Picture]] = {
    "answer-arms": lambda: answer_svg(weigh(ARMS, "armed")),
    "lineage-arms": lambda: lineage_svg(weigh(ARMS, "armed"), width=720),
    "lineage-rapprochement": lambda: lineage_svg(weigh(ARTICLE, "rapprochement"), width=720),
    "weights-arms": lambda: weights_svg(weigh(ARMS, "armed")),
    "prior-rapprochement": lambda: prior_svg(over_priors(ARTICLE, "rapprochement")),
    "curves-rapprochement": _curves,
    "timeline-rapprochement": lambda: timeline_svg(timeline(ARTICLE, "rapprochement")),
    "leads-arms": lambda: leads_svg(leads(ARMS, "armed"), most=6),
    "methods-arms": lambda: methods_svg(compare(ARMS, "armed")),
    **{f"scale-{name}": lambda name=name: scale_svg(scale(name)) for name in scale_names()},  # type: ignore[misc]
}
"""Every figure by its name."""


def file_of(svg: Picture) -> str:
    """A figure as a file of its own, in ink that suits light and dark."""
    head, rest = svg.split("<title", 1)
    return f"{head}{_COLOURS}<title{rest}\n"


def main() -> None:
    """Draw every figure."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        if old.stem not in FIGURES:
            old.unlink()
    for name, draw in FIGURES.items():
        (FOLDER / f"{name}.svg").write_text(file_of(draw()), encoding="utf-8")


if __name__ == "__main__":
    main()
