"""Draws the figures of the documentation with the library itself; run it to bring them up to date.

    python -m tests.report.figures

Every figure is a file of its own in `docs/figures`, which pages show as `![title](../figures/NAME.svg)`.
"""

from __future__ import annotations

import html
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from rich.text import Text

from provenance import load_case, load_seed, weigh
from provenance.assessment import leads, over_priors, sensitivity, timeline
from provenance.learning.calibration import Bin, reliability_diagram
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
GALLERY: dict[str, tuple[str, str | None]] = {
    "aluminium-tubes-2002": ("centrifuges", "2002-09-08"),
    "hacked-account-2013": ("attacked", None),
    "marathon-winner-1980": ("ran", None),
    "mobile-laboratories-2003": ("mobile", "2003-02-05"),
    "night-raid-2011": ("fought", "2011-05-02"),
    "secret-fund-1972": ("controlled", "1972-10-26"),
    "uranium-papers-2003": ("sought", "2003-03-07"),
    "village-massacre-1968": ("massacre", "1968-04-30"),
}
"""The cases of the gallery, each with the claim of its page and the day its lineage is drawn for."""
# As a picture on its own a file cannot take the colour and the font of the text around it.
_FONT = "font-family:'Segoe UI','Helvetica Neue',Helvetica,Arial,sans-serif"
_LIGHT, _DARK = "#191b1e", "#e4e5e3"
_BOTH = f"@media(prefers-color-scheme:dark){{svg{{color:{_DARK}}}}}"
INKS = {"lineage-arms-light": (_LIGHT, ""), "lineage-arms-dark": (_DARK, "")}
"""Figures of one ink, for pages that choose between two files; the others follow the reader."""
_MONOSPACE = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_CELL, _LINE = 7.8, 19


def _curves() -> Picture:
    titles = {source.id: source.title for source in ARTICLE.sources}
    found = sensitivity(ARTICLE, "rapprochement").sources[:6]
    return curves_svg({titles[each.source]: each.curve for each in found})


_DESK, _PHONE = 720, 343
"""How wide lineages are drawn; a page shows `NAME-phone` in the place of `NAME` on a phone."""


def _gallery_lineage(name: str, width: float) -> Picture:
    claim, day = GALLERY[name]
    return lineage_svg(weigh(load_seed(name), claim, as_of=day), width=width)


def _gallery_timeline(name: str) -> Picture:
    return timeline_svg(timeline(load_seed(name), GALLERY[name][0]))


# The account's story is one of minutes, and a timeline has days.
DATED = tuple(name for name in GALLERY if name != "hacked-account-2013")

# What `benchmarks/calibration_of_weigh.py 2000` printed, in tenths of about equal count: how many, what
# was said on average, the share that was true, and where 90 % of such shares would lie.
CALIBRATED = (
    (200, 0.004, 0.010, 0.000, 0.011),
    (200, 0.013, 0.010, 0.000, 0.027),
    (200, 0.027, 0.015, 0.008, 0.046),
    (200, 0.049, 0.025, 0.024, 0.074),
    (200, 0.091, 0.115, 0.058, 0.125),
    (200, 0.170, 0.145, 0.127, 0.214),
    (200, 0.309, 0.295, 0.255, 0.362),
    (200, 0.535, 0.545, 0.477, 0.593),
    (200, 0.775, 0.805, 0.726, 0.823),
    (200, 0.941, 0.935, 0.913, 0.968),
)


def _calibrated() -> Picture:
    edges = [0.0, *((a[1] + b[1]) / 2.0 for a, b in pairwise(CALIBRATED)), 1.0]
    bins = [
        Bin(low, high, count, stated, happened, (least, most))
        for (low, high), (count, stated, happened, least, most) in zip(
            pairwise(edges), CALIBRATED, strict=True
        )
    ]
    return reliability_diagram(
        bins,
        title="2,000 drawn worlds: what weigh said, and how often it was true",
        up="came true",
        below="number of worlds",
    )


def terminal_svg(command: str, columns: int = 80) -> Picture:
    """What a command prints on a terminal of so many columns, line by line."""
    settings = {"FORCE_COLOR": "1", "COLUMNS": str(columns), "TERM": "xterm-256color"}
    ran = subprocess.run(
        [sys.executable, "-m", *command.split()],
        capture_output=True, check=True, cwd=ROOT, encoding="utf-8",
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    lines = [Text(f"$ {command}", style="dim"), *Text.from_ansi(ran.stdout).split()]
    width, height = columns * _CELL + 24, len(lines) * _LINE + 24
    drawn = "".join(
        f'<text x="12" y="{12 + _LINE * number - 5}" xml:space="preserve" '
        f'textLength="{line.cell_len * _CELL:.1f}" lengthAdjust="spacingAndGlyphs">'
        f"{_spans(line)}</text>"
        for number, line in enumerate(lines, start=1)
        if line.plain.strip()
    )
    title = html.escape(f"$ {command}")
    told = html.escape(" ".join(Text.from_ansi(ran.stdout).plain.split()))
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" '
        f'width="{width:g}" height="{height}" role="img" fill="currentColor" '
        f'style="max-width:100%;height:auto" font-family="{_MONOSPACE}" font-size="13">'
        f"<title>{title}</title><desc>{told}</desc>"
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1}" rx="6" '
        f'fill="currentColor" fill-opacity="0.04" stroke="currentColor" stroke-opacity="0.25"/>'
        f"{drawn}</svg>"
    )


def _spans(line: Text) -> str:
    """The words of a line, those that stand out in spans of their own."""
    cuts = sorted({0, len(line), *(edge for each in line.spans for edge in each[:2])})
    found: list[str] = []
    for start, end in pairwise(cuts):
        styles = [str(each.style) for each in line.spans if each.start <= start < each.end]
        looks = {word for style in (str(line.style), *styles) for word in style.split()}
        bold = ' font-weight="bold"' if "bold" in looks else ""
        dim = ' fill-opacity="0.7"' if "dim" in looks else ""
        words = html.escape(line.plain[start:end])
        found.append(f"<tspan{bold}{dim}>{words}</tspan>" if bold or dim else words)
    return "".join(found)


FIGURES: dict[str, Callable[[], Picture]] = {
    "answer-arms": lambda: answer_svg(weigh(ARMS, "armed")),
    "lineage-arms": lambda: lineage_svg(weigh(ARMS, "armed"), width=_DESK),
    "lineage-arms-light": lambda: lineage_svg(weigh(ARMS, "armed"), width=560),
    "lineage-arms-dark": lambda: lineage_svg(weigh(ARMS, "armed"), width=560),
    "lineage-arms-phone": lambda: lineage_svg(weigh(ARMS, "armed"), width=_PHONE),
    "lineage-rapprochement": lambda: lineage_svg(weigh(ARTICLE, "rapprochement"), width=_DESK),
    "lineage-rapprochement-phone": lambda: lineage_svg(
        weigh(ARTICLE, "rapprochement"), width=_PHONE
    ),
    "weights-arms": lambda: weights_svg(weigh(ARMS, "armed")),
    "prior-rapprochement": lambda: prior_svg(over_priors(ARTICLE, "rapprochement")),
    "curves-rapprochement": _curves,
    "timeline-rapprochement": lambda: timeline_svg(timeline(ARTICLE, "rapprochement")),
    "leads-arms": lambda: leads_svg(leads(ARMS, "armed"), most=6),
    "terminal-weigh": lambda: terminal_svg("provenance weigh egypt-arms-2015 armed"),
    "terminal-chains": lambda: terminal_svg("provenance chains egypt-arms-2015 armed"),
    "terminal-leads": lambda: terminal_svg("provenance leads egypt-arms-2015 armed"),
    "methods-arms": lambda: methods_svg(compare(ARMS, "armed")),
    "calibration-weigh": _calibrated,
    **{
        f"lineage-{name}{end}": lambda name=name, width=width: _gallery_lineage(name, width)  # type: ignore[misc]
        for name in GALLERY
        for end, width in (("", _DESK), ("-phone", _PHONE))
    },
    **{f"timeline-{name}": lambda name=name: _gallery_timeline(name) for name in DATED},  # type: ignore[misc]
    **{f"scale-{name}": lambda name=name: scale_svg(scale(name)) for name in scale_names()},  # type: ignore[misc]
}
"""Every figure by its name."""


def file_of(name: str) -> str:
    """A figure as a file of its own, in ink that suits light and dark, or in its one ink."""
    ink, otherwise = INKS.get(name, (_LIGHT, _BOTH))
    head, rest = FIGURES[name]().split("<title", 1)
    font = "" if name.startswith("terminal-") else f";{_FONT}"
    return f"{head}<style>svg{{color:{ink}{font}}}{otherwise}</style><title{rest}\n"


def main() -> None:
    """Draw every figure."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        if old.stem not in FIGURES:
            old.unlink()
    for name in FIGURES:
        (FOLDER / f"{name}.svg").write_text(file_of(name), encoding="utf-8")


if __name__ == "__main__":
    main()
