"""How often drafts by the rules are right on articles that people have annotated, and how fast.

    python -m benchmarks.drafted_attributions [FOLDER]

The folder holds articles (`NAME.txt`) and the attributions marked in them (`NAME_….ann`, in the
standoff format of brat: events of a Source, a Cue and a Content). PolNeAR 1.0 comes in this form;
its texts belong to their publishers and are not shipped here. Only rates are printed, no text.

A claim is uttered where one of the common verbs (said, told, according to, warned, ...) has a content
of four words or more that is no question and no infinitive; precision is taken over the claims that
are drafted, recall over those that are marked, by the same test, so that people can be measured as
drafters are. Where several people marked a text, their agreement is printed by the same measures:
it is what a drafter can reach.

Without a folder it is the invented news in `benchmarks/marked_news`, where every attribution is
marked within the text: `{s1 The mayor} {c1 said} {k1 the fund was empty}`, who, by which words
(h where it is thought, promised or rejected, and no claim is uttered), and what.
"""

from __future__ import annotations

import itertools
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from pathlib import Path

import attrs

from provenance.drafting import DraftStatement, Passage, SourceDocument, draft, read_document

WORD = re.compile(r"\w+")
PLAIN_STOP = re.compile(r"(?<=[.!?])\s+")
COMMON = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:ed|s|ing)?|wr(?:ote|ites?|iting|itten)|"
    r"report(?:ed|s|ing)?|announc(?:ed?|es|ing)|claim(?:ed|s|ing)?|argu(?:ed?|es|ing)|"
    r"insist(?:ed|s|ing)?|not(?:ed?|es|ing)|confirm(?:ed|s|ing)?|warn(?:ed|s|ing)?|"
    r"den(?:ied|y|ies|ying)|accus(?:ed?|es|ing)|acknowledg(?:ed?|es|ing)|explain(?:ed|s|ing)?|"
    r"stat(?:ed?|es|ing)|alleg(?:ed?|es|ing)|according to)\b",
    re.I,
)
OPENS_NO_CLAUSE = (
    "to",
    "how",
    "whether",
    "why",
    "about",
    "for",
    "as",
    "of",
    "in",
    "on",
    "if",
    "what",
)

Words = frozenset[int]
Span = tuple[int, int]


@attrs.frozen
class Marked:
    """An attribution: the words of its source, its cue and its content, by where they begin."""

    source: Words
    cue: Words
    content: Words
    claim: bool = True
    """Whether a claim is uttered; people and rules are asked by one test."""


def words_of(text: str, spans: list[Span]) -> Words:
    """Where the words of some stretches begin."""
    return frozenset(a + word.start() for a, b in spans for word in WORD.finditer(text[a:b]))


def annotated(text: str, lines: str) -> Iterator[Marked]:
    """The attributions that people marked in a text."""
    spans: dict[str, list[Span]] = {}
    for line in lines.split("\n"):
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", name):
            places = rest.split("\t")[0].partition(" ")[2].split(";")
            spans[name] = [(int(a), int(b)) for a, b in (each.split() for each in places)]
    for line in lines.split("\n"):
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"E\d+", name):
            roles: dict[str, list[Span]] = defaultdict(list)
            for part in rest.split():
                role, _, which = part.partition(":")
                roles[role.rstrip("0123456789")] += spans[which]
            yield Marked(
                _noun_of(text, words_of(text, roles["Source"])),
                *(words_of(text, roles[role]) for role in ("Cue", "Content")),
                claim=is_claim(text, roles["Cue"], roles["Content"]),
            )


def _noun_of(text: str, source: Words) -> Words:
    """A source, or the last word of the noun before "who", "which" or "that" where that is marked.

    A draft has to name the one for whom the pronoun stands.
    """
    at = min(source, default=0)
    if len(source) != 1 or not re.match(r"(?:who|which|that)\b", text[at : at + 6], re.I):
        return source
    before = [*WORD.finditer(text, max(0, at - 60), at)]
    return frozenset({before[-1].start()}) if before else source


def is_claim(text: str, cues: list[Span], contents: list[Span]) -> bool:
    """Whether a claim is uttered: with one of the common verbs, in four words, and not asked."""
    cue = " ".join(text[a:b] for a, b in cues)
    content = " ".join(text[a:b] for a, b in contents).strip()
    words = WORD.findall(content)
    if len(words) < 4 or content.rstrip("”\"' ").endswith("?") or len(WORD.findall(cue)) > 3:
        return False
    return bool(COMMON.search(cue)) and (
        content[0] in "“\"'" or words[0].lower() not in OPENS_NO_CLAUSE
    )


def drafted(document: SourceDocument) -> Iterator[Marked]:
    """The attributions that the rules draft.

    A quotation that stands alone belongs to the attribution before it. Where one sentence lets
    somebody say what another one says, the chain of the draft is two attributions, one within the
    other. Two who say something together are two statements of a draft, and one attribution as
    people mark it.
    """
    found: list[Marked] = []
    statements = draft(document).statements
    told = {each.speaker.cue for each in statements}
    for each in statements:
        spans = [(one.start, one.end) for one in each.content]
        content = words_of(document.text, spans)
        hop = each.speaker
        if hop.cue is None or (hop.inferred and hop.mention is None):
            if found and hop.cue is None:
                found[-1] = attrs.evolve(found[-1], content=found[-1].content | content)
            continue
        claim = is_claim(document.text, [(hop.cue.start, hop.cue.end)], spans)
        inner = Marked(_of(document, hop.mention), _of(document, hop.cue), content, claim)
        if found and (found[-1].cue, found[-1].content) == (inner.cue, content):
            joint, first = found[-1].source, min(found[-1].source | inner.source)
            last = hop.mention.end if hop.mention is not None else first
            together = words_of(document.text, [(first, last)])  # with the "and" between them
            found[-1] = attrs.evolve(found[-1], source=joint | inner.source | together)
            for place in range(len(found) - 2, -1, -1):  # and those who say that both say it
                if not joint <= found[place].content:
                    break
                whole = found[place].content | inner.source
                found[place] = attrs.evolve(found[place], content=whole)
            continue
        found.extend(outer_of(document, each, inner, told))
        found.append(inner)
    return iter(found)


def _of(document: SourceDocument, passage: Passage | None) -> Words:
    return words_of(document.text, [] if passage is None else [(passage.start, passage.end)])


def outer_of(
    document: SourceDocument,
    statement: DraftStatement,
    inner: Marked,
    told: Container[Passage | None],
) -> Iterator[Marked]:
    """What those before the last one say, where the sentence shows it: that the other one says it."""
    for hop in reversed(statement.chain[1:-1]):
        if hop.cue is None or hop.mention is None or hop.cue in told:
            return
        whole = inner.source | inner.cue | inner.content
        outer = Marked(_of(document, hop.mention), _of(document, hop.cue), whole)
        if outer.source & whole or outer.cue & whole:
            return
        yield attrs.evolve(outer, claim=bool(COMMON.search(hop.cue.text)))
        inner = outer


def alike(one: Words, other: Words) -> float:
    return len(one & other) / max(1, len(one | other))


def same_source(one: Words, other: Words) -> bool:
    """Whether two mentions are of one source: half of their words, or one within the other."""
    if not one or not other:
        return not one and not other
    return alike(one, other) >= 0.5 or one <= other or other <= one


@attrs.frozen
class Rates:
    """How often drafts are right, measured on what people marked."""

    attributions: float
    """Of what is drafted, how much is an attribution at all."""
    speakers: float
    """Of what is drafted and marked, how often the speaker is right."""
    contents: float
    """Of what is drafted and marked, how often the content is right."""
    precision: float
    """Of the claims drafted, how many are right in both."""
    recall: float
    """Of the claims uttered, how many are drafted right in both."""
    claims: int
    """How many claims are uttered."""

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __str__(self) -> str:
        return (
            f"of what is drafted, an attribution at all: {self.attributions:.3f}\n"
            f"speaker right: {self.speakers:.3f}, content right: {self.contents:.3f}\n"
            f"claims uttered: precision {self.precision:.3f}, recall {self.recall:.3f}, "
            f"F1 {self.f1:.3f} of {self.claims}"
        )


Pair = tuple[list[Marked], list[Marked]]
"""What is drafted of a text, and what is marked in it."""


def rates(pairs: list[Pair], least: float, *, exact: bool = False) -> Rates:
    """The rates, where a content is right when so many of its words are the same.

    Args:
        pairs: what is drafted of some texts, and what is marked in them.
        least: which share of the words of either content both must have.
        exact: whether the mention of the speaker must have the same words too.
    """
    claims = right = drafts = spurious = speakers = contents = matched = got = 0
    wanted = sum(each.claim for _, marked in pairs for each in marked)
    for found, marked in pairs:
        taken: set[int] = set()
        drafts, claims = drafts + len(found), claims + sum(each.claim for each in found)
        for each in found:
            best = nearest(each, marked)
            if best is None:
                spurious += all(alike(each.content, one.content) <= 0.5 for one in marked)
                continue
            one = marked[best]
            speaker = one.source == each.source if exact else same_source(one.source, each.source)
            content = alike(one.content, each.content) >= least
            matched, speakers, contents = matched + 1, speakers + speaker, contents + content
            if speaker and content and best not in taken:
                taken.add(best)
                right, got = right + each.claim, got + one.claim
    return Rates(
        1 - spurious / max(1, drafts),
        speakers / max(1, matched),
        contents / max(1, matched),
        right / max(1, claims),
        got / max(1, wanted),
        wanted,
    )


def nearest(one: Marked, marked: list[Marked]) -> int | None:
    """Which of the marked attributions has a cue in common with one, and most of its content."""
    alike_ones = [
        at
        for at, each in enumerate(marked)
        if each.cue & one.cue
        or (not each.cue and not one.cue and alike(each.content, one.content) > 0.5)  # a colon
    ]
    return max(alike_ones, key=lambda at: len(marked[at].content & one.content), default=None)


MARK = re.compile(r"\{(?P<role>[schk])(?P<number>\d+) |\}")
INVENTED = Path(__file__).parent / "marked_news"


def marked_up(line: str) -> tuple[str, list[Marked]]:
    """A text without the marks in it, and the attributions that they mark.

    Who says it may be left out where it is the same as before.
    """
    text, at = "", 0
    opened: list[tuple[str, int, int]] = []
    roles: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for found in MARK.finditer(line):
        text += line[at : found.start()]
        at = found.end()
        if found[0] == "}":
            role, number, start = opened.pop()
            roles[number][role].append((start, len(text)))
        else:
            opened.append((found["role"], int(found["number"]), len(text)))
    text += line[at:]
    marked: list[Marked] = []
    source: list[Span] = []
    for _, parts in sorted(roles.items()):
        source = parts["s"] or source
        spans = (source, parts["c"] + parts["h"], parts["k"])
        marked.append(Marked(*(words_of(text, each) for each in spans), claim=bool(parts["c"])))
    return text, marked


def invented(path: Path) -> list[Pair]:
    """What is drafted of the invented paragraphs of a file, and what is marked in them."""
    pairs: list[Pair] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        text, marked = marked_up(line)
        document = read_document(text, publisher="Nobody", id=f"{path.stem}-{number}")
        found = [attrs.evolve(each, claim=True) for each in drafted(document)]
        pairs.append((found, marked))  # hopes and promises have marks here that tell them
    return pairs


def fastest(run: Callable[[], object]) -> float:
    """The shortest processor time of five runs."""
    times = []
    for _ in range(5):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


MEASURES = ((0.5, False), (0.8, False), (0.8, True), (1.0, True))
"""Which share of the words of a content must be the same, and whether all of the speaker's."""


def shown(pairs: list[Pair]) -> None:
    """Print the rates, from half equal contents to those that are equal word by word."""
    for least, exact in MEASURES:
        speaker = "all of the speaker's" if exact else "the head of the speaker's"
        print(f"\nRight with {least:.0%} of the words of the content, and {speaker}.")
        print(rates(pairs, least, exact=exact))


def agreed(several: list[list[list[Marked]]]) -> None:
    """Print how often people who marked the same texts agree on claims, by the same measures."""
    pairs = [pair for each in several for pair in itertools.permutations(each, 2)]
    print(f"\nPeople on the same texts, {len(several)} texts marked by several:")
    for least, exact in MEASURES:
        found = rates(pairs, least, exact=exact)
        print(f"{least:.0%} of the content{', exact speaker' if exact else ''}: F1 {found.f1:.3f}")


def main(folder: Path) -> None:
    """Print the rates and the times for one folder."""
    pairs, documents, several = [], [], []
    for path in sorted(folder.glob("*.txt")):
        notes = sorted(each for each in folder.glob("*.ann") if each.name.startswith(path.stem))
        if not notes:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        document = read_document(text, publisher="Nobody", id=path.stem)
        documents.append(document)
        marked = [list(annotated(text, each.read_text("utf-8"))) for each in notes]
        pairs.append((list(drafted(document)), marked[0]))
        if len(marked) > 1:
            several.append(marked)
    shown(pairs)
    if several:
        agreed(several)
    split = fastest(lambda: [PLAIN_STOP.split(each.text) for each in documents])
    whole = fastest(lambda: [draft(each) for each in documents])
    print(f"\ndrafting takes {whole / split:.0f} times a plain split at full stops")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        for path in sorted(INVENTED.glob("*.txt")):
            print(f"\n{path.name}")
            shown(invented(path))
