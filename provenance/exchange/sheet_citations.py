"""Whom the rows of a sheet cite, and on which side of a claim each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any

import attrs

from provenance.bounds import spend
from provenance.errors import Problem, TableError, UnknownName
from provenance.exchange.sheet_rows import (
    Completed,
    RowEntry,
    RowNames,
    folded,
    free,
    several,
    split,
)
from provenance.scales import commits, credence, isolated, quoted

__all__ = ["RowCitations"]

MOST_CITATIONS = 1_000_000
"""How many citations rows may come to that name a source, where many rows say the same."""

_FOLLOWING = 60  # operations for a claim that passes through a row
_MOST_COMPARED = 2_000  # names and ids, when one that no row has may be misspelt
_LONGEST_COMPARED = 60  # letters
_MOST_TOLD = 10  # claims and citations of a row, when it is told how it was read

_OTHER = {"affirms": "denies", "denies": "affirms"}

Place = tuple[Any, Any]
"""A row, by its id, and a claim that it is about; or an implied statement and its claim."""


@attrs.frozen
class _Target:
    """A statement that a row cites, for one claim."""

    name: str
    """How to cite it."""
    place: Place
    """Where what it says is kept."""
    source: Any
    """Who makes it."""
    relays: bool
    """Whether it passes on itself."""
    implied: bool = False
    """Whether no row has it."""


class RowCitations:
    """Whom and what rows cite.

    On a row that names a claim, the stance is towards the claim, whomever the row cites: where the
    cited statement says the same, the row passes it on; where it says the contrary, the row speaks
    for itself, and passes nothing on. A row that leaves the stance out passes on what is said,
    whatever that is. A source that has no row takes the stance of the rows that cite it.
    """

    def __init__(self, case: Completed) -> None:
        self.case = case
        self.rows = tuple(_parted(case.tables["attributions"]))
        case.tables["attributions"] = list(self.rows)
        sources = case.tables["sources"]
        self.sources = RowNames.of(sources, "name")
        self.known_sources = set(self.sources.ids)
        self.suggested = 0
        # Where there is a table of sources, one that is not in it is a mistake.
        self.is_closed = all(entry.table == "sources" for entry in sources)
        self.owner = {name: entry for entry in self.rows for name in _names(entry)}
        self.names = set(self.owner)
        self.statements = RowNames(self.names, {})
        self.parts: dict[str, list[RowEntry]] = {}
        for entry in self.rows:
            self.parts.setdefault(_whole_of(entry), []).append(entry)
        self.by_source: dict[Any, list[RowEntry]] = {}
        for entry in self.rows:
            self.by_source.setdefault(entry.record.get("source"), []).append(entry)
        self.values = _values(case)
        self.titles = _called(sources, "name")
        self.texts = _called(case.tables["claims"], "text")
        self.implied: dict[Place, dict[str, Any]] = {}
        self.stances: dict[Place, tuple[str, RowEntry]] = {}
        self.about: dict[str, dict[Any, None]] = {}
        self.said: dict[Place, list[RowEntry]] = {}
        self.says: dict[Place, set[str]] = {}
        self.targets: dict[Place, list[_Target]] = {}
        self.alone: set[str] = set()
        self.spellings: dict[str, str] = {}
        self.unheard: dict[Any, RowEntry] = {}
        self.alike: dict[str, list[str]] | None = None
        self.has_ids = any("id" in entry.headers for entry in self.rows)
        self.citations = 0

    def resolve(self) -> None:
        """Puts ids where rows name sources, and relays or own words where they say of what claim."""
        for entry in self.rows:
            self.put_ids(entry)
        for entry in self.rows:
            if "cites" in entry.record and "claim" not in entry.record:
                self.find_statements(entry)
        self.about = self.what_rows_are_about()
        for entry in self.rows:
            for claim in self.about[entry.record["id"]]:
                self.said.setdefault((entry.record.get("source"), claim), []).append(entry)
        passing = [entry for entry in self.rows if "cites" in entry.record]
        for entry in passing:
            if "claim" in entry.record:
                claim = entry.record["claim"]
                self.targets[entry.record["id"], claim] = list(self.cited_by(entry, claim))
        self.refuse_what_is_no_id(passing)
        self.says = self.what_rows_say()
        self.alone = {entry.record["id"] for entry in passing if self.is_alone(entry)}
        self.case.readings += [self.told(entry) for entry in self.rows]
        for entry in passing:
            if "claim" in entry.record:
                self.pass_on(entry)
        for entry in self.rows:
            self.name_voice(entry)

    # Names

    def put_ids(self, entry: RowEntry) -> None:
        for field in ("cites", "from"):
            if field in entry.record:
                found = split(entry.record[field], self if "claim" in entry.record else self.names)
                entry.record[field] = self.statements.meant(found)

    def __contains__(self, name: object) -> bool:
        return name in self.names or name in self.sources

    def find_statements(self, entry: RowEntry) -> None:
        """What a row cites without saying of which claim: statements, or the only one of a source."""
        cited = entry.record["cites"]
        found = [name for each in several(cited) for name in self.statement(entry, each)]
        entry.record["cites"] = found if len(found) != 1 or isinstance(cited, list) else found[0]

    def statement(self, entry: RowEntry, name: str) -> list[str]:
        if name in self.parts:
            return [each.record["id"] for each in self.parts[name]]
        if name in self.names:
            return [name]
        spoken = self.by_source.get(self.sources.meant(name), [])
        if len(spoken) > 1:
            self.refuse(
                entry,
                "ambiguous-citation",
                f"expected one statement of {name!r} to cite, found {len(spoken)}",
                "write the id of the statement, or say in this row which claim is meant",
            )
        return [spoken[0].record["id"] if spoken else name]

    def name_voice(self, entry: RowEntry) -> None:
        """The statement that a row may be the same voice as, where only its source is named."""
        voice = entry.record.get("same_voice_as")
        name = voice.get("attribution") if isinstance(voice, dict) else None
        if not isinstance(voice, dict) or not isinstance(name, str) or name in self.names:
            return
        claims = self.about[entry.record["id"]]
        source = self.sources.meant(name)
        spoken = [each for claim in claims for each in self.said.get((source, claim), ())]
        if len(spoken) == 1:
            voice["attribution"] = spoken[0].record["id"]

    # What rows are about, and what they say of it

    def what_rows_are_about(self) -> dict[str, dict[Any, None]]:
        """The claims of every row: its own, or those of all that it passes on."""
        about = {entry.record["id"]: dict.fromkeys(_claims(entry)) for entry in self.rows}
        hearers: dict[str, list[str]] = {}
        for entry in self.rows:
            if "claim" not in entry.record:
                for name in several(entry.record.get("cites", [])):
                    hearers.setdefault(name, []).append(entry.record["id"])
        waiting = [(name, claim) for name, claims in about.items() for claim in claims]
        while waiting:
            name, claim = waiting.pop()
            for hearer in (*hearers.get(name, ()), *hearers.get(f"{name}/{claim}", ())):
                if claim not in about[hearer]:
                    spend(_FOLLOWING, "following every claim through all rows that pass it on")
                    about[hearer][claim] = None
                    waiting.append((hearer, claim))
        return about

    def what_rows_say(self) -> dict[Place, set[str]]:
        """Of every claim that a row is about, whether it affirms or denies it, or both.

        It spreads from those who speak for themselves, or say where they stand, to those who pass
        on; what passes on in a circle of its own affirms.
        """
        says: dict[Place, set[str]] = {}
        turns: dict[Place, bool] = {}
        hearers: dict[Place, list[Place]] = {}
        known: list[tuple[Place, str]] = [(key, each[0]) for key, each in self.stances.items()]
        known += [(key, "affirms") for key in self.implied if key not in self.stances]
        for entry in self.rows:
            for claim in self.about[entry.record["id"]]:
                here = (entry.record["id"], claim)
                stance = entry.record.get("stance")
                turns[here] = self.is_turned(entry, claim)
                cites_of_claim = "cites" in entry.record and "claim" in entry.record
                if "cites" not in entry.record or (cites_of_claim and stance in _OTHER):
                    known.append((here, stance or "affirms"))
                    continue
                turns[here] ^= stance in ("denies", "disowns")
                for there in self.upstream(entry, claim):
                    hearers.setdefault(there, []).append(here)
                says[here] = set()
        for place, stance in known:
            turned = turns.get(place, False)
            says[place] = {_OTHER.get(stance, stance) if turned else stance}
        _spread(says, hearers, turns, [place for place, _ in known])
        silent = [place for place, found in says.items() if not found]
        for place in silent:
            says[place].add("affirms")
        _spread(says, hearers, turns, silent)
        return says

    def upstream(self, entry: RowEntry, claim: Any) -> Iterator[Place]:
        """Where what a row passes on of a claim is kept."""
        if "claim" in entry.record:
            yield from (target.place for target in self.targets[entry.record["id"], claim])
            return
        for name in several(entry.record["cites"]):
            owner = self.owner.get(name)
            if owner is not None and claim in self.about[owner.record["id"]]:
                yield (owner.record["id"], claim)

    def is_turned(self, entry: RowEntry, claim: Any) -> bool:
        """Whether its wording makes a row say the contrary: "unlikely"."""
        wording = entry.record.get("wording")
        even = 1.0 / self.values.get(claim, 2)
        if isinstance(wording, str):
            try:
                return commits(wording) and credence(wording) < even
            except UnknownName:
                return False
        return isinstance(wording, int | float) and wording < even

    # Whom a row with a claim cites

    def cited_by(self, entry: RowEntry, claim: Any) -> Iterator[_Target]:
        seen: set[str] = set()
        for name in several(entry.record["cites"]):
            whole = self.parts.get(name)
            if whole is not None or name in self.names:
                found = self.of_statement(entry, name, claim)
            else:
                found = self.of_source(entry, self.spelt(name), claim)
            for target in found:
                if target.name not in seen:
                    seen.add(target.name)
                    yield target

    def spelt(self, name: str) -> Any:
        """The source of a name; one that no row has, as it is spelt first."""
        source = self.sources.meant(name)
        if source in self.sources.ids or not isinstance(source, str):
            return source
        return self.spellings.setdefault(folded(source), source)

    def of_statement(self, entry: RowEntry, name: str, claim: Any) -> Iterator[_Target]:
        """A cited statement, if it is about what the row says."""
        for owner in self.parts.get(name) or [self.owner[name]]:
            here = owner.record["id"]
            is_part = name not in (here, _whole_of(owner))
            if claim in self.about[here] and (not is_part or name == f"{here}/{claim}"):
                yield self.target(owner, claim)
                return
        self.refuse(
            entry,
            "cites-another-claim",
            f"expected {name!r} to be about {claim!r}, found that it is not",
            "correct the claim or what is cited, or leave the claim of this row out",
        )

    def of_source(self, entry: RowEntry, source: Any, claim: Any) -> Iterator[_Target]:
        """What a source says of the claim of a row, made up where no row has it."""
        if source not in self.known_sources and self.is_closed:
            self.refuse(
                entry,
                "dangling-reference",
                f"expected the id of an attribution or of a source, found {source!r}",
                self.meant(source) or "add it to its table, or correct the id",
            )
            return
        spoken = self.said.get((source, claim), ())
        self.citations += len(spoken)
        if self.citations > MOST_CITATIONS:
            raise TableError([_too_many(entry)])
        others = [each for each in spoken if each is not entry]
        if others:
            yield from (self.target(other, claim) for other in others)
        elif source == entry.record.get("source"):
            self.refuse(
                entry,
                "cites-itself",
                f"expected another source or statement, found {source!r} itself",
                "leave it empty where a source speaks for itself",
            )
        else:
            yield self.imply(entry, source, claim)

    def refuse_what_is_no_id(self, passing: Iterable[RowEntry]) -> None:
        """Where rows have ids, what is cited like one and is none: as a source it would be an origin."""
        if not self.has_ids or not self.unheard:
            return
        cited = {name for entry in passing for name in several(entry.record["cites"])}
        others = {name for name in cited if name not in self.parts and name not in self.names}
        is_alone = len(others) == 1 < len(cited)
        shapes = {_shape(name) for name in self.owner}
        for name, entry in self.unheard.items():
            if is_alone or _shape(name) in shapes:
                near = self.near(name)
                self.refuse(
                    entry,
                    "dangling-reference",
                    f"expected the id of a row, as what is cited elsewhere, found {name!r:.80}",
                    (f"did you mean {near!r}? otherwise " if near else "correct the id, or ")
                    + "give what is cited a row, or the sources a table of their own",
                )

    def near(self, source: Any) -> str:
        """Which name or id of a row differs in one letter, and in no numeral, from one without a row."""
        if self.alike is None:
            self.alike = {}
            for name in islice(chain(self.by_source, self.owner), _MOST_COMPARED):
                for key in _without_a_letter(f"{name}"):
                    self.alike.setdefault(key, []).append(name)
        known = self.alike
        keys = _without_a_letter(f"{source}")
        return next((name for key in keys for name in known.get(key, ())), "")

    def meant(self, source: Any) -> str:
        """Which source may be meant by one that no table has; looked for a few times, which is slow."""
        self.suggested += 1
        known = sorted(map(str, self.known_sources))[:2_000] if self.suggested <= 5 else []
        near = get_close_matches(str(source)[:100], known, n=1, cutoff=0.6)
        return f"did you mean {near[0]!r}? otherwise add it to its table" if near else ""

    def target(self, owner: RowEntry, claim: Any) -> _Target:
        """What a row says of a claim, and nothing else where it says more."""
        here: str = owner.record["id"]
        name = f"{here}/{claim}" if f"{here}/{claim}" in self.owner else here
        return _Target(name, (here, claim), owner.record.get("source"), "cites" in owner.record)

    def imply(self, entry: RowEntry, source: Any, claim: Any) -> _Target:
        """The statement of a source that only those who cite it tell of, with their stance."""
        key = (("source", source), claim)  # which no row can have
        if key not in self.implied:
            name = free(f"{entry.record['id']}-cited", self.names)
            self.names.add(name)
            self.implied[key] = record = {"id": name, "source": source, "claim": claim}
            self.case.add("attributions", record, entry, "cites")
            if source not in self.known_sources:
                self.known_sources.add(source)
                self.unheard[source] = entry
                self.case.add("sources", {"id": source}, entry, "cites")
        self.take_stance(entry, key)
        return _Target(self.implied[key]["id"], key, source, relays=False, implied=True)

    def take_stance(self, entry: RowEntry, key: Place) -> None:
        stance = entry.record.get("stance") or "affirms"
        if stance not in _OTHER:
            return  # who disowns a statement does not say which side it took
        first, because = self.stances.setdefault(key, (stance, entry))
        if first != stance:
            self.case.refuse(
                entry,
                "stance" if "stance" in entry.record else "cites",
                "stances-disagree",
                f"expected {key[0][1]!r:.80} to {_plainly(first)} this, as {because.path()} has it, "
                f"found that it {stance} it here"
                + ("" if "stance" in entry.record else " (a row without a stance affirms)"),
                "correct one of the rows, or give what is cited a row of its own",
            )
        elif stance == "denies":
            self.implied[key]["stance"] = stance

    # A row with a claim and whom it has it from

    def pass_on(self, entry: RowEntry) -> None:
        """A relay of what is said there, or a word of its own where it says the contrary."""
        if entry.record["id"] in self.alone:
            del entry.record["cites"]
            return
        found = [target.name for target in self.shared(entry)]
        del entry.record["claim"]
        if entry.record.get("stance") in _OTHER:
            del entry.record["stance"]
        entry.record["cites"] = found[0] if len(found) == 1 else found

    def is_alone(self, entry: RowEntry) -> bool:
        """Whether all that a row cites says the contrary of what it says itself."""
        if "claim" not in entry.record:
            return False
        cites = self.targets[entry.record["id"], entry.record["claim"]]
        return bool(cites) and not self.shared(entry)

    def shared(self, entry: RowEntry) -> list[_Target]:
        """What a row passes on of what it cites: all that stands where it stands itself."""
        stance = entry.record.get("stance")
        targets = self.targets[entry.record["id"], entry.record["claim"]]
        if stance not in _OTHER:
            return targets
        return [target for target in targets if stance in self.says[target.place]]

    def refuse(self, entry: RowEntry, code: str, message: str, fix: str) -> None:
        self.case.refuse(entry, "cites", code, message, fix)

    # How a row was read

    def told(self, entry: RowEntry) -> str:
        """How a row was read, in a sentence."""
        who = self.called(entry.record.get("source"))
        about = self.about[entry.record["id"]]
        told = [quoted(f"{self.texts.get(each, each)}") for each in islice(about, _MOST_TOLD)]
        more = len(about) - len(told)
        claims = _and([*told, f"{more} more"] if more else told)
        doing = self.relaying(entry) if "cites" in entry.record else _speaking(entry)
        return f"row {entry.row}: {who} {doing}: {claims}"

    def relaying(self, entry: RowEntry) -> str:
        if entry.record["id"] in self.alone:
            others = self.words(self.heard_by(entry))
            return f"{entry.record['stance']} it of its own, passing nothing on of {others}"
        heard = self.shared(entry) if "claim" in entry.record else self.heard_by(entry)
        if entry.record.get("stance") == "disowns":
            return f"says that this was never said, of {self.words(heard)}"
        return f"relays {self.words(heard)}"

    def heard_by(self, entry: RowEntry) -> Iterator[_Target]:
        """What a row cites, once for every statement."""
        if "claim" in entry.record:
            yield from self.targets[entry.record["id"], entry.record["claim"]]
            return
        for name in several(entry.record["cites"]):
            owner = self.owner.get(name)
            if owner is not None:
                for claim in islice(self.about[owner.record["id"]], 1):
                    yield self.target(owner, claim)

    def words(self, targets: Iterable[_Target]) -> str:
        told = [*dict.fromkeys(self.said_by(target) for target in targets)]
        more = len(told) - _MOST_TOLD
        return _and([*told[:_MOST_TOLD], f"what {more} more say"] if more > 0 else told)

    def said_by(self, target: _Target) -> str:
        """What a statement says, in words: what MSF denies."""
        says = self.says[target.place]
        verb = next(iter(says)) if len(says) == 1 else "says"
        relays = target.relays and target.place[0] not in self.alone
        near = self.near(target.source) if target.source in self.unheard else ""
        unheard = f" (who has no row here{f'; did you mean {isolated(near)}?' if near else ''})"
        unheard = unheard if target.implied else ""
        return f"what {self.called(target.source)}{unheard} {'relays' if relays else verb}"

    def called(self, source: Any) -> str:
        """What a source is called."""
        return isolated(f"{self.titles.get(source, source)}")


def _shape(name: Any) -> str:
    """A name with every numeral the same: "r9" is like "r12"."""
    return re.sub(r"\d+", "0", f"{name}")


def _without_a_letter(name: str) -> Iterator[str]:
    """A name, and it without each of its letters; names that share one differ in a letter at most."""
    text = folded(name)
    if 3 <= len(text) <= _LONGEST_COMPARED:
        yield text
        for place, letter in enumerate(text):
            if len(text) > 3 and not letter.isdigit():
                yield text[:place] + text[place + 1 :]


def _speaking(entry: RowEntry) -> str:
    stance = entry.record.get("stance", "affirms")
    return "says nothing, where it would have spoken" if stance == "silent" else f"{stance}"


def _and(words: Iterable[str]) -> str:
    *before, last = dict.fromkeys(words) or ("nothing",)
    return f"{', '.join(before)} and {last}" if before else last


def _spread(
    says: dict[Place, set[str]],
    hearers: Mapping[Place, Sequence[Place]],
    turns: Mapping[Place, bool],
    start: Iterable[Place],
) -> None:
    """What is said, to all who pass it on."""
    waiting = [(place, stance) for place in start for stance in says[place]]
    while waiting:
        place, stance = waiting.pop()
        for hearer in hearers.get(place, ()):
            heard = _OTHER.get(stance, stance) if turns[hearer] else stance
            if heard not in says[hearer]:
                says[hearer].add(heard)
                waiting.append((hearer, heard))


def _parted(rows: Iterable[RowEntry]) -> Iterator[RowEntry]:
    """Every row, but one for each claim where a row of several cites somebody."""
    rows = list(rows)
    taken = {entry.record["id"] for entry in rows}
    for entry in rows:
        claims = _claims(entry)
        if "cites" not in entry.record or len(claims) < 2:
            if "cites" in entry.record and claims:
                entry.record["claim"] = claims[0]
            yield entry
            continue
        for number, claim in enumerate(claims, start=1):
            name = free(f"{entry.record['id']}-{number}", taken)
            taken.add(name)
            record = {**entry.record, "id": name, "claim": claim}
            yield PartEntry(entry.table, entry.row, record, entry.headers, entry.record["id"])


@attrs.frozen
class PartEntry(RowEntry):
    """One claim of a row that has several."""

    whole: str
    """The id of the row."""


def _whole_of(entry: RowEntry) -> str:
    whole: str = entry.whole if isinstance(entry, PartEntry) else entry.record["id"]
    return whole


def _values(case: Completed) -> Mapping[Any, int]:
    """How many values the question of a claim has, where it is one of several answers."""
    found: dict[Any, int] = {}
    for entry in case.tables.get("questions", ()):
        claims = several(entry.record.get("claims", []))
        count = len(claims) + (entry.record.get("exhaustive") is False)
        found.update({claim: max(2, count) for claim in claims if isinstance(claim, str)})
    return found


def _too_many(entry: RowEntry) -> Problem:
    return Problem(
        entry.path("cites"),
        "too-many-citations",
        f"expected at most {MOST_CITATIONS} citations in all, found more",
        "write the ids of the rows that are cited, instead of their source",
    )


def _called(entries: Iterable[RowEntry], field: str) -> Mapping[Any, str]:
    return {
        entry.record["id"]: entry.record[field]
        for entry in entries
        if isinstance(entry.record.get(field), str)
    }


def _plainly(stance: str) -> str:
    return {"affirms": "affirm", "denies": "deny"}[stance]


def _claims(entry: RowEntry) -> list[Any]:
    return list(dict.fromkeys(several(entry.record["claim"]))) if "claim" in entry.record else []


def _names(entry: RowEntry) -> list[str]:
    """The names by which a statement can be cited."""
    name, claims = entry.record["id"], _claims(entry)
    return [name, *(f"{name}/{claim}" for claim in claims if len(claims) > 1)]
