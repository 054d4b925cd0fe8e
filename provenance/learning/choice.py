"""Which method fits, from what can be measured on the assertions, and how sure to be."""

from __future__ import annotations

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.catalogue import METHODS, Method
from provenance.learning.copying import Copying
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.estimates import Estimate, Floats
from provenance.learning.independence import copies_in, discounted
from provenance.learning.known import Truths
from provenance.learning.labels import labels_are_shared

__all__ = ["Choice", "chosen", "measured"]

_THREE_VIEWS = 0.5
_ENOUGH_TRUTHS = 20
_DEPENDENCES = (0.0, 0.1, 0.25, 0.5, 1.0)


@attrs.frozen(eq=False)
class Choice:
    """What `auto` decided, and the facts it went by."""

    method: Method
    """The method."""
    reason: str
    """Why, as a sentence."""
    facts: tuple[tuple[str, float], ...]
    """What was measured, by name."""
    dependence: float
    """The correlation of errors within an object that is assumed, or fitted to known truths."""
    copies: Copying | None
    """Copying found between sources; None where it was not looked for."""


def measured(assertions: Assertions) -> tuple[tuple[str, float], ...]:
    """What can be measured before anything is learned.

    >>> told = Assertions.of([("a", 1, "x"), ("b", 1, "y"), ("a", 2, "x")])
    >>> dict(measured(told))["values per object"]
    1.5
    """
    voices = np.bincount(assertions.object, minlength=len(assertions.objects))
    said = np.bincount(assertions.source, minlength=len(assertions.sources))
    return (
        ("sources", float(len(assertions.sources))),
        ("objects", float(len(assertions.objects))),
        ("assertions", float(assertions.size)),
        ("distinct values", float(len(assertions.values))),
        ("values per object", round(assertions.claims / len(assertions.objects), 4)),
        ("voices per object", round(assertions.size / len(assertions.objects), 4)),
        ("assertions on objects with three voices", float((voices >= 3)[assertions.object].mean())),
        ("assertions of the busiest source", float(said.max() / assertions.size)),
    )


def chosen(
    assertions: Assertions, truths: Truths | None, dependence: float | None, *, copies: bool
) -> Choice:
    """The method for these assertions.

    Sets go to `ltm`, numbers without a tolerance to `gtm`. Objects that share labels, and mostly
    have three voices or more, go to `averaged-ibcc`; everything else to `one-coin`. Copies are
    discounted wherever they are found.
    """
    facts = measured(assertions)
    if assertions.kind == "sets":
        reason = "objects have sets of values, so each value is true or false by itself"
        return Choice(METHODS["ltm"], reason, facts, 0.0, None)
    if assertions.kind == "numbers" and assertions.tolerance == 0.0:
        reason = "values are numbers and no tolerance says which of them are the same"
        return Choice(METHODS["gtm"], reason, facts, 0.0, None)
    found = copies_in(assertions) if copies and len(assertions.sources) > 1 else None
    facts = (*facts, ("pairs that copy", float(len(found.pairs) if found else 0)))
    voiced = discounted(assertions, found)
    if not labels_are_shared(assertions):
        reason = "each object has values of its own, so only being right or wrong is modelled"
        name = "one-coin"
    elif dict(facts)["assertions on objects with three voices"] < _THREE_VIEWS:
        reason = (
            "objects share labels, but too few have the three voices without which confusions "
            "cannot be told from the truth, so only being right or wrong is modelled"
        )
        name = "one-coin"
    else:
        reason = (
            f"objects share {len(assertions.values)} labels and mostly have three voices or more, "
            "so what each source confuses can be learned"
        )
        name = "averaged-ibcc"
    method = METHODS[name]
    if dependence is None and truths is not None and truths.objects >= _ENOUGH_TRUTHS:
        dependence = fitted_dependence(voiced, method, truths)
        reason += f"; its dependence of {dependence} fits the known truths best"
    return Choice(method, reason, facts, DEPENDENCE if dependence is None else dependence, found)


def fitted_dependence(assertions: Assertions, method: Method, truths: Truths) -> float:
    """The dependence under which known truths are most probable, when learned without them."""
    scores = {
        dependence: _truth_score(method.run(assertions, dependence=dependence), truths.claims)
        for dependence in _DEPENDENCES
    }
    return max(scores, key=lambda dependence: scores[dependence])


def _truth_score(estimate: Estimate, known: Floats) -> float:
    true = estimate.probability[known == 1.0]
    return float(np.log(np.maximum(true, 1e-3)).sum())
