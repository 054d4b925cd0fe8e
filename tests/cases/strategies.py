"""Whole cases at random, always valid: records of every kind, as a case file holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from provenance.casefiles import load_case
from provenance.graph import Graph, Story
from tests.twins.drawn_cases import drawn_cases

__all__ = ["cases", "days", "stories"]

MEANS = (0.05, 0.2, 0.4, 0.5, 0.7, 0.88, 0.95)
LINK_NUMBERS = (0.1, 0.3, 0.5, 0.8, 0.9)
SPANS = ("2015-08-21/2015-08-31", "2015-08", "2015", "2015-08-25", "2015-09-04")
HEDGES = ("probably", "almost certain", "unlikely", "we suspect", "may", "confirms", "verified")


def days() -> st.SearchStrategy[str | None]:
    """A date as people write it, or none."""
    return st.one_of(st.none(), st.sampled_from(SPANS))


def _estimate(means: Sequence[float] = MEANS) -> st.SearchStrategy[object]:
    return st.one_of(
        st.sampled_from(means),
        st.builds(
            lambda mean, strength: {"mean": mean, "strength": strength},
            st.sampled_from(means),
            st.sampled_from((4, 8.0, 30)),
        ),
    )


def _reliability() -> st.SearchStrategy[object]:
    return st.one_of(
        st.sampled_from("ABCDEF"),
        st.sampled_from((0, 1, 0.5)),
        _estimate(),
        st.just({"accuracy": 0.8, "strength": 10}),
        st.just({"confirmed": 7, "refuted": 2}),
        st.just(
            [
                {"from": "2015-08-22", "reliability": "D"},
                {"from": "2015-08-24", "reliability": "B"},
            ]
        ),
    )


def _present(**fields: object) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in fields.items() if value is not None}


@st.composite
def _shares(draw: st.DrawFn, size: int) -> list[float]:
    """Probabilities of so many values, none of them nothing."""
    parts = [draw(st.integers(1, 9)) for _ in range(size)]
    return [part / sum(parts) for part in parts]


@st.composite
def _claims(
    draw: st.DrawFn, asks: bool | None, linked: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Any]]:
    """Claims, one question at most, and links that stated priors can live with."""
    names = [f"c{n}" for n in range(draw(st.sampled_from((1, 2, 2, 3, 4))))]
    questions: list[dict[str, Any]] = []
    if draw(st.integers(0, 2)) == 0 if asks is None else asks:
        asked = names[: draw(st.integers(1, min(3, len(names))))]
        exhaustive = len(asked) > 1 and draw(st.booleans())
        prior = None
        if draw(st.booleans()):
            prior = draw(_shares(len(asked) + (not exhaustive)))[: len(asked)]
        questions.append(
            {"id": "which", "text": "which one", "claims": asked, "exhaustive": exhaustive}
            | _present(prior=prior)
        )
    asked = questions[0]["claims"] if questions else []
    links: list[Any] = []
    signs = set()
    for n in range(1, len(names)):
        other = names[draw(st.integers(0, n - 1))]
        kind = draw(st.sampled_from((None, "evidence", "evidence", "implies", "contradicts")))
        if not linked or kind is None or (names[n] in asked and other in asked):
            continue
        if kind == "evidence" and names[n] not in asked:
            signs.add(names[n])
            yes, no = draw(st.permutations(LINK_NUMBERS))[:2]
            links.append(
                {"kind": kind, "claim": other, "sign": names[n], "if_true": yes, "if_false": no}
            )
        elif kind == "implies":
            one, two = draw(st.permutations((other, names[n])))
            links.append({"kind": kind, "claim": one, "implies": two, "strength": 0.8})
        else:
            links.append({"kind": "contradicts", "claims": [other, names[n]], "strength": 0.3})
    settled = draw(st.sampled_from((None, None, None, *names)))
    claims = []
    for name in names:
        plain = name not in signs and name not in asked
        stated: object = None
        if plain:
            stated = draw(st.one_of(st.none(), _estimate()))
        resolved = None
        if name == settled:
            resolved = {"value": draw(st.booleans())} | _present(on=draw(days()))
        claims.append(
            {"id": name, "text": f"that {name}"}
            | _present(prior=stated, resolved=resolved)
            | (_present(alternatives=draw(st.sampled_from((None, None, 7)))) if plain else {})
        )
    return claims, questions, links


@st.composite
def _sources(
    draw: st.DrawFn, claims: Sequence[str], interests: bool, everything: bool
) -> list[dict[str, Any]]:
    found = []
    for n in range(draw(st.integers(1, 4))):
        source = {
            "id": f"s{n}",
            "kind": draw(st.sampled_from(("outlet", "person", "unnamed", "sensor"))),
        }
        touched: st.SearchStrategy[Any] = st.lists(
            st.sampled_from(claims), min_size=1, max_size=2, unique=True
        )
        if everything:
            touched = st.one_of(st.just("all"), touched)
        stakes = st.sampled_from(
            ("gains", "gains strongly", "loses", "loses strongly", "says so whatever is true")
        )
        found.append(
            source
            | _present(
                reliability=draw(st.one_of(st.none(), _reliability())),
                access=draw(st.one_of(st.none(), _estimate((0.0, 0.5, 1.0)))),
                passing_on=draw(st.sampled_from((None, None, "C", 0.6))),
                interests=[
                    {"claims": draw(touched), "stake": draw(stakes)}
                    for _ in range(draw(st.integers(0, 2)))
                ]
                if interests
                else None,
            )
        )
    return found


@st.composite
def _attribution(
    draw: st.DrawFn,
    n: int,
    total: int,
    circular: bool,
    claims: Sequence[str],
    sources: Sequence[str],
    about: dict[str, set[str]],
    question: dict[str, str],
) -> dict[str, Any]:
    name = f"a{n}"
    later = [f"a{m}" for m in range(n, total) if m != n]
    relays: bool = draw(st.integers(0, 2)) > 0
    fields: dict[str, Any] = {"id": name, "source": draw(st.sampled_from(sources))}
    if circular and later and draw(st.integers(0, 2)) == 0:
        cited = [draw(st.sampled_from(later))]
        both: bool = draw(st.booleans())
        if about and both:
            cited.append(draw(st.sampled_from(sorted(about))))
        fields["cites"] = cited
        about[name] = set()
    elif relays and about:
        cited = draw(st.lists(st.sampled_from(sorted(about)), min_size=1, max_size=2, unique=True))
        fields["cites"] = cited[0] if len(cited) == 1 else cited
        about[name] = set().union(*(about[each] for each in cited))
    else:
        made = draw(st.lists(st.sampled_from(claims), min_size=1, max_size=2, unique=True))
        fields["claim"] = made[0] if len(made) == 1 else made
        about[name] = {question[each] for each in made}
        if len(made) > 1:
            about.update({f"{name}/{each}": {question[each]} for each in made})
    origin = "claim" in fields
    bases = ("firsthand", "own-inquiry", "unstated", "inference", "secondhand")
    basis = draw(st.one_of(st.none(), st.none(), st.sampled_from(bases if origin else bases[:4])))
    wordings = st.one_of(st.none(), st.none(), st.sampled_from((0.9, 0.5, 0.2, 1.0)))
    hedges = HEDGES[:5] if origin else HEDGES
    turned = "denies" if origin else "disowns"
    fields |= _present(
        stance=draw(st.sampled_from((None, None, "affirms", turned))),
        wording=draw(st.one_of(wordings, st.sampled_from(hedges))),
        basis=basis,
        in_hand=draw(st.sampled_from((None, None, True, False))),
        interest=draw(st.sampled_from((None, None, None, 1.7, 0.5))),
        said_on=draw(days()),
        document=draw(st.sampled_from((None, "d0", "d1"))),
        only_if=draw(st.sampled_from(claims)) if draw(st.integers(0, 7)) == 0 else None,
    )
    if draw(st.integers(0, 7)) == 0:
        reasons = st.sampled_from((None, "error", "unknown", "pressure"))
        fields |= _present(retracted_on="2015-09", retracted_because=draw(reasons))
    if basis != "secondhand":
        skill = draw(st.one_of(st.none(), _estimate()))
        fields |= _present(**{"competence" if origin else "fidelity": skill})
    alone = origin and isinstance(fields["claim"], str) and not circular
    if alone and draw(st.integers(0, 9)) == 0:
        # A silence commits to nothing, is always heard of, and nobody passes it on.
        del about[name]
        kept = ("id", "source", "claim", "interest", "said_on", "document", "only_if")
        silence = {"stance": "silent", "would_speak": draw(st.sampled_from((0.2, 0.8, 1)))}
        return {key: fields[key] for key in kept if key in fields} | silence
    if len(about[name]) == 1 and not circular and draw(st.integers(0, 4)) == 0:
        voices = [
            each
            for each in about
            if about[each] == about[name] and each.partition("/")[0] != name and "/" not in each
        ]
        simple = not isinstance(fields.get("cites", fields.get("claim")), list)
        if voices and simple:
            fields["same_voice_as"] = {
                "attribution": draw(st.sampled_from(voices)),
                "probability": draw(st.sampled_from((0.15, 0.5, 1.0))),
            }
    return fields


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    most: int = 6,
    interests: bool = True,
    asks: bool | None = None,
    linked: bool = True,
) -> dict[str, Any]:
    """A whole valid case, as the mapping that a case file holds: any record of any kind.

    `most` attributions; `interests` if sources may have them; `asks` says whether there is a
    question, if that matters; `linked` if there may be links.
    """
    claims, questions, links = draw(_claims(asks, linked))
    names = [claim["id"] for claim in claims]
    question = {name: name for name in names}
    for each in questions:
        question |= dict.fromkeys(each["claims"], each["id"])
    # An interest in everything counts once where one claim speaks against another.
    against = any(
        link["kind"] == "evidence" and link["if_true"] < link["if_false"] for link in links
    )
    sources = draw(_sources(names, interests, not against))
    ids = [source["id"] for source in sources]
    documents = [
        {"id": f"d{n}"}
        | _present(publisher=draw(st.sampled_from((None, *ids))), published_on=draw(days()))
        for n in range(2)
    ]
    circular = draw(st.integers(0, 4)) == 0
    about: dict[str, set[str]] = {}
    total = draw(st.integers(1, most))
    attributions = [
        draw(_attribution(n, total, circular, names, ids, about, question)) for n in range(total)
    ]
    return {
        "version": 1,
        "title": "A case at random",
        "claims": claims,
        "questions": questions,
        "sources": sources,
        "documents": documents,
        "attributions": attributions,
        "links": links,
    }


@st.composite
def stories(draw: st.DrawFn, *, most: int = 7) -> Story:
    """A story in canonical form with one statement at least and `most` at most."""
    found = Graph.of(load_case(draw(drawn_cases()))).stories
    heard = [story for story in found if 1 <= len(story.statements) <= most]
    assume(heard)
    return draw(st.sampled_from(heard))
