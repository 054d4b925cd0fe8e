"""The page on which a draft is reviewed: the text with its marks, the chain beside it, the keys."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from provenance.drafting.articles import SourceDocument
from provenance.drafting.drafts import Draft, DraftClaim, DraftStatement
from provenance.scales import HEDGES

__all__ = ["review_html"]


def review_html(draft: Draft) -> str:
    """A self-contained page on which a person decides on every statement of a draft.

    The text stands with its marks: what is said is underlined, who says it is dotted, the words
    that attribute it are boxed, so that no mark depends on its colour. Keys: `j` and `k` go on and
    back, `a` accepts, `r` rejects, `c` corrects, `u` undoes, a number puts the statement under the
    claim that is listed with it, `s` saves the decisions as a file, which
    `provenance review DRAFT --decisions FILE` reads. Nothing is fetched, and no text of a
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
    hedges = "".join(f'<option value="{_attribute(each)}">' for each in HEDGES)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        f"<header><h1>{title}</h1>\n{_INTRODUCTION}</header>\n"
        f'<main><section class="texts" aria-label="The documents">{body}</section>\n'
        f'<section class="cards" aria-label="The statements">{_hand(draft)}{cards}</section></main>\n'
        f'<datalist id="hedges">{hedges}</datalist>\n'
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
        "statements": [
            {
                "id": each.id,
                "state": each.state,
                "claim": each.claim,
                "chain": [hop.source for hop in each.chain[1:]],
            }
            for each in draft.statements
        ],
        "claims": [{"id": each.id, "text": _line(each.text)} for each in draft.claims],
        "sources": [{"id": each.id, "label": _line(each.label)} for each in draft.sources],
        "hand": [each.id for each in _at_hand(draft)],
    }
    text = json.dumps(data, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _line(text: str) -> str:
    return " ".join(text.split())


def _at_hand(draft: Draft) -> list[DraftClaim]:
    """The claims that a single key chooses: those of several statements, at most nine."""
    uses = Counter(each.claim for each in draft.statements)
    return [each for each in draft.claims if uses[each.id] > 1][:9]


def _hand(draft: Draft) -> str:
    claims = "".join(
        f"<li><kbd>{number}</kbd> {html.escape(each.text)}</li>"
        for number, each in enumerate(_at_hand(draft), 1)
    )
    if not claims:
        return ""
    return (
        '<details class="hand" open><summary>Claims of several statements; a number puts the '
        f"statement under one</summary><ol>{claims}</ol></details>"
    )


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
        f"{html.escape(chr(10).join(map(_line, names[1:])))}</textarea></label>"
        '<label>Add a source<select name="source"></select></label>'
        '<label>Claim<select name="claim"></select></label>'
        '<label>or a claim in other words<input name="words"></label>'
        f'<label>The speaker<select name="stance">{_stances(statement.stance)}</select></label>'
        f'<label>Hedge<input name="hedge" value="{html.escape(hedge, quote=True)}" '
        'list="hedges" placeholder="none"></label>'
        '<p class="ask" role="alert" hidden></p>'
        '<button type="button" data-action="apply">Keep this correction</button></div>'
        '<p class="kept" hidden></p></article>'
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
    "<kbd>1</kbd> to <kbd>9</kbd> put under a listed claim, <kbd>s</kbd> save, <kbd>Esc</kbd> leave "
    "a correction, <kbd>Enter</kbd> keep it.</p>"
    "<p>Decisions are kept in this browser. Save them as a file, and "
    "<code>provenance review DRAFT --decisions decisions.json</code> takes them over.</p>"
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
.card{scroll-margin-top:9rem}
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
.ask{border:2px solid var(--who);padding:.2rem .5rem}
.kept{border-left:3px solid var(--who);padding-left:.7rem;margin-top:.6rem}
.hand{font-size:.875rem;background:var(--paper);margin:-.5rem 0 .6rem;padding:.5rem 0;position:sticky;
top:-.5rem;border-bottom:1px solid var(--rule);z-index:1;max-height:30vh;overflow-y:auto}
.hand ol{list-style:none;margin:.2rem 0 0;padding:0}
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
const labelOf = id => (draft.sources.find(each => each.id === id) || {label: id}).label;
const textOf = id => (draft.claims.find(each => each.id === id) || {text: id}).text;
const plain = name => name.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/\\s+/g, ' ').trim()
  .replace(/^the /, '');
function told(decision) {
  const words = [];
  if (decision.chain) words.push('from ' + decision.chain.map(labelOf).join(', from '));
  if (decision.claim) words.push('claim: \u201c' + textOf(decision.claim) + '\u201d');
  if (decision.stance) words.push(decision.stance);
  if ('hedge' in decision) words.push('hedge: ' + (decision.hedge || 'none'));
  return 'Corrected: ' + words.join('; ');
}
function fill(select, options, chosen) {
  if (select.options.length) return;
  for (const [value, text] of options) select.add(new Option(text, value, false, value === chosen));
}
function open(card, number) {
  const part = name => card.querySelector('[name=' + name + ']');
  fill(part('claim'), draft.claims.map(each => [each.id, each.text]), draft.statements[number].claim);
  fill(part('source'), [['', '\u2026'], ...draft.sources.map(each => [each.id, each.label])], '');
  const form = card.querySelector('.correction');
  form.hidden = false;
  part('chain').focus();
  form.scrollIntoView({block: 'nearest'});
}
function close(card, clear) {
  const form = card.querySelector('.correction');
  form.hidden = true;
  form.querySelector('.ask').hidden = true;
  delete form.dataset.asked;
  if (!clear) return;
  for (const each of form.querySelectorAll('textarea, input')) each.value = each.defaultValue;
  form.querySelector('[name=stance]').value =
    form.querySelector('[name=stance] [selected]').value;
  form.querySelector('[name=claim]').replaceChildren();
}
// Who is meant by a line of a chain: an id of the draft, or a new source, which is asked about.
function sourceOf(line, number, fresh) {
  const own = draft.statements[number].chain;
  const there = draft.sources.filter(each => each.id === line || plain(each.label) === plain(line));
  const found = there.find(each => own.includes(each.id)) || there[0];
  if (found) return found.id;
  fresh.push(line);
  return 'new: ' + line;
}
function corrected(card, number) {
  const form = card.querySelector('.correction');
  const part = name => form.querySelector('[name=' + name + ']');
  const more = {}, fresh = [], asks = [];
  const lines = part('chain').value.split('\\n').map(each => each.trim()).filter(each => each);
  if (part('chain').value.trim() !== part('chain').defaultValue.trim() && lines.length) {
    more.chain = lines.map(each => sourceOf(each, number, fresh));
  }
  const words = part('words').value.replace(/\\s+/g, ' ').trim();
  if (words) more.claim = 'new: ' + words;
  else if (part('claim').value !== draft.statements[number].claim) more.claim = part('claim').value;
  if (part('stance').value !== part('stance').querySelector('[selected]').value) {
    more.stance = part('stance').value;
  }
  const hedge = part('hedge').value.trim();
  if (hedge !== part('hedge').defaultValue) more.hedge = hedge;
  if (fresh.length) asks.push('No source is called \u201c' + fresh.join('\u201d or \u201c') + '\u201d.');
  if (words) asks.push('These words make a new claim, with this statement alone under it.');
  if (!Object.keys(more).length) return {ask: 'Nothing is changed; a accepts it.', never: true};
  return {more, ask: asks.length ? asks.join(' ') + ' Press again to keep it so.' : ''};
}
function apply(card, number) {
  const form = card.querySelector('.correction'), ask = form.querySelector('.ask');
  const {more, ask: words, never} = corrected(card, number);
  const what = JSON.stringify(more || null);
  if (never || (words && form.dataset.asked !== what)) {
    ask.textContent = words;
    ask.hidden = false;
    form.dataset.asked = what;
    ask.nextElementSibling.scrollIntoView({block: 'nearest'});
    return;
  }
  close(card, false);
  take('correct', more);
  next();
}
function under(number) {
  const claim = draft.hand[number];
  if (!claim || !cards[at]) return;
  if (draft.statements[at].claim === claim) return;
  close(cards[at], true);
  take('correct', {claim});
  next();
}
function show() {
  let waiting = 0;
  cards.forEach((card, number) => {
    const state = stateOf(number), label = card.querySelector('.state');
    label.textContent = state;
    label.dataset.state = state;
    waiting += state === 'draft';
    const last = lastOf(draft.statements[number].id), kept = card.querySelector('.kept');
    kept.hidden = state !== 'corrected' || !last || last.action !== 'correct';
    kept.textContent = kept.hidden ? '' : told(last);
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
  if (action === 'confirm' || action === 'reject') { close(card, true); take(action); next(); }
  else if (action === 'undo') { close(card, true); if (stateOf(at) !== 'draft') take('undo'); }
  else if (action === 'correct') open(card, at);
  else if (action === 'apply') apply(card, at);
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
document.addEventListener('change', event => {
  if (event.target.name !== 'source' || !event.target.value) return;
  const chain = event.target.closest('.correction').querySelector('[name=chain]');
  chain.value = (chain.value.trim() + '\\n' + labelOf(event.target.value)).trim();
  event.target.value = '';
});
document.getElementById('save').addEventListener('click', save);
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest('input, textarea, select');
  if (typing) {
    if (event.key === 'Escape') { close(cards[at], false); go(at, true); }
    else if (event.key === 'Enter' && typing.localName === 'input') { act('apply'); }
    return;
  }
  const steps = {j: 1, ArrowDown: 1, k: -1, ArrowUp: -1};
  const keys = {a: 'confirm', c: 'correct', r: 'reject', u: 'undo'};
  if (event.key in steps) { event.preventDefault(); go(at + steps[event.key], true); }
  else if (event.key in keys) { event.preventDefault(); act(keys[event.key]); }
  else if (/^[1-9]$/.test(event.key)) { event.preventDefault(); under(Number(event.key) - 1); }
  else if (event.key === 's') { event.preventDefault(); save(); }
});
go(0, false);
"""
