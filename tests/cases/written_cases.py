"""Case files at random, as the JSON that a person might write: every field, every form, always valid."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

__all__ = ["MINIMAL", "documents", "spoiled"]

MINIMAL: Mapping[str, Any] = {
    "version": 1,
    "claims": [{"id": "armed", "text": "Egypt supplied weapons"}],
    "sources": [{"id": "general"}],
    "attributions": [{"id": "tweet", "source": "general", "claim": "armed"}],
}
"""A case with one statement."""

_TEXT = st.sampled_from(
    ("a", "Weapons", "سلاح", "a 'quoted' \"text\"", "line\nline", "€ \U0001f600")
)
_UNIT = st.sampled_from((0, 0.0, 0.25, 0.5, 1, 1.0)) | st.floats(1e-9, 1 - 1e-9)
_INSIDE = st.sampled_from((0.1, 0.5, 0.9)) | st.floats(0.01, 0.99)
_ABOVE = st.sampled_from((1, 2.5, 30)) | st.floats(1e-3, 1e6)
_DATE = st.sampled_from(("2015", "2015-08", "2015-08-28", "2015-08-21/2015-08-31", "2014/2015-08"))
_ESTIMATE = st.fixed_dictionaries({"mean": _UNIT, "strength": _ABOVE}, optional={"note": _TEXT})
_DEGREE = _UNIT | _ESTIMATE
_RELIABILITY = st.one_of(
    st.sampled_from("ABCDEF"),
    _DEGREE,
    st.fixed_dictionaries({"accuracy": _UNIT, "strength": _ABOVE}),
    st.fixed_dictionaries({"confirmed": st.integers(0, 99), "refuted": st.integers(0, 99)}),
    st.just([{"from": "2015", "reliability": "D"}, {"from": "2016-02", "reliability": 0.7}]),
)
_PRIOR = _INSIDE | st.fixed_dictionaries({"mean": _INSIDE, "strength": _ABOVE})
_HEDGE = st.sampled_from(("probably", "We suspect", "almost certain", "may"))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=3,
)  # fmt: skip
_KIND = st.sampled_from(("person", "outlet", "collective", "unnamed", "sensor", "other"))


def _optional(**fields: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        **fields,
        "note": _TEXT,
        "refs": st.lists(st.fixed_dictionaries({"scheme": _TEXT, "id": _TEXT}), max_size=2),
        "x-more": _JSON,
    }


_LOCATOR = st.fixed_dictionaries(
    {},
    optional=_optional(
        paragraph=st.integers(0, 99),
        exact=_TEXT,
        prefix=_TEXT,
        suffix=_TEXT,
        start=st.integers(0, 9),
        end=st.integers(9, 99),
        page=st.integers(1, 9) | st.just("iv"),
        url=_TEXT,
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A whole case as JSON: ids that are used lead somewhere, and every rule is kept."""
    claims = draw(st.lists(_claim_fields(), min_size=1, max_size=3))
    for number, claim in enumerate(claims):
        claim["id"] = f"c{number}"
    names = [claim["id"] for claim in claims]
    sources = draw(st.lists(_source_fields(names), min_size=1, max_size=2))
    for number, source in enumerate(sources):
        source["id"] = f"s/{number}"
    speakers = st.sampled_from([source["id"] for source in sources])
    papers = draw(st.lists(_document_fields(speakers), max_size=1))
    for number, paper in enumerate(papers):
        paper["id"] = f"d{number}"
    whole: dict[str, Any] = {"version": 1, "claims": claims, "sources": sources}
    whole["attributions"] = draw(_attributions(names, speakers, [paper["id"] for paper in papers]))
    whole.update(draw(st.fixed_dictionaries({}, optional=_optional(title=_TEXT, summary=_TEXT))))
    if papers:
        whole["documents"] = papers
    if draw(st.booleans()):
        whole["links"] = draw(_links(claims))
    elif len(claims) > 1 and draw(st.booleans()):
        whole["questions"] = [draw(_question(claims))]
    return whole


def _claim_fields() -> st.SearchStrategy[dict[str, Any]]:
    outcome = st.fixed_dictionaries({"value": st.just(True)}, optional={"on": _DATE, "by": _TEXT})
    return st.fixed_dictionaries(
        {"text": _TEXT},
        optional=_optional(prior=_PRIOR, resolved=outcome, alternatives=st.sampled_from((2, 7.5))),
    )


def _source_fields(claims: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    named = st.sampled_from(claims)
    interest = st.fixed_dictionaries(
        {
            "claims": named | st.lists(named, min_size=1, max_size=2) | st.just("all"),
            "stake": st.sampled_from(("gains", "loses strongly", "says so whatever is true")),
        }
    )
    return st.fixed_dictionaries(
        {},
        optional=_optional(
            name=_TEXT,
            kind=_KIND,
            described_as=_TEXT,
            reliability=_RELIABILITY,
            access=_DEGREE,
            passing_on=st.sampled_from("ABCDEF") | _DEGREE,
            only_if=named,
            interests=st.lists(interest, max_size=2),
            graded_by=_TEXT,
            graded_on=_DATE,
        ),
    )


def _document_fields(speakers: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional=_optional(
            publisher=speakers,
            title=_TEXT,
            url=_TEXT,
            published_on=_DATE,
            retrieved_on=_DATE,
            sha256=_TEXT,
            language=st.just("en"),
        ),
    )


@st.composite
def _attributions(
    draw: st.DrawFn, claims: list[str], speakers: st.SearchStrategy[str], papers: list[str]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 3))):
        fields = draw(
            st.fixed_dictionaries(
                {},
                optional=_optional(
                    stance=st.just("affirms"),
                    wording=_UNIT | _HEDGE,
                    verb=_TEXT,
                    basis=st.sampled_from(("firsthand", "secondhand", "inference", "unstated")),
                    in_hand=st.booleans(),
                    competence=_DEGREE,
                    fidelity=_DEGREE,
                    interest=_ABOVE,
                    locators=st.lists(_LOCATOR, max_size=2),
                    said_on=_DATE,
                    retracted_on=_DATE,
                    only_if=st.sampled_from(claims),
                ),
            )
        )
        if "retracted_on" in fields and draw(st.booleans()):
            fields["retracted_because"] = draw(st.sampled_from(("error", "unknown", "pressure")))
        fields.update(id=f"a{number}", source=draw(speakers))
        earlier = [entry["id"] for entry in found]
        _says(draw, fields, claims, earlier)
        if papers and draw(st.booleans()):
            fields["document"] = draw(st.sampled_from(papers))
        found.append(fields)
    return found


def _says(draw: st.DrawFn, fields: dict[str, Any], claims: list[str], earlier: list[str]) -> None:
    """What an attribution says: a claim or several, or what earlier ones say."""
    field, names = ("cites", earlier) if earlier and draw(st.booleans()) else ("claim", claims)
    one = st.sampled_from(names)
    several = st.lists(one, min_size=1, max_size=3, unique=True)
    fields[field] = draw(one | several) if earlier else list(claims)
    if draw(st.booleans()):
        fields["stance"] = "disowns" if field == "cites" else "denies"
    if fields.get("basis") == "inference" and earlier:
        fields["from"] = draw(st.sampled_from(earlier))
    if field == "claim" and isinstance(fields["claim"], str) and earlier and draw(st.booleans()):
        # A voice heard twice speaks of one question: the first attribution says every claim.
        fields["same_voice_as"] = {"attribution": "a0", "probability": draw(_UNIT)}


@st.composite
def _links(draw: st.DrawFn, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    names = [claim["id"] for claim in claims]
    for above, below in pairwise(claims):
        kind = draw(st.sampled_from(("evidence", "implies", "contradicts", "none")))
        if kind == "evidence":
            below.pop("prior", None)
            below.pop("alternatives", None)
            found.append({"kind": kind, "claim": above["id"], "sign": below["id"],
                          "if_true": draw(_UNIT), "if_false": draw(_UNIT)})  # fmt: skip
        elif kind == "implies":
            found.append({"kind": kind, "claim": above["id"], "implies": below["id"]})
        elif kind == "contradicts":
            found.append({"kind": kind, "claims": names, "strength": draw(_UNIT)})
    return found


@st.composite
def _question(draw: st.DrawFn, claims: list[dict[str, Any]]) -> dict[str, Any]:
    for claim in claims:
        claim.pop("prior", None)
        claim.pop("resolved", None)
        claim.pop("alternatives", None)
    share = 1 / (len(claims) + 1)
    forms = draw(st.sampled_from(({}, {"exhaustive": True}, {"exhaustive": False},
                                  {"exhaustive": False, "prior": [share] * len(claims)})))  # fmt: skip
    return {"id": "q", "text": "Which?", "claims": [claim["id"] for claim in claims], **forms}


_JUNK = st.sampled_from(
    (None, True, -1, 0, 2, 0.5, 1e300, "0.3", "", " ", "A", "2015-02-30", "nobody", "a" * 201,
     "\x01", [], ["c0"], ["c0", "c0"], {}, {"mean": 0.5}, {"mean": 1, "strength": 2}, 3.0, 3.5)
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """A case in which one or two places are changed, dropped or added at random."""
    whole = draw(documents())
    for _ in range(draw(st.integers(1, 2))):
        place: Any = whole
        while isinstance(place, dict | list) and place:
            keys = sorted(place) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(list(keys)))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and draw(st.integers(0, 4)):
                place = inner
                continue
            _spoil(draw, place, key)
            break
    return whole


def _spoil(draw: st.DrawFn, place: Any, key: Any) -> None:
    change = draw(st.sampled_from(("replace", "drop", "add")))
    if change == "replace":
        place[key] = draw(_JUNK)
    elif change == "drop":
        del place[key]
    elif isinstance(place, dict):
        place[draw(st.sampled_from(("prior", "cites", "from", "kind", "zz", "x-y", "wording")))] = (
            draw(_JUNK)
        )
    else:
        place.append(draw(_JUNK))
