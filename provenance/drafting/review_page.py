"""The page on which a draft is reviewed: the text with its marks, the chain beside it, the keys."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from typing import Any

from provenance.drafting.articles import SourceDocument
from provenance.drafting.drafts import Draft, DraftStatement

__all__ = ["review_html"]


def review_html(draft: Draft) -> str:
    """A self-contained page on which a person decides on every statement of a draft.

    The text stands with its marks: what is said is underlined, who says it is dotted, the words
    that attribute it are boxed, so that no mark depends on its colour. Keys: `j` and `k` go on and
    back, `a` accepts, `r` rejects, `c` corrects, `u` undoes, `s` saves the decisions as a file,
    which `provenance review DRAFT --decisions FILE` reads. Nothing is fetched, and no text of a
    document is ever run: the policy of the page allows its own script by digest, and nothing else.

    >>> from provenance.drafting import draft, read_document
    >>> page = review_html(draft(read_document("It sailed at night, Ost said.", publisher="Gazette")))
    >>> "script-src 'sha256-" in page
    True
    """
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src '{_digest(_SCRIPT)}'; style-src '{_digest(_STYLE)}'"
    )
    title = html.escape(draft.title or "Review of a draft")
    body = "".join(_articles(draft))
    cards = "".join(_card(draft, number, each) for number, each in enumerate(draft.statements))
    claims = "".join(f'<option value="{_attribute(each.text)}">' for each in draft.claims)
    names = "".join(f'<option value="{_attribute(each.label)}">' for each in draft.sources)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<header><h1>{title}</h1>\n{_INTRODUCTION}</header>\n"
        f'<main><section class="texts" aria-label="The documents">{body}</section>\n'
        f'<section class="cards" aria-label="The statements">{cards}</section></main>\n'
        f'<datalist id="claims">{claims}</datalist><datalist id="sources">{names}</datalist>\n'
        f'<script type="application/json" id="draft">{_embedded(draft)}</script>\n'
        f"<script>{_SCRIPT}</script>\n</body></html>\n"
    )


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(raw).decode()}"


def _attribute(text: str) -> str:
    return html.escape(" ".join(text.split())[:300], quote=True)


def _embedded(draft: Draft) -> str:
    """What the script needs to know, as data that no parser of HTML can take for anything else."""
    digest = hashlib.sha256(draft.to_json().encode()).hexdigest()
    data: dict[str, Any] = {
        "key": digest,
        "statements": [{"id": each.id, "state": each.state} for each in draft.statements],
    }
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _articles(draft: Draft) -> Iterator[str]:
    for document in draft.documents:
        within = [
            (number, each)
            for number, each in enumerate(draft.statements)
            if each.document == document.id
        ]
        facts = [document.publisher, *(str(each) for each in (document.published_on,) if each)]
        remarks = "".join(f'<p class="remark">{html.escape(each)}</p>' for each in document.remarks)
        yield (
            f'<article lang="{_attribute(document.language or "en")}">'
            f"<h2>{html.escape(document.title or document.publisher)}</h2>"
            f'<p class="facts">{html.escape(", ".join(facts))}</p>{remarks}'
            f"{_marked(document, within)}</article>"
        )


_PARAGRAPH = re.compile(r"[^\n]+")


def _marked(document: SourceDocument, within: list[tuple[int, DraftStatement]]) -> str:
    """The text in paragraphs; every stretch carries the numbers of its statements."""
    changes: dict[int, list[tuple[str, int, int]]] = {}
    for number, statement in within:
        for name, passage in statement.passages:
            kind = name.rpartition(".")[2].partition("[")[0]
            changes.setdefault(passage.start, []).append((kind, number, 1))
            changes.setdefault(passage.end, []).append((kind, number, -1))
    cuts = sorted(changes)
    covering: dict[tuple[str, int], int] = {}
    pieces: list[str] = []
    at = 0
    for found in _PARAGRAPH.finditer(document.text):
        pieces.append("<p>")
        start = found.start()
        while at < len(cuts) and cuts[at] < found.end():
            if cuts[at] > start:
                pieces.append(_piece(document.text[start : cuts[at]], covering))
                start = cuts[at]
            _change(covering, changes[cuts[at]])
            at += 1
        pieces.append(_piece(document.text[start : found.end()], covering))
        pieces.append("</p>")
    return "".join(pieces)


def _change(covering: dict[tuple[str, int], int], changes: list[tuple[str, int, int]]) -> None:
    for kind, number, step in changes:
        count = covering.get((kind, number), 0) + step
        if count:
            covering[kind, number] = count
        else:
            del covering[kind, number]


def _piece(text: str, covering: dict[tuple[str, int], int]) -> str:
    """One stretch between two edges of marks."""
    words = html.escape(text)
    kinds: dict[str, list[int]] = {}
    for kind, number in sorted(covering):
        kinds.setdefault(kind, []).append(number)
    if not kinds or not text:
        return words
    attributes = " ".join(
        f'data-{kind}="{" ".join(map(str, numbers))}"' for kind, numbers in kinds.items()
    )
    return f"<mark {attributes}>{words}</mark>"


def _card(draft: Draft, number: int, statement: DraftStatement) -> str:
    """One statement: its chain from the publisher in, its claim, and what can be done with it."""
    claim = next(each.text for each in draft.claims if each.id == statement.claim)
    names = [draft.source(hop.source).label for hop in statement.chain]
    hops = "".join(_hop(draft, statement, place) for place in range(len(statement.chain)))
    verb = "denies" if statement.stance == "denies" else "says"
    drafters = ", ".join(str(each) for each in statement.drafted_by)
    differs = "".join(
        f'<p class="remark">Another drafter has it otherwise: {html.escape(each)}</p>'
        for each in statement.differs_from
    )
    if statement.continues is not None:
        there = html.escape(draft.statement(statement.continues).document)
        differs += f'<p class="remark">As it stands in {there}, whose own chain counts.</p>'
    hedge = statement.speaker.hedge or ""
    return (
        f'<article class="card" id="card-{number}" data-number="{number}" tabindex="-1" '
        f'aria-label="Statement {number + 1} of {len(draft.statements)}">'
        f'<p class="count">{number + 1} of {len(draft.statements)} '
        f'<strong class="state" data-state="{statement.state}">{statement.state}</strong></p>'
        f'<ol class="chain">{hops}</ol>'
        f'<p class="verb">{html.escape(names[-1])} {verb}:</p>'
        f'<blockquote class="claim">{html.escape(claim)}</blockquote>{differs}'
        f'<p class="facts">Drafted by {html.escape(drafters)}; {statement.mode}'
        f"{f', said {statement.said_on}' if statement.said_on else ''}</p>"
        '<p class="actions"><button type="button" data-action="confirm">Accept <kbd>a</kbd></button> '
        '<button type="button" data-action="correct">Correct <kbd>c</kbd></button> '
        '<button type="button" data-action="reject">Reject <kbd>r</kbd></button> '
        '<button type="button" data-action="undo">Undo <kbd>u</kbd></button></p>'
        '<div class="correction" hidden>'
        "<label>Who has it from whom, after the publisher, one a line"
        f'<textarea name="chain" rows="{max(2, len(names) - 1)}">'
        f"{html.escape(chr(10).join(names[1:]))}</textarea></label>"
        f'<label>Claim<input name="claim" list="claims" value="{html.escape(claim, quote=True)}"></label>'
        f'<label>The speaker<select name="stance">{_stances(statement.stance)}</select></label>'
        f'<label>Hedge<input name="hedge" value="{html.escape(hedge, quote=True)}" '
        'placeholder="none"></label>'
        '<button type="button" data-action="apply">Keep this correction</button></div></article>'
    )


def _stances(chosen: str) -> str:
    return "".join(
        f'<option value="{each}"{" selected" if each == chosen else ""}>{each}</option>'
        for each in ("affirms", "denies")
    )


def _hop(draft: Draft, statement: DraftStatement, place: int) -> str:
    hop = statement.chain[place]
    source = draft.source(hop.source)
    words = [hop.role, *([f"“{hop.cue.text}”"] if hop.cue else [])]
    if hop.hedge:
        words.append(f"hedged: “{hop.hedge}”")
    if hop.basis != "unstated":
        words.append(hop.basis)
    inferred = (
        f'<span class="inferred">inferred: {html.escape(hop.inferred)}</span>'
        if hop.inferred
        else ""
    )
    return (
        f"<li><strong>{html.escape(source.label)}</strong> "
        f'<span class="facts">{html.escape(", ".join(words))}</span>{inferred}</li>'
    )


_INTRODUCTION = (
    "<p>Nothing here counts until you accept it. Keys: <kbd>j</kbd> next, <kbd>k</kbd> back, "
    "<kbd>a</kbd> accept, <kbd>c</kbd> correct, <kbd>r</kbd> reject, <kbd>u</kbd> undo, "
    "<kbd>s</kbd> save.</p>"
    '<p class="legend">Marks: <mark data-content="x" class="now">what is said</mark>, '
    '<mark data-mention="x" class="now">who says it</mark>, '
    '<mark data-cue="x" class="now">the words that attribute it</mark>, '
    '<mark data-repeats="x" class="now">a headline or caption that repeats it</mark>.</p>'
    '<p class="tools"><button type="button" id="save">Save the decisions <kbd>s</kbd></button> '
    '<output id="progress" aria-live="polite"></output></p>'
)

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#191b1e;--faint:#5a6067;--rule:#c9cdd2;
--tint:#f1f3f5;--said:#0b4f8a;--who:#8a4b00;--cue:#191b1e;--wash:#dcebf8}
@media(prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e4e5e3;--faint:#a9afb6;--rule:#3b4148;
--tint:#1e2226;--said:#8cc2f0;--who:#f0b264;--cue:#e4e5e3;--wash:#1d3349}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.5;overflow-wrap:anywhere;
font-family:"Segoe UI","Helvetica Neue",Helvetica,Arial,system-ui,sans-serif}
header,main{max-width:80rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.2;margin:1rem 0 .4rem}h2{font-size:1.2rem;margin:1.2rem 0 .2rem}
p{margin:0 0 .7rem}.facts,.count{color:var(--faint);font-size:.875rem}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 2rem;align-items:start}
.texts p{max-width:42rem}
.cards{position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:.5rem .2rem}
mark{background:none;color:inherit;padding:0}
mark.now[data-content]{text-decoration:underline solid 3px var(--said);text-underline-offset:.22em;
background:var(--wash)}
mark.now[data-repeats]{text-decoration:underline double var(--said);text-underline-offset:.22em}
mark.now[data-mention]{border-bottom:3px dotted var(--who);text-decoration:none}
mark.now[data-cue]{outline:1.5px solid var(--cue);outline-offset:1px;text-decoration:none}
mark[data-content]{border-bottom:1px solid var(--rule)}
.card{border:1px solid var(--rule);border-left:6px solid var(--rule);padding:.6rem .9rem;margin:0 0 .8rem}
.card.now{border-color:var(--said);background:var(--tint)}
.card:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,
textarea:focus-visible{outline:3px solid var(--said);outline-offset:2px}
.state{border:1px solid var(--faint);padding:0 .4em;color:var(--ink)}
.state[data-state=confirmed]::before{content:"\\2713 "}
.state[data-state=corrected]::before{content:"\\270E "}
.state[data-state=rejected]::before{content:"\\2717 "}
.state[data-state=draft]::before{content:"? "}
.chain{margin:0 0 .5rem;padding-left:1.2rem}.chain li{margin:0 0 .2rem}
.inferred{display:block;font-style:italic;font-size:.875rem}
.verb{margin:0}.claim{margin:.1rem 0 .5rem;padding-left:.7rem;border-left:3px solid var(--said)}
.remark{border:1px dashed var(--faint);padding:.2rem .5rem}
button,input,select,textarea{font:inherit;color:inherit;background:var(--paper);
border:1px solid var(--faint);padding:.3rem .6rem;min-height:2.25rem}
.actions{display:flex;flex-wrap:wrap;gap:.4rem}
kbd{border:1px solid var(--rule);padding:0 .25em;font-size:.85em}
.correction label{display:block;margin:0 0 .5rem;font-size:.875rem}
.correction input,.correction select,.correction textarea{display:block;width:100%}
@media(max-width:50rem){main{display:block}
.cards{position:static;max-height:none}.texts{max-height:45vh;overflow-y:auto;position:sticky;top:0;
background:var(--paper);border-bottom:3px solid var(--rule);z-index:1}}
"""

_SCRIPT = """
'use strict';
const draft = JSON.parse(document.getElementById('draft').textContent);
const cards = [...document.querySelectorAll('.card')];
const STATES = {confirm: 'confirmed', correct: 'corrected', reject: 'rejected'};
let decisions = [], at = 0;
try { decisions = JSON.parse(localStorage.getItem('review-' + draft.key)) || []; } catch { decisions = []; }
function keep() {
  try { localStorage.setItem('review-' + draft.key, JSON.stringify(decisions)); } catch { return; }
}
function lastOf(id) { return decisions.findLast(each => each.statement === id); }
function stateOf(number) {
  const last = lastOf(draft.statements[number].id);
  if (!last) return draft.statements[number].state;
  return last.action === 'undo' ? 'draft' : STATES[last.action];
}
function show() {
  let waiting = 0;
  cards.forEach((card, number) => {
    const state = stateOf(number), label = card.querySelector('.state');
    label.textContent = state;
    label.dataset.state = state;
    waiting += state === 'draft';
    card.classList.toggle('now', number === at);
  });
  for (const mark of document.querySelectorAll('.texts mark')) {
    const kinds = ['content', 'mention', 'cue', 'repeats'];
    const here = kinds.filter(kind => (mark.dataset[kind] || '').split(' ').includes(String(at)));
    mark.classList.toggle('now', here.length > 0);
  }
  document.getElementById('progress').textContent =
    (cards.length - waiting) + ' of ' + cards.length + ' decided';
}
function go(number, focus) {
  if (!cards.length) return;
  at = Math.max(0, Math.min(cards.length - 1, number));
  show();
  if (focus) cards[at].focus({preventScroll: true});
  cards[at].scrollIntoView({block: 'nearest'});
  const mark = [...document.querySelectorAll('.texts mark.now')].find(each => each.dataset.content);
  const pane = document.querySelector('.texts');
  if (mark && getComputedStyle(pane).overflowY === 'auto') {
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - 60;
  } else if (mark) mark.scrollIntoView({block: 'center'});
}
function take(action, more) {
  decisions.push({statement: draft.statements[at].id, action, ...more});
  keep();
  show();
}
function next() {
  for (let step = 1; step <= cards.length; step++) {
    const number = (at + step) % cards.length;
    if (stateOf(number) === 'draft') { go(number, true); return; }
  }
  go(at, true);
}
function act(action) {
  const card = cards[at];
  if (!card) return;
  const form = card.querySelector('.correction');
  if (action === 'confirm' || action === 'reject') { form.hidden = true; take(action); next(); }
  else if (action === 'undo') { form.hidden = true; if (stateOf(at) !== 'draft') take('undo'); }
  else if (action === 'correct') { form.hidden = false; form.querySelector('textarea').focus(); }
  else if (action === 'apply') {
    const value = name => form.querySelector('[name=' + name + ']').value.trim();
    const chain = value('chain').split('\\n').map(each => each.trim()).filter(each => each);
    const more = {stance: value('stance'), hedge: value('hedge')};
    if (chain.length) more.chain = chain;
    if (value('claim')) more.claim = value('claim');
    form.hidden = true;
    take('correct', more);
    next();
  }
}
function save() {
  const text = JSON.stringify({version: 1, decisions}, null, 1) + '\\n';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = 'decisions.json';
  link.click();
}
document.addEventListener('click', event => {
  const card = event.target.closest('.card'), button = event.target.closest('[data-action]');
  if (card) go(Number(card.dataset.number), false);
  if (button) act(button.dataset.action);
  const mark = event.target.closest('.texts mark');
  if (mark && mark.dataset.content) go(Number(mark.dataset.content.split(' ')[0]), false);
});
document.getElementById('save').addEventListener('click', save);
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest('input, textarea, select');
  if (typing) { if (event.key === 'Escape') { go(at, true); } return; }
  const steps = {j: 1, ArrowDown: 1, k: -1, ArrowUp: -1};
  const keys = {a: 'confirm', c: 'correct', r: 'reject', u: 'undo'};
  if (event.key in steps) { event.preventDefault(); go(at + steps[event.key], true); }
  else if (event.key in keys) { event.preventDefault(); act(keys[event.key]); }
  else if (event.key === 's') { event.preventDefault(); save(); }
});
go(0, false);
"""
