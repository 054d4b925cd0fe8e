"""The mathematics of testimony: an exact network over what is so, who tracks it and who said what."""

from provenance.inference.answer import (
    Answer,
    Doubt,
    Trust,
    log_odds,
    weigh_story,
)
from provenance.inference.elimination import LIMIT, Plan, Tape
from provenance.inference.evaluation import Evaluation, Structure, evaluate
from provenance.inference.gradients import Parameter, Slope
from provenance.inference.priors import Priors, components, priors_of
from provenance.inference.reasons import Reason, reasons_of
from provenance.inference.states import Coupling

__all__ = [
    "LIMIT",
    "Answer",
    "Coupling",
    "Doubt",
    "Evaluation",
    "Parameter",
    "Plan",
    "Priors",
    "Reason",
    "Slope",
    "Structure",
    "Tape",
    "Trust",
    "components",
    "evaluate",
    "log_odds",
    "priors_of",
    "reasons_of",
    "weigh_story",
]
