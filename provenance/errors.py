"""Everything that can go wrong, named in the user's words.

ProvenanceError
├── CaseError            the case has problems: all of them, each with its path (ValueError)
├── FormatError          another tool's document cannot be read as what it claims to be (ValueError)
├── TableError           a table of assertions or attributions has problems, by row and column (ValueError)
├── UnknownName          a claim, source, attribution, scale or method that is not there (LookupError)
├── ImpossibleEvidence   statements that cannot all be true under the case's certainties (ValueError)
├── IncompatiblePriors   stated priors that the links do not allow together (ValueError)
├── TooEntangled         questions linked so densely that no exact answer fits in bounded memory (ValueError)
├── TooCostly            work that would take more operations than its budget (ValueError)
├── Cancelled            work that was called off before it was done (RuntimeError)
├── InvalidValue         an argument outside its range (ValueError)
└── MissingExtra         an optional dependency is not installed (ImportError)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Self

import attrs

__all__ = [
    "Cancelled",
    "CaseError",
    "FormatError",
    "ImpossibleEvidence",
    "IncompatiblePriors",
    "InvalidValue",
    "MissingExtra",
    "Problem",
    "ProvenanceError",
    "TableError",
    "TooCostly",
    "TooEntangled",
    "UnknownName",
]


@attrs.frozen(slots=False)  # web frameworks write out what they do not know by its `__dict__`
class Problem:
    """One thing that is wrong with a file: where, what, and how to mend it."""

    path: str
    """Where it is, as a path into the document: `attributions[3].cites`."""
    code: str
    """A stable name for the kind of problem: `dangling-reference`."""
    message: str
    """What was expected and what was found."""
    fix: str = ""
    """What to do about it, where that can be said."""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        advice = f" ({self.fix})" if self.fix else ""
        return f"{where}{self.message}{advice} [{self.code}]"


def _listed(headline: str, problems: tuple[Problem, ...], shown: int = 20) -> str:
    lines = [headline, *(f"  {problem}" for problem in problems[:shown])]
    if len(problems) > shown:
        lines.append(
            f"  … and {len(problems) - shown} more: `problems` of the error has all of them, and so has "
            "the JSON of `provenance check --json`"
        )
    return "\n".join(lines)


class ProvenanceError(Exception):
    """The root of every error this library raises."""


class _Problems(ProvenanceError, ValueError):
    """An error that carries every problem found, in the order of the document."""

    def __init__(self, problems: Iterable[Problem], where: str = "") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.where = where
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        place = f" in {where}" if where else ""
        super().__init__(_listed(f"{count} {noun}{place}", self.problems))

    @classmethod
    def of(cls, path: str, code: str, message: str, fix: str = "", *, where: str = "") -> Self:
        """The error of a single problem.

        >>> print(CaseError.of("prior", "out-of-range", "expected 0 to 1, found 2", "lower it"))
        1 problem
          prior: expected 0 to 1, found 2 (lower it) [out-of-range]
        """
        return cls((Problem(path, code, message, fix),), where)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.problems, self.where))


class CaseError(_Problems):
    """A case file has problems; `problems` lists all of them."""


class FormatError(_Problems):
    """Another tool's document cannot be read; `problems` lists why."""


class TableError(_Problems):
    """A table has problems; each `path` names a row and a column."""


class UnknownName(ProvenanceError, LookupError):
    """A name that is not there; the message offers the nearest ones."""

    def __init__(
        self,
        kind: str,
        name: str,
        known: Iterable[str] = (),
        instead: str = "",
        called: Mapping[str, str] | None = None,
        hint: str = "",
    ) -> None:
        name = str(name)  # whatever was given for a name
        self.kind = kind
        self.name = name
        self.instead = instead
        self.hint = hint
        self.known: tuple[str, ...] = tuple(known)
        self.nearest: tuple[str, ...] = tuple(
            difflib.get_close_matches(name, self.known[:10_000], n=3, cutoff=0.5)
        )
        offers = self.nearest or self.known[:5]
        self.called: dict[str, str] = {each: (called or {}).get(each, "") for each in offers}
        shown = (
            f"{each!r} ({words})" if words else repr(each) for each, words in self.called.items()
        )
        offered = f"did you mean {', '.join(shown)}?" if offers else ""
        told = hint or offered
        what = f", which is {instead}" if instead else ""
        super().__init__(f"no {kind} {name!r}{what}{'; ' if told else ''}{told}")

    def __reduce__(self) -> tuple[object, ...]:
        facts = (self.kind, self.name, self.known, self.instead, self.called, self.hint)
        return (type(self), facts)


_NAMED = 8
"""How many records a message names; its attribute has all."""


class _AboutRecords(ProvenanceError, ValueError):
    """An error about some records, which are known by their ids where it is raised."""

    records: tuple[str, ...]
    """Their ids."""
    called: Mapping[str, str]
    """What people call them, as far as that is known."""

    def calling(self, called: Mapping[str, str]) -> Self:
        """The same error with its records called by their names as well.

        >>> error = ImpossibleEvidence(["a1"]).calling({"a1": "a statement of “MSF” (id 'a1')"})
        >>> str(error).partition(";")[0]
        "these cannot all be true under the certainties of the case: a statement of “MSF” (id 'a1')"
        """
        known = {each: called[each] for each in self._told if each in called}
        return type(self)(*self._facts, known)

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (*self._facts, self.called))

    @property
    def _facts(self) -> tuple[object, ...]:
        """What it is made of, but for the names."""
        return (self.records,)

    @property
    def _told(self) -> tuple[str, ...]:
        return self.records[:_NAMED]

    def _some(self) -> str:
        names = [self.called.get(each, repr(each)) for each in self._told]
        if len(self.records) > _NAMED:
            names.append(f"{len(self.records) - _NAMED} more")
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


class ImpossibleEvidence(_AboutRecords):
    """Statements that cannot all be true, given what the case holds for certain."""

    def __init__(self, statements: Iterable[str], called: Mapping[str, str] | None = None) -> None:
        self.records = self.statements = tuple(statements)
        self.called = called or {}
        named = self._some() or "how its claims were resolved"
        super().__init__(
            f"these cannot all be true under the certainties of the case: {named}; "
            "lower a reliability, a skill or a link strength that is exactly 0 or 1, "
            "or correct a resolution"
        )


class IncompatiblePriors(_AboutRecords):
    """Stated priors that cannot hold together under the links between their claims."""

    def __init__(
        self, claims: Iterable[str], gap: float, called: Mapping[str, str] | None = None
    ) -> None:
        self.records = self.claims = tuple(claims)
        self.gap = gap
        self.called = called or {}
        super().__init__(
            f"the stated priors of {self._some()} cannot hold together under their links "
            f"({_missed(gap)}); change a prior, leave one unstated, or weaken a link; claims of "
            "which just one is true are better written as the answers of a question"
        )

    @property
    def _facts(self) -> tuple[object, ...]:
        return (self.claims, self.gap)


def _missed(gap: float) -> str:
    if gap >= 1.0:
        return "no probabilities keep to both"
    return f"the closest fit misses one of these priors by {gap:.2g}"


class TooEntangled(_AboutRecords):
    """Questions linked so densely that their joint table would not fit in bounded memory."""

    def __init__(
        self,
        questions: Iterable[str],
        entries: int,
        limit: int,
        called: Mapping[str, str] | None = None,
    ) -> None:
        self.records = self.questions = tuple(questions)
        self.entries = entries
        self.limit = limit
        self.called = called or {}
        super().__init__(
            f"the links between {self._some()} need a table of {entries:,} entries, over the limit "
            f"of {limit:,}; write exclusive claims as alternatives of one question, or drop weak links"
        )

    @property
    def _facts(self) -> tuple[object, ...]:
        return (self.questions, self.entries, self.limit)


class TooCostly(ProvenanceError, ValueError):
    """Work that would take more operations than its budget; the message names what makes it so."""

    def __init__(self, doing: str, operations: int, budget: int, cause: str = "") -> None:
        self.doing = doing
        self.operations = operations
        self.budget = budget
        self.cause = cause
        because = f": {cause}" if cause else ""
        super().__init__(
            f"expected to stay within {budget:,} operations, found at least {operations:,} for "
            f"{doing}{because}; allow more with a larger budget, or ask less of the case"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.doing, self.operations, self.budget, self.cause))


class Cancelled(ProvenanceError, RuntimeError):
    """Work that was called off before it was done; nothing of it is kept."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        super().__init__(f"called off during {doing}")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.doing,))


class InvalidValue(ProvenanceError, ValueError):
    """An argument outside its range; the message says what was expected and what was found."""


class MissingExtra(ProvenanceError, ImportError):
    """An optional dependency is not installed; the message names the install line."""

    def __init__(self, extra: str, package: str) -> None:
        self.extra = extra
        self.package = package
        super().__init__(
            f"this needs {package!r}, which the extra {extra!r} installs: "
            f"pip install 'claim-provenance[{extra}]'"
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.extra, self.package))
