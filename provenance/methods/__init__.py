"""Other published calculi: subjective logic, possible worlds, masses of belief, argument ranking."""

from __future__ import annotations

from provenance.methods.baselines import Count
from provenance.methods.comparison import Comparison, Reading, compare
from provenance.methods.fusion import (
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
    unfuse,
)
from provenance.methods.masses import Combination, Masses, combine
from provenance.methods.operators import add, comultiply, deduce, multiply
from provenance.methods.ranking import ArgumentGraph, Semantics, joint_strength, rank
from provenance.methods.readings import (
    Ranking,
    rank_arguments,
    weigh_possible_worlds,
    weigh_subjective,
)
from provenance.methods.routes import Shared
from provenance.methods.subjective import Fusion, SubjectiveReading
from provenance.methods.support import Support
from provenance.methods.trust import (
    Discounting,
    TrustRevision,
    conflict,
    discount,
    discount_path,
    revise_trust,
)
from provenance.methods.worlds import Chance, Likelihoods, Rule, Worlds
from provenance.scales import MultinomialOpinion, Opinion

__all__ = [
    "ArgumentGraph",
    "Chance",
    "Combination",
    "Comparison",
    "Count",
    "Discounting",
    "Fusion",
    "Likelihoods",
    "Masses",
    "MultinomialOpinion",
    "Opinion",
    "Ranking",
    "Reading",
    "Rule",
    "Semantics",
    "Shared",
    "SubjectiveReading",
    "Support",
    "TrustRevision",
    "Worlds",
    "add",
    "combine",
    "compare",
    "comultiply",
    "conflict",
    "deduce",
    "discount",
    "discount_path",
    "fuse_averaging",
    "fuse_by_compromise",
    "fuse_by_constraint",
    "fuse_cumulative",
    "fuse_weighted",
    "joint_strength",
    "multiply",
    "rank",
    "rank_arguments",
    "revise_trust",
    "unfuse",
    "weigh_possible_worlds",
    "weigh_subjective",
]
