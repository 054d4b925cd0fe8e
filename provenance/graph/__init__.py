"""A case checked once, indexed, and brought to canonical form: who has it from whom."""

from provenance.graph.case_graph import Graph
from provenance.graph.circles import Circle
from provenance.graph.ignored import Ignored, Why
from provenance.graph.interests import IdleInterest
from provenance.graph.lineage import Chain, Lineage, Origin
from provenance.graph.statements import Statement
from provenance.graph.story import Link, Place, Question, Story, Witness
from provenance.graph.witnesses import reliability_of

__all__ = [
    "Chain",
    "Circle",
    "Graph",
    "IdleInterest",
    "Ignored",
    "Lineage",
    "Link",
    "Origin",
    "Place",
    "Question",
    "Statement",
    "Story",
    "Why",
    "Witness",
    "reliability_of",
]
