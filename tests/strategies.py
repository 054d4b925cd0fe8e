"""Whole stories and whole cases at random, always valid and small enough to be tried value by value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import attrs
from hypothesis import assume
from hypothesis import strategies as st
from slow_twin import Twin

from provenance.graph import Link, Place, Question, Statement, Story, Witness
from provenance.scales import Degree

__all__ = ["cases", "days", "degrees", "places", "stories", "worlds_to_try"]

LARGEST = 1 << 15
"""The most entries that the twin's joint may have."""

MEANS = (0.05, 0.2, 0.4, 0.5, 0.7, 0.88, 0.95)
STRENGTHS = (math.inf, 4.0, 8.0, 30.0)
LINK_NUMBERS = (0.1, 0.3, 0.5, 0.8, 0.9)


# ---------------------------------------------------------------- stories: numbers, no words


@st.composite
def degrees(draw: st.DrawFn, ends: bool = True) -> Degree:
    """A number in [0, 1], often known only roughly."""
    mean = draw(st.sampled_from((*MEANS, 0.0, 1.0) if ends else MEANS))
    return Degree(mean, draw(st.sampled_from(STRENGTHS)) if 0.0 < mean < 1.0 else math.inf)


@st.composite
def _priors(draw: st.DrawFn, size: int) -> tuple[float, ...]:
    parts = [draw(st.integers(1, 9)) for _ in range(size)]
    return tuple(part / sum(parts) for part in parts)


@st.composite
def _questions(draw: st.DrawFn, count: int, signs: set[int]) -> tuple[Question, ...]:
    found = []
    for q in range(count):
        if q in signs:
            found.append(Question(f"q{q}", (f"q{q}", None), is_sign=True))
            continue
        size = draw(st.sampled_from((2, 2, 2, 3)))
        stated = draw(st.booleans())
        prior = draw(_priors(size)) if stated else None
        if size == 2:
            strength = draw(st.sampled_from(STRENGTHS)) if stated else math.inf
            found.append(Question(f"q{q}", (f"q{q}", None), prior, strength))
        else:
            last = draw(st.sampled_from((None, f"q{q}c")))
            found.append(Question(f"q{q}", (f"q{q}a", f"q{q}b", last), prior))
    return tuple(found)


@st.composite
def _links(
    draw: st.DrawFn, questions: Sequence[Question], signs: set[int], hard: bool
) -> tuple[Link, ...]:
    """A sign hangs on an earlier question; other links join any two."""
    found = []
    for q, question in enumerate(questions):
        if q == 0 or (q not in signs and not draw(st.booleans())):
            continue
        other = draw(st.integers(0, q - 1))
        first = Place(other, draw(st.integers(0, questions[other].size - 1)))
        second = Place(q, draw(st.integers(0, question.size - 1)))
        if q in signs:
            so, not_so = draw(st.sampled_from(LINK_NUMBERS)), draw(st.sampled_from(LINK_NUMBERS))
            found.append(Link(first, Place(q, 0), so, 1.0 - so, not_so, 1.0 - not_so))
            continue
        # A strict link can make stated priors incompatible, so it stands only beside unstated ones.
        free = hard and (questions[other].prior is None or question.prior is None) and not found
        weak = 1.0 - draw(st.sampled_from((0.3, 0.8, 1.0) if free else (0.3, 0.8)))
        if draw(st.booleans()):
            found.append(Link(first, second, 1.0, weak, 1.0, 1.0))
        else:
            found.append(Link(first, second, weak, 1.0, 1.0, 1.0))
    return tuple(found)


@st.composite
def _witness(draw: st.DrawFn, index: int) -> Witness:
    unjudged = draw(st.integers(0, 5)) == 0
    return Witness(
        f"s{index}",
        None if unjudged else draw(degrees()),
        draw(st.one_of(st.just(Degree(1.0)), degrees())),
    )


@st.composite
def _statement(
    draw: st.DrawFn, questions: Sequence[Question], witnesses: int, earlier: Sequence[Statement]
) -> Statement:
    index = len(earlier)
    witness = draw(st.integers(0, witnesses - 1))
    heard = [i for i, each in enumerate(earlier) if each.witness != witness]
    hears: int = draw(st.integers(0, 2))
    cites = draw(st.sampled_from(heard)) if heard and hears else None
    if cites is None:
        q = draw(st.integers(0, len(questions) - 1))
        value = draw(st.integers(0, questions[q].size - 1))
        affirms = questions[q].size == 2 or draw(st.booleans())
    else:
        cited = earlier[cites]
        q, value, affirms = cited.question, cited.value, cited.affirms
        if draw(st.integers(0, 3)) == 0:
            value, affirms = (1 - value, True) if questions[q].size == 2 else (value, not affirms)
    same = [i for i, each in enumerate(earlier) if each.question == q and i != cites]
    voice = draw(st.sampled_from(same)) if same and draw(st.integers(0, 4)) == 0 else None
    return Statement(
        id=f"u{index}",
        witness=witness,
        question=q,
        value=value,
        affirms=affirms,
        cites=cites,
        in_hand=draw(st.booleans()),
        skill=draw(st.one_of(st.just(Degree(1.0)), degrees(ends=False), degrees())),
        commitment=draw(st.sampled_from((1.0, 1.0, 0.434, 0.2))),
        interest=draw(st.sampled_from((1.0, 1.0, 1.7, 3.0, 1 / 1.7, 20.0))),
        voice=voice,
        voice_probability=0.0 if voice is None else draw(st.sampled_from((0.15, 0.5, 1.0, 0.0))),
    )


def _all_needed(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Put in hand whatever nothing in hand would depend on."""
    needed: set[int | None] = set()
    found = []
    for index in range(len(statements) - 1, -1, -1):
        statement = statements[index]
        if index not in needed:
            statement = attrs.evolve(statement, in_hand=True)
        needed.update((statement.cites, statement.voice))
        found.append(statement)
    return tuple(reversed(found))


def _is_new(statement: Statement, earlier: Sequence[Statement]) -> bool:
    """Canonical form has merged equal statements of one source."""

    def told(each: Statement) -> tuple[object, ...]:
        what = (each.witness, each.question, each.value, each.affirms)
        return (*what, each.cites, each.voice, each.voice_probability)

    return all(told(statement) != told(each) for each in earlier)


def worlds_to_try(story: Story, coupling: str = "story") -> int:
    """How many entries the twin's joint has, the largest of its networks."""
    twin = Twin(story, coupling)
    hands = {i for i, each in enumerate(story.statements) if each.in_hand}
    blank = twin.fitted_potentials
    ks = dict.fromkeys(twin.members, 1.0)
    sizes = [
        twin.network(list(range(len(story.statements))), hands, blank, ks=ks),
        *(
            twin.network(list(range(len(story.statements))), set(relays), blank, tracking=state)
            for state, (_, relays) in twin.bundles.items()
            if relays
        ),
    ]
    return max(math.prod(len(values) for values in network.domains.values()) for network in sizes)


@st.composite
def stories(
    draw: st.DrawFn,
    *,
    most: int = 6,
    coupling: str = "story",
    hard: bool = True,
    resolved: bool = True,
) -> Story:
    """A story in canonical form with at least one statement, small enough for the twin."""
    count = draw(st.sampled_from((1, 1, 2, 2, 3)))
    signs = {q for q in range(1, count) if draw(st.booleans())}
    questions = draw(_questions(count, signs))
    links = draw(_links(questions, signs, hard))
    witnesses = tuple(draw(_witness(w)) for w in range(draw(st.sampled_from((1, 2, 2, 3)))))
    statements: list[Statement] = []
    for _ in range(draw(st.sampled_from([n for n in (1, 2, 3, 4, 4, 5, 5, 6, 6) if n <= most]))):
        statement = draw(_statement(questions, len(witnesses), statements))
        if _is_new(statement, statements):
            statements.append(statement)
    turned_out: tuple[tuple[Place, bool], ...] = ()
    if resolved and draw(st.integers(0, 4)) == 0:
        turned_out = ((draw(places(questions)), draw(st.booleans())),)
    story = Story(questions, links, witnesses, _all_needed(statements), turned_out)
    assume(worlds_to_try(story, coupling) <= LARGEST)
    assume(Twin(story).sweeps < 200)
    return story


@st.composite
def places(draw: st.DrawFn, questions: Sequence[Question]) -> Place:
    """A claim of one of the questions."""
    q = draw(st.integers(0, len(questions) - 1))
    claims = [v for v, claim in enumerate(questions[q].values) if claim is not None]
    return Place(q, draw(st.sampled_from(claims)))


# ---------------------------------------------------------------- cases: what people write

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
    )


def _present(**fields: object) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in fields.items() if value is not None}


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
            parts = draw(_priors(len(asked) + (not exhaustive)))
            prior = list(parts[: len(asked)])
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
        stated: object = None
        if name not in signs and name not in asked:
            stated = draw(st.one_of(st.none(), _estimate()))
        resolved = None
        if name == settled:
            resolved = {"value": draw(st.booleans())} | _present(on=draw(days()))
        claims.append(
            {"id": name, "text": f"that {name}"} | _present(prior=stated, resolved=resolved)
        )
    return claims, questions, links


@st.composite
def _sources(
    draw: st.DrawFn, claims: Sequence[str], interests: bool, everything: bool
) -> list[dict[str, Any]]:
    found = []
    for n in range(draw(st.integers(1, 4))):
        source = {"id": f"s{n}", "kind": draw(st.sampled_from(("outlet", "person", "unnamed")))}
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
    bases = ("firsthand", "unstated", "unstated", "inference", "secondhand")
    basis = draw(st.one_of(st.none(), st.sampled_from(bases if origin else bases[:4])))
    wordings = st.one_of(st.none(), st.none(), st.sampled_from((0.9, 0.5, 0.2, 1.0)))
    # Whether a confirmation inside a circle still vouches for itself is left open.
    hedges = HEDGES[:5] if circular or origin else HEDGES
    fields |= _present(
        stance=draw(st.sampled_from((None, None, "affirms", "denies"))),
        wording=draw(st.one_of(wordings, st.sampled_from(hedges))),
        basis=basis,
        in_hand=draw(st.sampled_from((None, None, True, False))),
        interest=draw(st.sampled_from((None, None, None, 1.7, 0.5))),
        said_on=draw(days()),
        document=draw(st.sampled_from((None, "d0", "d1"))),
        retracted_on=draw(days()) if draw(st.integers(0, 7)) == 0 else None,
    )
    if basis != "secondhand":
        skill = draw(st.one_of(st.none(), _estimate()))
        fields |= _present(**{"competence" if origin else "fidelity": skill})
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
