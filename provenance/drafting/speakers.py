"""Who is meant by a mention: names, roles, pronouns and "the daily", over a whole document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.antecedents import (
    FARTHEST,
    PERSONAL,
    Before,
    Gender,
    Subject,
    gender_of,
    gender_of_pronoun,
)
from provenance.drafting.articles import SourceDocument, slug
from provenance.drafting.credits import AGENCIES, agency_named
from provenance.drafting.cues import (
    OUTLET_NAMES,
    OUTLET_WORDS,
)
from provenance.drafting.english import word_set
from provenance.drafting.mentions import (
    COUNTABLE,
    bare_name,
    counted_in,
    description_in,
    heads_in,
    initials_of,
    is_plural,
    kind_of,
    name_in,
    names_in,
    naming_of,
    plain_words,
    same_outlet,
)
from provenance.drafting.told_names import ToldNames
from provenance.drafting.voices import (
    BODIES,
    REPORTERS,
    Meant,
    Speaker,
    can_be,
    fits,
    is_the_one,
    label_of,
    may_be_known,
    names_itself,
    short_names,
)
from provenance.records import SourceKind

__all__ = ["Speakers"]

_PERSONAL = word_set("he she his her him i my me they their them we our us it its")
_MEMBER = re.compile(r"(?:one|another|some|many|several|two|three|both) of (?=them\b|the\b)", re.I)
_NEWNESS = word_set(
    """
    a an another some one two three four several many other few most
    """
)


_SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson"})
NEAREST_THING = 6
"""How many sentences back a body is looked for that "it" means."""
STILL_THROUGH = 4
"""How many sentences after somebody told an outlet something his words still go through it."""
NEAREST = 40
"""Among how many of those who spoke last, or came last, somebody is looked for."""


def _is_one_of(speaker: Speaker) -> bool:
    """Whether somebody is one of several whom the text does not name, and whom no name reveals."""
    return (speaker.described_as or "").casefold().startswith(("one of ", "another of "))


class Speakers:
    """The speakers of one document, as far as it has been read."""

    def __init__(self, document: SourceDocument, outlets: frozenset[str] = frozenset()) -> None:
        self.document = document
        self._outlets = {each.casefold().removeprefix("the ") for each in outlets}
        self.all: dict[str, Speaker] = {}
        self._recent: list[str] = []
        self._led: dict[int, list[str]] = {}
        self._touched: dict[int, list[str]] = {}
        self._told: dict[str, int] = {}
        self._together: dict[int, tuple[str, ...]] = {}
        self._subjects: dict[int, tuple[Subject, ...]] = {}
        self._genders: dict[str, Gender] = {}
        self._names = ToldNames(document.text)
        self._numbers: dict[str, int] = {}
        self._surnames: dict[str, str] = {}
        self._called: dict[str, tuple[int, str]] = {}
        self._short = short_names(document.text)
        self._agencies: set[str] = set()
        publisher = document.publisher
        self.publisher = Speaker(
            document.publisher_id,
            publisher,
            None,
            "outlet",
            "named",
            frozenset({"outlet", "newspaper"}),
            frozenset(),
            plural=False,
            last=-1,
        )
        self.all[self.publisher.id] = self.publisher

    def meant(
        self, mention: str, sentence: int, before: Before | None = None, within: str | None = None
    ) -> Meant:
        """Who a mention means.

        Args:
            mention: the words.
            sentence: the number of the sentence they stand in.
            before: what stands before it, for a pronoun.
            within: the id of the one in whose own words the mention stands.
        """
        words = plain_words(mention)
        if not words:
            return self._nobody("…", sentence)
        low = words.casefold()
        if within is not None and low in _PERSONAL:
            speaker = self.all[within]
            if speaker.plural == (low in ("they", "their")):
                return Meant(speaker, f"“{low}” is taken to mean {label_of(speaker)}, who says it")
        if low in _PERSONAL:
            return self._pronoun(low, sentence, before)
        member = _MEMBER.match(words)
        if member is not None and name_in(words) is None:
            found = self.meant(words[member.end() :], sentence)
            if member[0].casefold().startswith(("one", "another")):
                return self._one_of(words, found, sentence)
            if found.fresh:
                return found
            return Meant(found.speaker, f"“{words}” is taken to be of {label_of(found.speaker)}")
        name = name_in(words)
        if name is not None:
            return self._named(words, name, sentence)
        return self._described(words, sentence)

    def is_outlet(self, name: str) -> bool:
        """Whether a name is that of the publisher of another document of the same draft."""
        return name.casefold().removeprefix("the ") in self._outlets

    def still_through(self, speaker: Speaker, sentence: int) -> tuple[str, ...]:
        """Through whom somebody still speaks: told the daily | he said, where nobody spoke between.

        A source of which the text tells nothing else is known to it through the daily alone.
        """
        if speaker.naming in ("well-informed source", "sources say"):
            return speaker.through
        told = self._told.get(speaker.id)
        if told is None or sentence - told > STILL_THROUGH:
            return ()
        known = {speaker.id, *speaker.through}
        between = (self._touched.get(number, ()) for number in range(told, sentence))
        return speaker.through if all(known.issuperset(each) for each in between) else ()

    def is_known(self, name: str) -> bool:
        """Whether somebody of that name has been told of, or publishes another document."""
        return self._known(name) is not None or self.is_outlet(name)

    def together(self, speakers: Sequence[str], sentence: int) -> None:
        """Note that some spoke together in a sentence: "they" may then mean them."""
        self._together[sentence] = tuple(speakers)

    def meant_together(self, sentence: int, before: Before) -> tuple[Meant, ...]:
        """Those who spoke together, where nobody has spoken since whom "they" could mean."""
        for number in before.sentences():
            if number in self._together:
                several = [self.all[each] for each in self._together[number]]
                labels = " and ".join(map(label_of, several))
                why = f"“they” is taken to mean {labels}, who spoke together"
                return tuple(Meant(each, why) for each in several)
            if any(self._agrees("they", self.all[each]) for each in self._led.get(number, ())):
                break
        return ()

    def agency(self, name: str) -> Speaker:
        """The agency to which a text is credited."""
        self._agencies.add(name.casefold())
        return self.meant(name, 0).speaker

    def touch(self, speaker: Speaker, sentence: int, through: tuple[str, ...]) -> Speaker:
        """Note that a speaker spoke in a sentence, and through whom."""
        updated = speaker.heard(sentence, through)
        if through:
            self._told[speaker.id] = sentence
        self._touched.setdefault(sentence, []).append(speaker.id)
        self.all[speaker.id] = updated
        if self._recent and self._recent[-1] == speaker.id:
            return updated
        self._recent.append(speaker.id)
        return updated

    def led(self, speaker: Speaker, sentence: int) -> None:
        """Note that a speaker spoke in a sentence, and that no other speaker reports it."""
        self.touch(speaker, sentence, ())
        self._led.setdefault(sentence, []).append(speaker.id)

    def latest(self) -> Iterator[Speaker]:
        """Those who spoke, the last first; each once."""
        seen: set[str] = set()
        for name in reversed(self._recent[-NEAREST:]):
            if name not in seen:
                seen.add(name)
                yield self.all[name]

    # --- how they are told apart

    def _pronoun(self, low: str, sentence: int, before: Before | None) -> Meant:
        """Who a pronoun means: in the nearest sentence where somebody fits, who speaks or acts there."""
        near = before.relative() if before is not None else ""
        if near and low in ("he", "she"):
            return self._named_in(low, near, sentence) or self._nobody(low, sentence)
        answering = before is not None and before.answers(low)
        nearer: list[str] = []
        for number, subjects in self._told_before(sentence, before):
            if answering and number < sentence and before is not None:
                found = self._asked(low, number, before, sentence)
                if found is not None:
                    return found
                answering = False
            if low in ("it", "its") and sentence - number > NEAREST_THING:
                break
            found = self._fitting(low, number, subjects, sentence)
            told = self._spoken_to(low, number, before, sentence) if number < sentence else None
            if told is not None and before is not None:
                asks = found is None or not found.speaker.heads.isdisjoint(REPORTERS)
                if asks or found is None or before.tells_somebody(low):
                    return told
                return self._undecided(
                    low, sentence, label_of(found.speaker), label_of(told.speaker)
                )
            if found is not None and nearer:
                return self._undecided(low, sentence, label_of(found.speaker), nearer[0])
            if found is not None:
                return found
            if before is not None and low in ("he", "she") and not nearer:
                nearer = self._introduced(low, number, before)
        return self._told_of_last(low, before, sentence) or self._nobody(low, sentence)

    def _spoken_to(
        self, low: str, number: int, before: Before | None, sentence: int
    ) -> Meant | None:
        """The one to whom somebody speaks in a sentence: Our reporter spoke to a nurse. She said …"""
        who = before.spoken_to(number) if before is not None else None
        if who is None or low not in ("he", "she"):
            return None
        speaker = self.meant(who, sentence).speaker
        somebody = speaker.kind == "unnamed" and not speaker.plural
        if not somebody and not self._agrees(low, speaker):
            return None
        self._learn(low, speaker)
        return Meant(
            speaker, f"“{low}” is taken to mean {label_of(speaker)}, who was spoken to before"
        )

    def _told_of_last(self, low: str, before: Before | None, sentence: int) -> Meant | None:
        """The only one whom somebody meets in the sentence before, where the gender is known."""
        last = next(before.sentences(), None) if before is not None else None
        asked = gender_of_pronoun(low)
        if before is None or last is None or asked is None:
            return None
        if not self._subjects_of(last, before):
            return None  # "Rain fell on Karl Vane" tells of nobody who could go on to speak
        names = [Subject(each, opens=True) for each in names_in(before.text_of(last))]
        sure = {
            self.meant(each.words, sentence).speaker.id
            for each, gender in self._acting(low, names, sentence, set())
            if gender == asked
        }
        if len(sure) != 1:
            return None
        speaker = self.all[sure.pop()]
        return Meant(speaker, f"“{low}” is taken to mean {label_of(speaker)}, told of just before")

    def _named_in(self, low: str, words: str, sentence: int) -> Meant | None:
        """The one of whom a sentence speaks before "in which he said", where it is only one."""
        subjects = [Subject(each, opens=True) for each in names_in(words)]
        acting = [each.words for each, _ in self._acting(low, subjects, sentence, set())]
        found = {self.meant(each, sentence).speaker.id for each in acting[:2]}
        if len(found) != 1:
            return None
        speaker = self.all[found.pop()]
        return Meant(speaker, f"“{low}” is taken to mean {label_of(speaker)}, named just before it")

    def _introduced(self, low: str, number: int, before: Before) -> list[str]:
        """Those whom a sentence introduces where no clause begins with them, and who would fit."""
        names = before.introduced(number) if number < before.number else []
        told = [Subject(each, opens=True) for each in names]
        return [each.words for each, _ in self._acting(low, told, number, set())]

    def _asked(self, low: str, number: int, before: Before, sentence: int) -> Meant | None:
        """The only other one of whom the sentence before "she replied" speaks, beside its speaker."""
        names = {self.all[each].name for each in self._led.get(number, ())}
        if not names:
            return None
        subjects = [Subject(each, opens=True) for each in names_in(before.text_of(number))]
        acting = [each.words for each, _ in self._acting(low, subjects, sentence, names)]
        found = {self.meant(each, sentence).speaker.id for each in dict.fromkeys(acting)}
        if len(found) != 1:
            return None
        speaker = self.all[found.pop()]
        return Meant(
            speaker, f"“{low}” is taken to mean {label_of(speaker)}, to whom was spoken before"
        )

    def _told_before(
        self, sentence: int, before: Before | None
    ) -> Iterator[tuple[int, tuple[Subject, ...]]]:
        """The sentences in which somebody may be meant, the nearest first, with their subjects."""
        if before is None:
            for number in range(sentence, max(-1, sentence - 1 - FARTHEST), -1):
                yield number, ()
            return
        yield sentence, before.leading()
        for number in before.sentences():
            yield number, self._subjects_of(number, before)

    def _subjects_of(self, number: int, before: Before) -> tuple[Subject, ...]:
        if number not in self._subjects:
            self._subjects[number] = before.subjects(number)
        return self._subjects[number]

    def interrupted(self, speaker: str, since: int, before: Before) -> bool:
        """Whether somebody else acts after the sentence in which one spoke."""
        spoke = self.all[speaker]
        since_then = itertools.takewhile(lambda number: number > since, before.sentences())
        acting = (
            plain_words(each.words)
            for number in since_then
            for low in ("he", "she", "they")
            for each, _ in self._acting(
                low, self._subjects_of(number, before), number, {spoke.name}
            )
            if each.opens
        )
        return any(
            not fits(spoke, *heads_in(words, name_in(words)), is_plural(words), bare=False)
            for words in acting
        )

    def _fitting(
        self, low: str, number: int, subjects: Sequence[Subject], sentence: int
    ) -> Meant | None:
        """The one in a sentence whom a pronoun can mean; nobody in particular where two fit as well."""
        names = self._led.get(number) or self._touched.get(number) or []
        spoke = [
            each for each in map(self.all.__getitem__, reversed(names)) if self._agrees(low, each)
        ]
        acted = list(self._acting(low, subjects, sentence, {self.all[each].name for each in names}))
        sure = gender_of_pronoun(low)
        certain = [each for each in acted if sure is not None and each[1] == sure]
        if len(spoke) > 1 and number in self._together:
            return self._undecided(low, sentence, label_of(spoke[1]), label_of(spoke[0]))
        if spoke:
            if certain and self._gender(spoke[0]) is None:
                return self._undecided(low, sentence, label_of(spoke[0]), certain[0][0].words)
            self._learn(low, spoke[0])
            return Meant(spoke[0], f"“{low}” is taken to mean {label_of(spoke[0])}, who spoke last")
        opening = [each for each in acted if each[0].opens]
        if not certain and opening and may_be_known(opening[0][0]):
            doubted = self._doubted(low, opening[0][0].words, number, sentence)
            if doubted is not None:
                return doubted
        best = (certain or opening or acted)[:2]
        if not best:
            return None
        if len(best) > 1:
            return self._undecided(low, sentence, best[0][0].words, best[1][0].words)
        speaker = self.meant(best[0][0].words, sentence).speaker
        if not self._agrees(low, speaker):
            return None
        self._learn(low, speaker)
        label = label_of(speaker)
        return Meant(
            speaker, f"“{low}” is taken to mean {label}, with whom a sentence before begins"
        )

    def _doubted(self, low: str, words: str, number: int, sentence: int) -> Meant | None:
        """Where "the minister" acts, of whom nothing was said: another word for who spoke, or not."""
        heads, traits = heads_in(plain_words(words), None)
        for earlier in range(number - 1, number - 1 - NEAREST_THING, -1):
            for each in map(self.all.__getitem__, reversed(self._led.get(earlier, ()))):
                if not self._agrees(low, each):
                    continue
                if fits(each, heads, traits, plural=False, bare=False):
                    return None
                return self._undecided(low, sentence, words, label_of(each))
        return None

    def _acting(
        self, low: str, subjects: Sequence[Subject], sentence: int, spoke: set[str | None]
    ) -> Iterator[tuple[Subject, Gender | None]]:
        """Those with whom clauses of a sentence begin and whom a pronoun can mean."""
        for each in subjects:
            words = plain_words(each.words)
            if each.several or words.casefold().partition("'")[0] in PERSONAL:
                continue
            name = name_in(words)
            known = self._known(bare_name(name)) if name is not None else None
            if known is not None:
                if known.name not in spoke and self._agrees(low, known):
                    yield each, self._gender(known)
                continue
            kind, several = kind_of(words, name), name is None and is_plural(words)
            bare = bare_name(name) if name is not None else None
            gender = gender_of(words + each.about, bare) or self._names.gender_of_surname(bare)
            if bare is not None and gender is None and not self._is_somebody(each, bare):
                continue
            if can_be(low, kind, several, gender, heads_in(words, name)[0]):
                yield each, gender

    def _is_somebody(self, subject: Subject, name: str) -> bool:
        """Whether a name of which nothing is known seems to be that of a person or a body."""
        titled = not subject.words.startswith((name, f"The {name}", f"the {name}"))
        placed = name.casefold() in self._names.places
        return titled or (" " in name and subject.opens and not placed)

    def _known(self, name: str) -> Speaker | None:
        """The one who has been called by a name before."""
        found = self._surnames.get(name.casefold())
        return self.all[found] if found is not None else None

    def _gender(self, speaker: Speaker) -> Gender | None:
        """Whether somebody is "he" or "she", as far as the text has told."""
        words = " ".join(each for each in (speaker.described_as, speaker.name) if each)
        told = gender_of(words, speaker.name) if words else None
        if told is None and speaker.kind == "person":
            told = self._names.gender_of_surname(speaker.name)
        return told or self._genders.get(speaker.id)

    def _learn(self, low: str, speaker: Speaker) -> None:
        asked = gender_of_pronoun(low)
        if asked is not None:
            self._genders.setdefault(speaker.id, asked)

    def _agrees(self, low: str, speaker: Speaker) -> bool:
        """Whether a pronoun can mean somebody who has spoken."""
        if low in ("it", "its") and speaker.kind == "person" and speaker.name is not None:
            return " " not in speaker.name and self._gender(speaker) is None and not speaker.heads
        gender = self._gender(speaker)
        return can_be(low, speaker.kind, speaker.plural, gender, speaker.heads)

    def _undecided(self, low: str, sentence: int, one: str, other: str) -> Meant:
        """A pronoun that could mean two: it is given to neither."""
        found = self._nobody(low, sentence)
        return attrs.evolve(found, inferred=f"“{low}” could mean {one} or {other}")

    def _nobody(self, low: str, sentence: int) -> Meant:
        """A pronoun of which the text does not show whom it means."""
        name = self._fresh_id(f"unresolved {low}", unnamed=True)
        speaker = Speaker(
            name,
            None,
            f"“{low}”, of whom the text does not show who it is",
            "unnamed",
            "sources say",
            frozenset(),
            frozenset(),
            plural=low in ("they", "their"),
            last=sentence,
        )
        self.all[name] = speaker
        self._learn(low, speaker)
        return Meant(speaker, f"nobody before “{low}” could be meant")

    def _named(self, words: str, name: str, sentence: int) -> Meant:
        bare = bare_name(name)
        key = bare.casefold()
        if same_outlet(bare, self.document.publisher):
            return Meant(self.publisher)
        known = self._surnames.get(key) or self._surnames.get(self._short.get(bare, key))
        if known is not None:
            speaker = self.all[known]
            full = speaker.name is not None and (
                speaker.name.casefold() == key
                or initials_of(speaker.name) == bare
                or agency_named(speaker.name) is not None
            )
            why = None if full else f"“{name}” is taken to mean {label_of(speaker)}"
            return Meant(self._with_traits(speaker, words, name), why)
        kind: SourceKind = "agency" if key in self._agencies else kind_of(words, bare)
        if kind == "person" and self.is_outlet(bare):
            kind = "outlet"
        elif kind == "person":
            kind, bare = self._names.told_of(words, bare)
        heads, traits = heads_in(words, bare)
        described = description_in(words, bare)
        merged = self._introduced_before(kind, heads, traits, sentence)
        if merged is not None:
            speaker = attrs.evolve(
                merged,
                name=bare,
                kind=kind,
                naming="named",
                heads=merged.heads | heads,
                traits=merged.traits | traits,
            )
            self.all[merged.id] = speaker
            self._know(speaker, bare)
            why = f"{bare} is taken to be “{merged.described_as}”, told of just before"
            return Meant(speaker, why)
        speaker = Speaker(
            self._fresh_id(bare),
            bare,
            described,
            kind,
            "named",
            heads | ({"newspaper"} if kind == "outlet" else frozenset()),
            traits,
            plural=False,
            last=sentence,
        )
        self._add(speaker)
        self._know(speaker, bare)
        return Meant(speaker, fresh=True)

    def _introduced_before(
        self, kind: SourceKind, heads: frozenset[str], traits: frozenset[str], sentence: int
    ) -> Speaker | None:
        """Somebody described shortly before being named: a retired general, then his name."""
        near = dict.fromkeys((*self._recent[-NEAREST:], *self._newest()))
        waiting = [
            each
            for each in map(self.all.__getitem__, near)
            if each.name is None
            and not each.plural
            and not _is_one_of(each)
            and 0 <= sentence - each.last <= 3
            and (each.kind in BODIES) == (kind in BODIES)
        ]
        if kind == "outlet":
            papers = [each for each in waiting if each.kind == "outlet" and not names_itself(each)]
            return papers[0] if len(papers) == 1 else None
        alike = [
            each
            for each in waiting
            if each.heads & heads
            and (not each.traits or each.traits & traits or (not traits and is_the_one(each)))
        ]
        return alike[0] if len(alike) == 1 else None

    def _add(self, speaker: Speaker) -> None:
        """Note a new speaker, and by which single word it is called."""
        if speaker.described_as is not None:
            first = (len(self.all), speaker.id)
            self._called.setdefault(speaker.described_as.casefold(), first)
        self.all[speaker.id] = speaker

    def _know(self, speaker: Speaker, name: str) -> None:
        self._surnames[name.casefold()] = speaker.id
        agency = agency_named(name)
        for other in (agency, *AGENCIES[agency]) if agency else (initials_of(name),):
            if other and (agency or speaker.kind != "person"):
                self._surnames.setdefault(other.casefold(), speaker.id)
                self._surnames.setdefault(f"the {other.casefold()}", speaker.id)
        parts = name.split()
        short = speaker.kind == "person" or parts[-1].casefold() in OUTLET_NAMES
        if short and len(parts) > 1:  # a surname; the Observer for the Orrel Observer
            for alias in (parts[-1].casefold(), f"the {parts[-1].casefold()}"):
                self._surnames.setdefault(alias, speaker.id)
        if name.startswith("The "):
            self._surnames.setdefault(name[4:].casefold(), speaker.id)
        else:
            self._surnames.setdefault(f"the {name.casefold()}", speaker.id)

    def _with_traits(self, speaker: Speaker, words: str, name: str) -> Speaker:
        if words == name:
            return speaker
        heads, traits = heads_in(words, name)
        if heads <= speaker.heads and traits <= speaker.traits:
            return speaker
        updated = attrs.evolve(speaker, heads=speaker.heads | heads, traits=speaker.traits | traits)
        self.all[speaker.id] = updated
        return updated

    def _described(self, words: str, sentence: int) -> Meant:
        heads, traits = heads_in(words, None)
        first = words.split()[0].casefold()
        plural = is_plural(words)
        if first in ("a", "an") and heads & OUTLET_WORDS and not plural:
            known = [
                each
                for each in self.all.values()
                if each.kind == "outlet" and each.id != self.publisher.id and each.traits & traits
            ]
            if len(known) == 1:
                return Meant(known[0], f"“{words}” is taken to mean {label_of(known[0])}")
        if heads <= _SPOKESPEOPLE and len(words.split()) == 2:
            body = self._body_near(sentence)
            if body is not None:
                return Meant(body, f"“{words}” is taken to speak for {label_of(body)}")
        if first in ("a", "an"):
            called = [self._called[head] for head in heads if head in self._called]
            if called:  # "Dockworker says …" above "a dockworker said …"
                each = self.all[min(called)[1]]
                fuller = attrs.evolve(
                    each,
                    described_as=words[:200],
                    naming=naming_of(words),
                    traits=each.traits | traits,
                )
                self.all[each.id] = fuller
                del self._called[(each.described_as or "").casefold()]
                return Meant(fuller)
        if first not in _NEWNESS:
            for each in self._candidates(sentence):
                if fits(each, heads, traits, plural, bare=first != "the"):
                    same = each.described_as is not None and (
                        each.described_as.casefold() == words.casefold()
                    )
                    why = None if same else f"“{words}” is taken to mean {label_of(each)}"
                    return Meant(each, why)
        kind, naming = kind_of(words, None), naming_of(words)
        speaker = Speaker(
            self._fresh_id(words, unnamed=True),
            None,
            words[:200],
            kind,
            naming,
            heads,
            traits,
            plural=plural,
            last=sentence,
            voices=counted_in(words) if plural and kind in COUNTABLE else 1,
        )
        self._add(speaker)
        return Meant(speaker, fresh=True)

    def _body_near(self, sentence: int) -> Speaker | None:
        """The body that spoke in this sentence or in one of the two before, where it spoke last."""
        for number in range(sentence, max(-1, sentence - 3), -1):
            for each in map(self.all.__getitem__, reversed(self._led.get(number, ()))):
                return each if each.kind in ("organisation", "government") else None
        return None

    def _one_of(self, words: str, group: Meant, sentence: int) -> Meant:
        """One of several, who is a voice of its own: one of the two officials said."""
        several = group.speaker
        whose = f"of {several.described_as[:1].lower()}{several.described_as[1:]}" if (
            several.described_as and not group.fresh
        ) else words.partition(" ")[2]  # fmt: skip
        if group.fresh:
            del self.all[several.id]
        speaker = attrs.evolve(
            several,
            id=self._fresh_id(words, unnamed=True),
            name=None,
            described_as=f"{words.split(' ')[0]} {whose}",
            kind="unnamed" if several.kind == "unnamed" else "person",
            plural=False,
            last=sentence,
            voices=1,
        )
        self._add(speaker)
        why = None if group.fresh else f"“{words}” is taken to be of {label_of(several)}"
        return Meant(speaker, why, fresh=True)

    def _candidates(self, sentence: int) -> Iterator[Speaker]:
        yield from self.latest()
        yield from (
            each
            for each in map(self.all.__getitem__, self._newest())
            if each.id not in self._recent[-NEAREST:] and each.last >= 0
        )

    def _newest(self) -> list[str]:
        """The ids of those who were mentioned last for the first time, in their order."""
        return [*itertools.islice(reversed(self.all), NEAREST)][::-1]

    def _fresh_id(self, words: str, *, unnamed: bool = False) -> str:
        """An id of its own; one that begins with the document where the text gives no name."""
        base = slug(words, 40) or "source"
        base = f"{self.document.id}.{base}" if unnamed else base
        name, number = base, self._numbers.get(base, 1)
        while name in self.all:
            number += 1
            name = f"{base}-{number}"
        self._numbers[base] = number
        return name
