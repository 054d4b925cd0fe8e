"""Writes what the library says of small cases, whatever it is asked; run it to bring the files up to date.

    python -m tests.assessment.asked

The files in `asked/` beside it are read by people, and compared by a test. The cases are the slips that
people make in writing a case down, those that are well made, and some grown by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from provenance import check, leads, load_case, sensitivity, timeline, weigh
from provenance.assessment import Change, Remove, over_priors, what_if
from provenance.assessment.changes import CHANGEABLE, REMOVABLE
from provenance.errors import CaseError, ProvenanceError
from provenance.records import Case
from tests.cases.exchange_cases import FULL
from tests.cases.grown import grown_cases
from tests.cases.slips import SEEN, SLIPS, WELL_MADE, says, source, written

FOLDER = Path(__file__).with_name("asked")
TODAY = date(2026, 1, 1)
DOCUMENTS: dict[str, dict[str, Any]] = {
    **{name: slip.entered for name, slip in SLIPS.items()},
    **{name: document for name, (document, _) in WELL_MADE.items()},
    **{name: case.written() for name, case in grown_cases(20).items()},
    "eight weak witnesses": written(
        [source(f"w{n}", reliability=0.1) for n in range(8)],
        [says(f"a{n}", f"w{n}", **SEEN) for n in range(8)],
    ),
    "everything that a case can hold": FULL,
}
CHANGED = (
    "a sign and its claim",
    "a paper that must be genuine",
    "somebody withdrew, and why",
    "an agency's dispatch, with its witness",
    "everything that a case can hold",
)
"""The cases in which something is changed."""
VALUES: tuple[Any, ...] = ("A", 0.35, True, None, "denies", "secondhand", "g", ["word", "l"])
"""What is put where something is changed, whether or not it fits."""


def weighed(case: Case, claim: str) -> str:
    """An answer in words, and its figures."""
    found = weigh(case, claim)
    figures = (found.probability, found.interval.low, found.interval.high, found.prior, found.bits)
    counts = (found.independent_origins, found.established_origins, found.opposing_origins)
    return "\n".join(
        [
            str(found),
            " ".join(map(figure, figures)),
            f"one voice {figure(found.if_one_voice)}, independent {figure(found.if_independent)}",
            f"origins {counts}, {found.credibility}, {found.confidence.level}",
            *(f"{each.attribution} {figure(each.bits)}" for each in found.statements),
            *(f"{each.about}: {figure(each.share)}" for each in found.doubts),
            *(f"{each.kind}: {each}" for each in found.caveats),
            *(f"ignored {each.attribution}: {each.why}" for each in found.ignored),
        ]
    )


def figure(number: float | None) -> str:
    """A figure to four places, or that there is none."""
    return "none" if number is None else f"{number:.4f}"


def checked(case: Case) -> str:
    """What a check tells, and what it says to put right."""
    return "\n".join(
        f"{each.kind} {'; '.join(each.about)}: {each} {each.put_right}"
        for each in check(case, today=TODAY)
    )


def supposed(case: Case, claim: str) -> str:
    """What becomes of the answer with changes of every kind and without each record, alike ones together."""
    records = {section: names_of(getattr(case, section)) for section, _ in CHANGEABLE.values()}
    changes: dict[str, Callable[[], Change | Remove]] = {
        f"{kind} {name} = {value!r}": partial(Change, f"{kind}:{name}", value)
        for kind, (section, _) in CHANGEABLE.items()
        for name in records[section][:1]
        for value in VALUES
    }
    for kind, section in REMOVABLE.items():
        for name in records[section]:
            changes[f"no {kind} {name}"] = partial(Remove, f"{kind}:{name}")
    found: dict[str, list[str]] = defaultdict(list)
    for name, made in changes.items():
        said = answered(lambda: what_if(case, claim, made()))  # noqa: B023
        found[said.removeprefix(case.claims[0].text).strip()].append(name)
    return "\n".join(f"- {'; '.join(names)}\n{said}" for said, names in found.items())


def names_of(records: Any) -> list[str]:
    """The ids of records; links are numbered."""
    return [getattr(each, "id", str(number)) for number, each in enumerate(records)]


def answered(ask: Callable[[], Any]) -> str:
    """An answer as text, or what is said instead."""
    try:
        return str(ask())
    except ProvenanceError as error:
        return f"{type(error).__name__}: {error}"


def each_case(ask: Callable[[Case], Any]) -> str:
    """What is said of every case."""
    said = []
    for name, document in DOCUMENTS.items():
        try:
            case = load_case(document)
        except CaseError as error:
            said.append(f"=== {name}\n\n{error}\n")
        else:
            said.append(f"=== {name}\n\n{answered(partial(ask, case))}\n")
    return "\n".join(said)


def of_first(ask: Callable[[Case, str], Any]) -> str:
    """What is said of the first claim of every case."""
    return each_case(lambda case: ask(case, case.claims[0].id))


def changes() -> str:
    """What changes, and what does not, in some cases."""
    cases = {name: load_case(DOCUMENTS[name]) for name in CHANGED}
    told = [f"=== {name}\n\n{supposed(case, case.claims[0].id)}\n" for name, case in cases.items()]
    return "\n".join(told)


FILES: dict[str, Callable[[], str]] = {
    "weighed.txt": lambda: of_first(weighed),
    "checked.txt": lambda: each_case(checked),
    "leads.txt": lambda: of_first(leads),
    "sensitivity.txt": lambda: of_first(sensitivity),
    "timeline.txt": lambda: of_first(timeline),
    "priors.txt": lambda: of_first(lambda case, claim: over_priors(case, claim, (0.05, 0.5))),
    "changes.txt": changes,
}


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, made in FILES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
