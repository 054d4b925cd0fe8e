"""The register of a page: every claim, source, statement and quote, what is ignored, the file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping

from provenance.assessment import Assessment
from provenance.casefiles import case_digest, dump_case
from provenance.graph import Sayings
from provenance.records import Attribution, Claim, Document, Locator, Source
from provenance.report.inert import PASSAGE, SENTENCE, escaped, exact
from provenance.report.markup import Section, case_text, folded, linked, nowrapped, paragraph, tag
from provenance.report.words import (
    access_in_words,
    interest_in_words,
    link_in_words,
    places_of,
    reliability_in_words,
    span_of,
)
from provenance.scales import percent

__all__ = ["claims_section", "file_section", "ignored_section", "sources_section",
           "statements_section"]  # fmt: skip

_LONGEST_SHOWN = 400_000


def _note(text: str | None) -> str:
    return f'<p class="small faint">{case_text(text, PASSAGE)}</p>' if text else ""


def _entries(items: Iterable[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="entries">{found}</ul>' if found else ""


def claims_section(assessment: Assessment) -> Section:
    """The claim and the claims linked with it, and how they bear on each other."""
    places = assessment.graph.story(assessment.claim).places
    claims = [claim for claim in assessment.case.claims if claim.id in places]
    links = [link for link in assessment.case.links if set(link.touches) <= set(places)]
    body = _entries(_claim(assessment, claim) for claim in claims)
    if links:
        items = _entries(
            f"<p>{nowrapped(link_in_words(link), 2000)}</p>{_note(link.note)}" for link in links
        )
        body += f"<h3>How they bear on each other</h3>{items}"
    return Section("claims", "The claims", body)


def _claim(assessment: Assessment, claim: Claim) -> str:
    story = assessment.graph.story(claim.id)
    place = story.places[claim.id]
    stated = story.questions[place.question].prior
    about = [claim.id]
    if claim.id == assessment.claim:
        about.append("the claim weighed here")
    if stated is not None:
        about.append(f"prior {percent(stated[place.value])}")
    if claim.resolved is not None:
        about.append(f"turned out {'so' if claim.resolved.value else 'not so'}")
    text = case_text(claim.text)
    strong = f"<strong>{text}</strong>" if claim.id == assessment.claim else text
    return f'<p>{strong}</p><p class="small faint">{escaped(" · ".join(about), SENTENCE)}</p>{_note(claim.note)}'


def sources_section(assessment: Assessment) -> Section:
    """Every source of the case: how far it is trusted, what it could know, what it gains."""
    trusts = {
        each.source: (each.prior, each.posterior)
        for each in assessment.sources
        if each.attribution is None
    }
    sources = sorted(assessment.case.sources, key=lambda source: source.id not in trusts)
    return Section("sources", "The sources", _entries(_source(each, trusts) for each in sources))


def _source(source: Source, trusts: Mapping[str, tuple[float, float]]) -> str:
    marks = [tag(source.kind), tag(reliability_in_words(source))]
    facts = [f"Access: {access_in_words(source)}."]
    facts += [f"Interest: {interest_in_words(each)}." for each in source.interests]
    if source.graded_by or source.graded_on:
        by = f" by {source.graded_by}" if source.graded_by else ""
        facts.append(f"Graded{by}{f' on {source.graded_on}' if source.graded_on else ''}.")
    if source.id in trusts:
        before, after = trusts[source.id]
        facts.append(
            f"Tracks what is so here with probability {percent(before)} before anyone is heard, "
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
        f'<p class="small">{nowrapped(" ".join(facts), 2000)}</p>{_note(source.note)}'
    )


def statements_section(assessment: Assessment) -> Section:
    """Every attribution on the claim's story: who, from whom, what, when, and where it stands."""
    story = assessment.answer.evaluation.story
    graph = assessment.graph
    held: dict[str, bool] = {}
    for statement in story.statements:
        for name in statement.merged:
            found = graph.attribution_of[name]
            held[found] = held.get(found, False) or statement.in_hand
    sayings = Sayings(assessment.case)
    attributions = [
        each
        for each in assessment.case.attributions
        if any(claim in story.places for claim, _ in sayings.of(each))
    ]
    documents = {each.id: each for each in assessment.case.documents}
    intro = "Everything on record about this claim, in the order of the case file."
    shown = {each.id: number for number, each in enumerate(attributions)}
    behind = {name: each for each in attributions for name in each.names}

    def cited(name: str) -> str:
        each = behind.get(name)
        if each is None:
            return case_text(name)
        who = case_text(f"{graph.titles.get(each.source, each.source)} ({name})")
        return f'<a href="#statement-{shown[each.id]}">{who}</a>'

    items = "".join(
        f'<li id="statement-{shown[each.id]}">'
        f"{_statement(assessment, each, held, documents, cited)}</li>"
        for each in attributions
    )
    return Section(
        "statements",
        "The statements",
        f'{paragraph(intro)}<ul class="entries">{items}</ul>' if items else "",
    )


def _statement(
    assessment: Assessment,
    each: Attribution,
    held: Mapping[str, bool],
    documents: Mapping[str, Document],
    cited: Callable[[str], str],
) -> str:
    graph, titles = assessment.graph, assessment.graph.titles
    if each.id not in held:
        mark = tag("ignored", "hidden")
    else:
        mark = tag("in hand", "held") if held[each.id] else tag("hidden", "hidden")
    name = f"<strong>{case_text(titles.get(each.source, each.source))}</strong>"
    if each.claims:
        said = case_text("; ".join(graph.texts[claim] for claim in each.claims), 1000)
        line = f"{name}{', denying' if each.denies else ''}: {said}"
    else:
        how = "denies" if each.denies else "passes on"
        line = f"{name} {how} {', '.join(cited(known) for known in each.cited[:20])}"
    about = [
        each.id,
        *filter(None, (each.verb and f"“{each.verb}”", span_of(assessment.case, each))),
    ]
    if each.wording is not None:
        about.append(f"worded {each.wording}")
    if each.basis not in ("unstated",):
        about.append(each.basis)
    if each.retracted_on is not None:
        about.append(f"withdrawn {each.retracted_on}")
    return (
        f"<p>{line} {mark}</p>"
        f'<p class="small faint">{case_text(" · ".join(about))}</p>'
        f"{_document(each, documents)}{_quotes(each.locators)}{_note(each.note)}"
    )


def _document(each: Attribution, documents: Mapping[str, Document]) -> str:
    document = documents.get(each.document or "")
    place = places_of(each.locators)
    if document is None:
        return f'<p class="small">{escaped(place)}</p>' if place else ""
    name = case_text(document.title or document.id)
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
    items = "".join(
        f"<li>{case_text(each.attribution)}: {escaped(each.why.sentence)}.</li>"
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
    options = "" if assessment.as_of is None else f" --as-of {assessment.as_of.isoformat()}"
    how = (
        "<p>Whoever wants to check or change this answer needs only the case: "
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


def _shell(name: str) -> str:
    """A name as one word on a command line."""
    return name if name.replace("-", "").replace("_", "").isalnum() else f"'{name}'"


def _verbatim(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
