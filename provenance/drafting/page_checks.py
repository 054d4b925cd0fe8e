"""What to look into in a list of pages, because it would change what the list is worth."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, Literal

import attrs

from provenance.assessment import Assessment, leads
from provenance.drafting.page_groups import MOST_SHOWN, PageGroup, TracedPages, link_in_words
from provenance.drafting.pages import StanceReason, lists_results
from provenance.scales import counted, isolated, listed, number_in_words, quoted, sentence

__all__ = ["CheckKind", "PageChecks", "ToCheck"]

MOST_FOR_LEADS = 60
"""How many pages a claim may have for leads to be worked out."""
LEAST_TOLD = 0.3
"""How probable it must be that a page has it from another for that to be worth a check."""

MOST_UNREAD_TOLD = 5
"""How many pages that take no plain side are told one by one."""
MOST_NEAR = 1_000
"""How many names are compared with one that the list cites."""
_NEARLY_ONE_NAME = 0.8

CheckKind = Literal[
    "claims",
    "not-stated",
    "unclear",
    "read-as-denial",
    "no-words",
    "withdrawn",
    "perhaps-denied",
    "divided",
    "near-name",
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
    r"|\bI\swas\sthere\b"
)

# What stands in quotation marks is the word of somebody else.
_SAID = re.compile(r"“[^”\n]{0,2000}”|\"[^\"\n]{0,2000}\"")

# What a list cites for want of anybody else: nobody is called so.
_ITSELF = frozenset(
    {"self", "itself", "myself", "me", "own", "own work", "own reporting", "this page", "the page", "same",
     "none", "nobody", "unknown", "n/a", "na", "null", "-", "author", "the author", "original"}
)  # fmt: skip


# What is told of pages whose side the list does not state.
_SIDES: Mapping[CheckKind, tuple[StanceReason, ...]] = {
    "not-stated": ("not-stated",),
    "unclear": ("unclear", "called-fake", "labelled", "perhaps-denied", "both", "other-words"),
    "withdrawn": ("withdrawn",),
    "divided": ("divided",),
    "read-as-denial": ("denies",),
    "no-words": ("no-words",),
}
_SIDE_TOLD: Mapping[StanceReason, str] = {
    "not-stated": "no sentence states the claim, so that it was left out{}; give `says`, `quote` or "
    "`stance` if it does",
    "unclear": "it was left out, because it does not say plainly whether the claim is true, {}; "
    "give its `stance`",
    "called-fake": "it was left out, because the page itself calls fake who or what says so, {}; "
    "give its `stance` if it says more than that",
    "labelled": "it was left out, because its own label says that it is no report, {}; give its "
    "`stance` if it is one",
    "perhaps-denied": "it was left out, because something is denied there and words alone do not "
    "tell whether it is the claim, {}; give its `stance`",
    "divided": "somebody affirms the claim there and somebody denies it, {}, and each was counted "
    "on their side; give its `stance` if it takes one of the two",
    "both": "it was left out, because it both states the claim and denies it, {}; give its `stance`",
    "denies": "it was taken to deny the claim, {}; give its `stance` if it does not",
    "no-words": "it was taken to affirm the claim, though the list has none of its words; give "
    "`says`, `text` or `stance`",
    "withdrawn": "it takes its report back, {}, so that it counts for neither side, and what it "
    "reported before for nothing; give its `stance` if it says that the claim is false",
    "other-words": "it was left out, because what the list has of it, {}, has no word of the claim "
    "beside its names, and may say anything; give its `stance`",
}
_SIDE_TOLD_OF_ALL: Mapping[CheckKind, str] = {
    "not-stated": "no sentence states the claim, and they were left out",
    "unclear": "they do not say plainly whether the claim is true, and were left out",
    "divided": "somebody affirms the claim there and somebody denies it, and each was counted",
    "read-as-denial": "they were taken to deny the claim",
    "no-words": "they were taken to affirm the claim, though the list has none of their words",
    "withdrawn": "they take their reports back, and count for neither side",
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


@attrs.frozen
class PageChecks:
    """What there is to look into in a list that was traced and weighed."""

    traced: TracedPages
    """The list."""
    ungraded: str
    """The grade that was assumed for whom nobody graded."""

    def of_claim(
        self,
        assessment: Assessment,
        mine: Sequence[int],
        groups: Sequence[PageGroup],
        as_of: date | str | None,
    ) -> Iterator[ToCheck]:
        """What there is to look into for one claim, with the places of pages as they were given."""
        for each in self._found(assessment, mine, groups):
            yield attrs.evolve(each, pages=self.traced.given(each.pages))
        yield from self._leads(assessment, mine, as_of)
        yield from self._assumed()

    def _found(
        self, assessment: Assessment, mine: Sequence[int], groups: Sequence[PageGroup]
    ) -> Iterator[ToCheck]:
        yield from self._sides(mine)
        yield from self._withdrawn(assessment, mine)
        yield from self._asked(mine)
        yield from self._misspelt(mine)
        yield from self._results(mine)
        yield from self._orders(mine)
        yield from self._circles(assessment, mine)
        yield from self._held_together(groups)
        yield from self._perhaps(mine)
        yield from self._own_work(groups)
        yield from self._untraced(groups)
        yield from self._undated(mine)

    def _leads(
        self, assessment: Assessment, mine: Sequence[int], as_of: date | str | None
    ) -> Iterator[ToCheck]:
        """What is worth finding out of those who speak about the claim."""
        if len(mine) <= MOST_FOR_LEADS:
            found = leads(self.traced.made.case, assessment.claim, as_of=as_of)
            # Who may have it from whom is asked for above, with the pages.
            here = {
                self.traced.owners.listed[self.traced.owners.of_page[place]].id for place in mine
            }
            here |= {source for place in mine for source in self.traced.made.origins.get(place, ())}
            others = (
                each
                for each in found
                if each.kind != "lineage" and (each.kind != "ask" or here.issuperset(each.about))
            )
            for lead in islice(others, 2):
                yield ToCheck("lead", sentence(lead.text))

    def _assumed(self) -> Iterator[ToCheck]:
        """What was assumed or not looked at."""
        if self.traced.made.assumed:
            count = len(self.traced.made.assumed)
            were = "one was" if count == 1 else f"{number_in_words(count)} were"
            words = f"Grade the sources: {were} taken as {self.ungraded}."
            yield ToCheck("grades", words)
        if self.traced.read.unread:
            words = f"{counted(self.traced.read.unread, 'page')} were too long to look for who speaks in them"
            yield ToCheck("unread", sentence(words))

    def _name(self, place: int) -> str:
        name = self.traced.owners.listed[self.traced.owners.of_page[place]].name
        return f"{isolated(name, 60)} (page {self.traced.read.page_of[place]})"

    def _sides(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Pages whose side was not stated by the list, and what it was taken to be."""
        if self.traced.read.are_claims_found:
            words = (
                "Give `claims`: what the pages are about was taken from what they say, so that one "
                "that says the same in other words is counted apart"
            )
            yield ToCheck("claims", sentence(words))
        by_reason: dict[StanceReason, list[int]] = defaultdict(list)
        for place in mine:
            by_reason[self.traced.read.stances[place].reason].append(place)
        for kind, reasons in _SIDES.items():
            places = [place for reason in reasons for place in by_reason[reason]]
            for place in places[:MOST_UNREAD_TOLD]:
                read = self.traced.read.stances[place]
                near = read.nearest if kind == "not-stated" else quoted(read.text, 120)
                words = _SIDE_TOLD[read.reason].format(near)
                who = isolated(
                    self.traced.owners.listed[self.traced.owners.of_page[place]].name, 60
                )
                number = self.traced.read.page_of[place]
                yield ToCheck(kind, sentence(f"Page {number} ({who}): {words}"), (place,))
            if len(places) > MOST_UNREAD_TOLD:
                more = tuple(places[MOST_UNREAD_TOLD:])
                words = f"So it is with {counted(len(more), 'more page')}"
                yield ToCheck(kind, sentence(f"{words}: {_SIDE_TOLD_OF_ALL[kind]}"), more)

    def _withdrawn(self, assessment: Assessment, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Pages that their publishers took back, and those that have it from nobody else."""
        gone = {each.attribution for each in assessment.ignored}
        made = self.traced.made
        found = [place for place in mine if made.ids.get(place) in gone]
        back = [place for place in found if place in made.withdrawn]
        for place in back[:MOST_UNREAD_TOLD]:
            by = made.withdrawn[place]
            how = "as the list says" if by == place else f"on page {self.traced.read.page_of[by]}"
            words = f"{self._name(place)} was taken back by who published it, {how}, and counts for nothing"
            yield ToCheck("withdrawn", sentence(words), (place,))
        more = [place for place in found if place not in back[:MOST_UNREAD_TOLD]]
        if more:
            who = listed([self._name(each) for each in more], 4)
            have = "has" if len(more) == 1 else "have"
            words = f"{who} {have} it from what was taken back, or took it back: find out what they know"
            yield ToCheck("withdrawn", sentence(words), tuple(more))

    def _asked(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Denials on pages that affirm, of something else in which the claim has a name."""
        asked = [(place, each) for place in mine for each in self.traced.read.stances[place].asked]
        for place, text in asked[:MOST_UNREAD_TOLD]:
            words = f"Does {self._name(place)} have a denial of the claim, {quoted(text, 120)}?"
            yield ToCheck("perhaps-denied", f"{words} It was not counted as one.", (place,))

    def _misspelt(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Names that the list cites and that are nearly those of others on it."""
        known = [each.name for each in self.traced.owners.listed]
        known += [page.id for page in self.traced.read.given if page.id is not None]
        cited = {
            link.source: link.page
            for place in mine
            for link in self.traced.counted.get(place, ())
            if link.kind == "stated" and link.other is None and link.source not in known
        }
        for name, place in islice(cited.items(), MOST_SHOWN):
            if name.strip().casefold() in _ITSELF:
                words = (
                    f"Does {self._name(place)} cite somebody who is called {isolated(name, 60)}? It "
                    "was counted so; if it is the page itself, leave `cites` out and state its `basis`"
                )
                yield ToCheck("near-name", sentence(words), (place,))
                continue
            near = difflib.get_close_matches(name, known[:MOST_NEAR], n=1, cutoff=_NEARLY_ONE_NAME)
            if near:
                words = (
                    f"Is {isolated(name, 60)}, whom {self._name(place)} cites, "
                    f"{isolated(near[0], 60)}? Each was counted for itself"
                )
                yield ToCheck("near-name", sentence(words), (place,))

    def _results(self, mine: Iterable[int]) -> Iterator[ToCheck]:
        """Pages that list other pages, and say nothing themselves."""
        found = tuple(
            place
            for place in self.traced.given(mine)
            if lists_results(self.traced.pages[place].text or "")
        )
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
            for place in self.traced.given(mine)
            if any(
                _ORDERS.search(words)
                for words in (self.traced.pages[place].text, *self.traced.pages[place].wordings)
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
        found = tuple(place for place in mine if self.traced.made.ids.get(place) in circular)
        if found:
            who = listed([self._name(each) for each in found], 4)
            yield ToCheck("circular", f"Find out where it began: {who} cite each other.", found)

    def _perhaps(self, mine: Sequence[int]) -> Iterator[ToCheck]:
        """Links that were not sure enough to be counted, and would make two origins one."""
        wanted = set(mine)
        apart = [
            each
            for each in self.traced.links
            if each.page in wanted and not each.counted and each.probability >= LEAST_TOLD
            and each.page not in self.traced.counted
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
            page = self.traced.pages[group.page]
            texts = (_SAID.sub("", words) for words in (page.text, *page.wordings) if words)
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
            for link in self.traced.counted.get(place, ())
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
                    by_words[link.other].add(self.traced.owners.of_page[link.page])
            for other, copies in sorted(by_words.items()):
                if len(copies) > 1:
                    words = (
                        f"Make sure of the date of {self._name(other)}: "
                        f"{counted(len(copies), 'publisher')} count as one because they have "
                        "its words, which is no proof if it is in truth the later"
                    )
                    yield ToCheck("held-together", sentence(words), (other,))
