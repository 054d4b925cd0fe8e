"""A case checked once, indexed, and brought to canonical form: who has it from whom.

Data walks from `citations` and `sayings` through `statements` to `canonical`, which makes the stories
that inference takes:

- `canonical`: the canonical form: statements in stories, and what was left out on the way
- `citations`: own words, what we have, dates, withdrawals, circles
- `denials`: claims that look like another one's denial, by their words
- `graph`: everything about who has what from whom, worked out once
- `lineage`: how a claim reached us: origins, routes, and who stands on all of them
- `questions`: the questions of a case, its links, and whom they touch
- `quantities`: the numbers and dates that a text states
- `rivals`: claims that say the same but for who, what, where, when or how many, by their words
- `sayings`: what an attribution says, read off its record once for all
- `statements`: each attribution by claim and by citation, with its words made numbers
- `story`: a story as numbers, which is all that inference sees
"""

from provenance.graph.citations import Circle, Citations, Ignored, Why, citations_of
from provenance.graph.denials import IRREGULAR_VERBS, denials_in, is_negative
from provenance.graph.graph import Graph, moment_of
from provenance.graph.lineage import Chain, Lineage, Origin
from provenance.graph.questions import IdleInterest, Interests, matters_of
from provenance.graph.sayings import (
    Said,
    Sayings,
    Taken,
    commitment_of,
    spoken_credence,
    taken_from,
    turns_round,
    upstream_first,
    what_is_said,
)
from provenance.graph.statements import degree_of, reliability_of, said_on, witness_of
from provenance.graph.story import Link, Place, Statement, Story, StoryQuestion, Witness

__all__ = [
    "IRREGULAR_VERBS",
    "Chain",
    "Circle",
    "Citations",
    "Graph",
    "IdleInterest",
    "Ignored",
    "Interests",
    "Lineage",
    "Link",
    "Origin",
    "Place",
    "Said",
    "Sayings",
    "Statement",
    "Story",
    "StoryQuestion",
    "Taken",
    "Why",
    "Witness",
    "citations_of",
    "commitment_of",
    "degree_of",
    "denials_in",
    "is_negative",
    "matters_of",
    "moment_of",
    "reliability_of",
    "said_on",
    "spoken_credence",
    "taken_from",
    "turns_round",
    "upstream_first",
    "what_is_said",
    "witness_of",
]
