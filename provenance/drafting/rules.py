"""Drafting by rules: every attribution of an English text, with its chain from the publisher in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from provenance.drafting.antecedents import Before
from provenance.drafting.articles import Passage, SourceDocument, assembled, reassembled
from provenance.drafting.back_references import is_turned
from provenance.drafting.claim_wording import ACCUSING
from provenance.drafting.constructions import announced, found_in, may_attribute
from provenance.drafting.credits import agencies_credited, agency_named
from provenance.drafting.cues import (
    NO_OUTLETS,
    OWN_HEDGES,
    PLURAL_NOUNS,
    basis_in,
    hedge_in,
)
from provenance.drafting.drafts import (
    DraftBasis,
    Drafter,
    DraftStatement,
    Hop,
    Refusal,
    Role,
    is_statement,
    mode_of,
)
from provenance.drafting.english import word_set
from provenance.drafting.headlines import as_sentence, headline, is_title
from provenance.drafting.languages import language_of
from provenance.drafting.layout import Atom, Layout, Sentence, laid_out
from provenance.drafting.mentions import each_in, may_be_outlet, report_of
from provenance.drafting.nesting import (
    apart_of,
    depth_of,
    is_only_a_frame,
    is_own,
    judged,
    nesting_of,
)
from provenance.drafting.noun_phrases import Stretch
from provenance.drafting.repeats import with_repeats
from provenance.drafting.said_dates import said_on
from provenance.drafting.speakers import Speakers
from provenance.drafting.verb_groups import Found
from provenance.drafting.voices import Meant, Speaker, label_of
from provenance.graph import is_negative

__all__ = ["RULES", "Drafted", "draft_by_rules"]

RULES = Drafter(kind="rules", name="English rules", version="1")
"""Who drafts here."""

NEAR = 6
"""How many sentences back an outlet on which a text draws is looked for."""

LONGEST_SET_APART = 1_500
"""How many characters a paragraph may have that is set apart as somebody's words."""
STILL_SPEAKING = 3
"""How many sentences after somebody's words a quotation in the same paragraph is still theirs."""

MEANT_WITHIN = 4
"""How many sentences back "the claim" is looked for; "it" only in the sentence before."""
LAST_SAID = 8
"""Among how many of the last statements that is."""
_NEAREST_ONLY = frozenset({"it", "this", "that", "them", "which"})
_OBTAINED = re.compile(
    r"\b(?:obtained|reviewed|seen|examined|viewed|verified) by (?P<who>[^,;.]{2,60})", re.I
)

_REACHED = re.compile(
    r"(?P<who>\S[^,;]*?) (?P<how>cited|quoted|interviewed|contacted|reached) by (?P<through>[^,;]{2,60})",
    re.I,
)


@attrs.frozen
class Drafted:
    """What was drafted from one document: its statements, and who speaks in them."""

    document: SourceDocument
    """The document, with a remark where it could not be drafted."""
    statements: tuple[DraftStatement, ...]
    """The statements; their claims are named by their own ids until contents are grouped."""
    speakers: tuple[Speaker, ...]
    """Who speaks."""
    refused: tuple[Refusal, ...] = ()
    """What a model answered and is not used."""


def draft_by_rules(document: SourceDocument, outlets: frozenset[str] = frozenset()) -> Drafted:
    """The statements that the rules find in one document; `outlets` are known to be outlets.

    A text that is not in English is told as such, in the remarks of the document, and not drafted.
    """
    language = language_of(document.text)
    declared = (document.language or "en").split("-")[0].casefold()
    if language != "English" or declared not in ("en", "eng", "english"):
        named = language if language != "English" else f"declared as {document.language!r}"
        remark = f"not drafted: the rules read English, and this text seems to be {named}"
        told = document.evolve(remarks=(*document.remarks, remark))
        return Drafted(told, (), ())
    reader = _Reader(document, outlets)
    reader.read()
    return Drafted(document, tuple(reader.statements), tuple(reader.speakers.all.values()))


@attrs.frozen
class _Place:
    """A sentence with its pieces."""

    number: int
    sentence: Sentence
    atoms: tuple[Atom, ...]

    def span(self, stretch: Stretch) -> tuple[int, int]:
        return self.atoms[stretch[0]].start, self.atoms[stretch[1] - 1].end


class _Reader:
    """Reads one document from its first sentence to its last."""

    def __init__(self, document: SourceDocument, outlets: frozenset[str]) -> None:
        self.document = document
        self.layout: Layout = laid_out(document.text)
        self.speakers = Speakers(document, outlets)
        self.statements: list[DraftStatement] = []
        self._last: tuple[int, tuple[Hop, ...]] | None = None
        self._numbers: list[int] = []
        self._announced = -1
        self._apart = -1
        self._outlet: tuple[int, Speaker] | None = None
        self._author = assembled(Hop, source=document.publisher_id, role="author")
        self._credits = agencies_credited(document.text, self.layout)

    def read(self) -> None:
        """Fill `statements`."""
        text = self.document.text
        for number, sentence in enumerate(self.layout.sentences):
            if self._headline(number, sentence) or self._set_apart(number, sentence):
                continue
            if not may_attribute(text[sentence.start : sentence.end]):
                self._alone(number, sentence)
                continue
            atoms = self.layout.atoms(sentence)
            place = _Place(number, sentence, as_sentence(atoms) if is_title(atoms) else atoms)
            found = found_in(place.atoms)
            if found:
                self._take(place, found)
            elif not self._announces(place):
                self._alone(number, sentence)
        self.statements = list(with_repeats(self.document, self.layout, self.statements))

    def _set_apart(self, number: int, sentence: Sentence) -> bool:
        """Whether a paragraph without marks is what "The mayor wrote:" above it announces."""
        if sentence.paragraph == self._apart:
            return True  # its first sentence was taken with the rest
        text, before = self.document.text, number - 1
        paragraph = self.layout.paragraphs[sentence.paragraph]
        announced = number > 0 and self._announced == before and self._last is not None
        ends = announced and text[self.layout.sentences[before].end - 1] == ":"
        if not ends or paragraph.start != sentence.start or paragraph.quotes:
            return False
        passage = self._passage((paragraph.start, paragraph.end))
        short = paragraph.end - paragraph.start <= LONGEST_SET_APART
        if self._last is None or not short or not is_statement((passage,)):
            return False
        self._apart = sentence.paragraph
        self._quote(number, passage, self._last[1])
        return True

    def _headline(self, number: int, sentence: Sentence) -> bool:
        """Whether a headline names its speaker before or after a colon; then that is taken."""
        found = headline(self.layout, number)
        if found is not None:
            self._take(_Place(number, sentence, found[1]), (found[0],))
        return found is not None

    # --- one sentence

    def _take(self, place: _Place, found: Sequence[Found]) -> None:
        found, whom = self._one_by_one(place, judged(place.atoms, found))
        outer = nesting_of(found)
        chains: dict[int, tuple[Hop, ...]] = {}
        addressed: dict[int, str | None] = {}
        for index in sorted(range(len(found)), key=lambda each: (depth_of(outer, each), each)):
            above = outer[index]
            if above is not None and above not in chains:
                continue
            top = self._top(place.sentence.paragraph)
            base = chains[above] if above is not None else top
            asked = None if above is None else addressed[above]
            chain = self._chain(place, found[index], base, above is None, whom[index], asked)
            if chain is None or (len(chain) < 2 and chain[0].cue is None):
                continue
            chains[index] = chain
            addressed[index] = self._asked(place, found[index])
            if above is None and found[index].source is not None and len(chain) > 1:
                self.speakers.led(self.speakers.all[chain[-1].source], place.number)
        self._note_together(place, found, outer, chains)
        own = {each for each in chains if is_own(place.atoms, found, outer, chains, each)}
        for index in sorted(chains.keys() - own):
            inner = [each for each, above in enumerate(outer) if above == index]
            if any(
                is_only_a_frame(place.atoms, found[index], found[each])
                for each in inner
                if each not in own
            ):
                continue
            doubts = [found[each].lemma for each in inner if each in own]
            self._state(place, found[index], _with_hedge(chains[index], doubts))

    def _one_by_one(
        self, place: _Place, found: Sequence[Found]
    ) -> tuple[tuple[Found, ...], tuple[Meant | None, ...]]:
        """An attribution for each of those who say it together, and whom "they" means of two."""
        apart: list[tuple[Found, Meant | None]] = []
        for one in found:
            if one.source is None:
                apart.append((one, None))
                continue
            start, end = place.span(one.source)
            words = self.document.text[start:end]
            if words.casefold() == "they":
                before = Before(self.layout, place.number, start)
                meant = self.speakers.meant_together(place.number, before)
                apart += [(one, each) for each in meant or (None,)]
                continue
            several = each_in(words, self.speakers.is_known)
            apart += [(each, None) for each in apart_of(place.atoms, one, several)]
        return tuple(each for each, _ in apart), tuple(each for _, each in apart)

    def _asked(self, place: _Place, found: Found) -> str | None:
        """To whom something is put, who is "he" in it: put it to Ost that he had said that …"""
        if found.lemma != "put" or found.hearer is None:
            return None
        start, end = place.span(found.hearer)
        before = Before(self.layout, place.number, start)
        words = self.document.text[start:end]
        return self.speakers.meant(words, place.number, before).speaker.id

    def _note_together(
        self,
        place: _Place,
        found: Sequence[Found],
        outer: Sequence[int | None],
        chains: Mapping[int, tuple[Hop, ...]],
    ) -> None:
        """Note who spoke together: "they" may mean them further on."""
        for cue in {found[each].cue for each in chains if outer[each] is None}:
            speakers = [chains[each][-1].source for each in chains if found[each].cue == cue]
            if len(set(speakers)) > 1:
                self.speakers.together(tuple(dict.fromkeys(speakers)), place.number)

    def _top(self, paragraph: int) -> tuple[Hop, ...]:
        """The publisher, and the agency to which the text or a paragraph of it is credited."""
        author = self._author
        credit = self._credits.get(paragraph)
        if credit is None:
            return (author,)
        text = self.document.text[credit[0] : credit[1]]
        agency = self.speakers.agency(text)
        if agency.id == author.source:
            return (author,)
        why = f"the text is credited to {label_of(agency)}"
        mention = self._passage(credit)
        return author, assembled(Hop, source=agency.id, role="relay", mention=mention, inferred=why)

    def _announces(self, place: _Place) -> bool:
        """Whether "The mayor said:" ends a paragraph; the quotation after it is hers then."""
        found = announced(place.atoms)
        if found is None:
            return False
        top = self._top(place.sentence.paragraph)
        chain = self._chain(place, found, top, True)
        if chain is not None and len(chain) > 1:
            self._last = (place.number, chain)
            self._announced = place.number
        return True

    def _passage(self, span: tuple[int, int]) -> Passage:
        start, end = span
        return assembled(Passage, start=start, end=end, text=self.document.text[start:end])

    def _chain(
        self,
        place: _Place,
        found: Found,
        base: tuple[Hop, ...],
        outermost: bool,
        whom: Meant | None = None,
        whom_put: str | None = None,
    ) -> tuple[Hop, ...] | None:
        """The chain of one attribution: what is above it, who passes it on, who says it."""
        cue = self._passage(place.span(found.cue))
        if found.family == "learn" and found.source is not None:
            return self._learned(place, found, base, cue)
        hops: list[Hop] = []
        if found.through is not None:
            relay = self._hop(place, found.through, cue, "relay")
            hops.extend(relay)
        if found.hearer is not None:
            hops.extend(self._heard(place, found.hearer, cue))
        if found.source is None:
            if found.lemma == "understand" and outermost:
                return (*base[:-1], reassembled(base[-1], cue=cue, basis="secondhand"))
            hops.extend(self._hearsay(place, cue, found))
        else:
            first = place.atoms[found.source[0]].low
            whole = found.source[1] - found.source[0] > 1
            if outermost and (first in ("i", "we", "you") or (first in _OURS and not whole)):
                return None
            if found.hearsay and not hops:
                hops.extend(map(_relaying, self._hearsay(place, cue, found)))
            if whom is not None:
                span = place.span(found.source)
                hops.extend(self._hops_of(place, whom, span, cue, _role(found)))
            else:
                within = whom_put or (None if outermost else base[-1].source)
                hops.extend(self._hop(place, found.source, cue, _role(found), within))
        if found.citing is not None:
            hops.extend(self._cited(place, found.citing, hops))
        return self._joined(place, found, base, hops)

    def _cited(
        self, place: _Place, citing: tuple[Stretch, Stretch], hops: Sequence[Hop]
    ) -> tuple[Hop, ...]:
        """Whom the last one cites; nobody where that is one who stands before already."""
        cue = self._passage(place.span(citing[0]))
        cited = self._hop(place, citing[1], cue, "speaker")
        known = {hop.source for hop in hops} | {self._author.source}
        return () if any(hop.source in known for hop in cited) else cited

    def _learned(
        self, place: _Place, found: Found, base: tuple[Hop, ...], cue: Passage
    ) -> tuple[Hop, ...] | None:
        """The Herald has learned that …; we can reveal that …: an outlet says it of its own.

        What it has learned somebody told it whom it does not name; what it can reveal it found out.
        """
        assert found.source is not None  # told before
        span = place.span(found.source)
        text = self.document.text[span[0] : span[1]]
        reveals = found.lemma not in ("learn", "understand")
        speaker = self._outlet_that_learned(text, place, we=reveals)
        if speaker is None:
            return None
        basis: DraftBasis = "own-inquiry" if reveals else "secondhand"
        told = {"mention": self._passage(span), "cue": cue, "basis": basis}
        if speaker.id == self._author.source:
            return (reassembled(self._author, **told),)
        hop = assembled(Hop, source=speaker.id, role="speaker", **told)
        self._note(place, speaker)
        return (*base, hop) if all(each.source != hop.source for each in base) else None

    def _outlet_that_learned(self, text: str, place: _Place, *, we: bool) -> Speaker | None:
        low = text.casefold()
        if low == "we":
            return self.speakers.publisher if we else None
        meant = self.speakers.meant(text, place.number)
        if meant.speaker.kind not in ("outlet", "agency"):
            return None
        itself = meant.fresh and meant.speaker.name is None and low.startswith("the ")
        return self.speakers.publisher if itself else meant.speaker

    def _joined(
        self, place: _Place, found: Found, base: tuple[Hop, ...], hops: list[Hop]
    ) -> tuple[Hop, ...] | None:
        """Hops after those above them, each source once, with how the last one speaks."""
        chain = list(base)
        for hop in hops:
            if hop.source == chain[0].source and hop.basis != "unstated":
                chain[0] = reassembled(chain[0], basis=hop.basis)  # "papers seen by the Gazette"
            if all(each.source != hop.source for each in chain):
                chain.append(hop)
        if len(chain) == 1 and hops and found.lemma in _FINDING:
            mention, cue = hops[-1].mention, hops[-1].cue
            return (reassembled(chain[0], mention=mention, cue=cue, basis="own-inquiry"),)
        last = chain[-1]
        meant = {each.source for each in hops} | {chain[0].source}
        if last.source not in meant:
            return None  # the one who says it stands further out already
        chain = [
            hop if at == len(chain) - 1 or not at else _relaying(hop)
            for at, hop in enumerate(chain)
        ]
        told = [self.document.text[slice(*place.span(each))] for each in found.contents]
        hedge = hedge_in(found.lemma, told[0])
        basis = basis_in(told, self._mentioned(place, found))
        changes: dict[str, Any] = {}
        if hedge is not None and len(chain) > 1:
            changes["hedge"] = hedge
        if basis != "unstated" and chain[-1].basis == "unstated" and len(chain) > 1:
            changes["basis"] = basis
        if changes:
            chain[-1] = reassembled(chain[-1], **changes)
        return tuple(chain)

    def _hop(
        self,
        place: _Place,
        stretch: Stretch,
        cue: Passage,
        role: Role,
        within: str | None = None,
    ) -> tuple[Hop, ...]:
        """The hops of a mention: one, or two where a report names whose it is."""
        span = place.span(stretch)
        text = self.document.text[span[0] : span[1]]
        obtained = _OBTAINED.search(text)
        if obtained is not None:
            return self._obtained(place, span, obtained, cue)
        reached = _REACHED.fullmatch(text) if " by " in text else None
        if reached is not None:
            relay = self._reaching(place, span[0], reached, cue)
            cut = span[0] + reached.end("who")
            end = next(at for at in range(*stretch) if place.atoms[at].start >= cut)
            return (*relay, *self._hop(place, (stretch[0], end), cue, role, within))
        inner = report_of(text)
        if inner is not None:
            span = (span[0] + inner[0], span[0] + inner[1])
            text = self.document.text[span[0] : span[1]]
        if f"{text.casefold()}s" in PLURAL_NOUNS:
            text = f"{text}s"  # "rebel accounts" are those of rebels
        before = Before(self.layout, place.number, span[0])
        meant = self.speakers.meant(text, place.number, before, within)
        return self._hops_of(place, meant, span, cue, role)

    def _reaching(
        self, place: _Place, start: int, reached: re.Match[str], cue: Passage
    ) -> tuple[Hop, ...]:
        """Through whom somebody speaks: two officials cited by | the daily | said."""
        text = reached["through"]
        cites = reached["how"].casefold() in ("cited", "quoted")
        if not cites and not may_be_outlet(text) and not self.speakers.is_outlet(text):
            return ()
        meant = self.speakers.meant(text, place.number)
        span = (start + reached.start("through"), start + reached.end("through"))
        return self._hops_of(place, meant, span, cue, "relay")

    def _hops_of(
        self, place: _Place, meant: Meant, span: tuple[int, int], cue: Passage, role: Role
    ) -> tuple[Hop, ...]:
        """The hop of a speaker, after those through whom it spoke before."""
        speaker = meant.speaker
        hops: list[Hop] = []
        if meant.inferred is not None and role != "relay":
            for name in self.speakers.still_through(speaker, place.number):
                relay = self.speakers.all[name]
                why = f"{label_of(speaker)} spoke to {label_of(relay)} before"
                hops.append(assembled(Hop, source=name, role="relay", inferred=why))
        hops.append(
            assembled(
                Hop,
                source=speaker.id,
                role=role,
                mention=self._passage(span),
                cue=cue,
                inferred=meant.inferred,
                voices=speaker.voices,
            )
        )
        self._note(place, speaker)
        return tuple(hops)

    def _note(self, place: _Place, speaker: Speaker) -> None:
        if speaker.kind in ("outlet", "agency") and speaker.id != self.document.publisher_id:
            self._outlet = (place.number, speaker)

    def _obtained(
        self, place: _Place, span: tuple[int, int], obtained: re.Match[str], cue: Passage
    ) -> tuple[Hop, ...]:
        """Documents that somebody obtained: the holder, then the documents."""
        who = obtained["who"].strip()
        start = span[0] + obtained.start("who")
        papers = self.speakers.meant(
            self.document.text[span[0] : span[0] + obtained.start()], place.number
        )
        holder = self.speakers.meant(who, place.number)
        mention = self._passage((start, start + len(who)))
        self._note(place, holder.speaker)
        return (
            assembled(Hop, source=holder.speaker.id, role="holder", mention=mention, cue=cue,
                basis="own-inquiry"),
            assembled(Hop, source=papers.speaker.id, role="speaker", mention=self._passage(span),
                cue=cue, inferred=papers.inferred),
        )  # fmt: skip

    def _heard(self, place: _Place, stretch: Stretch, cue: Passage) -> tuple[Hop, ...]:
        """The outlet to which something was told; nobody for "reporters" or a person."""
        span = place.span(stretch)
        text = self.document.text[span[0] : span[1]]
        low = text.casefold()
        if low in NO_OUTLETS or (low in _THE_AGENCY and self._is_of_agency(place)):
            return ()
        if not may_be_outlet(text) and not self.speakers.is_outlet(text):
            return ()
        meant = self.speakers.meant(text, place.number)
        if meant.speaker.kind not in ("outlet", "agency"):
            return ()
        return self._hops_of(place, meant, span, cue, "relay")

    def _is_of_agency(self, place: _Place) -> bool:
        """Whether a text is an agency's own, so that "the agency" in it is the one it comes from."""
        is_credited = self._credits.get(place.sentence.paragraph) is not None
        return is_credited or agency_named(self.document.publisher or "") is not None

    def _hearsay(self, place: _Place, cue: Passage, found: Found) -> tuple[Hop, ...]:
        """Who is behind "reportedly": the outlet on which the text draws here, or nobody named."""
        if self._outlet is not None and place.number - self._outlet[0] <= NEAR:
            outlet = self._outlet[1]
            word = cue.text if found.source is None else "reportedly"
            why = f"“{word}” is taken to rest on {label_of(outlet)}, on which the text draws here"
            return (assembled(Hop, source=outlet.id, role="speaker", cue=cue, inferred=why),)
        nobody = self._unnamed()
        why = "the text does not say who"
        return (assembled(Hop, source=nobody.id, role="speaker", cue=cue, inferred=why),)

    def _unnamed(self) -> Speaker:
        name = f"{self.document.id}.unnamed-reports"
        if name not in self.speakers.all:
            self.speakers.all[name] = Speaker(
                name,
                None,
                "reports of which the text does not say whose they are",
                "unnamed",
                "sources say",
                frozenset(),
                frozenset(),
                plural=True,
                last=-1,
            )
        return self.speakers.all[name]

    def _mentioned(self, place: _Place, found: Found) -> str:
        return "" if found.source is None else self.document.text[slice(*place.span(found.source))]

    # --- a statement

    def _state(self, place: _Place, found: Found, chain: tuple[Hop, ...]) -> None:
        contents = tuple(self._passage(place.span(each)) for each in found.contents)
        if not is_statement(contents) and not found.refers and not found.noun:
            self._last = (place.number, chain)  # what follows a question may be a statement
            self._announced = place.number
            return
        number = len(self.statements) + 1
        name = f"{self.document.id}-{number}"
        before = self._meant_by(place, found, chain) if found.refers else None
        if before is not None and self._says_so_already(before, chain, found.denies):
            self._last = (place.number, chain)
            return
        if before is not None:
            contents = before.content
            why = f"“{self._words(place, found)}” is taken to mean what {self._speaker_of(before)} said"
            last = chain[-1]
            inferred = why if last.inferred is None else f"{last.inferred}; {why}"
            chain = (*chain[:-1], reassembled(last, inferred=inferred))
        elif found.refers and (
            found.denies
            or found.construction == "back"
            or self.statements
            or not is_statement(contents)
        ):
            self._last = (place.number, chain)
            return  # of what is said to be true or false, nothing stands in the draft
        dated = said_on(self._outside(place, found, contents), self.document.published_on)
        statement = assembled(
            DraftStatement,
            id=name,
            document=self.document.id,
            claim=name if before is None else before.claim,
            chain=chain,
            content=contents,
            mode=mode_of(contents) if before is None else "indirect",
            drafted_by=(RULES,),
            stance="denies" if found.denies and (before or not found.refers) else "affirms",
            said_on=dated,
        )
        self._keep(place.number, statement)

    def _meant_by(
        self, place: _Place, found: Found, chain: tuple[Hop, ...]
    ) -> DraftStatement | None:
        """The statement before that "it" or "the claim" means: the last one, not of the same speaker.

        "The porter's account" is of what the porter says that is so, before what he says is not so.
        """
        pronoun = place.atoms[found.contents[0][0]].low in _NEAREST_ONLY
        start = place.span(found.cue)[0]
        whose = self._whose(place, found.contents[0])
        said = place.atoms[found.contents[0][1] - 1].low
        accusing = said.startswith("accusation")
        alleged = said.startswith(("allegation", "charge"))
        pairs = zip(reversed(self._numbers), reversed(self.statements), strict=True)
        else_meant: DraftStatement | None = None
        for number, each in itertools.islice(pairs, LAST_SAID):
            near = self.layout.sentences[number].paragraph == place.sentence.paragraph
            if place.number - number > (1 + near if pronoun else MEANT_WITHIN):
                break
            if found.answers and (
                place.number - number > 1 or not is_turned(_text_of(each), found.answers)
            ):
                return None
            later = number == place.number and each.content[0].start > start
            if accusing and not _accuses(each):
                continue
            if alleged and (each.stance == "denies" or is_negative(each.content[0].text)):
                continue  # the answer of the one against whom it is alleged
            if later or each.speaker.source == chain[-1].source:
                continue
            if whose is None:
                return each
            if whose in {hop.source for hop in each.chain}:
                if not is_negative(_text_of(each)):
                    return each
                else_meant = else_meant or each
        return else_meant

    def _whose(self, place: _Place, stretch: Stretch) -> str | None:
        """The id of the one whose claim is meant: the union's claim; None where nobody is named."""
        for at in range(*stretch):
            if place.atoms[at].low.endswith(("'s", "s'")):
                start, end = place.span((stretch[0], at + 1))
                return self.speakers.meant(self.document.text[start:end], place.number).speaker.id
        return None

    def _says_so_already(
        self, before: DraftStatement, chain: tuple[Hop, ...], denies: bool
    ) -> bool:
        """Whether the same one has answered the same claim in the same way just before."""
        return any(
            each.claim == before.claim
            and each.speaker.source == chain[-1].source
            and (each.stance == "denies") == denies
            for each in self.statements[-LAST_SAID:]
        )

    def _words(self, place: _Place, found: Found) -> str:
        start, end = place.span(found.contents[0])
        return self.document.text[start:end].strip("“”\"'‘’.,")

    def _speaker_of(self, statement: DraftStatement) -> str:
        return label_of(self.speakers.all[statement.speaker.source])

    def _keep(self, number: int, statement: DraftStatement) -> None:
        self.statements.append(statement)
        self._numbers.append(number)
        through = tuple(hop.source for hop in statement.chain[1:-1])
        outlets = tuple(
            name for name in through if self.speakers.all[name].kind in ("outlet", "agency")
        )
        for hop in statement.chain[1:]:
            speaker = self.speakers.all[hop.source]
            last = hop is statement.chain[-1]
            self.speakers.touch(speaker, number, outlets if last else ())
        self._last = (number, statement.chain) if len(statement.chain) > 1 else None

    def _outside(self, place: _Place, found: Found, contents: Sequence[Passage]) -> str:
        """The words of a sentence that belong to no content."""
        text, at, pieces = self.document.text, place.sentence.start, []
        spans = {place.span(each) for each in found.contents}
        spans |= {(each.start, each.end) for each in contents if each.start >= at}
        for start, end in sorted(spans):
            pieces.append(text[at:start])
            at = max(at, end)
        pieces.append(text[at : place.sentence.end])
        return _RELATIVE.sub("", " ".join(pieces))

    def _alone(self, number: int, sentence: Sentence) -> None:
        """A quotation with no words of its own goes to the one who spoke just before it."""
        quotes = sentence.quotes
        if len(quotes) != 1 or self._last is None:
            return
        before, last = self._last
        near = self.layout.sentences[before].paragraph == sentence.paragraph
        if number - before > (STILL_SPEAKING if near else 1):
            return
        if self.speakers.interrupted(last[-1].source, before, Before(self.layout, number)):
            return
        start, end = quotes[0]
        text = self.document.text
        if len(text[sentence.start : start].strip()) or len(text[end : sentence.end].strip(" .")):
            if not near or not _goes_on(text, sentence):
                return
            start, end = sentence.start, sentence.end
        speaker = self.speakers.all[last[-1].source]
        why = f"a quotation with no words of its own follows the words of {label_of(speaker)}"
        passage = self._passage((start, end))
        chain = last
        if before != self._announced:
            chain = tuple(
                hop if not at else _alone_hop(hop, why if at == len(last) - 1 else None)
                for at, hop in enumerate(last)
            )
        if not is_statement((passage,)):
            self._last = (number, chain)
            if before == self._announced:
                self._announced = number
            return
        self._quote(number, passage, chain)

    def _quote(self, number: int, passage: Passage, chain: tuple[Hop, ...]) -> None:
        """Keep a quotation that stands alone as a statement."""
        name = f"{self.document.id}-{len(self.statements) + 1}"
        statement = assembled(
            DraftStatement,
            id=name,
            document=self.document.id,
            claim=name,
            chain=chain,
            content=(passage,),
            mode=mode_of((passage,)),
            drafted_by=(RULES,),
        )
        self._keep(number, statement)


def _text_of(statement: DraftStatement) -> str:
    return " ".join(each.text for each in statement.content)


def _accuses(statement: DraftStatement) -> bool:
    cue = statement.speaker.cue
    return cue is not None and cue.text.split()[-1].casefold() in ACCUSING


def _goes_on(text: str, sentence: Sentence) -> bool:
    """Whether a sentence ends in a quotation that is most of it: On the whole, “it was …”."""
    start, end = sentence.quotes[0]
    closes = not text[end : sentence.end].strip(" .")
    return closes and end - start > 30 and 2 * (end - start) > sentence.end - sentence.start


def _relaying(hop: Hop) -> Hop:
    """A hop that passes on what the ones after it say."""
    return hop if hop.role == "relay" else reassembled(hop, role="relay")


def _alone_hop(hop: Hop, why: str | None) -> Hop:
    """A hop of the statement before, as it is meant for a quotation that stands alone."""
    inferred = why or hop.inferred or "as for the words before it"
    return assembled(Hop, source=hop.source, role=hop.role, inferred=inferred)


# --- what one attribution is to another --------------------------------------------------------


_FINDING = word_set("find show reveal disclose conclude")
"""Verbs by which an outlet says what it found out itself: a review by the Gazette has found that …"""
_OURS = word_set("my our your")
_THE_AGENCY = frozenset({"the agency", "the news agency", "the wire service"})


def _with_hedge(chain: tuple[Hop, ...], lemmas: Sequence[str]) -> tuple[Hop, ...]:
    """A chain whose last one only believes what he says: said he believed that …"""
    hedge = next((each for each in lemmas if each in OWN_HEDGES), None)
    if hedge is None or chain[-1].hedge is not None:
        return chain
    return (*chain[:-1], reassembled(chain[-1], hedge=hedge))


def _role(found: Found) -> Role:
    return "holder" if found.family == "hold" else "speaker"


_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\b[^,]*")
"""A clause that tells when something else was: the claim, which first appeared in May."""
