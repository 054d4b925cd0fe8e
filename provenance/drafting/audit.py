"""The audit of a list of pages: which go back to one origin and why, how likely it is, what to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from provenance.assessment import Assessment, library_version, verdict_word, weigh_all
from provenance.casefiles import case_digest
from provenance.display import Shown
from provenance.drafting.page_case import case_of_pages
from provenance.drafting.page_checks import PageChecks, ToCheck
from provenance.drafting.page_groups import MOST_SHOWN, PageGroup, TracedPages, group_in_words
from provenance.drafting.page_links import PageLink, traced
from provenance.drafting.page_owners import owners_of
from provenance.drafting.pages import Page, read_pages
from provenance.errors import CaseError, InvalidValue
from provenance.records import Case, Registry
from provenance.scales import (
    GRADES,
    chance_in_words,
    counted,
    isolated,
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
        if not self.groups and self.uncounted:
            yield f"Not judged: {self._left_out}."
            yield from self._to_check_in_lines()
            return
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
        yield from self._to_check_in_lines()

    def _to_check_in_lines(self) -> Iterator[str]:
        if self.check:
            yield "To check next:"
            yield from (f"  - {each.text}" for each in self.check[:MOST_SHOWN])

    @property
    def counts(self) -> str:
        """How many pages there are, and how many origins, in a sentence."""
        pages = {page for group in self.groups for page in group.pages}
        if not pages and self.uncounted:
            return sentence(self._left_out)
        words = counted(len(pages), "page")
        told = [_between(self.origins, "for it")] if self.origins[1] else []
        told += [_between(self.origins_against, "against it")] if self.origins_against[1] else []
        return sentence(f"{words}, {' and '.join(told) or 'no origin that is judged'}")

    @property
    def _left_out(self) -> str:
        """What is said where no page counts, and where to find why."""
        left = len(self.uncounted)
        none = f"none of the {number_in_words(left)} pages counts"
        words = f"{'the page does not count' if left == 1 else none} for or against it"
        is_told = any(not set(self.uncounted).isdisjoint(each.pages) for each in self.check)
        return f"{words}; see below what was expected and what was found" if is_told else words


def _between(ends: tuple[int, int], side: str) -> str:
    least, most = ends
    if least == most:
        return f"{counted(most, 'origin')} {side}"
    return f"at least {number_in_words(least)} and at most {counted(most, 'origin')} {side}"


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

    Where an entry has no stance, its title and text are read as a draft is: who affirms the claim
    there is an origin for it, and who denies it one against it, so that a page may stand on both
    sides. A page that states its claim nowhere, that asks or doubts, or on which something is
    denied of which words do not tell whether it is the claim, counts for neither side, and `check`
    quotes it.

    Args:
        evidence: a list of documents that `read_document` made, and of entries with `url` or
            `publisher`, and any of `id`, `title`, `author`, `published`, `says`, `quote`, `text`,
            `html` (a saved page instead of its text), `stance` ("affirms", "denies", "neither"),
            `cites` (ids or addresses of other entries, or names), `claim`, `basis`; or one such
            entry; or a mapping of `evidence` with `claims` and `sources`.
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
    owners = owners_of(read.pages.evidence, _registry(sources))
    links = traced(read, owners)
    made = case_of_pages(read, owners, links, ungraded)
    pages = TracedPages(read, owners, links, made)
    checks = PageChecks(pages, ungraded)
    return Audit(
        claims=tuple(_audited(checks, each, as_of) for each in weigh_all(made.case, as_of=as_of)),
        case=made.case,
        pages=read.given,
        links=tuple(pages.given_link(each) for each in links),
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


def _audited(checks: PageChecks, assessment: Assessment, as_of: date | str | None) -> AuditedClaim:
    """What is told of one claim."""
    traced = checks.traced
    mine = [n for n, claim in enumerate(traced.read.chosen) if claim == assessment.claim]
    groups = tuple(traced.groups(assessment, mine))
    within = {page for group in groups for page in group.pages}
    return AuditedClaim(
        assessment,
        groups,
        tuple(place for place in traced.given(mine) if place not in within),
        tuple(checks.of_claim(assessment, mine, groups, as_of)),
    )


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
