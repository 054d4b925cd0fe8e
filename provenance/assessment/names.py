"""Names: what people call the sources, the claims and the statements that ids stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from provenance.graph import Graph, Lineage, Sayings, Statement, Story, Why
from provenance.records import Case
from provenance.scales import counted, listed, quoted

__all__ = ["Names", "doubt_in_words", "said_of", "unweighed_of"]


@attrs.frozen
class Names:
    """Finds what to call a record: sources by their names, claims by their texts."""

    graph: Graph
    """The case."""
    with_ids: bool = False
    """Whether every name is followed by its id, in square brackets."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.graph.case

    @property
    def by_id(self) -> Mapping[str, str]:
        """The title of every source that is heard."""
        return self.graph.titles

    def called(self, name: str) -> str:
        """What to call a source that a record names, without its id."""
        return self.graph.called(name)

    def source(self, name: str) -> str:
        """What to call a source; somebody heard of at second hand, whom no record names, too."""
        if ">unnamed: " in name:
            teller = name.partition(">unnamed: ")[0]
            if teller in self.by_id:
                return f"the unnamed source of {self.source(teller)}"
        return self._marked(self.called(name), name)

    def claim(self, name: str) -> str:
        """The text of a claim, or of a question, in quotation marks."""
        return self._marked(quoted(self.graph.asked_texts.get(name, name)), name)

    def sources(self, ids: Iterable[str], most: int = 4) -> str:
        """Sources as a phrase."""
        return _counted_once(map(self.source, ids), most)

    def claims(self, ids: Iterable[str], most: int = 4) -> str:
        """Claims by their texts as a phrase."""
        return _counted_once(map(self.claim, ids), most)

    def speaker(self, name: str) -> str:
        """Whose statement an attribution is, or a part of one."""
        speakers = self.graph.speakers
        if name not in speakers:
            written = self.graph.attribution_of.get(name, name.partition(">")[0])
            return self.source(speakers.get(written, name))
        return self.source(speakers[name])

    def statements(self, ids: Iterable[str], most: int = 4) -> str:
        """Whose some statements are, and how many of each."""
        return _counted_once(map(self.speaker, ids), most)

    def all(self, ids: Iterable[str], most: int = 4) -> str:
        """Records of any kind as a phrase; of statements whose they are, and how many.

        A source goes before a claim, and a claim before a statement, of the same id.
        """
        return _counted_once(map(self._any, ids), most)

    def _any(self, name: str) -> str:
        if name in self.by_id:
            return self.source(name)
        return self.claim(name) if name in self.graph.texts else self.speaker(name)

    def _marked(self, words: str, name: str) -> str:
        return f"{words} [{name}]" if self.with_ids and words != name else words


def _counted_once(names: Iterable[str], most: int) -> str:
    found = Counter(names)
    return listed(
        [who if n == 1 else f"{who} ({counted(n, 'statement')})" for who, n in found.items()], most
    )


def said_of(story: Story, statement: Statement) -> tuple[str, bool]:
    """The claim that a statement speaks of, and whether it denies it."""
    values = story.questions[statement.question].values
    claim, denied = values[statement.value], not statement.affirms
    if claim is None and len(values) == 2:
        claim, denied = values[1 - statement.value], not denied
    assert claim is not None  # "none of these" is nobody's statement
    return claim, denied


def unweighed_of(graph: Graph, lineage: Lineage) -> dict[str, Why]:
    """What is said that bears on a claim and has no weight, beside what is counted as a mention.

    >>> from provenance import load_seed
    >>> graph = Graph.of(load_seed("egypt-arms-2015"))
    >>> [why.value for why in unweighed_of(graph, graph.lineage("armed")).values()]
    ['inference', 'relays-only-ignored']
    """
    if not graph.ignored:
        return {}
    sayings, matters = Sayings(graph.case), graph.bearings.matters
    bearing = {
        matters.questions[place.question].values[place.value]
        for place in graph.bearings.towards(lineage.claim)
    }
    mentioned = set(lineage.mentions)
    found: dict[str, Why] = {}
    for each in graph.ignored:
        name = each.attribution
        while name not in sayings.by_name:  # a part of what was written, or a relay's own word
            name = name[: max(name.rfind(">"), name.rfind("/"))]
        record = sayings.by_name[name]
        about = any(said.claim in bearing for said in sayings.said[record.id])
        if about and each.why is not Why.LATER and record.id not in mentioned:
            found.setdefault(record.id, each.why)
    return found


def doubt_in_words(names: Names, about: str, claim: str | None = None) -> str:
    """What an uncertain number of the case is about.

    Args:
        claim: the claim that is told of anyway, which is then "it".

    >>> from provenance import load_seed
    >>> from provenance.graph import Graph
    >>> doubt_in_words(Names(Graph.of(load_seed("egypt-arms-2015"))), "reliability:now")
    'the reliability of NOW'
    """
    kind, _, name = about.partition(":")
    who = names.all([name])
    return {
        "reliability": f"the reliability of {who}",
        "access": f"whether {who} could know",
        "passing-on": f"how far {who} can be trusted to pass on what others say",
        "competence": f"how well {who} could tell",
        "fidelity": f"how faithfully it was passed on by {who}",
        "prior": f"how likely {'it' if name == claim else names.claim(name)} was to begin with (its prior)",
        "lineage": "whether those who say the same have it from one another",
    }.get(kind, about)
