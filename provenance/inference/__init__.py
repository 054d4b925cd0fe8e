"""The mathematics of testimony: an exact network over what is so, who tracks it and who said what."""

from provenance.inference.answer import (
    Answer,
    DoubtShare,
    OriginWeight,
    Trust,
    answer,
    asked,
    log_odds,
    reasons_of,
    weigh_story,
)
from provenance.inference.elimination import LIMIT, Plan, Table, Tape, order_of
from provenance.inference.evaluation import Evaluation, Structure, evaluate
from provenance.inference.factors import Coupling, StatementTable, interest_of, tracking
from provenance.inference.priors import Priors, components, priors_of
from provenance.inference.sums import Parameter, PartitionSums, Slope, log_odds_of, sums_of

__all__ = [
    "LIMIT",
    "Answer",
    "Coupling",
    "DoubtShare",
    "Evaluation",
    "OriginWeight",
    "Parameter",
    "PartitionSums",
    "Plan",
    "Priors",
    "Slope",
    "StatementTable",
    "Structure",
    "Table",
    "Tape",
    "Trust",
    "answer",
    "asked",
    "components",
    "evaluate",
    "interest_of",
    "log_odds",
    "log_odds_of",
    "order_of",
    "priors_of",
    "reasons_of",
    "sums_of",
    "tracking",
    "weigh_story",
]
