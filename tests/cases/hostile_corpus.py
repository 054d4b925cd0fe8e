"""Fifty and more inputs under a megabyte, each made to stall, to swell or to break whatever reads it.

They are made anew each time, and always the same. `python -m benchmarks.hostile_corpus` gives every
one of them to every command; the tests take what is quick of it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Literal

import attrs

__all__ = ["HOSTILE", "Hostile", "Kind", "by_kind"]

Kind = Literal["case", "text", "csv", "xlsx", "parquet", "prov", "stix", "misp", "claimreview",
               "annotations"]  # fmt: skip
Entry = dict[str, Any]


@attrs.frozen
class Hostile:
    """One input: what it is given as, and how it is made."""

    name: str
    """What it tries, in a few words."""
    kind: Kind
    """What it is given as."""
    made: Callable[[], bytes] = attrs.field(repr=False)
    """Makes it."""

    @property
    def file_name(self) -> str:
        """A name whose ending fits its kind."""
        ending = {"case": "json", "text": "txt", "csv": "csv", "xlsx": "xlsx", "parquet": "parquet"}
        return f"{self.name.replace(' ', '-')}.{ending.get(self.kind, 'json')}"


HOSTILE: dict[str, Hostile] = {}
"""All of them, by name."""


def by_kind(kind: Kind) -> Iterator[Hostile]:
    """Those that are given as one kind of thing."""
    return (each for each in HOSTILE.values() if each.kind == kind)


def _hostile(name: str, kind: Kind = "case") -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Enters what a function makes: bytes, text, or plain data that becomes JSON."""

    def entered(made: Callable[[], Any]) -> Callable[[], Any]:
        def content() -> bytes:
            found = made()
            if isinstance(found, bytes):
                return found
            text = found if isinstance(found, str) else json.dumps(found)
            return text.encode("utf-8", "surrogatepass")

        HOSTILE[name] = Hostile(name, kind, content)
        return made

    return entered


def _case(**sections: Any) -> Entry:
    whole: Entry = {
        "version": 1,
        "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
        "sources": [],
        "attributions": [],
    }
    return whole | sections


def _sources(count: int, **fields: Any) -> list[Entry]:
    return [{"id": f"s{n}", "reliability": "C", **fields} for n in range(count)]


def _origins(count: int, **fields: Any) -> list[Entry]:
    return [{"id": f"a{n}", "source": f"s{n}", "claim": "c", **fields} for n in range(count)]


# ------------------------------------------------------------------ who cites whom


def _layers(layers: int, width: int) -> Entry:
    sources, attributions = [], []
    for i in range(layers):
        for j in range(width):
            sources.append({"id": f"s{i}-{j}", "reliability": "C"})
            said: Entry = {"id": f"a{i}-{j}", "source": f"s{i}-{j}"}
            said |= {"cites": [f"a{i - 1}-{k}" for k in range(width)]} if i else {"claim": "c"}
            attributions.append(said)
    return _case(sources=sources, attributions=attributions)


@_hostile("eight layers of two")
def _eight_layers() -> Entry:
    return _layers(8, 2)


@_hostile("twelve layers of two")
def _twelve_layers() -> Entry:
    return _layers(12, 2)


@_hostile("a hundred layers of two")
def _hundred_layers() -> Entry:
    return _layers(100, 2)


@_hostile("four layers of thirty")
def _wide_layers() -> Entry:
    return _layers(4, 30)


def _grid(origins: int, relays: int) -> Entry:
    sources = [{"id": f"o{i}", "reliability": "C"} for i in range(origins)]
    sources += [{"id": f"r{j}", "reliability": "B"} for j in range(relays)]
    said: list[Entry] = [{"id": f"a{i}", "source": f"o{i}", "claim": "c"} for i in range(origins)]
    said += [
        {"id": f"b{i}-{j}", "source": f"r{j}", "cites": f"a{i}"}
        for i in range(origins)
        for j in range(relays)
    ]
    return _case(sources=sources, attributions=said)


@_hostile("twelve origins by twelve relays")
def _grid_of_twelve() -> Entry:
    return _grid(12, 12)


@_hostile("twenty origins by twenty relays")
def _grid_of_twenty() -> Entry:
    return _grid(20, 20)


@_hostile("sixty origins by sixty relays")
def _grid_of_sixty() -> Entry:
    return _grid(60, 60)


@_hostile("a fan of three thousand relays")
def _fan() -> Entry:
    said = [{"id": "a", "source": "s0", "claim": "c"}]
    said += [{"id": f"b{n}", "source": f"s{n}", "cites": "a"} for n in range(1, 3_000)]
    return _case(sources=_sources(3_000), attributions=said)


@_hostile("a chain of three thousand relays")
def _chain() -> Entry:
    said: list[Entry] = [{"id": "a0", "source": "s0", "claim": "c"}]
    said += [{"id": f"a{n}", "source": f"s{n}", "cites": f"a{n - 1}"} for n in range(1, 3_000)]
    return _case(sources=_sources(3_000), attributions=said)


@_hostile("a circle of two thousand")
def _circle() -> Entry:
    said = [
        {"id": f"a{n}", "source": f"s{n}", "cites": f"a{(n + 1) % 2_000}"} for n in range(2_000)
    ]
    return _case(sources=_sources(2_000), attributions=said)


@_hostile("everybody cites everybody")
def _all_to_all() -> Entry:
    said = [
        {"id": f"a{n}", "source": f"s{n}", "cites": [f"a{m}" for m in range(120) if m != n]}
        for n in range(120)
    ]
    return _case(sources=_sources(120), attributions=said)


@_hostile("one source says it a thousand times")
def _one_voice() -> Entry:
    said = [{"id": f"a{n}", "source": "s0", "claim": "c"} for n in range(1_000)]
    return _case(sources=_sources(1), attributions=said)


@_hostile("voices that may each be the one before")
def _voices() -> Entry:
    said = _origins(800)
    for n in range(1, 800):
        said[n]["same_voice_as"] = {"attribution": f"a{n - 1}", "probability": 0.5}
    return _case(sources=_sources(800), attributions=said)


@_hostile("lists of claims cited in lists")
def _lists() -> Entry:
    claims = [{"id": f"c{n}", "text": f"that {n}"} for n in range(200)]
    said: list[Entry] = [{"id": "a0", "source": "s0", "claim": [each["id"] for each in claims]}]
    said += [
        {"id": f"a{n}", "source": f"s{n}", "cites": [f"a{m}" for m in range(n)]}
        for n in range(1, 12)
    ]
    return _case(claims=claims, sources=_sources(12), attributions=said)


# ------------------------------------------------------------------ how many, and of what


@_hostile("two thousand secondhand voices")
def _secondhand() -> Entry:
    return _case(sources=_sources(2_000), attributions=_origins(2_000, basis="secondhand"))


@_hostile("two thousand unjudged sources")
def _unjudged() -> Entry:
    return _case(sources=[{"id": f"s{n}"} for n in range(2_000)], attributions=_origins(2_000))


@_hostile("unjudged among the judged")
def _mixed() -> Entry:
    sources = [{"id": f"s{n}", **({"reliability": "C"} if n % 2 else {})} for n in range(600)]
    return _case(sources=sources, attributions=_origins(600))


@_hostile("a thousand silences")
def _silences() -> Entry:
    said = _origins(1_000, stance="silent", would_speak=0.5)
    return _case(sources=_sources(1_000), attributions=said)


@_hostile("four hundred days")
def _days() -> Entry:
    said = _origins(400, basis="firsthand")
    for n, each in enumerate(said):
        each["said_on"] = (date(2015, 1, 1) + timedelta(days=n)).isoformat()
    return _case(sources=_sources(400), attributions=said)


@_hostile("two thousand days and withdrawals")
def _withdrawn() -> Entry:
    said = _origins(2_000)
    for n, each in enumerate(said):
        day = date(2000, 1, 1) + timedelta(days=3 * n)
        each |= {"said_on": day.isoformat(), "retracted_on": (day + timedelta(days=1)).isoformat()}
    return _case(sources=_sources(2_000), attributions=said)


@_hostile("grades that change a thousand times")
def _grades() -> Entry:
    grades = [
        {"from": (date(2000, 1, 1) + timedelta(days=n)).isoformat(), "reliability": "ABCDE"[n % 5]}
        for n in range(1_000)
    ]
    return _case(
        sources=[{"id": "s0", "reliability": grades}],
        attributions=_origins(1, said_on="2001-01-01"),
    )


@_hostile("two thousand claims of their own")
def _separate() -> Entry:
    claims = [{"id": f"c{n}", "text": f"that {n}", "prior": 0.2} for n in range(2_000)]
    said = [{"id": f"a{n}", "source": f"s{n % 9}", "claim": f"c{n}"} for n in range(2_000)]
    return _case(claims=claims, sources=_sources(9), attributions=said)


@_hostile("claims that look alike")
def _lookalikes() -> Entry:
    claims = [{"id": f"c{n}", "text": f"The ship sailed on day {n:04d}"} for n in range(1_500)]
    return _case(claims=claims)


@_hostile("interests in everything")
def _interests() -> Entry:
    interests = [{"claims": "all", "stake": "gains"}] * 100
    return _case(sources=_sources(200, interests=interests), attributions=_origins(200))


# ------------------------------------------------------------------ how claims are linked


def _claims(count: int, **fields: Any) -> list[Entry]:
    return [{"id": f"c{n}", "text": f"that {n}", **fields} for n in range(count)]


def _said_of_each(count: int, sources: int) -> list[Entry]:
    return [
        {"id": f"a{n}-{m}", "source": f"s{m}", "claim": f"c{n}"}
        for n in range(count)
        for m in range(sources)
    ]


@_hostile("claims that contradict each other in pairs")
def _pairs() -> Entry:
    links = [
        {"kind": "contradicts", "claims": [f"c{n}", f"c{m}"], "strength": 0.5}
        for n in range(40)
        for m in range(n)
    ]
    return _case(claims=_claims(40), sources=_sources(3), links=links,
                 attributions=_said_of_each(40, 3))  # fmt: skip


@_hostile("one contradiction among six hundred claims")
def _crowd() -> Entry:
    links = [{"kind": "contradicts", "claims": [f"c{n}" for n in range(600)]}]
    return _case(claims=_claims(600), sources=_sources(2), links=links,
                 attributions=_said_of_each(600, 2))  # fmt: skip


@_hostile("two thousand claims in one contradiction")
def _too_many_pairs() -> Entry:
    links = [{"kind": "contradicts", "claims": [f"c{n}" for n in range(2_000)]}]
    return _case(claims=_claims(2_000), links=links)


@_hostile("a ladder of signs")
def _signs() -> Entry:
    links = [
        {"kind": "evidence", "claim": f"c{n}", "sign": f"c{n + 1}", "if_true": 0.9, "if_false": 0.1}
        for n in range(1_500)
    ]
    return _case(claims=_claims(1_501), sources=_sources(1), links=links,
                 attributions=[{"id": "a", "source": "s0", "claim": "c1500"}])  # fmt: skip


@_hostile("implications all to all")
def _implications() -> Entry:
    links = [
        {"kind": "implies", "claim": f"c{n}", "implies": f"c{m}", "strength": 0.9}
        for n in range(60)
        for m in range(60)
        if n != m
    ]
    return _case(claims=_claims(60, prior=0.5), sources=_sources(2), links=links,
                 attributions=_said_of_each(60, 2))  # fmt: skip


@_hostile("a question of two hundred answers")
def _answers() -> Entry:
    claims = [{"id": f"c{n}", "text": f"that {n}"} for n in range(200)]
    question = {"id": "which", "text": "which", "claims": [each["id"] for each in claims]}
    said = [{"id": f"a{n}", "source": f"s{n % 20}", "claim": f"c{n % 200}"} for n in range(400)]
    return _case(claims=claims, questions=[question], sources=_sources(20), attributions=said)


@_hostile("questions linked to questions")
def _linked_questions() -> Entry:
    claims = [{"id": f"c{n}", "text": f"that {n}"} for n in range(120)]
    questions = [
        {"id": f"q{k}", "text": "which", "claims": [f"c{n}" for n in range(k * 12, k * 12 + 12)]}
        for k in range(10)
    ]
    links = [
        {"kind": "implies", "claim": f"c{n}", "implies": f"c{(n + 13) % 120}", "strength": 0.8}
        for n in range(120)
    ]
    return _case(claims=claims, questions=questions, links=links, sources=_sources(4),
                 attributions=_said_of_each(120, 4))  # fmt: skip


@_hostile("gates through every claim")
def _gates() -> Entry:
    said = [
        {"id": f"a{n}", "source": f"s{n}", "claim": f"c{n}", "only_if": f"c{(n + 1) % 80}"}
        for n in range(80)
    ]
    return _case(claims=_claims(80, prior=0.4), sources=_sources(80), attributions=said)


# ------------------------------------------------------------------ numbers


@_hostile("evidence beyond a thousand bits")
def _certain() -> Entry:
    return _case(
        sources=_sources(600, reliability=0.999999),
        attributions=_origins(600, basis="firsthand"),
    )


@_hostile("denormal numbers")
def _denormal() -> Entry:
    claims = [{"id": "c", "text": "It is so", "prior": 5e-324}]
    sources = _sources(3, reliability={"mean": 1e-300, "strength": 1e-300}, access=5e-324)
    return _case(claims=claims, sources=sources, attributions=_origins(3, wording=1e-310))


@_hostile("numbers as small as may be")
def _smallest() -> Entry:
    claims = [{"id": "c", "text": "It is so", "prior": 1e-12}]
    sources = _sources(3, reliability={"mean": 1e-12, "strength": 1e-12}, access=1e-12)
    return _case(claims=claims, sources=sources, attributions=_origins(3, wording=1e-12))


@_hostile("strengths next to nothing")
def _weak() -> Entry:
    sources = _sources(4, reliability={"mean": 0.5, "strength": 1e-12})
    return _case(
        sources=sources, attributions=_origins(4, competence={"mean": 0.5, "strength": 1e-9})
    )


@_hostile("numbers of ten thousand digits")
def _digits() -> str:
    nines = "9" * 10_000
    return (
        f'{{"version": 1, "claims": [{{"id": "c", "text": "so", "prior": 0.{nines}}}], '
        f'"sources": [{{"id": "s", "reliability": {nines}}}], "attributions": []}}'
    )


@_hostile("priors at the edge of one")
def _edges() -> Entry:
    claims = [{"id": f"c{n}", "text": f"that {n}", "prior": 1.0 - 2.0**-53} for n in range(20)]
    links = [{"kind": "contradicts", "claims": ["c0", "c1"], "strength": 1}]
    return _case(claims=claims, links=links, sources=_sources(2, reliability=1),
                 attributions=_said_of_each(20, 2))  # fmt: skip


# ------------------------------------------------------------------ JSON itself


@_hostile("brackets without end")
def _brackets() -> str:
    return "[" * 900_000


@_hostile("objects without end")
def _objects() -> str:
    return '{"x-a":' * 120_000 + "1" + "}" * 120_000


@_hostile("a key a hundred thousand times")
def _duplicates() -> str:
    return "{" + ",".join(['"version": 1'] * 70_000) + "}"


@_hostile("a problem in every record")
def _problems() -> Entry:
    return _case(attributions=[{"id": f"a{n}", "source": "nobody", "claim": "none", "y": n}
                               for n in range(8_000)])  # fmt: skip


@_hostile("ids that resemble each other")
def _resembling() -> Entry:
    said = [{"id": f"a{n}", "source": "s" * 60 + str(n), "claim": "c"} for n in range(2_000)]
    sources = [{"id": "s" * 61 + str(n)} for n in range(2_000)]
    return _case(sources=sources, attributions=said)


@_hostile("text that turns round and hides")
def _bidi() -> Entry:
    text = "\u202egnp.exe\u2066\u2067\u2069\u200b\u0300\u0301\x1b[31m\ufeff\U000e0041" * 400
    return _case(
        claims=[{"id": "c", "text": text}],
        sources=[{"id": "s0", "name": text, "reliability": "B"}],
        attributions=_origins(1, note=text),
    )


@_hostile("one text of most of a megabyte")
def _long() -> Entry:
    return _case(
        claims=[{"id": "c", "text": "so " * 100_000}],
        sources=[{"id": "s0", "name": "W" * 300_000, "reliability": "B"}],
        attributions=_origins(1),
    )


# ------------------------------------------------------------------ documents, tables and archives


@_hostile("quotes that never close", "text")
def _quotes() -> str:
    return 'He said "' * 40_000


@_hostile("according to according to", "text")
def _according() -> str:
    return "According to sources close to the minister, according to " * 8_000


@_hostile("one sentence without an end", "text")
def _endless() -> str:
    return "Reuters reported that " + "the minister and the general and " * 15_000


@_hostile("capitals and dots", "text")
def _capitals() -> str:
    return "Mr. A. B. C. D. E. F. G. said. " * 15_000


@_hostile("spaces and dashes", "text")
def _spaces() -> str:
    return ("a" + " " * 5_000 + "\u2014" * 5_000 + "\n") * 40


@_hostile("a row of a hundred thousand fields", "csv")
def _fields() -> str:
    return "source,object,value\n" + "a," * 100_000 + "\n"


@_hostile("a field that never closes", "csv")
def _open_field() -> str:
    return 'source,object,value\na,b,"' + "x\n" * 200_000


@_hostile("a workbook that swells", "xlsx")
def _workbook() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 400_000_000)
    return whole.getvalue()


@_hostile("twenty million rows", "parquet")
def _rows() -> bytes:
    import pyarrow
    from pyarrow import parquet

    code = pyarrow.array([0], pyarrow.int32())
    word = pyarrow.DictionaryArray.from_arrays(code, pyarrow.array(["a"]))
    rows = 1_000_000
    column = word.take(pyarrow.array([0] * rows, pyarrow.int32()))
    table = pyarrow.table({"source": column, "object": column, "value": column})
    whole = io.BytesIO()
    with parquet.ParquetWriter(whole, table.schema) as writer:
        for _ in range(20):
            writer.write_table(table)
    return whole.getvalue()


@_hostile("a graph of its own definition", "prov")
def _prov() -> Entry:
    entities: dict[str, Any] = {f"ex:e{n}": {} for n in range(3_000)}
    derived = {
        f"_:d{n}": {"prov:generatedEntity": f"ex:e{n}", "prov:usedEntity": f"ex:e{(n * 7) % 3_000}"}
        for n in range(3_000)
    }
    return {
        "prefix": {"ex": "http://example.org/"}, "entity": entities, "wasDerivedFrom": derived
    }  # fmt: skip


@_hostile("objects that refer to each other", "stix")
def _stix() -> Entry:
    def name(n: int) -> str:
        return f"report--{n:08d}-0000-4000-8000-000000000000"

    when = "2015-01-01T00:00:00.000Z"
    objects = [
        {"type": "report", "spec_version": "2.1", "id": name(n), "created": when, "modified": when,
         "name": "so", "published": when, "object_refs": [name((n + k) % 500) for k in range(8)]}
        for n in range(500)
    ]  # fmt: skip
    return {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000",
            "objects": objects}  # fmt: skip


@_hostile("an event of many attributes", "misp")
def _misp() -> Entry:
    attributes = [{"type": "text", "value": f"v{n}", "comment": "x" * 50} for n in range(4_000)]
    return {"Event": {"info": "so", "Attribute": attributes}}


@_hostile("reviews within reviews", "claimreview")
def _reviews() -> str:
    deep = '{"@type":"ClaimReview","itemReviewed":' * 3_000 + "{}" + "}" * 3_000
    return f'{{"@context":"https://schema.org","@graph":[{deep}]}}'


@_hostile("annotations of annotations", "annotations")
def _annotations() -> list[Entry]:
    return [
        {"@context": "http://www.w3.org/ns/anno.jsonld", "id": f"urn:a{n}", "type": "Annotation",
         "body": {"type": "TextualBody", "value": "so"}, "target": f"urn:a{(n + 1) % 2_000}"}
        for n in range(2_000)
    ]  # fmt: skip
