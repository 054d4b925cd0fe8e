"""What a text says of a claim: whether a sentence states it, denies it, or only doubts it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import attrs

from provenance.drafting.english import word_set
from provenance.drafting.fake_speakers import can_speak, is_labelled_fake
from provenance.drafting.languages import language_of
from provenance.drafting.layout import laid_out
from provenance.drafting.taken_back import TakenBack, taken_back
from provenance.graph import IRREGULAR_VERBS

__all__ = ["ClaimWord", "ClaimWords", "ReadSide", "side_of_text", "side_of_wordings", "words_of"]

LEAST_STATED = 0.7
"""How large a share of the words of a claim a sentence has that states it or denies it; a judgement."""
MOST_SENTENCES = 5_000
"""How many sentences of a text are read."""
_LONGEST = 4_000
_REACH = 4
_VERDICT_REACH = 3

Side = Literal["affirms", "denies", "unclear", "partial", "withdrawn"]
"""What a sentence says of a claim that it states; "withdrawn" where somebody takes a report of it back."""


@attrs.frozen
class ReadSide:
    """What a text says of a claim."""

    side: Literal["affirms", "denies", "unclear", "both", "nowhere", "other-words"]
    """Its side; "both" where sentences of it take either, "nowhere" where none states the claim, and
    "other-words" where words that are said to be of the claim have none of it but its names."""
    text: str = ""
    """The sentence that tells it."""


# Words


_DIGITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
_NUMBERS = {word: str(number) for number, word in enumerate(_DIGITS)}
_NUMBERS |= {word: str(10 * number) for number, word in enumerate(_TENS, start=2)}
# Forms that no ending tells.
_FORMS = {
    **IRREGULAR_VERBS,
    "dead": "die",
    "death": "die",
    "died": "die",
    "dies": "die",
    "dying": "die",
    "pct": "percent",
}
# Words that tell no claim from another; small words of place go with the verb that they stand by.
_EMPTY = word_set(
    "the a an of and to in that is was for on with as it by at from be this have are had were has "
    "but or which their they he she his her who will would shall been its into there than then "
    "also said says say we our us i my you your me him them these those so if when where while do "
    "does did done doing down up out off over away again now being about such own s t re ve ll d "
    "one der das und ein eine ist war hat von zu den dem des im am le la les un une des du de et "
    "est a été que qui el los las una es fue ha y il lo gli è 有 了 的 是"
)
# Words that reports of one event use for one another, each group under its first.
_ALIKE = {
    word: words.split()[0]
    for words in (
        "leave sail depart", "ship vessel freighter boat", "ammunition munition shell",
        "weapon arms armament", "kill die perish", "injure hurt wound", "fire blaze launch shoot",
        "buy acquire purchase takeover", "resign quit", "fail collapse burst",
        "score reach get achieve attain", "answer solve", "arrest detain", "strike hit attack",
        "close shut", "rise increase climb grow", "fall drop decline decrease", "ban forbid prohibit",
        "approve authorise authorize", "begin start", "end stop halt", "destroy wreck ruin",
        "steal rob theft", "company firm", "doctor physician", "child kid children", "car vehicle",
        "explode blast explosion", "crash collide collision", "beat defeat", "order instruct decree",
        "leak spill", "poison contaminate", "cure heal", "win victory", "election vote poll",
        "storm hurricane", "build construct", "purpose deliberate intentional",
        "flee escape", "price cost", "test exam", "agree accord deal",
        "big large huge", "powerful strong", "illegal unlawful", "soldier troop", "truck lorry",
        "plane aircraft jet airplane", "talks negotiations", "cut reduce", "jail imprison",
        "investigate probe inquiry", "kidnap abduct", "money cash funds", "deadly fatal",
        "dismiss sack", "recall withdraw", "show demonstrate", "help aid assist", "murder homicide",
    )
    for word in words.split()
}  # fmt: skip
_NEGATORS = word_set(
    "not no never nobody none neither nor nothing without cannot n't nowhere hardly "
    "nicht kein keine keinen keiner keines nie niemals pas jamais aucun aucune nunca ningún "
    "ninguna non mai nessun nessuna 不 没 沒 未 無 无 否"
)
# Behind which a negation says nothing against: "not only", "no doubt", "not until Monday".
_NO_NEGATION = {
    "not": word_set("only just merely until till least"),
    "no": word_set("doubt wonder less fewer sooner matter"),
    "never": word_set("before"),
}
# What denies in two words: "failed to sail", "refused to sell".
_NOT_TO = word_set("fail failed fails refuse refused refuses decline declined declines unable")
_FALSE = word_set(
    "false untrue hoax fake faked fabricated fabrication myth debunk debunks debunked debunking "
    "deny denies denied denying denial denials refute refutes refuted disprove disproved disproven "
    "baseless unfounded groundless bogus falsely misinformation disinformation "
    "falsch unwahr falschmeldung dementiert dementierte démenti dément faux falso falsa bulo "
    "desmiente desmintió smentisce smentito bufala"
)
_OF_THINGS = word_set("fake false bogus")
_YES = word_set("yes confirmed confirms affirmed verified")
_NEAR_FALSE = 24  # characters
_TRUE = word_set("true correct accurate real so right case fact genuine authentic")
_DOUBTS = word_set(
    "whether may might could should must ought unclear unknown unconfirmed unverified unproven perhaps possibly "
    "maybe feared fears rumour rumours rumor rumors rumored rumoured if unlikely dismissed "
    "dismisses dismiss rejected rejects reject disputed disputes dispute wrong wrongly "
    "incorrect inaccurate incorrectly misleading invented doubtful doubts contradicted retracted "
    "ob vielleicht möglicherweise peut-être quizás"
)
_OF_ALL = word_set("no nobody none neither nothing kein keine keinen aucun aucune ningún ninguna")
_PAIRS = (
    "convict acquit",
    "rise fall",
    "win lose",
    "open close",
    "increase decrease",
    "accept reject",
    "approve reject",
    "pass fail",
    "arrive leave",
    "buy sell",
    "hire fire",
    "guilty innocent",
    "safe unsafe",
    "safe dangerous",
    "alive die",
    "survive die",
    "start stop",
    "begin end",
    "enter leave",
    "allow ban",
    "legal illegal",
    "up down",
    "grow shrink",
    "confirm deny",
    "raise lower",
    "more less",
    "higher lower",
    "true false",
    "gain lose",
    "support oppose",
)
_RUMOURS = word_set("rumour rumours rumor rumors rumored rumoured feared fears")
_REPORTS = _RUMOURS | word_set("report reports claim claims story stories suggestions idea talk")
_BEFORE_MONTHS = word_set("in since until till by of during late early mid last next this")
_NEARLY = word_set("nearly almost narrowly beinahe presque casi quasi")
_PLANS = word_set(
    "try tries tried trying attempt attempts attempted plan plans planned planning threaten "
    "threatens threatened vow vows vowed hope hopes hoped want wants wanted promise promises "
    "promised expected due set ready about likely scheduled supposed"
)
_COPULAS = word_set("is are was were be been remains remain")
_CALLS = word_set("call calls called calling")
_SUSPECTED = word_set("suspicion suspected")
_SUSPECTED_WITHIN = 8  # words
_FUTURE = word_set("will shall would plan plans wird werden")
# What negates the words before it too: "Die Bank verkauft die Filiale nicht".
_BEHIND = word_set("nicht pas niet")
_BREAKS = word_set("; : — – but though although because while who whom whose which after when")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W\d_])+(?:[’'-](?:(?![{_UNSPACED}])[^\W\d_])+)*"
    r"|[%?,;:—–]"
)
_ENDINGS = ("ingly", "edly", "ations", "ation", "ments", "ment", "ions", "ion", "ures", "ure",
            "ings", "ing", "ied", "ies", "ed", "es", "ly", "s")  # fmt: skip
_DERIVED = frozenset({"ations", "ation", "ments", "ment", "ions", "ion"})


class ClaimWord(NamedTuple):
    """A word of a claim, or a mark."""

    low: str
    """The word in small letters."""
    key: str
    """What it has in common with its other forms; nothing of a mark and of a word without content."""
    at: int
    """Where it begins."""


@functools.lru_cache(maxsize=20_000)
def _key(low: str) -> str:
    """A word without its endings, a number in digits."""
    if low[0].isdigit():
        plain = low.replace(",", "")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    low = re.sub(r"(?:'s|’s|s'|s’)\Z", "", low)
    if low == "%":
        return "percent"
    if low in _EMPTY or not low[:1].isalnum():
        return ""
    low = _NUMBERS.get(low, _FORMS.get(low, low))
    for ending in _ENDINGS:
        least = 4 if ending in _DERIVED else 3
        if low.endswith(ending) and len(low) - len(ending) >= least and not low.endswith("ss"):
            low = low.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "lsz":
        low = low[:-1]
    low = low.removesuffix("e") if len(low) > 3 else low
    return _SAME_KEY.get(low, low)


_SAME_KEY: dict[str, str] = {}
_SAME_KEY.update({_key(word): _key(first) for word, first in _ALIKE.items()})
_key.cache_clear()


def words_of(text: str) -> list[ClaimWord]:
    """The words and marks of a claim or of a sentence."""
    found: list[ClaimWord] = []
    for each in _TOKEN.finditer(text[:_LONGEST]):
        low = each.group().casefold().replace("’", "'")
        if low.endswith("n't") and len(low) > 3:
            found.append(ClaimWord("not", "", each.start()))
            continue
        if "-" in low:
            found += [ClaimWord(part, _key(part), each.start()) for part in low.split("-") if part]
            continue
        if low == "one" and found and found[-1].low == "no":
            found[-1] = ClaimWord("nobody", "", found[-1].at)
            continue
        found.append(ClaimWord(low, _key(low), each.start()))
    return found


def _contraries() -> Mapping[str, frozenset[str]]:
    """The contraries of a word, by what it has in common with its other forms."""
    found: dict[str, frozenset[str]] = {}
    for pair in _PAIRS:
        for one, other in (pair.split(), pair.split()[::-1]):
            found[_key(one)] = found.get(_key(one), frozenset()) | {_key(other)}
    return found


_CONTRARY = _contraries()
_NAME = re.compile(r"(?<![.!?“\"]\s)(?<!\A)(?<!\A[“\"‘'])\b[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*")
_FIRST = re.compile(r"\W{0,3}([A-Z][\w’'-]*)((?:\s[A-Z][\w’'-]*)*)")


def _names(text: str) -> Iterator[frozenset[str]]:
    """The names in a claim, each as its words; the first word is one where another belongs to it."""
    first = _FIRST.match(text)
    end = 0
    if first is not None:
        end = first.end()
        name = first.group().strip() if first[2] else ""
        yield frozenset(each.key for each in words_of(name))
    for each in _NAME.finditer(text, end):
        yield frozenset(word.key for word in words_of(each.group()))


def _contraries_of(keys: Iterable[str]) -> frozenset[str]:
    """The contraries of words, each by what it has in common with its other forms."""
    return frozenset().union(*(_CONTRARY.get(each, frozenset()) for each in keys))


@attrs.frozen(slots=False)
class ClaimWords:
    """A claim by its words: what a sentence must have to state it or to deny it.

    >>> claim = ClaimWords("The dam at Orlik failed")
    >>> claim.side("The Orlik dam has not failed"), claim.side("Soup with leeks")
    ('denies', None)
    """

    text: str
    """The claim."""

    @cached_property
    def words(self) -> Sequence[ClaimWord]:
        """Its words and marks."""
        return words_of(self.text)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The words that carry its content; every word where none does."""
        keys = {each.key for each in self.words if each.low not in self.turns} - {""}
        return frozenset(keys or {each.low for each in self.words})

    @cached_property
    def turns(self) -> frozenset[str]:
        """The words of it that negate or doubt: in a sentence that has them too they turn nothing."""
        return frozenset(
            each.low
            for at, each in enumerate(self.words)
            if each.low in _FALSE | _DOUBTS or _is_negator(self.words, at)
        )

    @cached_property
    def names(self) -> Sequence[frozenset[str]]:
        """The names in it; a page that has no word of one is about somebody else."""
        return [found for each in _names(self.text) if (found := each - {""})]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it; a sentence with others states something else."""
        return frozenset(each for each in self.keys if each[0].isdigit())

    @cached_property
    def is_negative(self) -> bool:
        """Whether it says itself that something is not so."""
        return len(self.turns - _DOUBTS) % 2 == 1

    @cached_property
    def is_of_the_future(self) -> bool:
        """Whether it says what will be: then a plan states it."""
        return any(each.low in _FUTURE for each in self.words)

    def is_named(self, keys: Iterable[str]) -> bool:
        """Whether a text of these words names everybody whom the claim names."""
        known = set(keys)
        return all(name & known for name in self.names)

    def side(self, sentence: str) -> Side | None:
        """What a sentence says of the claim; `None` where it does not state it.

        It states the claim if it has most of its words, all of its numbers among them. A negation
        counts where it stands before one of them; "unclear" is a question, a doubt, or a denial of
        a denial, and "partial" a sentence that negates something else instead.
        """
        return self.side_of(words_of(sentence), sentence)

    def side_of(self, words: Sequence[ClaimWord], sentence: str = "") -> Side | None:
        """The same of a sentence that is parted into words.

        Only with the sentence itself it is seen whether a report of the claim is taken back there.
        """
        hits = self._hits(words)
        known = {words[at].key or words[at].low for at in hits}
        if not hits or len(known) < LEAST_STATED * len(self.keys) or not self.numbers <= known:
            return None
        taken = taken_back(sentence, [words[at].at for at in hits]) if sentence else None
        if taken is not None:
            return self._side_taken_back(words, hits, taken)
        called_false, is_other = self._called_false(words, hits)
        negated, is_stray = self._negated(words, hits)
        turned = called_false + negated
        if is_other or turned > 1 or self._is_doubted(words, hits, bool(called_false)):
            return "unclear"
        if known < self.keys and self._is_suspected(words, hits):
            return "unclear"
        if not turned and (is_stray or self._is_contrary(words, known)):
            return "partial"
        return "denies" if (turned == 1) != self.is_negative else "affirms"

    def _hits(self, words: Sequence[ClaimWord]) -> Sequence[int]:
        """The places of words that are those of the claim."""
        return [at for at, each in enumerate(words) if (each.key or each.low) in self.keys]

    def taken_back(self, sentence: str) -> TakenBack | None:
        """Whether a sentence with much of the claim takes it back, calls it false or doubts it.

        >>> ClaimWords("The dam failed").taken_back("We retract our report that the dam failed.").who
        'We'
        """
        words = words_of(sentence)
        hits = self._hits(words)
        if 2 * len({words[at].key or words[at].low for at in hits}) < len(self.keys):
            return None
        return taken_back(sentence, [words[at].at for at in hits])

    def is_of_fake(self, sentence: str) -> bool:
        """Whether a sentence calls fake who or what states the claim in it.

        >>> ClaimWords("The dam failed").is_of_fake("A parody account wrote that the dam failed.")
        True
        """
        taken = self.taken_back(sentence)
        return taken is not None and taken.how == "fake"

    def _side_taken_back(
        self, words: Sequence[ClaimWord], hits: Sequence[int], taken: TakenBack
    ) -> Side:
        """What a sentence says that takes the claim back; one that negates something besides is unclear."""
        if taken.how != "denied":
            return "withdrawn" if taken.how == "withdrawn" else "unclear"
        others = [
            at
            for at in range(hits[-1])
            if _is_negator(words, at) and words[at].low not in self.turns
            and not taken.start - _NEAR_FALSE <= words[at].at < taken.end
        ]  # fmt: skip
        if others or words[-1].low == "?":
            return "unclear"
        return "affirms" if self.is_negative else "denies"

    def is_spoken_of(self, text: str) -> bool:
        """Whether a text has a word of the claim beside its names, or says that it is true.

        >>> claim = ClaimWords("Lin Hao resigned")
        >>> claim.is_spoken_of("She has resigned."), claim.is_spoken_of("Lin Hao stays in office.")
        (True, False)
        """
        if language_of(text) not in ("English", language_of(self.text)):
            return False  # a word that two languages share tells nothing of a sentence
        words = words_of(text)
        names = {each.key for each in self.words if self.text[each.at].isupper()}
        wanted = self.keys - names or self.keys
        return any((each.key or each.low) in wanted for each in words) or (
            any(each.low in _TRUE | _YES for each in words)
        )

    def _is_suspected(self, words: Sequence[ClaimWord], hits: Sequence[int]) -> bool:
        """Whether a sentence says of whom the claim names only that he is suspected."""
        near = words[: hits[-1] + 1 + _SUSPECTED_WITHIN]
        return any(each.low in _SUSPECTED and each.key not in self.keys for each in near)

    def _is_contrary(self, words: Sequence[ClaimWord], known: set[str]) -> bool:
        """Whether the contrary of a word of the claim stands where that word is missing."""
        missing = _contraries_of(self.keys - known)
        return any(each.key in missing for each in words)

    def _negated(self, words: Sequence[ClaimWord], hits: Sequence[int]) -> tuple[int, bool]:
        """How often a sentence negates what the claim says, and whether it negates something else.

        A "no" before a comma only answers: "No, it has not".
        """
        found, answered, is_stray = 0, False, False
        for at in range(len(words)):
            if not _is_negator(words, at):
                continue
            if at + 1 < len(words) and words[at + 1].low == ",":
                answered = True
            elif _reaches(words, at, set(hits)):
                found += 1
            else:
                is_stray = is_stray or _is_near(words, at, hits)
        return found or int(answered), is_stray and not found

    def _called_false(self, words: Sequence[ClaimWord], hits: Sequence[int]) -> tuple[int, bool]:
        """How often a sentence calls the claim false, and whether it calls something else so."""
        found, is_stray = 0, False
        for at, word in enumerate(words):
            if word.low not in _FALSE or at in hits:
                continue
            if _is_of_a_thing(words, at, hits):
                is_stray = is_stray or at < hits[-1]
            elif _covers(words, at, hits):
                found += 1
            elif at < hits[-1]:
                is_stray = True
        return found, is_stray

    def _is_doubted(self, words: Sequence[ClaimWord], hits: Sequence[int], is_false: bool) -> bool:
        if words[-1].low == "?" and self.words[-1].low != "?":
            return True
        for at, word in enumerate(words[: hits[-1] + _REACH]):
            after = words[at + 1].low if at + 1 < len(words) else ""
            if at in hits or word.low in self.turns:
                continue
            if word.low in _NEARLY and at + 1 in hits and not after[0].isdigit():
                return True
            if at < hits[-1] and not self.is_of_the_future:
                if after == "to" and word.low in _PLANS and not {at + 2, at + 3}.isdisjoint(hits):
                    return True
                if after in ("for", "on") and word.low in _CALLS:
                    return True
            if word.low not in _DOUBTS or (is_false and word.low in _RUMOURS):
                continue
            if at > hits[-1] and _COPULAS.isdisjoint(
                each.low for each in words[max(hits[-1] + 1, at - 3) : at]
            ):
                continue  # "failed its inspection and may close": of something else
            before = words[at - 1].low if at else ""
            is_month = word.low == "may" and (
                after[:1].isdigit() or before[:1].isdigit() or before in _BEFORE_MONTHS
            )
            if not is_month and not (word.low == "if" and at and words[at - 1].low == "even"):
                return True
        return False


def _is_negator(words: Sequence[ClaimWord], at: int) -> bool:
    low = words[at].low
    after = words[at + 1].low if at + 1 < len(words) else ""
    if low in _NOT_TO:
        return after == "to"
    return low in _NEGATORS and after not in _NO_NEGATION.get(low, ())


def _is_of_a_thing(words: Sequence[ClaimWord], at: int, hits: Sequence[int]) -> bool:
    """Whether a word calls a thing false that says nothing: "fake fur", "the false cape"."""
    if words[at].low not in _OF_THINGS or at + 1 == len(words) or at + 1 in hits:
        return False
    is_said = at > 0 and words[at - 1].low in _COPULAS
    return bool(words[at + 1].key) and not is_said and not can_speak(words[at + 1].low)


def _covers(words: Sequence[ClaimWord], at: int, hits: Sequence[int]) -> bool:
    """Whether a word that calls something false does so of what the claim says."""
    if at < hits[-1]:
        between = range(at + 1, _next(hits, at))
        return not any(words[place].low in _BREAKS for place in between)
    lows = [each.low for each in words[hits[-1] + 1 : at]]
    return not any(each in _BREAKS - {"—", "–"} or each in (",", "and") for each in lows)


def _next(hits: Sequence[int], at: int) -> int:
    return next(each for each in hits if each > at)


def _reaches(words: Sequence[ClaimWord], at: int, targets: set[int]) -> bool:
    """Whether a negation is one of a word of the claim, or says that it is not true.

    That of a verb reaches the next word that carries a content, and "nobody in the town" further.
    """
    for place in range(at + 1, min(len(words), at + 1 + _REACH)):
        if place in targets or words[place].low in _TRUE:
            return True
        low, is_of_all = words[place].low, words[at].low in _OF_ALL
        is_passed = not words[place].key or low.endswith("ly")
        if low in _BREAKS or (low == "," if is_of_all else not is_passed):
            break
    return words[at].low in _BEHIND and not targets.isdisjoint(range(max(0, at - _REACH), at))


def _is_near(words: Sequence[ClaimWord], at: int, hits: Sequence[int]) -> bool:
    """Whether a negation of something else stands so that the claim may hang on it."""
    if at > hits[-1]:
        return False
    if any(each.low in _REPORTS for each in words[at : hits[-1]]):
        return True  # "no such plan, they said of reports that"
    between = {words[place].low for place in range(at + 1, _next(hits, at))}
    return not (between & _BREAKS or "," in between)


# Texts


_FALSE_WORDS = (
    r"(?:false|untrue|not\strue|not\sthe\scase|wrong|incorrect|fake|faked|fabricated|baseless|bogus"
    r"|unfounded|a\s(?:\w+\s)?(?:hoax|lie|myth|fabrication|fake)|made\sup|debunked|nonsense|denied"
    r"|retracted|withdrawn|refuted|falsch|faux|falso)"
)
_REPORT = (
    r"(?:reports?|claims?|story|stories|rumou?rs?|posts?|videos?|images?|photos?|allegations?|news"
    r"|statements?|messages?|assertions?|articles?|accounts?|headlines?)"
)
_VERDICT = re.compile(
    rf"\b{_REPORT}\b[^.!?\n]{{0,40}}?\b(?:is|was|are|were|be|been|proved|proven|turned\sout)\b"
    rf"[^.!?\n]{{0,25}}?\b{_FALSE_WORDS}\b"
    rf"|\b(?:fact[\s-]?check|verdict|rating|rated?|ruling|conclusion)\b[^.!?\n]{{0,25}}?"
    rf"\b(?:no\b(?=[,.!\s])|misleading\b|{_FALSE_WORDS}\b)"
    rf"|\b(?:that|this|it)(?:['’]s|\sis|\swas)\s(?:\w{{1,12}}\s)?{_FALSE_WORDS}\b"
    rf"|\A\W*(?:{_FALSE_WORDS})\W*\Z|\A\W*(?:no|denied)\W*\Z",
    re.IGNORECASE,
)


def side_of_wordings(wordings: Sequence[str], claim: ClaimWords) -> ReadSide:
    """What somebody is said to say of a claim, who is taken to affirm it unless the words do not.

    Words that share none with the claim but its names may say anything: those are "other-words".

    >>> side_of_wordings(["False"], ClaimWords("The dam failed")).side
    'denies'
    >>> side_of_wordings(["Lin Hao bleibt im Amt"], ClaimWords("Lin Hao resigned")).side
    'other-words'
    """
    for text in wordings:
        side = claim.side(text)
        if side == "denies" or (side != "affirms" and _VERDICT.search(text[:_LONGEST])):
            return ReadSide("denies", text)
        if side == "unclear" or side == "withdrawn":
            return ReadSide("unclear", text)
    plain = any(claim.side(text) == "affirms" or claim.is_spoken_of(text) for text in wordings)
    if wordings and not plain:
        return ReadSide("other-words", wordings[0])
    return ReadSide("affirms")


def side_of_text(title: str, text: str, claim: ClaimWords) -> ReadSide:
    """What a page says of a claim, by its title and its text.

    Where sentences state the claim it is affirmed; where they negate it, or a sentence near them
    calls the report false, denied. Takes time in proportion to the text.

    >>> text = "A post says that the dam failed. The post is false."
    >>> side_of_text("", text, ClaimWords("The dam failed")).side
    'denies'
    """
    layout = laid_out(text)
    sentences = [title] if title.strip() else []
    sentences += [text[each.start : each.end] for each in layout.sentences[:MOST_SENTENCES]]
    parted = [words_of(each) for each in sentences]
    if not claim.is_named(word.key for words in parted for word in words):
        return ReadSide("nowhere")
    sides: dict[int, str] = {
        number: side
        for number, words in enumerate(parted)
        if (side := claim.side_of(words, sentences[number])) is not None
    }
    if not sides:
        sides = dict(_over_two(sentences, claim))
    stated = "denies" if claim.is_negative else "affirms"
    reports = [n for n, side in sides.items() if side in (stated, "withdrawn")]
    if reports and (is_labelled_fake(title) or is_labelled_fake(text)):
        sides |= dict.fromkeys(reports, "unclear")
    for number in _called_false(sentences, reports):
        sides[number] = "affirms" if claim.is_negative else "denies"
    return _together(sentences, sides)


def _over_two(sentences: Sequence[str], claim: ClaimWords) -> Iterator[tuple[int, str]]:
    """Where two sentences side by side state the claim between them: "It sank. The ship …"."""
    for number in range(1, len(sentences)):
        side = claim.side(f"{sentences[number - 1]} {sentences[number]}")
        if side is not None:
            yield number, side


def _called_false(sentences: Sequence[str], stating: Sequence[int]) -> list[int]:
    """The sentences that state the claim and that another one near them calls false."""
    verdicts = [
        number
        for number, each in enumerate(sentences)
        if stating and number not in stating and _VERDICT.search(each[:_LONGEST])
    ]
    return [
        number for number in stating if any(abs(number - at) <= _VERDICT_REACH for at in verdicts)
    ]


def _together(sentences: Sequence[str], sides: Mapping[int, str]) -> ReadSide:
    first = {side: number for number, side in sorted(sides.items(), reverse=True)}
    if "affirms" in first and "denies" in first:
        return ReadSide("both", sentences[first["denies"]])
    if "denies" in first:
        return ReadSide("denies", sentences[first["denies"]])
    if "affirms" in first and "withdrawn" not in first:
        return ReadSide("affirms", sentences[first["affirms"]])
    if first:
        return ReadSide("unclear", sentences[min(first.values())])
    return ReadSide("nowhere")
