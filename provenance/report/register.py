"""The register of a page: every claim, source, statement and quote, what is ignored, the file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

from provenance.assessment import Assessment, Names
from provenance.casefiles import case_digest, dump_case
from provenance.graph import Sayings
from provenance.records import Attribution, Claim, Document, Locator, Source, Span
from provenance.report.inert import PASSAGE, SENTENCE, escaped, exact
from provenance.report.markup import Section, case_text, folded, linked, paragraph, tag, told
from provenance.report.words import (
    access_in_words,
    interest_in_words,
    link_in_words,
    places_of,
    reliability_in_words,
    span_of,
)
from provenance.scales import counted, percent

__all__ = [
    "anchors_of",
    "claims_section",
    "file_section",
    "ignored_section",
    "sources_section",
    "statements_section",
]

_LONGEST_SHOWN = 400_000


def _note(text: str | None) -> str:
    return f'<p class="small faint">{case_text(text, PASSAGE)}</p>' if text else ""


def _entries(items: Iterable[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="entries">{found}</ul>' if found else ""


def claims_section(assessment: Assessment) -> Section:
    """The claim and the claims linked with it, and how they bear on each other."""
    names = Names(assessment.graph)
    places = assessment.graph.story(assessment.claim).places
    claims = [claim for claim in assessment.case.claims if claim.id in places]
    links = [link for link in assessment.case.links if set(link.touches) <= set(places)]
    body = _entries(_claim(assessment, claim) for claim in claims)
    if links:
        items = _entries(
            f"<p>{told(link_in_words(names, link))}</p>{_note(link.note)}" for link in links
        )
        body += f"<h3>How they bear on each other</h3>{items}"
    return Section("claims", "The claims", body)


def _claim(assessment: Assessment, claim: Claim) -> str:
    story = assessment.graph.story(claim.id)
    place = story.places[claim.id]
    stated = story.questions[place.question].prior
    about = ["the claim weighed here"] if claim.id == assessment.claim else []
    if stated is not None:
        about.append(f"prior {percent(stated[place.value])}")
    if claim.resolved is not None:
        about.append(f"turned out {'true' if claim.resolved.value else 'false'}")
    text = case_text(claim.text)
    strong = f"<strong>{text}</strong>" if claim.id == assessment.claim else text
    facts = f'<p class="small faint">{escaped(" · ".join(about), SENTENCE)}</p>' if about else ""
    return f"<p>{strong}</p>{facts}{_note(claim.note)}"


def sources_section(assessment: Assessment) -> Section:
    """Every source of the case: how far it is trusted, what it could know, what it gains."""
    trusts = {
        each.source: (each.prior, each.posterior)
        for each in assessment.sources
        if each.attribution is None
    }
    sources = sorted(assessment.case.sources, key=lambda source: source.id not in trusts)
    names = Names(assessment.graph)
    items = (_source(names, each, trusts) for each in sources)
    return Section("sources", "The sources", _entries(items))


def _source(names: Names, source: Source, trusts: Mapping[str, tuple[float, float]]) -> str:
    marks = [tag(source.kind), tag(reliability_in_words(source))]
    facts = [f"Access: {access_in_words(source)}."]
    facts += [f"Interest: {interest_in_words(names, each)}." for each in source.interests]
    if source.graded_by or source.graded_on:
        by = f" by {source.graded_by}" if source.graded_by else ""
        facts.append(f"Graded{by}{f' on {source.graded_on}' if source.graded_on else ''}.")
    if source.id in trusts and reliability_in_words(source) == "not judged":
        facts.append("What it says has no weight, since nobody has judged it.")
    elif source.id in trusts:
        before, after = trusts[source.id]
        facts.append(
            f"Goes by the truth here with probability {percent(before)} before anybody is heard, "
            f"{percent(after)} after."
        )
    else:
        facts.append("Not heard on this claim.")
    described = (
        f' <span class="faint">{case_text(source.described_as)}</span>'
        if source.described_as and source.name
        else ""
    )
    return (
        f"<p><strong>{case_text(source.title)}</strong>{described} {' '.join(marks)}</p>"
        f'<p class="small">{told(" ".join(facts))}</p>{_note(source.note)}'
    )


def _attributions(assessment: Assessment) -> list[Attribution]:
    """Every attribution on the claim's story, in the order of the case."""
    places = assessment.answer.evaluation.story.places
    sayings = Sayings(assessment.case)
    return [
        each
        for each in assessment.case.attributions
        if any(claim in places for claim, _ in sayings.of(each))
    ]


def anchors_of(assessment: Assessment) -> dict[str, str]:
    """Where on a page each attribution stands, as `#statement-N`, by all of its names."""
    return {
        name: f"#statement-{number}"
        for number, each in enumerate(_attributions(assessment))
        for name in (each.id, *each.names)
    }


def statements_section(
    assessment: Assessment, *, is_folded: bool = False, public: bool = False
) -> Section:
    """Every attribution on the claim's story: who, from whom, what, when, and where it stands.

    Args:
        is_folded: whether it opens when asked for.
        public: leave out ids and how a statement is judged.
    """
    story = assessment.answer.evaluation.story
    graph = assessment.graph
    held: dict[str, bool] = {}
    for statement in story.statements:
        for name in statement.merged:
            found = graph.attribution_of[name]
            held[found] = held.get(found, False) or statement.in_hand
    attributions = _attributions(assessment)
    documents = {each.id: each for each in assessment.case.documents}
    intro = "Everything on record about this claim"
    intro += "." if public else ", in the order of the case file."
    shown = {each.id: number for number, each in enumerate(attributions)}
    behind = {name: each for each in attributions for name in each.names}

    def cited(name: str) -> str:
        each = behind.get(name)
        if each is None:
            return case_text(name)
        who = case_text(graph.titles.get(each.source, each.source))
        return f'<a href="#statement-{shown[each.id]}">{who}</a>'

    items = "".join(
        f'<li id="statement-{shown[each.id]}">'
        f"{_statement(assessment, each, held, documents, cited, public)}</li>"
        for each in attributions
    )
    body = f'{paragraph(intro)}<ul class="entries">{items}</ul>' if items else ""
    if body and is_folded:
        body = folded(f"All {counted(len(attributions), 'statement')}, with their documents", body)
    return Section("statements", "The statements", body)


def _statement(
    assessment: Assessment,
    each: Attribution,
    held: Mapping[str, bool],
    documents: Mapping[str, Document],
    cited: Callable[[str], str],
    public: bool,
) -> str:
    graph, titles = assessment.graph, assessment.graph.titles
    if each.id not in held:
        mark = "" if public else tag("without weight", "hidden")
    else:
        mark = (
            tag("we have the document", "held")
            if held[each.id]
            else tag("known only through others", "hidden")
        )
    name = f"<strong>{case_text(titles.get(each.source, each.source))}</strong>"
    if each.claims:
        said = case_text("; ".join(graph.texts[claim] for claim in each.claims), 1000)
        line = f"{name}{', denying' if each.denies else ''}: {said}"
    else:
        how = "disowns" if each.stance == "disowns" else "passes on"
        line = f"{name} {how} {', '.join(cited(known) for known in each.cited[:20])}"
    about = [*filter(None, (each.verb and f"“{each.verb}”", span_of(assessment.case, each)))]
    if isinstance(each.wording, str) or (each.wording is not None and not public):
        about.append(f"worded {each.wording}")
    if each.basis not in ("unstated",) and not public:
        about.append(each.basis)
    if each.retracted_on is not None:
        about.append(f"withdrawn {each.retracted_on}")
    if not public:
        about.insert(0, each.id)
    facts = f'<p class="small faint">{case_text(" · ".join(about))}</p>' if about else ""
    return (
        f"<p>{line} {mark}</p>{facts}"
        f"{_document(each, documents, public)}{_quotes(each.locators)}{_note(each.note)}"
    )


def _document(each: Attribution, documents: Mapping[str, Document], public: bool) -> str:
    document = documents.get(each.document or "")
    place = places_of(each.locators)
    title = None if document is None else document.title or (None if public else document.id)
    if document is None or (title is None and document.url is None):
        return f'<p class="small">{escaped(place)}</p>' if place else ""
    name = case_text(title or "")
    if document.url is not None:
        link = linked(document.url, document.title or "")
        name = link if link.startswith("<a") else f"{name}, {link}"
    return f'<p class="small">{name}{escaped(", " + place) if place else ""}</p>'


def _quotes(locators: Iterable[Locator]) -> str:
    found = []
    for each in locators:
        if each.exact:
            around = [each.prefix or "", each.exact, each.suffix or ""]
            words = [case_text(part, PASSAGE) for part in around]
            quote = f'<span class="faint">{words[0]}</span> {words[1]} <span class="faint">{words[2]}</span>'
            found.append(f"<blockquote>{quote}</blockquote>")
        if each.url:
            found.append(f'<p class="small">{linked(each.url)}</p>')
    return "".join(found)


def ignored_section(assessment: Assessment) -> Section:
    """What has no weight, each with its reason."""
    names = Names(assessment.graph)
    items = "".join(
        f"<li>{told(names.all([each.attribution]))}: {escaped(each.why.sentence)} "
        f'<span class="small faint">{case_text(each.attribution)}</span></li>'
        for each in assessment.ignored[:500]
    )
    more = len(assessment.ignored) - 500
    rest = paragraph(f"… and {more:,} more.") if more > 0 else ""
    return Section(
        "ignored", "What is left out, and why", f"<ul>{items}</ul>{rest}" if items else ""
    )


def file_section(assessment: Assessment) -> Section:
    """The case file itself, to be looked at, taken away and weighed again."""
    text = exact(dump_case(assessment.case))
    data = base64.b64encode(text.encode()).decode()
    link = (
        f'<p class="download"><a download="case.json" href="data:application/json;base64,{data}">'
        "Take the case file away</a></p>"
    )
    options = "" if assessment.as_of is None else f" --as-of {Span.of(_in_utc(assessment.as_of))}"
    how = (
        "<p>To check this answer or to change it you need only the case: "
        f"<code>provenance weigh case.json {escaped(_shell(assessment.claim))}{options}</code></p>"
        f'<p class="small faint">SHA-256 of the case in its canonical form: '
        f"<code>{case_digest(assessment.case)}</code></p>"
    )
    if len(text) > _LONGEST_SHOWN:
        shown = paragraph(f"Its text runs to {len(text):,} characters and is not shown here.")
    else:
        pre = f'<pre tabindex="0" aria-label="The case file">{_verbatim(text)}</pre>'
        shown = folded("The text of the case file", pre, "case-text")
    return Section("case-file", "The case file", how + link + shown)


def _in_utc(day: date) -> date:
    """A day, or a moment with the zone that all moments of an assessment are in."""
    return day.replace(tzinfo=UTC) if isinstance(day, datetime) else day


def _shell(name: str) -> str:
    """A name as one word on a command line."""
    return name if name.replace("-", "").replace("_", "").isalnum() else f"'{name}'"


def _verbatim(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
