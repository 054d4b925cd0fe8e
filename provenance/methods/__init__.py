"""Other published calculi: subjective logic, possible worlds, masses of belief, argument ranking."""

from __future__ import annotations

from provenance.methods.comparison import (
    Comparison,
    Count,
    MethodReading,
    Ranking,
    compare,
    rank_arguments,
    weigh_possible_worlds,
    weigh_subjective,
)
from provenance.methods.masses import Combination, Masses, combine
from provenance.methods.ranking import ArgumentGraph, Semantics, joint_strength, rank
from provenance.methods.routes import Fusion, Shared, SubjectiveReading
from provenance.methods.subjective_logic import (
    Discounting,
    TrustRevision,
    add,
    comultiply,
    conflict,
    deduce,
    discount,
    discount_path,
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
    multiply,
    revise_trust,
    unfuse,
)
from provenance.methods.support import Support
from provenance.methods.worlds import Chance, Likelihoods, WorldRule, Worlds
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
    "MethodReading",
    "MultinomialOpinion",
    "Opinion",
    "Ranking",
    "Semantics",
    "Shared",
    "SubjectiveReading",
    "Support",
    "TrustRevision",
    "WorldRule",
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
