"""Who said what about which object, as arrays: each object with its own values."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue
from provenance.learning.lookalikes import look_alikes
from provenance.learning.rows import Rows, coded_rows, one_row_per_member
from provenance.learning.tables import opened

__all__ = ["Assertions", "Kind"]

Kind = Literal["categories", "numbers", "sets"]


@attrs.frozen(eq=False, repr=False)
class Assertions:
    """Assertions coded as integers and sorted by object, then value, then source.

    A *claim* is one value of one object; its number runs over all objects, so no value is shared
    between objects and nothing here is quadratic. Duplicate rows count once. A source that names
    several values for one object shares its voice between them (`share`), unless the kind is
    `sets`, where every value of an object may be true. Text is compared by code point and never
    folded: names that only look alike stay apart and are listed in `notes`.

    >>> told = Assertions.of([("ann", "sky", "blue"), ("bob", "sky", "green")])
    >>> told.sources, told.objects, told.size, told.claims
    (('ann', 'bob'), ('sky',), 2, 2)
    """

    sources: tuple[Any, ...]
    """Names of the sources, in order."""
    objects: tuple[Any, ...]
    """Names of the objects, in order."""
    values: tuple[Any, ...]
    """Distinct entries of the value column, in order, each kept once whatever its objects."""
    source: NDArray[np.int32]
    """For every assertion its source."""
    claim: NDArray[np.int32]
    """For every assertion its claim; never falls along the array."""
    value_of_claim: NDArray[np.int32]
    """For every claim its entry in `values`; rises within an object."""
    first_claim: NDArray[np.int64]
    """For every object its first claim, and at the end the number of claims."""
    kind: Kind = "categories"
    """What the values are: `categories`, `numbers` or `sets`."""
    share: NDArray[np.float64] | None = None
    """For every assertion the part of its source's voice on the object, or how often it was
    repeated where repeats count; None when always 1."""
    number: NDArray[np.float64] | None = None
    """For every assertion the number it states; None unless the kind is `numbers`."""
    time: NDArray[np.float64] | None = None
    """For every assertion when it was made, in days; NaN where not known; None without times."""
    cited: NDArray[np.int32] | None = None
    """For every assertion the source it cites; -1 where none; None without citations."""
    tolerance: float = 0.0
    """How far a number may lie from the number of its claim; 0 where numbers are not gathered."""
    dropped: int = 0
    """Rows left out because a source, an object or a value was missing."""
    repeated: int = 0
    """Rows that repeated an assertion already made."""
    notes: tuple[str, ...] = ()
    """What a reader of the table should know: dropped rows, look-alike names."""
    truth: Mapping[Any, Any] | None = None
    """Known true values of objects, where they came with the assertions."""
    table_kind: str = "rows"
    """What kind of table it came from, for tables on the way out."""

    def __repr__(self) -> str:
        return (
            f"<{self.size:,} assertions of {len(self.sources):,} sources "
            f"on {len(self.objects):,} objects>"
        )

    @classmethod
    def of(
        cls,
        table: Any,
        *,
        source: str = "source",
        object: str = "object",  # noqa: A002 the word of this library
        value: str = "value",
        time: str | None = None,
        cites: str | None = None,
        kind: Kind = "categories",
        tolerance: float | None = None,
        same: Callable[[Any, Any], bool] | None = None,
        repeats: Literal["once", "count"] = "once",
    ) -> Assertions:
        """Assertions from a table narwhals reads, a mapping of columns, or an iterable of rows.

        Args:
            table: A frame, a mapping of columns, or rows as tuples in the order source, object,
                value, then time and cites where those are named; or rows as mappings.
            source: The column of sources; `object` and `value` likewise.
            time: The column of times (numbers, dates or ISO text), if any.
            cites: The column naming the source from which the assertion was taken, if any.
            kind: `categories`; `numbers`; or `sets`, several true values per object, given as
                several rows or as lists.
            tolerance: Numbers of one object closer than this to its best supported number are one
                claim; None keeps different numbers apart.
            same: For free text: whether two values of one object say the same thing.
            repeats: `once`, or `count` where a repeated row is a judgement made again.

        Raises:
            TableError: No rows, an unknown column, only missing entries, or a column of mixed
                kinds.
        """
        from provenance.learning import grouping

        if isinstance(table, cls):
            return table
        if kind not in ("categories", "numbers", "sets"):
            raise InvalidValue(f"expected kind categories, numbers or sets, found {kind!r}")
        if tolerance is not None and not (kind == "numbers" and tolerance >= 0.0):
            raise InvalidValue(
                f"expected a tolerance of 0 or more with kind='numbers', found {tolerance!r} "
                f"with kind={kind!r}"
            )
        names = [name for name in (source, object, value, time, cites) if name is not None]
        if repeats not in ("once", "count"):
            raise InvalidValue(f"expected repeats once or count, found {repeats!r}")
        if len(set(names)) < len(names):
            raise InvalidValue(f"expected a column of its own for each role, found {names}")
        columns = opened(table, names)
        if kind == "sets":
            columns = one_row_per_member(columns, value)
        rows = coded_rows(columns, (source, object, value), time, cites, kind == "numbers")
        made = cls.arranged(rows, kind, columns.kind, repeats)
        if tolerance is not None:
            made = grouping.within_tolerance(made, tolerance)
        if same is not None:
            made = grouping.same_meaning(made, same)
        return attrs.evolve(made, notes=_notes(made))

    @classmethod
    def arranged(cls, rows: Rows, kind: Kind, table_kind: str, repeats: str = "once") -> Assertions:
        """Rows sorted into assertions: of equal ones the earliest, then the best cited is kept."""
        from provenance.learning.citations import preferred

        row = _order(rows, None if rows.cited is None else preferred(rows))
        source, about, what = rows.source, rows.object, rows.value
        if row is not None:
            source, about, what = source[row], about[row], what[row]
        else:
            source, about, what = _sorted_together(rows)
        new_claim = _changes(about) | _changes(what)
        fresh = new_claim | _changes(source)
        repeated = len(fresh) - int(fresh.sum())
        if repeated:
            source, about, what = source[fresh], about[fresh], what[fresh]
            new_claim = new_claim[fresh]
            row = None if row is None else row[fresh]
        first = np.flatnonzero(new_claim)
        made = cls(
            sources=rows.sources,
            objects=rows.objects,
            values=rows.values,
            source=source.astype(np.int32),
            claim=np.cumsum(new_claim, dtype=np.int32) - np.int32(1),
            value_of_claim=what[first].astype(np.int32),
            first_claim=np.searchsorted(about[first], np.arange(len(rows.objects) + 1)),
            kind=kind,
            number=None if rows.number is None or row is None else rows.number[row],
            time=None if rows.time is None or row is None else rows.time[row],
            cited=None if rows.cited is None or row is None else rows.cited[row].astype(np.int32),
            dropped=rows.dropped,
            repeated=repeated,
            table_kind=table_kind,
        )
        if repeats == "count":
            times = np.diff(np.append(np.flatnonzero(fresh), len(fresh))).astype(np.float64)
            return attrs.evolve(made, share=times if repeated else None, repeated=0)
        return made if kind == "sets" else attrs.evolve(made, share=_shares(made))

    @property
    def size(self) -> int:
        """How many assertions there are."""
        return len(self.source)

    @property
    def claims(self) -> int:
        """How many claims (values of objects) there are."""
        return len(self.value_of_claim)

    @functools.cached_property
    def object_of_claim(self) -> NDArray[np.int32]:
        """For every claim its object."""
        return np.repeat(np.arange(len(self.objects), dtype=np.int32), np.diff(self.first_claim))

    @functools.cached_property
    def object(self) -> NDArray[np.int32]:
        """For every assertion its object."""
        return self.object_of_claim[self.claim]

    @functools.cached_property
    def weight(self) -> NDArray[np.float64]:
        """For every assertion the part of its source's voice, 1 where nothing is shared."""
        return np.ones(self.size) if self.share is None else self.share

    @functools.cached_property
    def values_per_object(self) -> NDArray[np.int64]:
        """For every object how many different values were stated."""
        return np.diff(self.first_claim)

    @functools.cached_property
    def first_assertion(self) -> NDArray[np.int64]:
        """For every claim its first assertion, and at the end the number of assertions."""
        return np.searchsorted(self.claim, np.arange(self.claims + 1))

    def value(self, claim: int) -> Any:
        """The value that a claim states."""
        return self.values[self.value_of_claim[claim]]

    def rows(self) -> Rows:
        """The assertions as rows again, to be arranged anew."""
        return Rows(
            sources=self.sources,
            objects=self.objects,
            values=self.values,
            source=self.source.astype(np.int64),
            object=self.object.astype(np.int64),
            value=self.value_of_claim[self.claim].astype(np.int64),
            number=self.number,
            time=self.time,
            cited=None if self.cited is None else self.cited.astype(np.int64),
            dropped=self.dropped,
        )


def _changes(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where an entry differs from the one before it; the first always does."""
    changed = np.ones(len(codes), dtype=bool)
    np.not_equal(codes[1:], codes[:-1], out=changed[1:])
    return changed


def _order(rows: Rows, preferred: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
    """The order of the rows, or None where sorting the codes alone will do."""
    keys: list[NDArray[Any]] = [rows.source, rows.value, rows.object]
    if rows.time is not None:
        keys.insert(0, np.where(np.isnan(rows.time), np.inf, rows.time))
    if preferred is not None:
        keys.insert(0, -preferred)
    if rows.number is not None:
        keys.insert(0, rows.number)
    if len(keys) == 3 and _bits(rows) <= 63:
        return None
    return np.lexsort(keys).astype(np.int64)


def _bits(rows: Rows) -> int:
    """How many bits a source, an object and a value take together."""
    return sum(
        max(1, len(names) - 1).bit_length() for names in (rows.sources, rows.objects, rows.values)
    )


def _sorted_together(
    rows: Rows,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Sources, objects and values sorted by object, value, source, packed in one number each."""
    for_source = max(1, len(rows.sources) - 1).bit_length()
    for_value = max(1, len(rows.values) - 1).bit_length()
    packed = (rows.object << (for_source + for_value)) | (rows.value << for_source) | rows.source
    packed.sort()
    return (
        packed & ((1 << for_source) - 1),
        packed >> (for_source + for_value),
        (packed >> for_source) & ((1 << for_value) - 1),
    )


def _shares(made: Assertions) -> NDArray[np.float64] | None:
    """One over the number of values its source names for the object; None when that is always 1."""
    pairs = made.object.astype(np.int64) * len(made.sources) + made.source
    in_order = np.sort(pairs)
    if bool(_changes(in_order).all()):
        return None
    _, place, count = np.unique(pairs, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / count[place])


def _notes(made: Assertions) -> tuple[str, ...]:
    notes = []
    if made.dropped:
        notes.append(f"{_rows(made.dropped)} without a source, an object or a value left out")
    if made.repeated:
        notes.append(f"{_rows(made.repeated, 'repeated ')} counted once")
    if made.share is not None and made.share.max() <= 1.0:
        notes.append("sources that name several values for one object share their voice on it")
    for noun, names in (
        ("sources", made.sources),
        ("objects", made.objects),
        ("values", made.values),
    ):
        notes += [f"{noun} that look alike are kept apart: {pair}" for pair in look_alikes(names)]
    return tuple(notes)


def _rows(count: int, which: str = "") -> str:
    return f"{count} {which}{'row' if count == 1 else 'rows'}"
