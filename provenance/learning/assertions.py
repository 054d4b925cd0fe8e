"""Who said what about which object, as arrays: each object with its own values."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue, TableError
from provenance.learning.encoding import (
    Encoded,
    Floats,
    Opened,
    encoded,
    family_of,
    is_number,
    numbers_in,
    numbers_of,
    numbers_together,
    opened,
)

__all__ = [
    "Assertions",
    "Kind",
    "Rows",
    "coded_rows",
    "leading_claims",
    "look_alikes",
    "one_row_per_member",
    "same_meaning",
    "signatures",
    "within_tolerance",
]

# Rows of a table as integer codes, checked, before they are sorted into assertions.


@attrs.frozen(eq=False)
class Rows:
    """One entry per row in every array; names in order."""

    sources: tuple[Any, ...]
    """Names of the sources."""
    objects: tuple[Any, ...]
    """Names of the objects."""
    values: tuple[Any, ...]
    """Distinct values."""
    source: NDArray[np.int64]
    """The source of each row."""
    object: NDArray[np.int64]
    """The object of each row."""
    value: NDArray[np.int64]
    """The value of each row."""
    number: NDArray[np.float64] | None
    """The number each row states, for numbers."""
    time: NDArray[np.float64] | None
    """When each row was said, in days; NaN where not known."""
    cited: NDArray[np.int64] | None
    """The source each row cites; -1 where none."""
    dropped: int
    """Rows of the table left out for a missing source, object or value."""


def coded_rows(
    columns: Opened,
    names: tuple[str, str, str],
    time: str | None,
    cites: str | None,
    numeric: bool,
) -> Rows:
    """The rows that have a source, an object and a value; a `TableError` when there are none."""
    if not columns.rows:
        raise TableError.of("", "empty-table", "expected assertions, found no rows")
    said, about, what = (encoded(columns.column(name), name) for name in names)
    for name, column in zip(names, (said, about, what), strict=True):
        if not column.entries:
            problem = "expected at least one entry, found only missing ones"
            raise TableError.of(name, "nothing-there", problem)
    what = numbers_together(what, names[2]) if numeric else what
    number = numbers_of(what, names[2]) if numeric else None
    timed = None if time is None else numbers_of(encoded(columns.column(time), time), time)
    cited = None if cites is None else _cited(encoded(columns.column(cites), cites), said)
    present = (said.codes >= 0) & (about.codes >= 0) & (what.codes >= 0)
    if number is not None:
        present &= np.isfinite(number)
    if not present.any():
        problem = "expected a row with a source, an object and a value, found none"
        raise TableError.of("", "nothing-there", problem)
    rows = Rows(
        sources=said.entries,
        objects=about.entries,
        values=what.entries,
        source=said.codes,
        object=about.codes,
        value=what.codes,
        number=number,
        time=timed,
        cited=cited,
        dropped=len(present) - int(present.sum()),
    )
    return rows if present.all() else _only(rows, present)


def _cited(cites: Encoded, source: Encoded) -> NDArray[np.int64]:
    """Citations as codes of sources; a source that says nothing in the table cannot be copied here."""
    places = {name: place for place, name in enumerate(source.entries)}
    codes = np.array([*(places.get(name, -1) for name in cites.entries), -1], dtype=np.int64)
    return codes[cites.codes]


def _only(rows: Rows, present: NDArray[np.bool_]) -> Rows:
    """The rows that are present, without the names that only absent rows used."""
    sources, source, moved = _used(rows.sources, rows.source[present])
    objects, object_, _ = _used(rows.objects, rows.object[present])
    values, value, _ = _used(rows.values, rows.value[present])
    return Rows(
        sources=sources,
        objects=objects,
        values=values,
        source=source,
        object=object_,
        value=value,
        number=None if rows.number is None else rows.number[present],
        time=None if rows.time is None else rows.time[present],
        cited=None if rows.cited is None else moved[rows.cited[present]],
        dropped=rows.dropped,
    )


def _used(
    names: tuple[Any, ...], codes: NDArray[np.int64]
) -> tuple[tuple[Any, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Names still in use, codes into them, and old code to new (-1 stays -1)."""
    used = np.bincount(codes, minlength=len(names)) > 0
    moved = np.full(len(names) + 1, -1, dtype=np.int64)
    moved[:-1][used] = np.arange(int(used.sum()))
    kept = tuple(name for name, keep in zip(names, used.tolist(), strict=True) if keep)
    return kept, moved[codes], moved


def one_row_per_member(columns: Opened, value: str) -> Opened:
    """Rows whose value is a list, a tuple or a set become a row for each member."""
    if isinstance(columns.column(value), Encoded):
        return columns
    listed = _as_list(columns.column(value))
    members = [
        sorted(entry, key=repr) if isinstance(entry, list | tuple | set | frozenset) else [entry]
        for entry in listed
    ]
    rows = np.repeat(np.arange(len(listed)), [len(entry) for entry in members]).tolist()
    others: Mapping[str, list[Any]] = {
        name: _as_list(column) for name, column in columns.columns.items() if name != value
    }
    rest = {name: [column[row] for row in rows] for name, column in others.items()}
    flat = [member for entry in members for member in entry]
    return Opened({**rest, value: flat}, columns.kind, len(flat))


def _as_list(column: Any) -> list[Any]:
    return column.to_list() if hasattr(column, "to_list") else list(column)


# Names that a reader would take for the same but that are different text.

# Cyrillic and Greek letters that print like Latin ones.
_LATIN = str.maketrans(
    "аеорсухіјѕԁһӏвкмнтАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνι",
    "aeopcyxijsdhlbkmhtABEKMHOPCTYXIJSABEZHIKMNOPTYXopvi",
)
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])


def look_alikes(names: Sequence[Any], shown: int = 5, limit: int = 20_000) -> tuple[str, ...]:
    """Groups of names that differ only in case, spaces, form or look of their letters.

    Only the first `limit` names are looked at, and at most `shown` groups are returned.

    >>> look_alikes(["Reuters", "reuters ", "AP"])
    ("'Reuters', 'reuters '",)
    """
    groups: dict[str, list[str]] = {}
    for name in names[:limit]:
        if isinstance(name, str):
            groups.setdefault(_look(name), []).append(name)
    alike = [", ".join(map(ascii, group)) for group in groups.values() if len(group) > 1]
    return tuple(alike[:shown])


def _look(name: str) -> str:
    if name.isascii():
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKC", name.translate(_INVISIBLE)).translate(_LATIN)
    return " ".join(plain.casefold().split())


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
    party: NDArray[np.int64] | None = None
    """For every source the party it belongs to: sources that copy each other are one and do not
    vouch for each other; None where every source stands for itself."""
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

        if isinstance(table, cls):
            return table
        if kind not in ("categories", "numbers", "sets"):
            raise InvalidValue(f"expected kind categories, numbers or sets, found {kind!r}")
        if tolerance is not None and not (
            kind == "numbers" and family_of(tolerance) == "number" and tolerance >= 0.0
        ):
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
        columns.require(names if columns.rows else ())
        if kind == "sets":
            columns = one_row_per_member(columns, value)
        rows = coded_rows(columns, (source, object, value), time, cites, kind == "numbers")
        made = cls.arranged(rows, kind, columns.kind, repeats)
        if tolerance is not None:
            made = within_tolerance(made, tolerance)
        if same is not None:
            made = same_meaning(made, same)
        return attrs.evolve(made, notes=_notes(made))

    @classmethod
    def arranged(cls, rows: Rows, kind: Kind, table_kind: str, repeats: str = "once") -> Assertions:
        """Rows sorted into assertions: of equal ones the earliest, then the best cited is kept."""

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
        # Every claim has an assertion, and they are sorted by claim.
        return np.append(np.flatnonzero(_changes(self.claim)), self.size)

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


def _changes(codes: NDArray[Any]) -> NDArray[np.bool_]:
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
    if _estimates(made):
        plain = all(map(is_number, made.values))
        how = "" if plain else "write them without units and separators of thousands, then "
        notes.append(
            "values are numbers on which hardly any two sources agree, and are compared as words: "
            f'{how}say kind="numbers" to estimate them, or tolerance= for how far apart equal ones '
            "may lie"
        )
    for noun, names in (
        ("sources", made.sources),
        ("objects", made.objects),
        ("values", made.values),
    ):
        notes += [f"{noun} that look alike are kept apart: {pair}" for pair in look_alikes(names)]
    return tuple(notes)


def _estimates(made: Assertions) -> bool:
    """Whether words look like numbers that were meant to be estimated: most stand alone."""
    voices = np.diff(made.first_assertion)
    beside = (made.values_per_object > 1)[made.object_of_claim]
    alone = voices[beside] == 1
    reused = made.claims >= 2 * len(made.values)
    if made.kind != "categories" or reused or 2 * alone.sum() <= voices[beside].sum():
        return False
    return all(is_number(value) or _is_measure(value) for value in made.values)


# A number as people write it: a sign of money, thousands set apart, a unit.
_MEASURE = re.compile(
    r"[€$£¥]?\s?[-+]?\d+(?:[ ,.'’\u202f\xa0]\d{3})*(?:[.,]\d+)?"
    r"(?:\s[^\W\d_]{1,12}|[^\W\d_]{2,12}|\s?[%°€$£¥])?"
)


def _is_measure(value: Any) -> bool:
    """Whether text reads as a number with separators or a unit; a gate such as 12A does not."""
    return isinstance(value, str) and _MEASURE.fullmatch(value.strip()) is not None


def _rows(count: int, which: str = "") -> str:
    return f"{count} {which}{'row' if count == 1 else 'rows'}"


# Values of one object that count as the same: numbers within a tolerance, texts of one meaning.


def within_tolerance(assertions: Assertions, tolerance: float) -> Assertions:
    """Assertions whose claims gather numbers around the best supported number of each object.

    The number with most assertions (of equal ones the nearest to the object's median, then the
    smaller) takes all numbers within `tolerance` of it, and so on with what is left: the bucketing
    of Li et al., Truth finding on the deep web (VLDB 2012), section 2.2. The claim keeps that
    number as its value. Costs a sort, and a loop over objects whose numbers differ by more than
    the tolerance.
    """
    numbers = numbers_in(assertions.values)[assertions.value_of_claim]
    support = np.bincount(assertions.claim, minlength=assertions.claims)
    centre = np.arange(assertions.claims)
    for about in np.flatnonzero(assertions.values_per_object > 1).tolist():
        span = slice(int(assertions.first_claim[about]), int(assertions.first_claim[about + 1]))
        centre[span] = span.start + _centres(numbers[span], support[span], tolerance)
    return attrs.evolve(_regrouped(assertions, centre), tolerance=tolerance)


def _centres(
    numbers: NDArray[np.float64], support: NDArray[np.int64], tolerance: float
) -> NDArray[np.int64]:
    """For each of an object's numbers the position of the number that takes it."""
    order = np.argsort(numbers)
    cumulated = np.cumsum(support[order])
    median = numbers[order][np.searchsorted(cumulated, cumulated[-1] / 2)]
    ranked = np.lexsort((numbers, np.abs(numbers - median), -support))
    taken = np.full(len(numbers), -1)
    for best in ranked.tolist():
        if taken[best] < 0:
            near = (taken < 0) & (np.abs(numbers - numbers[best]) <= tolerance)
            taken[near] = best
    return taken


def same_meaning(assertions: Assertions, same: Callable[[Any, Any], bool]) -> Assertions:
    """Assertions whose claims gather values of one object for which `same` holds.

    Groups are chains: where `same(a, b)` and `same(b, c)`, all three are one claim, whatever
    `same(a, c)` says, so the answer does not depend on any order. The claim keeps its most stated
    value (of equal ones the first in order). Costs one call per pair of values of one object.
    """
    support = np.bincount(assertions.claim, minlength=assertions.claims)
    centre = np.arange(assertions.claims)
    for about in np.flatnonzero(assertions.values_per_object > 1).tolist():
        start, end = (int(place) for place in assertions.first_claim[about : about + 2])
        group = list(range(end - start))
        for left, right in itertools.combinations(range(end - start), 2):
            if group[left] != group[right] and same(
                assertions.value(start + left), assertions.value(start + right)
            ):
                old, new = group[right], group[left]
                group = [new if each == old else each for each in group]
        for name in set(group):
            members = [start + place for place, each in enumerate(group) if each == name]
            centre[members] = max(members, key=lambda claim: (support[claim], -claim))
    return _regrouped(assertions, centre)


def _regrouped(assertions: Assertions, centre: NDArray[np.int64]) -> Assertions:
    """Assertions with every claim replaced by the claim `centre` names for it."""
    rows = assertions.rows()
    value = assertions.value_of_claim[centre[assertions.claim]].astype(np.int64)
    made = Assertions.arranged(
        attrs.evolve(rows, value=value), assertions.kind, assertions.table_kind
    )
    # A source whose two numbers fall together has said one thing.
    return attrs.evolve(made, repeated=assertions.repeated + made.repeated)


# The most probable value of every object, with ties broken by structure, never by row order.

_TIED = 1e-9
_ROUNDS = 4
_MASK = np.uint64(0x9E3779B97F4A7C15)


def leading_claims(assertions: Assertions, probability: Floats) -> NDArray[np.int64]:
    """For every object its most probable claim.

    Probabilities within 1e-9 are tied, so that rounding decides nothing. Ties go to the claim
    with the larger signature: a number made from who stands where (how much each source says, who
    else says it, and so on, four steps out) that no renaming and no order of rows can change. Only
    claims alike in all of that are left to the order of their values.
    """
    first, about = assertions.first_claim[:-1], assertions.object_of_claim
    peaks = np.maximum.reduceat(probability, first)[about]
    leads = probability >= peaks - _TIED
    tied = bool((np.add.reduceat(leads.astype(np.int64), first) > 1).any())
    rank = signatures(assertions)[0] if tied else np.zeros(assertions.claims, dtype=np.uint64)
    rank = np.where(leads, rank, np.uint64(0))
    best = np.maximum.reduceat(rank, first)[about]
    candidates = np.flatnonzero(leads & (rank == best))
    _, where = np.unique(about[candidates], return_index=True)
    return candidates[where]


def signatures(assertions: Assertions) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Numbers for claims and for sources that say where they stand, whatever their names.

    Refinement in the manner of Weisfeiler and Leman over sources, claims, objects and values.
    """
    sources = np.bincount(assertions.source).astype(np.uint64)
    claims = np.bincount(assertions.claim).astype(np.uint64)
    for _ in range(_ROUNDS):
        objects = np.add.reduceat(_mixed(claims), assertions.first_claim[:-1])
        values = _summed(_mixed(claims), assertions.value_of_claim, len(assertions.values))
        of_claim = _summed(_mixed(sources)[assertions.source], assertions.claim, assertions.claims)
        around = _mixed(objects)[assertions.object_of_claim] + _mixed(values)[
            assertions.value_of_claim
        ] * np.uint64(3)
        claims = _mixed(claims * np.uint64(5) + of_claim + around)
        of_source = _summed(claims[assertions.claim], assertions.source, len(assertions.sources))
        sources = _mixed(sources * np.uint64(7) + of_source)
    return claims | np.uint64(1), sources


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers scrambled (splitmix64), so that their sums tell sets apart."""
    mixed = numbers + _MASK
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _summed(
    numbers: NDArray[np.uint64], groups: NDArray[np.int32], count: int
) -> NDArray[np.uint64]:
    """Sums by group in whole numbers, which come out the same in any order."""
    sums = np.zeros(count, dtype=np.uint64)
    np.add.at(sums, groups, numbers)
    return sums


def preferred(rows: Rows) -> NDArray[np.int64]:
    """For every row a rank: of equal rows that cite different sources the highest one counts.

    A citation comes before none, one of a source that makes the same claim before others, and
    among those structure decides (as between tied values), so that no renaming changes which.
    """
    cited = np.full(len(rows.source), -1) if rows.cited is None else rows.cited
    cites = (cited >= 0) & (cited != rows.source)
    claim = rows.object * len(rows.values) + rows.value
    claim = np.unique(claim, return_inverse=True)[1] * len(rows.sources)
    alike = np.isin(claim + cited, claim + rows.source)
    plain = Assertions.arranged(attrs.evolve(rows, cited=None, number=None, time=None), "sets", "")
    of_source = np.append(np.unique(signatures(plain)[1], return_inverse=True)[1], 0)
    # The last term only separates sources that are alike in everything else.
    rank = (alike * (len(of_source) + 1) + of_source[cited]) * (len(of_source) + 1) + cited
    return np.where(cites, 1 + rank, 0).astype(np.int64)
