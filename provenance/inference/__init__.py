"""The mathematics of testimony: an exact network over what is so, who tracks it and who said what.

Data walks from a story through `network` and `evaluation` to `sums`, and from these to an `answer`:

- `answer`: the whole answer: score, interval, weights, doubts, posteriors
- `blocks`: what a simulation holds, and what it draws together
- `discounts`: unrecorded lineage: how much less each further voice counts
- `elimination`: sums over products of tables, planned once and replayed
- `evaluation`: the numbers that fill a structure, again and again
- `factors`: what one statement contributes: its table, and how it moves
- `intervals`: how the answer responds to each uncertain number, and to all of them
- `network`: which variables there are, and which table is where
- `orders`: which variable is summed out when, and what that will cost
- `priors`: what is believed before anyone has spoken: flat, and as stated
- `reweighing`: a simulated answer with other numbers, by the same sweeps
- `sampling`: answers by simulation, always with their error
- `sums`: the two sums behind every answer, and their derivatives
- `variations`: the same story with a little changed, and only that worked out again
"""

from provenance.inference.answer import (
    Answer,
    DoubtShare,
    OriginWeight,
    Trust,
    answer,
    asked,
    evaluated,
    log_odds,
    reasons_of,
    weigh_places,
    weigh_story,
)
from provenance.inference.discounts import Line
from provenance.inference.elimination import Plan, Table, Tape
from provenance.inference.evaluation import Evaluation, Structure, chances_of, evaluate
from provenance.inference.factors import (
    Coupling,
    State,
    StatementTable,
    interest_of,
    tracking,
    tracking_at,
)
from provenance.inference.intervals import Parameter, Shift
from provenance.inference.orders import LIMIT, Workload, cost_of, order_of
from provenance.inference.priors import Priors, components, priors_of, reweighted
from provenance.inference.sums import PartitionSums, log_odds_of, sums_of
from provenance.inference.variations import Judgements, Response, Sweeps

__all__ = [
    "LIMIT",
    "Answer",
    "Coupling",
    "DoubtShare",
    "Evaluation",
    "Judgements",
    "Line",
    "OriginWeight",
    "Parameter",
    "PartitionSums",
    "Plan",
    "Priors",
    "Response",
    "Shift",
    "State",
    "StatementTable",
    "Structure",
    "Sweeps",
    "Table",
    "Tape",
    "Trust",
    "Workload",
    "answer",
    "asked",
    "chances_of",
    "components",
    "cost_of",
    "evaluate",
    "evaluated",
    "interest_of",
    "log_odds",
    "log_odds_of",
    "order_of",
    "priors_of",
    "reasons_of",
    "reweighted",
    "sums_of",
    "tracking",
    "tracking_at",
    "weigh_places",
    "weigh_story",
]
