"""Leads: what to find out next, by how far it is expected to move the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from provenance.assessment.finding import Finding
from provenance.assessment.prospects import Lead, Leads
from provenance.assessment.what_if import Questioned, questioned
from provenance.errors import UnknownName
from provenance.inference import Coupling
from provenance.records import Case
from provenance.scales import GRADES

__all__ = ["leads", "leads_in"]

_NOTHING = 1e-12


def leads(
    case: Case,
    claim: str,
    *,
    grades: Sequence[str] = ("B",),
    most: int | None = None,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
) -> Leads:
    """What to find out next about a claim, what is expected to move the answer most first.

    Six kinds: read an original that is known only through others (`obtain`); have a source judged
    that cannot be judged, or is known only roughly (`judge`); ask a named source that speaks for
    itself, but not on this claim (`ask`); find one independent source of a given grade
    (`independent`); settle whether two voices are one (`voices`); settle a linked claim (`settle`).
    Never about what is in hand, and never about what could not move the answer.

    The expectations are exact sums over the outcomes, each as likely as the model itself holds it to
    be, given everything in hand. For `obtain`, `ask`, `independent`, `settle` and declared voices
    the outcomes are events of the model, so that the answer is their mean and the entropy cannot be
    expected to grow. Two kinds need a judgement of ours: for `judge` the grades are as likely, before
    the evidence, as the Beta of the reliability makes them, and equally likely where there is none;
    two unnamed sources of which nothing is declared are taken to be one in 15 cases of 100.
    An answer that is certain has no leads.

    What is expected of an original is what follows from learning just that. Where its source has said
    several things, weighing the case with it entered may move the answer further, because statements
    in hand are then taken together as one story.

    Cost: one pass over the story for most kinds together; some for every source to be judged or
    asked and every pair of unnamed voices. Where the answer is simulated, the expectations are read
    off the same simulation, with one more, shorter, for every source that cannot be judged; then
    pairs of unnamed voices are not looked at, and `approximate` is true.

    Args:
        case: what is on record.
        claim: the id of the claim.
        grades: the grades of the independent sources to look for, "A" to "E".
        most: how many leads to give; all if absent.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.

    Raises `UnknownName` for a claim or a grade that is not there, and otherwise as `weigh` does.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": 0.9}, {"id": "daily", "reliability": 0.7}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed"},
    ...         {"id": "story", "source": "daily", "cites": "log"},
    ...     ],
    ... })
    >>> print(leads(case, "sailed"))
    The ship sailed
    <BLANKLINE>
    It stands at 46 %. To find out next:
    <BLANKLINE>
     1. Find one independent source of grade B on whether 'sailed' is so
        expected to move it by 37.2 points (+0.453 bits); at best 85 % (it affirms that), at worst 11 % (it denies that)
     2. Obtain 'log' itself: what was said by pilot, not what others report of it
        expected to move it by 29.8 points (+0.371 bits); at best 68 % (it says that 'sailed' is so), at worst 0.6 % (it says that 'sailed' is not so)
    """
    for label in grades:
        if GRADES.get(label) is None:
            known = [each for each, degree in GRADES.items() if degree is not None]
            raise UnknownName("grade of a source to look for", label, known)
    asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
    return leads_in(asked, grades, most)


def leads_in(asked: Questioned, grades: Sequence[str] = ("B",), most: int | None = None) -> Leads:
    """The leads about a claim that is laid out already; see `leads`."""
    found: list[Lead] = []
    if not asked.sums.is_certain:
        found = [each for each in Finding(asked).all(grades) if each.expected_change > _NOTHING]
    ranked = sorted(
        found, key=lambda each: (-round(each.expected_change, 12), each.about, each.kind)
    )
    return Leads(
        asked.claim,
        asked.graph.texts[asked.claim],
        asked.sums.probability,
        tuple(ranked if most is None else ranked[:most]),
        not asked.evaluation.is_exact,
    )
