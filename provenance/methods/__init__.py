"""Other published calculi: subjective logic, possible worlds, masses of belief, argument ranking.

- `comparison`: several methods side by side, and counting as people do it by hand
- `dependence`: an order in which everything comes after what it depends on
- `masses`: masses of belief over sets of answers, and Dempster's rule
- `ranking`: how strong an argument stands after what supports and attacks it
- `routes`: by which chain each statement has what it says, for subjective logic
- `subjective_logic`: opinions fused, discounted, multiplied, deduced
- `support`: how much of the evidence implies a claim, and how much allows it
- `testimony`: a story as chances and rules
- `worlds`: independent chances, and what is likely to follow from them
"""

from __future__ import annotations

from provenance.methods.comparison import (
    Comparison,
    Count,
    MethodReading,
    Ranking,
    compare,
    compared,
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
    "compared",
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
