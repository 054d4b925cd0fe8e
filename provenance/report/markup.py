"""Markup: the few HTML elements of which pages are made, with text from a case made inert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import attrs

from provenance.report.drawing import Picture
from provenance.report.inert import LABEL, SENTENCE, address, escaped

__all__ = [
    "STYLE",
    "Section",
    "case_text",
    "figure",
    "folded",
    "linked",
    "nowrapped",
    "paragraph",
    "table",
    "tag",
    "told",
]

_UNIT = re.compile(r"(?<=\d) (?=%|bits)")
WIDE, MIDDLE, NARROW = 940.0, 700.0, 340.0
"""How wide figures are drawn for a desk, for a tablet and for paper, and for a phone."""


@attrs.frozen
class Section:
    """A part of a page."""

    name: str
    """Its name in addresses: `#name`."""
    heading: str
    """Its heading."""
    body: str
    """Its HTML; a section without any is left out."""

    @property
    def html(self) -> str:
        """The section as HTML."""
        head = f'<h2 id="{self.name}-heading">{escaped(self.heading)}</h2>'
        return (
            f'<section id="{self.name}" aria-labelledby="{self.name}-heading">{head}'
            f"<div>{self.body}</div></section>"
        )


def case_text(text: str, most: int = SENTENCE) -> str:
    """Text from a case between tags, set apart so that its direction stays its own."""
    return f'<bdi dir="auto">{escaped(text, most)}</bdi>'


_ISOLATED = re.compile("\u2068([^\u2068\u2069]*)\u2069")


def told(sentence: str) -> str:
    """A sentence of the library's own; a name in it that is set apart keeps its own direction.

    >>> told("\u2068x\u2069 said so: 5 %")
    '<bdi>x</bdi> said so: 5\xa0%'
    """
    parts = _ISOLATED.split(sentence)
    return "".join(
        f"<bdi>{escaped(part, 4000)}</bdi>" if number % 2 else _spaced(part)
        for number, part in enumerate(parts)
    )


def _spaced(text: str) -> str:
    """Words between two names, with the spaces at their ends."""
    if not text.strip():
        return text
    before = " " if text[:1].isspace() else ""
    return before + nowrapped(text, 4000) + (" " if text[-1:].isspace() else "")


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of the library's own words, which may name things of the case.

    >>> paragraph("1 < 2", "small")
    '<p class="small">1 &lt; 2</p>'
    """
    marked = f' class="{kind}"' if kind else ""
    return f"<p{marked}>{nowrapped(text, 4000)}</p>"


def nowrapped(text: str, most: int = SENTENCE) -> str:
    """Words of the library's own, in which no number is parted from its unit.

    >>> nowrapped("5 % to 10 %")
    '5\xa0% to 10\xa0%'
    """
    return _UNIT.sub("\xa0", escaped(text, most))


def tag(text: str, kind: str = "") -> str:
    """A small label in a frame."""
    marked = f" {kind}" if kind else ""
    return f'<span class="tag{marked}">{escaped(text, LABEL)}</span>'


def linked(url: str, text: str = "") -> str:
    """A link where the address may be one, and the address as text where it may not."""
    safe = address(url)
    if safe is None:
        return case_text(url)
    return (
        f'<a href="{escaped(safe, 2000)}" rel="noopener noreferrer nofollow" '
        f'referrerpolicy="no-referrer">{case_text(text or safe)}</a>'
    )


def figure(drawn: Callable[[float, str], Picture], caption: str = "", wide: float = 640.0) -> str:
    """A picture drawn for every kind of screen; the one that fits is shown.

    It is drawn twice, for a desk and for a phone, and once between them where else its letters would
    shrink on the way. Where a page may have no style, the narrow one is shown, which fits everywhere.

    Args:
        drawn: draws it, given its width and a mark that tells the drawings apart.
        caption: what to write under it.
        wide: how wide it is on a desk, in pixels.
    """
    widths = {"wide": wide, "narrow": NARROW}
    if wide > MIDDLE:
        widths = {"widest": wide, "middle": MIDDLE, "narrow": NARROW}
    every = "".join(
        f'<div class="{name}"{"" if name == "narrow" else " hidden"}>{drawn(width, name)}</div>'
        for name, width in widths.items()
    )
    below = f"<figcaption>{escaped(caption, 2000)}</figcaption>" if caption else ""
    return f"<figure>{every}{below}</figure>"


def table(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()
) -> str:
    """A table that scrolls by itself where it is too wide; cells are HTML already.

    Args:
        name: what it is, for screen readers.
        heads: the heads of its columns.
        rows: its cells; the first of each row names it.
        numbers: which columns are numbers, set flush right.
    """
    right = set(numbers)

    def marked(column: int) -> str:
        return ' class="number"' if column in right else ""

    head = "".join(
        f'<th scope="col"{marked(n)}>{escaped(each)}</th>' for n, each in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{marked(n)}>{cell}</th>' if n == 0 else f"<td{marked(n)}>{cell}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escaped(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, body: str, name: str = "") -> str:
    """Something that opens when asked for, by key or by hand."""
    mark = f' id="{name}"' if name else ""
    return f"<details{mark}><summary>{escaped(summary)}</summary>{body}</details>"


# The style sheet of a page: quiet, in light and dark, on a phone, a desk and paper.

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#191b1e;--faint:#5a6067;--rule:#d9dce0;
--tint:#f4f5f6;--link:#1d5f96;--strong:#191b1e}
@media(prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e4e5e3;--faint:#a3a9b0;--rule:#363b41;
--tint:#1e2226;--link:#82b9e6;--strong:#f6f6f4}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;font-size:1rem;
font-family:"Segoe UI","Helvetica Neue",Helvetica,Arial,system-ui,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:75rem;margin:0 auto;padding:0 1rem}
h1,h2,.headline{font-family:Charter,"Bitstream Charter","Iowan Old Style",Palatino,Georgia,serif;
color:var(--strong);line-height:1.18;text-wrap:balance}
h1{font-size:clamp(1.25rem,3vw,1.9rem);font-weight:400;margin:.2rem 0 .9rem;max-width:30em}
.verdict{display:block;font-size:1.45em;font-weight:700}
h2{font-size:1.3rem;font-weight:700;margin:0 0 .6rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p,ul,ol,dl{margin:0 0 .8rem}
ul,ol{padding-left:1.1rem}
p,li,blockquote{max-width:42rem}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);
outline-offset:2px}
.skip{position:absolute;left:-999em}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem}
.kicker{margin:1.6rem 0 0;color:var(--faint);font-size:.9rem;letter-spacing:.02em}
.faint,figcaption,dt{color:var(--faint)}
.small,figcaption,dt,nav{font-size:.875rem}
.summary{color:var(--faint);font-size:1.05rem}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;list-style:none;max-width:none}
nav li{max-width:none}
nav a{display:inline-block;padding:.2rem 0}
section{border-top:1px solid var(--rule);padding:1.3rem 0 1.1rem}
#answer{border-top:3px solid var(--strong)}
.headline{font-size:clamp(1.15rem,2.6vw,1.5rem);font-weight:700;margin:0 0 .5rem;max-width:34em}
.because{font-size:1.05rem}
nav{border-top:1px solid var(--rule);padding:.9rem 0 .8rem}
a.plain{color:inherit;text-decoration:none}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.7rem 1.4rem;
margin:1.1rem 0 0}
.facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
figure{margin:.2rem 0 1.1rem}
figcaption{max-width:42rem;margin-top:.5rem}
svg{display:block}
.wide,.widest{display:block}.narrow,.middle{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;overflow-wrap:normal;font-size:.92rem;margin:.2rem 0 1rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.32rem 1.1rem .32rem 0;border-bottom:1px solid var(--rule)}
th{font-weight:600}thead th{color:var(--faint);font-weight:400;font-size:.85rem}
td.number,th.number{text-align:right;white-space:nowrap}
ol>li{margin-bottom:.4rem}
.entries{list-style:none;padding:0}
.entries .value{font-weight:600;font-variant-numeric:tabular-nums}
.entries>li{border-top:1px solid var(--rule);padding:.6rem 0;max-width:46rem}
.entries>li:first-child{border-top:0;padding-top:0}
.entries p{margin:.1rem 0}
.tag{display:inline-block;border:1px solid var(--rule);border-radius:2px;padding:0 .4em;font-size:.78rem;
line-height:1.5;color:var(--faint)}
.tag.hidden{border-style:dashed;border-color:var(--faint)}
.tag.held{background:var(--tint);border-color:var(--faint)}
blockquote{margin:.4rem 0 .2rem;padding:.1rem 0 .1rem .8rem;border-left:3px solid var(--rule)}
details{margin:.2rem 0 .9rem}
summary{cursor:pointer;color:var(--link);width:fit-content;padding:.15rem 0}
pre{background:var(--tint);padding:.8rem;font-size:.8rem;line-height:1.45;white-space:pre-wrap;
max-height:34rem;overflow:auto}
code{font-size:.9em}
.pair{display:grid;gap:1rem 2.5rem}
bdi,q{unicode-bidi:isolate}
.slider{display:grid;grid-template-columns:minmax(0,16rem) minmax(6rem,20rem) 6rem;gap:.2rem 1rem;
align-items:center;max-width:none;margin-bottom:.4rem}
.slider input{width:100%}.slider output{font-variant-numeric:tabular-nums}
@media(max-width:44rem){.slider{grid-template-columns:1fr 6rem}.slider label{grid-column:1/-1}}
footer{border-top:1px solid var(--rule);padding-top:.9rem;padding-bottom:2rem;color:var(--faint);
font-size:.85rem}
@media(min-width:72rem){section{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:2rem}
section>h2{font-size:1.15rem;padding-right:1rem}section>div{min-width:0}
.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
@media(max-width:62rem){.widest{display:none}.middle{display:block}}
@media(max-width:44rem){.wide,.middle{display:none}.narrow{display:block}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--faint:#444;--rule:#bbb;--tint:#f4f4f4;
--link:#000;--strong:#000}
body{font-size:10pt}nav,.skip,.download,#case-file pre{display:none}
.wide,.middle{display:block!important}.narrow,.widest{display:none!important}
section{display:block}h2,h3,summary{break-after:avoid}h2+div>:first-child{break-before:avoid}
p,li{orphans:3;widows:3}
figure,tr,.entries>li,blockquote{break-inside:avoid}
details:not(#case-text)::details-content{content-visibility:visible;height:auto}
.scroll{overflow:visible}a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em}
footer{padding-bottom:0;break-before:avoid}
:root:has(.brief){font-size:9.5pt}.brief{font-size:9pt;line-height:1.35}
.brief section:not(#statements) details{display:none}.brief #statements{break-before:page}
.brief section{padding:.45rem 0 .2rem}
.brief h1{font-size:1.1rem;margin-bottom:.3rem}.brief .headline{font-size:1.1rem}.brief h2{font-size:1.05rem;margin-bottom:.25rem}
.brief .kicker{margin-top:0}.brief h3{margin-top:.5rem}.brief .facts{gap:.2rem 1.2rem;margin-top:.4rem}
.brief p,.brief ul,.brief figure,.brief table{margin-bottom:.35rem}.brief .summary{font-size:.95rem}
.brief figure:not(:has(figcaption)) svg{max-width:24rem!important}
.brief figure:has(figcaption) svg{max-height:102mm}
.brief .widest{display:block!important}.brief .middle{display:none!important}.brief p,.brief li{max-width:none}
.brief figcaption,.brief #case-file{display:none}
.brief{page:sheet}@page sheet{margin:10mm 12mm}.brief .facts{grid-template-columns:repeat(7,auto)}
@page{margin:14mm}}
"""
"""The style sheet; it holds nothing from elsewhere, and no text of a case ever comes near it."""
