"""The audit of a list of pages: which go back to one origin and why, how likely it is, what to check."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Literal

import attrs

from provenance.assessment import Assessment, leads, library_version, verdict_word, weigh_all
from provenance.casefiles import case_digest
from provenance.display import Shown
from provenance.drafting.page_case import PageCase, case_of_pages
from provenance.drafting.page_links import PageLink, traced
from provenance.drafting.page_owners import Owners, owners_of
from provenance.drafting.pages import (
    Page,
    ReadPages,
    StanceReason,
    lists_results,
    read_pages,
)
from provenance.errors import CaseError, InvalidValue
from provenance.records import Case, Registry
from provenance.scales import (
    GRADES,
    chance_in_words,
    counted,
    isolated,
    listed,
    number_in_words,
    percent,
    quoted,
    sentence,
    span_in_words,
)

__all__ = [
    "AUDIT_SCHEMA",
    "Audit",
    "AuditedClaim",
    "PageGroup",
    "ToCheck",
    "audit",
    "audit_schema",
]

AUDIT_SCHEMA = "claim-provenance/audit/1"
"""What an audit says that it is."""
MOST_SHOWN = 20
"""How many pages, reasons and things to check are told of one group or claim."""
MOST_FOR_LEADS = 60
"""How many pages a claim may have for leads to be worked out."""
LEAST_TOLD = 0.3
"""How probable it must be that a page has it from another for that to be worth a check."""
_LONGEST_WORDS = 240

MOST_UNREAD_TOLD = 5
"""How many pages that take no plain side are told one by one."""

CheckKind = Literal[
    "claims",
    "not-stated",
    "unclear",
    "read-as-denial",
    "no-words",
    "perhaps-copied",
    "which-first",
    "held-together",
    "results",
    "not-traced",
    "own-work",
    "orders",
    "circular",
    "grades",
    "unread",
    "lead",
]
"""What kind of thing there is to check."""

# Words by which a text addresses the machine that reads it, to steer it.
_ORDERS = re.compile(
    r"ignore\s(?:all|any|the|your)?\s?(?:earlier|previous|prior|above)\s(?:instruction|prompt)"
    r"|\b(?:to|for)\sthe\s(?:assistant|model|ai|agent)\b[:,]?"
    r"|^\s*(?:system|assistant)\s?(?:prompt)?:|</?(?:evidence|system|instructions?)>",
    re.IGNORECASE | re.MULTILINE,
)


# Words by which a text says that it saw something itself, or found it out.
_OWN_WORK = re.compile(
    r"\b(?:I|[Ww]e)\s(?:saw|watched|counted|measured|tested|verified|obtained|reviewed|interviewed)\b"
    r"|\b[Oo]ur\s(?:own\s\w+|reporters?|correspondents?|tests?|trial|measurements?)\b"
    r"|\bI\swas\sthere\b|\btold\s(?:me|us|our\sreporters?|this\snewspaper)\b"
)


# What is told of pages whose side the list does not state.
_SIDES: Mapping[CheckKind, tuple[StanceReason, ...]] = {
    "not-stated": ("not-stated",),
    "unclear": ("unclear", "both"),
    "read-as-denial": ("denies",),
    "no-words": ("no-words",),
}
_SIDE_TOLD: Mapping[StanceReason, str] = {
    "not-stated": "no sentence states the claim, so that it was left out{}; give `says`, `quote` or "
    "`stance` if it does",
    "unclear": "it was left out, because it does not say plainly whether the claim is true, {}; "
    "give its `stance`",
    "both": "it was left out, because it both states the claim and denies it, {}; give its `stance`",
    "denies": "it was taken to deny the claim, {}; give its `stance` if it does not",
    "no-words": "it was taken to affirm the claim, though the list has none of its words; give "
    "`says`, `text` or `stance`",
}
_SIDE_TOLD_OF_ALL: Mapping[CheckKind, str] = {
    "not-stated": "no sentence states the claim, and they were left out",
    "unclear": "they do not say plainly whether the claim is true, and were left out",
    "read-as-denial": "they were taken to deny the claim",
    "no-words": "they were taken to affirm the claim, though the list has none of their words",
}


@attrs.frozen
class PageGroup:
    """Pages on one side of a claim that go back to one origin."""

    origin: str
    """Who the origin is, by name; several names where they count as one voice."""
    sources: tuple[str, ...]
    """The ids of the sources that are the origin, in the case."""
    side: Literal["for", "against"]
    """Which side of the claim it speaks for."""
    established: bool
    """Whether its independence is on record."""
    page: int | None
    """The first page of the list by the origin itself; `None` where the list has none."""
    pages: tuple[int, ...]
    """The pages that go back to it, by their places in the list, which begin at 0."""
    publishers: tuple[str, ...]
    """Who published them."""
    why: tuple[PageLink, ...]
    """What tells that they do."""
    same_publisher: tuple[str, ...] = ()
    """What tells that several of its pages are of one publisher."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry; long lists are cut, and `left_out` says by how much."""
        return {
            "origin": self.origin,
            "sources": list(self.sources[:MOST_SHOWN]),
            "side": self.side,
            "established": self.established,
            "page": self.page,
            "pages": list(self.pages),
            "publishers": list(self.publishers[:MOST_SHOWN]),
            "same_publisher": list(self.same_publisher[:MOST_SHOWN]),
            "why": [_link_data(each) for each in self.why[:MOST_SHOWN]],
            "left_out": max(0, len(self.why) - MOST_SHOWN),
        }


def _link_data(link: PageLink) -> dict[str, Any]:
    return {
        "page": link.page,
        "kind": link.kind,
        "from": link.source,
        "from_page": link.other,
        "same_voice": link.same_voice,
        "probability": round(link.probability, 3),
        "text": isolated(link.text, _LONGEST_WORDS),
    }


@attrs.frozen
class ToCheck:
    """Something to look into, because it would change what the list is worth."""

    kind: CheckKind
    """What kind of thing it is."""
    text: str
    """What to do and why, in a sentence."""
    pages: tuple[int, ...] = ()
    """The pages that it concerns."""
    probability: float | None = None
    """Of a link that was not counted: how probable it is."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        likely = None if self.probability is None else round(self.probability, 3)
        return {
            "kind": self.kind,
            "text": self.text,
            "pages": list(self.pages[:MOST_SHOWN]),
            "probability": likely,
        }


@attrs.frozen(repr=False)
class AuditedClaim(Shown):
    """What the pages are worth for one claim."""

    assessment: Assessment
    """The claim, weighed."""
    groups: tuple[PageGroup, ...]
    """The pages by their origins, those of most pages first."""
    uncounted: tuple[int, ...]
    """Pages that take no side, or cite each other in a circle and nobody else."""
    check: tuple[ToCheck, ...]
    """What to look into next."""

    @property
    def origins(self) -> tuple[int, int]:
        """How many origins speak for it, at least and at most."""
        return self.assessment.established_origins, self.assessment.independent_origins

    @property
    def origins_against(self) -> tuple[int, int]:
        """How many origins speak against it, at least and at most."""
        most = self.assessment.opposing_origins
        known = {
            each.group
            for each in self.assessment.origins
            if each.opposes and each.is_judged and each.lineage_known
        }
        return max(len(known), min(1, most)), most

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        found = self.assessment
        ends = ("at_least", "at_most")
        # What each origin weighs takes as many weighings as there are origins: `weigh` has it.
        return {
            "claim": found.claim,
            "text": found.text,
            "in_words": chance_in_words(found.probability) if self.is_judged else "not judged",
            "probability": found.probability,
            "interval": [found.interval.low, found.interval.high],
            "prior": found.prior,
            "prior_stated": found.prior_stated,
            "confidence": found.confidence.level,
            "credibility": found.credibility,
            "if_one_voice": found.if_one_voice,
            "if_independent": found.if_independent,
            "theta": found.theta,
            "approximate": found.approximate,
            "origins": dict(zip(ends, self.origins, strict=True)),
            "origins_against": dict(zip(ends, self.origins_against, strict=True)),
            "groups": [each.data for each in self.groups[: 10 * MOST_SHOWN]],
            "uncounted": list(self.uncounted),
            "caveats": [
                {"kind": each.kind, "text": isolated(each.text, 300)} for each in found.caveats
            ],
            "check": [each.data for each in self.check[:MOST_SHOWN]],
        }

    @property
    def is_judged(self) -> bool:
        """Whether anybody who speaks has a reliability."""
        return self.assessment.credibility != "6"

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """What there is to say, line by line."""
        found = self.assessment
        yield quoted(found.text)
        if self.is_judged:
            span = span_in_words(found.interval.low, found.interval.high)
            yield (
                f"{verdict_word(found)}: {chance_in_words(found.probability)} "
                f"(90 % interval {span}), {found.confidence.level} confidence."
            )
        else:
            yield "Not judged: no source whose reliability is known speaks about it."
        yield self.counts
        if round(found.if_one_voice, 2) != round(found.if_independent, 2):
            ends = percent(found.if_one_voice), percent(found.if_independent)
            yield f"If all of them were one voice, {ends[0]}; if each had it of its own, {ends[1]}."
        for group in self.groups[:MOST_SHOWN]:
            yield f"  - {group_in_words(group)}"
        if self.check:
            yield "To check next:"
            yield from (f"  - {each.text}" for each in self.check[:MOST_SHOWN])

    @property
    def counts(self) -> str:
        """How many pages there are, and how many origins, in a sentence."""
        pages = {page for group in self.groups for page in group.pages}
        words = counted(len(pages), "page")
        if not pages and self.uncounted:
            left = len(self.uncounted)
            none = "The page does not count" if left == 1 else f"None of the {left} pages counts"
            return f"{none} for or against it; see below what was expected and what was found."
        told = [_between(self.origins, "for it")] if self.origins[1] else []
        told += [_between(self.origins_against, "against it")] if self.origins_against[1] else []
        return sentence(f"{words}, {' and '.join(told) or 'no origin that is judged'}")


def _between(ends: tuple[int, int], side: str) -> str:
    least, most = ends
    if least == most:
        return f"{counted(most, 'origin')} {side}"
    return f"at least {number_in_words(least)} and at most {counted(most, 'origin')} {side}"


def group_in_words(group: PageGroup) -> str:
    """Who the origin is, which publishers go back to it, and the strongest reason."""
    others = [each for each in group.publishers if each != group.origin]
    words = f"{isolated(group.origin)} ({group.side})"
    if not others and len(group.pages) < 2:
        return f"{words}: a page of its own"
    words += f": {counted(len(group.pages), 'page')}"
    if others:
        own = "its own and those of" if len(others) < len(group.publishers) else "of"
        words += f", {own} {listed([isolated(each, 60) for each in others], 4)}"
    first = max(group.why, key=lambda each: each.probability, default=None)
    if first is not None:
        return f"{words}; for one, {link_in_words(first)}"
    return words + "".join(f"; {isolated(each)}" for each in group.same_publisher[:1])


_SAYS: Mapping[str, str] = {
    "stated": "the list says that it is from {source}",
    "reuse": "it has words that {source} has too: {text}",
    "quotation": "it quotes what {source} quotes too: {text}",
    "credited-copy": "{plain}",
    "author": "it has the author of a page of {source}: {text}",
    "spoken": "it says who spoke: {text}",
}


def link_in_words(link: PageLink) -> str:
    """What tells that a page has it from somebody."""
    pattern = _SAYS.get(link.kind, "it credits {source}: {text}")
    return pattern.format(
        source=isolated(link.source, 60),
        text=quoted(link.text, 120),
        plain=isolated(link.text, 200),
    )


@attrs.frozen(repr=False)
class Audit(Shown):
    """What a list of pages is worth: origins instead of mentions.

    `str(audit)` tells it in sentences, `.data` has it as compact plain data, and `case` is the case
    that was weighed, to be looked at, corrected and weighed again.
    """

    claims: tuple[AuditedClaim, ...]
    """What the pages are worth, claim by claim."""
    case: Case
    """The case that the pages make."""
    pages: tuple[Page, ...]
    """The pages as they were read."""
    links: tuple[PageLink, ...]
    """Everything that tells from whom pages have it, whether it was counted or not."""
    ungraded: str
    """The grade that was assumed for sources that nobody graded."""
    assumed: tuple[str, ...]
    """The names of those sources."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry; `audit_schema` describes it."""
        return {
            "schema": AUDIT_SCHEMA,
            "library": library_version(),
            "case_sha256": case_digest(self.case),
            "pages": len(self.pages),
            "assumed": {
                "reliability": self.ungraded,
                "sources": list(self.assumed[:MOST_SHOWN]),
                "left_out": max(0, len(self.assumed) - MOST_SHOWN),
            },
            "claims": [each.data for each in self.claims],
        }

    def __str__(self) -> str:
        lines = [line for each in self.claims for line in (*each.lines(), "")]
        if self.assumed:
            lines.append(_assumption(self.ungraded, self.assumed))
        return "\n".join(lines).rstrip()


def _assumption(grade: str, names: Sequence[str]) -> str:
    one = len(names) == 1
    who = sentence(f"{counted(len(names), 'source')} {'was' if one else 'were'}").removesuffix(".")
    them = "it" if one else "them"
    if grade == "F":
        return f"{who} not judged: nobody graded {them}."
    return f"{who} taken as grade {grade}, because nobody graded {them}."


def audit(
    evidence: Any,
    claims: Any = None,
    *,
    sources: Any = None,
    ungraded: str = "C",
    as_of: date | str | None = None,
) -> Audit:
    """How many origins a list of pages has, which page goes back to which, and what that makes likely.

    Pages of one registrable domain, of one publisher's name or of one owner in the imprint are one
    source. A page goes back to whom it cites, to whom its text credits, to the earlier page whose
    words it has, to its author's first page, or to who speaks in it. What nothing shows stays
    unknown: such pages count as further voices of unrecorded lineage (model 2.9), between
    `if_one_voice` and `if_independent`.

    Where an entry has no stance, its title and text are read: a page that states its claim
    nowhere, asks, doubts, or says both counts for neither side, one that denies it against it, and
    `check` tells both.

    Args:
        evidence: a list of documents that `read_document` made, and of entries with `url` or `publisher`, and any of `id`, `title`, `author`,
            `published`, `says`, `quote`, `text`, `stance` ("affirms", "denies", "neither"), `cites`
            (ids or addresses of other entries, or names), `claim`, `basis`; or a mapping of
            `evidence` with `claims` and `sources`.
        claims: what the pages are about: a text, or a list of texts and of claims with `id`, `text`
            and `prior`; without it, what the entries name, or else what they say, those that state
            the same together.
        sources: sources with their grades, as a registry or as a list in the form that cases have;
            found by id, name, or a reference of scheme `domain`.
        ungraded: the grade assumed for all others, which the answer says; "F" judges none.
        as_of: leave out what was published later.

    Raises:
        CaseError: with everything that is wrong with the list.
        InvalidValue: for another grade, or an impossible day.
        MissingExtra: without the extra `drafting`, for addresses.

    Nothing is fetched. A list has at most 5,000 pages; time grows with their texts.

    >>> launch = "https://blog.example.com/launch"
    >>> found = audit(
    ...     [
    ...         {"url": f"https://{name}.example/a", "says": "It is twice as fast", "cites": launch}
    ...         for name in ("north", "south", "west")
    ...     ],
    ...     "The new engine is twice as fast",
    ... )
    >>> found.claims[0].origins, found.claims[0].groups[0].origin
    ((1, 1), 'example.com')
    """
    if ungraded not in (*GRADES, "F"):
        raise InvalidValue(f"expected as ungraded a grade from A to F, found {ungraded!r:.40}")
    if isinstance(evidence, Mapping):
        evidence, claims, sources = _parted(evidence, claims, sources)
    read = read_pages(evidence, claims)
    pages, chosen = read.pages, read.chosen
    owners = owners_of(pages.evidence, _registry(sources))
    found = traced(pages, chosen, owners)
    made = case_of_pages(pages, chosen, owners, found.links, ungraded)
    told = _Told(pages.evidence, chosen, owners, found.links, found.unread, made, ungraded, read)
    return Audit(
        claims=tuple(told.of_claim(each, as_of) for each in weigh_all(made.case, as_of=as_of)),
        case=made.case,
        pages=pages.evidence,
        links=found.links,
        ungraded=ungraded,
        assumed=made.assumed,
    )


def _parted(evidence: Mapping[Any, Any], claims: Any, sources: Any) -> tuple[Any, Any, Any]:
    """A mapping of pages with what they are about and who published them; arguments override it."""
    known = ("evidence", "claims", "sources")
    if "evidence" not in evidence and not {"text", "html", "url", "publisher"}.isdisjoint(evidence):
        return [evidence], claims, sources  # a single page
    unknown = sorted(set(map(str, evidence)) - set(known))
    if unknown or "evidence" not in evidence:
        found = f"found {unknown[0]!r:.80}" if unknown else "found no evidence"
        message = f"expected evidence, with claims and sources, {found}"
        raise CaseError.of("", "unknown-field", message, "hand over the pages as evidence")
    return (
        evidence["evidence"],
        evidence.get("claims") if claims is None else claims,
        evidence.get("sources") if sources is None else sources,
    )


def _registry(sources: Any) -> Registry | None:
    """Sources as a registry; entries as cases have them make one."""
    if sources is None or isinstance(sources, Registry):
        return sources
    fields = sources if isinstance(sources, Mapping) else {"sources": sources}
    return Registry.model_validate(fields, by_alias=True, by_name=False)


@attrs.frozen
class _Told:
    """What there is to tell of a list that was traced and weighed."""

    pages: tuple[Page, ...]
    chosen: tuple[str, ...]
    owners: Owners
    links: tuple[PageLink, ...]
    unread: int
    made: PageCase
    ungraded: str
    read: ReadPages

    @cached_property
    def counted(self) -> Mapping[int, Sequence[PageLink]]:
        """The links that count, page by page."""
        found: dict[int, list[PageLink]] = defaultdict(list)
        for link in self.links:
            if link.counted:
                found[link.page].append(link)
        return found

    def of_claim(self, assessment: Assessment, as_of: date | str | None) -> AuditedClaim:
        """What is told of one claim."""
        mine = [n for n, claim in enumerate(self.chosen) if claim == assessment.claim]
        groups = tuple(self._groups(assessment, mine))
        within = {page for group in groups for page in group.pages}
        return AuditedClaim(
            assessment,
            groups,
            tuple(place for place in mine if place not in within),
            tuple(self._to_check(assessment, mine, groups, as_of)),
        )

    def _groups(self, assessment: Assessment, mine: Sequence[int]) -> Iterator[PageGroup]:
        number = {each.source: each.group for each in assessment.origins}
        known = {each.source for each in assessment.origins if each.lineage_known}
        sources: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
        members: dict[tuple[int, str], dict[int, None]] = defaultdict(dict)
        for place in mine:
            for source in self.made.origins.get(place, ()):
                if source in number:
                    key: tuple[int, str] = (number[source], self.pages[place].side)
                    sources[key][source] = None
                    members[key][place] = None
        order = sorted(members, key=lambda key: (-len(members[key]), min(members[key])))
        for key in order:
            yield self._group(key[1], tuple(sources[key]), tuple(members[key]), known)

    def _group(
        self, stance: str, sources: tuple[str, ...], pages: tuple[int, ...], known: set[str]
    ) -> PageGroup:
        owners = [self.owners.listed[self.owners.of_page[place]] for place in pages]
        own = [p for p, owner in zip(pages, owners, strict=True) if owner.id in sources]
        names = [self.made.names[each] for each in sources]
        times = Counter(owner.id for owner in owners)
        several = {owner.id: owner.why for owner in owners if times[owner.id] > 1}
        return PageGroup(
            origin=listed(names, 3),
            sources=sources,
            side="for" if stance == "affirms" else "against",
            established=bool(known & set(sources)),
            page=own[0] if own else None,
            pages=pages,
            publishers=tuple(dict.fromkeys(owner.name for owner in owners)),
            why=tuple(link for place in pages for link in self.counted.get(place, ())),
            same_publisher=tuple(dict.fromkeys(several.values())),
        )

    # What to check

    def _to_check(
        self,
        assessment: Assessment,
        mine: Sequence[int],
        groups: Sequence[PageGroup],
        as_of: date | str | None,
    ) -> Iterator[ToCheck]:
        yield from self._sides(mine)
        yield from self._results(mine)
        yield from self._orders(mine)
        yield from self._circles(assessment, mine)
        yield from self._held_together(groups)
        yield from self._perhaps(mine)
        yield from self._own_work(groups)
        yield from self._untraced(groups)
        yield from self._undated(mine)
        if len(mine) <= MOST_FOR_LEADS:
            found = leads(self.made.case, assessment.claim, as_of=as_of)
            # Who may have it from whom is asked for above, with the pages.
            others = (each for each in found if each.kind != "lineage")
            for lead in islice(others, 2):
                yield ToCheck("lead", sentence(lead.text))
        if self.made.assumed:
            count = len(self.made.assumed)
            were = "one was" if count == 1 else f"{number_in_words(count)} were"
            words = f"Grade the sources: {were} taken as {self.ungraded}."
            yield ToCheck("grades", words)
        if self.unread:
            words = f"{counted(self.unread, 'page')} were too long to look for who speaks in them"
            yield ToCheck("unread", sentence(words))

    def _name(self, place: int) -> str:
        name = self.owners.listed[self.owners.of_page[place]].name
        return f"{isolated(name, 60)} (page {place})"

    def _sides(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Pages whose side was not stated by the list, and what it was taken to be."""
        if self.read.are_claims_found:
            words = (
                "Give `claims`: what the pages are about was taken from what they say, so that one "
                "that says the same in other words is counted apart"
            )
            yield ToCheck("claims", sentence(words))
        by_reason: dict[StanceReason, list[int]] = defaultdict(list)
        for place in mine:
            by_reason[self.read.stances[place].reason].append(place)
        for kind, reasons in _SIDES.items():
            places = [place for reason in reasons for place in by_reason[reason]]
            for place in places[:MOST_UNREAD_TOLD]:
                read = self.read.stances[place]
                near = read.nearest if kind == "not-stated" else quoted(read.text, 120)
                words = _SIDE_TOLD[read.reason].format(near)
                who = isolated(self.owners.listed[self.owners.of_page[place]].name, 60)
                yield ToCheck(kind, sentence(f"Page {place} ({who}): {words}"), (place,))
            if len(places) > MOST_UNREAD_TOLD:
                more = tuple(places[MOST_UNREAD_TOLD:])
                words = f"So it is with {counted(len(more), 'more page')}"
                yield ToCheck(kind, sentence(f"{words}: {_SIDE_TOLD_OF_ALL[kind]}"), more)

    def _results(self, mine: Iterable[int]) -> Iterator[ToCheck]:
        """Pages that list other pages, and say nothing themselves."""
        found = tuple(place for place in mine if lists_results(self.pages[place].text or ""))
        if found:
            who = listed([self._name(each) for each in found], 3)
            words = (
                f"Look at {who}: its lines break off in the middle, as in a list of search results; "
                "hand over the pages that it lists instead"
            )
            yield ToCheck("results", sentence(words), found)

    def _orders(self, mine: Iterable[int]) -> Iterator[ToCheck]:
        """Pages that give orders to a machine that reads them."""
        found = tuple(
            place
            for place in mine
            if any(
                _ORDERS.search(words)
                for words in (self.pages[place].text, *self.pages[place].wordings)
                if words
            )
        )
        if found:
            who = listed([self._name(each) for each in found], 3)
            yield ToCheck(
                "orders",
                f"Look at {who}: the text gives orders to a machine that reads it. "
                "None was followed, and what it says of itself was not counted.",
                found,
            )

    def _circles(self, assessment: Assessment, mine: Sequence[int]) -> Iterator[ToCheck]:
        circular = {each for circle in assessment.graph.circles_of(assessment.claim)
                    for each in circle.members}  # fmt: skip
        found = tuple(place for place in mine if self.made.ids.get(place) in circular)
        if found:
            who = listed([self._name(each) for each in found], 4)
            yield ToCheck("circular", f"Find out where it began: {who} cite each other.", found)

    def _perhaps(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Links that were not sure enough to be counted, and would make two origins one."""
        wanted = set(mine)
        apart = [
            each
            for each in self.links
            if each.page in wanted and not each.counted and each.probability >= LEAST_TOLD
            and each.page not in self.counted
        ]  # fmt: skip
        for link in sorted(apart, key=lambda each: (-each.probability, each.page))[:3]:
            whom = isolated(link.source, 60) if link.other is None else self._name(link.other)
            pages = (link.page,) if link.other is None else (link.page, link.other)
            words = f"Does {self._name(link.page)} have it from {whom}? {link_in_words(link)}"
            yield ToCheck("perhaps-copied", sentence(words), pages, link.probability)

    def _untraced(self, groups: Sequence[PageGroup]) -> Iterator[ToCheck]:
        """Origins of one side of which it is not known whether they have it from one another."""
        for side in ("for", "against"):
            open_groups = [each for each in groups if each.side == side and not each.established]
            if len(open_groups) > 1:
                who = listed([isolated(each.origin, 60) for each in open_groups], 4)
                words = (
                    f"Find out from whom {who} have it: nothing here shows that they did not copy"
                )
                pages = tuple(each.pages[0] for each in open_groups)
                yield ToCheck("not-traced", sentence(words), pages)

    def _own_work(self, groups: Sequence[PageGroup]) -> Iterator[ToCheck]:
        """Pages whose text says that they saw it or found it out: only the list can state that."""
        for group in groups:
            if group.page is None or group.established:
                continue
            page = self.pages[group.page]
            texts = (words for words in (page.text, *page.wordings) if words)
            found = next((match for each in texts if (match := _OWN_WORK.search(each))), None)
            if found is not None:
                words = (
                    f"{self._name(group.page)} says that this is its own work "
                    f"({quoted(found.group(), 60)}): if you believe that, state its basis, and it is "
                    "an origin whose independence is on record"
                )
                yield ToCheck("own-work", sentence(words), (group.page,))

    def _undated(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        pairs = [
            link
            for place in mine
            for link in self.counted.get(place, ())
            if link.same_voice and link.kind == "reuse" and link.other is not None
        ]
        if pairs:
            pages = tuple(dict.fromkeys(p for each in pairs for p in (each.other, each.page)
                                        if p is not None))  # fmt: skip
            who = listed([self._name(each) for each in pages], 3)
            words = f"Find out which was first, {who}: no date tells"
            yield ToCheck("which-first", sentence(words), pages)

    def _held_together(self, groups: Sequence[PageGroup]) -> Iterator[ToCheck]:
        """Pages that are one only by the words of another page, whose date may be wrong."""
        for group in groups:
            by_words: dict[int, set[int]] = defaultdict(set)
            for link in group.why:
                if link.kind == "reuse" and link.other is not None and not link.same_voice:
                    by_words[link.other].add(self.owners.of_page[link.page])
            for other, copies in sorted(by_words.items()):
                if len(copies) > 1:
                    words = (
                        f"Make sure of the date of {self._name(other)}: "
                        f"{counted(len(copies), 'publisher')} count as one because they have "
                        "its words, which is no proof if it is in truth the later"
                    )
                    yield ToCheck("held-together", sentence(words), (other,))


def _object(properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def audit_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what an audit answers, as `Audit.data` and the command have it.

    >>> audit_schema()["properties"]["claims"]["type"]
    'array'
    """
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 0}
    share, yes = {"type": "number", "minimum": 0, "maximum": 1}, {"type": "boolean"}
    page = {"type": ["integer", "null"], "minimum": 0}
    texts, pages = ({"type": "array", "items": each} for each in (text, whole))
    ends = _object({"at_least": whole, "at_most": whole})
    link = _object({"page": whole, "kind": text, "from": text, "from_page": page,
                    "same_voice": yes, "probability": share, "text": text})  # fmt: skip
    group = _object({
        "origin": text, "sources": texts, "side": {"enum": ["for", "against"]},
        "established": yes, "page": page, "pages": pages, "publishers": texts,
        "same_publisher": texts, "why": {"type": "array", "items": link}, "left_out": whole,
    })  # fmt: skip
    check = _object({"kind": text, "text": text, "pages": pages,
                     "probability": {"type": ["number", "null"]}})  # fmt: skip
    claim = _object({
        "claim": text, "text": text, "in_words": text, "probability": share,
        "interval": {"type": "array", "items": share, "minItems": 2, "maxItems": 2},
        "prior": share, "prior_stated": yes, "confidence": {"enum": ["low", "moderate", "high"]},
        "credibility": {"enum": list("123456")}, "if_one_voice": share, "if_independent": share,
        "theta": {"type": "number"}, "approximate": yes, "origins": ends, "origins_against": ends,
        "groups": {"type": "array", "items": group}, "uncounted": pages,
        "caveats": {"type": "array", "items": _object({"kind": text, "text": text})},
        "check": {"type": "array", "items": check},
    })  # fmt: skip
    assumed = _object({"reliability": text, "sources": texts, "left_out": whole})
    return _object(
        {
            "schema": {"const": AUDIT_SCHEMA}, "library": text, "case_sha256": text,
            "pages": whole, "assumed": assumed, "claims": {"type": "array", "items": claim},
        },
        **{"$schema": "https://json-schema.org/draft/2020-12/schema"},
    )  # fmt: skip
