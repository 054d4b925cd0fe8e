"""Other published calculi: subjective logic, possible worlds, masses of belief, argument ranking."""

from __future__ import annotations

from provenance.methods.fusion import (
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
    unfuse,
)
from provenance.methods.masses import Combination, Masses, combine
from provenance.methods.opinions import (
    MultinomialOpinion,
    Opinion,
    add,
    comultiply,
    deduce,
    multiply,
)
from provenance.methods.ranking import ArgumentGraph, Semantics, joint_strength, rank
from provenance.methods.trust import (
    Discounting,
    TrustRevision,
    conflict,
    discount,
    discount_path,
    revise_trust,
)
from provenance.methods.worlds import Chance, Likelihoods, Rule, Worlds

__all__ = [
    "ArgumentGraph",
    "Chance",
    "Combination",
    "Discounting",
    "Likelihoods",
    "Masses",
    "MultinomialOpinion",
    "Opinion",
    "Rule",
    "Semantics",
    "TrustRevision",
    "Worlds",
    "add",
    "combine",
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
    "revise_trust",
    "unfuse",
]
