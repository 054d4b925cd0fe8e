"""What a call will cost, before anything is computed: by statements and by the width of the elimination."""

from __future__ import annotations

from typing import Any

import attrs

from provenance.assessment import as_day
from provenance.errors import InvalidValue, ProvenanceError
from provenance.graph import Graph
from provenance.inference import LIMIT, Structure
from provenance.records import Case

__all__ = ["Cost", "cost_of"]

QUICK_OPERATIONS = 60_000
"""How many operations, of some ten microseconds each, a call may take that is answered at once."""
MOST_OPERATIONS = 2_000_000
"""How many operations a call may take at all."""

# How often a tool weighs, and the operations of one statement and of one entry of a table.
_WEIGHINGS = {"check": 1, "weigh": 1, "chains": 1, "what_if": 2, "compare": 4, "leads": 6}
_OF_A_STATEMENT = 400
_OF_AN_ENTRY = 3
_OF_A_SIMULATED_STATEMENT = 20_000


@attrs.frozen
class Cost:
    """What a call is expected to take."""

    operations: int = 0
    """How many operations."""
    statements: int = 0
    """How many statements are weighed together, every citation of several and every claim counted."""
    entries: int = 0
    """How many entries the largest table has."""

    @property
    def is_simulated(self) -> bool:
        """Whether tables would be so large that the answer is simulated."""
        return self.entries > LIMIT

    @property
    def reason(self) -> str:
        """Where the cost comes from, in words."""
        words = f"{self.statements} statements are weighed together"
        if self.is_simulated:
            words += (
                f", so interwoven that a table of {self.entries} entries is needed, and simulated"
            )
        elif self.entries:
            words += f", in tables of up to {self.entries} entries"
        return words

    def is_too_much(self, quick: bool) -> bool:
        """Whether it is more than may be, at once or at all."""
        return self.operations > (QUICK_OPERATIONS if quick else MOST_OPERATIONS)

    def require(self, quick: bool) -> None:
        """Raises `InvalidValue` where it is more than may be."""
        if self.is_too_much(quick):
            raise InvalidValue(
                f"expected a case that is weighed in good time, found one in which {self.reason}; "
                "ask for one claim, split the case, or weigh it from Python"
            )


def cost_of(case: Case, tool: str, claim: Any = None, as_of: Any = None) -> Cost:
    """What a tool is expected to take for a case.

    What is wrong with the arguments costs nothing here: the tool says so.

    >>> from provenance import load_seed
    >>> cost = cost_of(load_seed("egypt-arms-2015"), "weigh", "armed")
    >>> cost.is_too_much(quick=False)
    False
    """
    try:
        graph = Graph.of(case, as_day(as_of))
        wanted = [each.id for each in case.claims if claim is None or each.id == claim]
        found = [_of_claim(graph, each) for each in wanted]
    except ProvenanceError:
        return Cost()
    times = _WEIGHINGS.get(tool, 1)
    return Cost(
        times * sum(each.operations for each in found),
        sum(each.statements for each in found),
        max((each.entries for each in found), default=0),
    )


def _of_claim(graph: Graph, claim: str) -> Cost:
    story = graph.story(claim)
    structure = Structure.of(story, story.places[claim].question, with_reasons=False)
    networks = [structure.network, *(bundle.network for bundle in structure.bundles)]
    widths = [network.order.entries for network in networks]
    statements = len(story.statements)
    operations = _OF_A_STATEMENT * statements + _OF_AN_ENTRY * sum(
        min(each, LIMIT) for each in widths
    )
    if max(widths) > LIMIT:
        operations += _OF_A_SIMULATED_STATEMENT * statements
    return Cost(operations, statements, max(widths))
