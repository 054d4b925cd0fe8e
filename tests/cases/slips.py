"""Slips that people make in writing a case down, each with its mended twin, and well-made cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

__all__ = [
    "AFP",
    "CLINIC",
    "DAILY",
    "GUARD",
    "HELD",
    "HIDDEN",
    "HIT",
    "LATER",
    "MAY",
    "OTHER",
    "REUTERS",
    "SEEN",
    "SLIPS",
    "WELL_MADE",
    "WORD",
    "Slip",
    "cites",
    "says",
    "source",
    "written",
]

MAY, LATER = {"said_on": "2024-05-03"}, {"said_on": "2024-05-04"}
SEEN = {"basis": "firsthand", **MAY}
HIT: Mapping[str, Any] = {"id": "hit", "text": "The hospital was hit", "prior": 0.2}


def source(name: str, kind: str = "person", reliability: Any = "B", **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name.title(), "kind": kind, "reliability": reliability, **more}


def says(name: str, who: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": who, "claim": "hit", **more}


def cites(name: str, who: str, cited: Any, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": who, "cites": cited, **more}


def written(
    sources: Iterable[dict[str, Any]],
    attributions: Iterable[dict[str, Any]],
    claims: Iterable[Mapping[str, Any]] = (HIT,),
    **more: Any,
) -> dict[str, Any]:
    """A case file."""
    return {
        "version": 1,
        "claims": [*claims],
        "sources": [*sources],
        "attributions": [*attributions],
        **more,
    }


CLINIC = source("clinic", "organisation")
GUARD, NURSE, DRIVER = source("guard"), source("nurse"), source("driver")
AFP, REUTERS = source("afp", "agency"), source("reuters", "agency")
DAILY, WEEKLY, BLOG = (source(name, "outlet") for name in ("daily", "weekly", "blog"))
WORD = says("word", "clinic", **SEEN)
HELD = {**WORD, "in_hand": True}
HIDDEN = {**WORD, "in_hand": False}
KESTRIA, VARDANIA = (source(name, "government", "C") for name in ("kestria", "vardania"))
BLAMES = {"id": "one", "source": "kestria", **MAY}
BLAMES_BACK = {"id": "two", "source": "vardania", **MAY}
NOT_HIT = {**HIT, "text": "Aircraft did not bomb the hospital", "prior": 0.7}
MARAN = ("Dr Maran", "Dr Leyla Maran", "Leyla Maran, surgeon")
OTHER = {"id": "fire", "text": "The depot burned down in the night", "prior": 0.2}


@attrs.frozen
class Slip:
    """One slip: what is written, how it is told, and what was meant."""

    kind: str
    """The kind of weakness, or the code of the problem, by which it is told."""
    entered: dict[str, Any]
    """The case as it is written."""
    meant: dict[str, Any]
    """The case as it was meant."""
    names: tuple[str, ...] = ()
    """What the sentence has to name."""


SLIPS: dict[str, Slip] = {
    # who has it from whom
    "agencies entered as witnesses beside the hospital": Slip(
        "outlet-as-witness",
        written(
            [CLINIC, AFP, REUTERS], [WORD, says("a", "afp", **LATER), says("r", "reuters", **LATER)]
        ),
        written(
            [CLINIC, AFP, REUTERS],
            [HELD, cites("a", "afp", "word", **LATER), cites("r", "reuters", "word", **LATER)],
        ),
        ("Afp and Reuters", "Clinic", "64 %", "84 %"),
    ),
    "two papers, one of which copied the other": Slip(
        "outlet-as-witness",
        written([DAILY, WEEKLY], [says("d", "daily", **MAY), says("w", "weekly", **LATER)]),
        written(
            [DAILY, WEEKLY],
            [says("d", "daily", in_hand=True, **MAY), cites("w", "weekly", "d", **LATER)],
        ),
        ("Weekly", "Daily", "64 %", "77 %"),
    ),
    "papers entered as deniers beside the ministry that denies": Slip(
        "outlet-as-witness",
        written(
            [CLINIC, DAILY],
            [{**WORD, "stance": "denies"}, says("d", "daily", stance="denies", **LATER)],
        ),
        written(
            [CLINIC, DAILY], [{**HELD, "stance": "denies"}, cites("d", "daily", "word", **LATER)]
        ),
        ("Daily", "Clinic"),
    ),
    "a statement that we have, hidden because a blog quotes it": Slip(
        "hidden-by-default",
        written(
            [CLINIC, source("blog", "outlet", "D")], [WORD, cites("b", "blog", "word", **LATER)]
        ),
        written(
            [CLINIC, source("blog", "outlet", "D")], [HELD, cites("b", "blog", "word", **LATER)]
        ),
        ("Clinic", "64 %"),
    ),
    "two people of whom nobody asked how they know": Slip(
        "unknown-lineage",
        written([GUARD, NURSE], [says("g", "guard", **MAY), says("n", "nurse", **MAY)]),
        written([GUARD, NURSE], [says("g", "guard", **SEEN), says("n", "nurse", **SEEN)]),
        ("Guard and Nurse", "one origin or two", "64 %", "92 %"),
    ),
    "one who saw it and one who may have it from her": Slip(
        "unknown-lineage",
        written([GUARD, NURSE], [says("g", "guard", **MAY), says("n", "nurse", **SEEN)]),
        written(
            [GUARD, NURSE],
            [cites("g", "guard", "n", **LATER), says("n", "nurse", in_hand=True, **SEEN)],
        ),
        ("Guard", "Nurse"),
    ),
    "three that deny and may have it from each other": Slip(
        "unknown-lineage",
        written(
            [GUARD, NURSE, DRIVER],
            [
                says(n, w, stance="denies", **MAY)
                for n, w in (("g", "guard"), ("n", "nurse"), ("d", "driver"))
            ],
        ),
        written(
            [GUARD, NURSE, DRIVER],
            [
                says(n, w, stance="denies", **SEEN)
                for n, w in (("g", "guard"), ("n", "nurse"), ("d", "driver"))
            ],
        ),
        ("one origin or three",),
    ),
    "a hand in the middle of a chain that nobody graded": Slip(
        "unjudged-relay",
        written(
            [CLINIC, DAILY, source("clerk", reliability="F")],
            [
                HIDDEN,
                cites("c", "clerk", "word", in_hand=False, **MAY),
                cites("d", "daily", "c", **LATER),
            ],
        ),
        written(
            [CLINIC, DAILY, source("clerk", reliability="F", passing_on="C")],
            [
                HIDDEN,
                cites("c", "clerk", "word", in_hand=False, **MAY),
                cites("d", "daily", "c", **LATER),
            ],
        ),
        ("Clerk",),
    ),
    "two papers that quote each other": Slip(
        "circular",
        written(
            [DAILY, WEEKLY, GUARD],
            [
                says("g", "guard", **SEEN),
                cites("d", "daily", "w", **MAY),
                cites("w", "weekly", "d", **MAY),
            ],
        ),
        written(
            [DAILY, WEEKLY, GUARD],
            [
                says("g", "guard", in_hand=True, **SEEN),
                cites("d", "daily", "g", in_hand=True, **MAY),
                cites("w", "weekly", "d", **MAY),
            ],
        ),
        ("Daily", "Weekly"),
    ),
    "four reports of one statement": Slip(
        "single-origin",
        written(
            [CLINIC, DAILY, WEEKLY],
            [HELD, cites("d", "daily", "word", **LATER), cites("w", "weekly", "word", **LATER)],
        ),
        written(
            [CLINIC, GUARD, DAILY, WEEKLY],
            [
                HELD,
                says("g", "guard", **SEEN),
                cites("d", "daily", "word", **LATER),
                cites("w", "weekly", "word", **LATER),
            ],
        ),
        ("Clinic", "one origin"),
    ),
    "much repeated from two": Slip(
        "echo",
        written(
            [CLINIC, GUARD, DAILY, WEEKLY],
            [
                HELD,
                says("g", "guard", in_hand=True, **SEEN),
                *(
                    cites(f"r{n}", w, ["word", "g"], **LATER)
                    for n, w in enumerate(("daily", "weekly"))
                ),
                cites("again", "daily", "word", **LATER),
            ],
        ),
        written(
            [CLINIC, GUARD, DAILY],
            [
                HELD,
                says("g", "guard", in_hand=True, **SEEN),
                cites("r", "daily", ["word", "g"], **LATER),
            ],
        ),
        ("five mentions", "two origins"),
    ),
    "all of it in one paper": Slip(
        "one-outlet",
        written(
            [CLINIC, GUARD, DAILY],
            [
                HIDDEN,
                says("g", "guard", in_hand=False, **SEEN),
                cites("d", "daily", ["word", "g"], **LATER),
            ],
        ),
        written(
            [CLINIC, GUARD, DAILY],
            [HIDDEN, says("g", "guard", **SEEN), cites("d", "daily", "word", **LATER)],
        ),
        ("Daily",),
    ),
    "five witnesses taken as independent": Slip(
        "independence-assumed",
        written(
            [CLINIC, GUARD, NURSE, DRIVER],
            [
                says(n, w, **SEEN)
                for n, w in (("c", "clinic"), ("g", "guard"), ("n", "nurse"), ("d", "driver"))
            ],
        ),
        written(
            [CLINIC, GUARD], [says(n, w, **SEEN) for n, w in (("c", "clinic"), ("g", "guard"))]
        ),
        ("four origins",),
    ),
    "an official who passes on what the agency has from him": Slip(
        "backwards",
        written(
            [source("official", "unnamed", "C"), AFP],
            [says("wire", "afp", **MAY), cites("o", "official", "wire")],
        ),
        written(
            [source("official", "unnamed", "C"), AFP],
            [says("o", "official", in_hand=False), cites("wire", "afp", "o", **MAY)],
        ),
        ("Official", "Afp"),
    ),
    # what is denied
    "a denial entered as a claim of its own": Slip(
        "denial-as-claim",
        written(
            [CLINIC, GUARD],
            [WORD, says("g", "guard", **SEEN) | {"claim": "not"}],
            [HIT, {"id": "not", "text": "The hospital was not hit."}],
        ),
        written([CLINIC, GUARD], [WORD, says("g", "guard", stance="denies", **SEEN)]),
        ("The hospital was not hit", "entered as what Guard said against it", "20 %, not 64 %"),
    ),
    "rival claims that nothing connects": Slip(
        "rival-claims",
        written(
            [KESTRIA, VARDANIA],
            [BLAMES | {"source": "kestria", "claim": "v"}, BLAMES_BACK | {"claim": "k"}],
            [
                {"id": "k", "text": "Kestria bombed the hospital", "prior": 0.5},
                {"id": "v", "text": "A Vardanian missile fell on the hospital", "prior": 0.3},
            ],
        ),
        written(
            [KESTRIA, VARDANIA],
            [BLAMES | {"source": "kestria", "claim": "v"}, BLAMES_BACK | {"claim": "k"}],
            [
                {"id": "k", "text": "Kestria bombed the hospital"},
                {"id": "v", "text": "A Vardanian missile fell on the hospital"},
            ],
            questions=[
                {
                    "id": "who",
                    "text": "Who bombed it?",
                    "claims": ["k", "v"],
                    "exhaustive": False,
                    "prior": [0.5, 0.3],
                }
            ],
        ),
        ("Kestria bombed the hospital", "A Vardanian missile fell", "as answers of one question"),
    ),
    "a year beside the day that nothing connects": Slip(
        "coarser-claim",
        written(
            [CLINIC, GUARD],
            [WORD | {"claim": "day"}, says("g", "guard", **SEEN) | {"claim": "year"}],
            [
                {"id": "year", "text": "The mill was founded in 1871", "prior": 0.3},
                {"id": "day", "text": "The mill was founded on 3 May 1871", "prior": 0.1},
            ],
        ),
        written(
            [CLINIC, GUARD],
            [WORD | {"claim": "day"}, says("g", "guard", **SEEN) | {"claim": "year"}],
            [
                {"id": "year", "text": "The mill was founded in 1871", "prior": 0.3},
                {"id": "day", "text": "The mill was founded on 3 May 1871", "prior": 0.1},
            ],
            links=[{"kind": "implies", "claim": "day", "implies": "year"}],
        ),
        ("founded on 3 May 1871", "founded in 1871", "only more exactly", "implying the second"),
    ),
    "a denial of a negative claim that is meant as its repetition": Slip(
        "denial-of-negation",
        written(
            [KESTRIA],
            [says("k", "kestria", stance="denies", **MAY)],
            [NOT_HIT],
        ),
        written([KESTRIA], [says("k", "kestria", **MAY)], [NOT_HIT]),
        ("Kestria", "is worded as a denial itself", "88 %", "44 %"),
    ),
    # hedges
    "a hedge in the verb": Slip(
        "misplaced-hedge",
        written([CLINIC], [{**WORD, "verb": "says it was probably"}]),
        written([CLINIC], [{**WORD, "verb": "says it was", "wording": "probably"}]),
        ("Clinic", "probably", "64 %"),
    ),
    "a hedge in the claim": Slip(
        "misplaced-hedge",
        written([CLINIC], [WORD], [{**HIT, "text": "The hospital was probably hit"}]),
        written([CLINIC], [{**WORD, "wording": "probably"}]),
        ("The hospital was probably hit", "64 %"),
    ),
    "a reporter's word taken for a hedge": Slip(
        "reporters-word",
        written([CLINIC], [{**WORD, "wording": "allegedly"}]),
        written([CLINIC], [{**WORD, "wording": "probably"}]),
        ("Clinic", "allegedly", "changes nothing"),
    ),
    # days
    "a report dated before what it reports": Slip(
        "relay-before-original",
        written([CLINIC, DAILY], [{**HELD, **LATER}, cites("d", "daily", "word", **MAY)]),
        written([CLINIC, DAILY], [HELD, cites("d", "daily", "word", **LATER)]),
        ("Daily", "Clinic", "2024-05-03", "2024-05-04"),
    ),
    "a year typed wrongly": Slip(
        "future-date",
        written([CLINIC], [{**WORD, "said_on": "2042-05-03"}]),
        written([CLINIC], [WORD]),
        ("Clinic", "2042-05-03"),
    ),
    "a day of withdrawal typed wrongly": Slip(
        "withdrawn-early",
        written([CLINIC], [{**WORD, "retracted_on": "2014-05-06"}]),
        written([CLINIC], [{**WORD, "retracted_on": "2024-05-06"}]),
        ("Clinic", "2014-05-06"),
    ),
    "a statement without a day": Slip(
        "undated",
        written([CLINIC], [says("word", "clinic", basis="firsthand")]),
        written([CLINIC], [WORD]),
        ("Clinic",),
    ),
    # what a source says, and takes back
    "a source that says both, without a word on why": Slip(
        "self-contradiction",
        written(
            [CLINIC, GUARD],
            [WORD, says("no", "clinic", stance="denies", basis="firsthand", **LATER)],
        ),
        written(
            [CLINIC, GUARD],
            [WORD, says("no", "guard", stance="denies", basis="firsthand", **LATER)],
        ),
        ("Clinic",),
    ),
    "a statement that was taken back": Slip(
        "retracted",
        written(
            [CLINIC, GUARD], [{**WORD, "retracted_on": "2024-05-05"}, says("g", "guard", **SEEN)]
        ),
        written([CLINIC, GUARD], [WORD, says("g", "guard", **SEEN)]),
        ("Clinic",),
    ),
    "a suspicion entered as a statement": Slip(
        "no-commitment",
        written([CLINIC], [{**WORD, "wording": "we suspect"}]),
        written([CLINIC], [{**WORD, "wording": "probably"}]),
        ("Clinic", "64 %", "20 %"),
    ),
    "a post that passes on what was posted later that day": Slip(
        "relay-before-original",
        written(
            [CLINIC, DAILY],
            [
                {**HELD, "said_on": "2024-05-03T09:30Z"},
                cites("d", "daily", "word", said_on="2024-05-03T02:10Z"),
            ],
        ),
        written(
            [CLINIC, DAILY],
            [
                {**HELD, "said_on": "2024-05-03T09:30Z"},
                cites("d", "daily", "word", said_on="2024-05-03T12:10Z"),
            ],
        ),
        ("Daily", "2024-05-03 02:10", "2024-05-03 09:30"),
    ),
    "a doctor entered as citing the agency that quotes her": Slip(
        "backwards",
        written([GUARD, AFP], [says("w", "afp", **MAY), cites("g", "guard", "w", **MAY)]),
        written(
            [GUARD, AFP],
            [says("g", "guard", in_hand=False, **MAY), cites("w", "afp", "g", **MAY)],
        ),
        ("Guard", "Afp", "the other way round"),
    ),
    # the same thing twice
    "one doctor under three names": Slip(
        "lookalike",
        written(
            [
                {**each, "name": name}
                for each, name in zip((GUARD, NURSE, DRIVER), MARAN, strict=True)
            ],
            [says("g", "guard", **SEEN), says("n", "nurse", **SEEN), says("d", "driver", **SEEN)],
        ),
        written(
            [{**GUARD, "name": "Dr Maran"}],
            [says(name, "guard", **SEEN) for name in ("g", "n", "d")],
        ),
        (*MARAN, "as one source"),
    ),
    "an agency and a channel of which only the name says what they are": Slip(
        "outlet-as-witness",
        written(
            [
                {**AFP, "name": "Continental Press", "kind": "other"},
                {**BLOG, "name": "WarMap Telegram channel", "kind": "other"},
            ],
            [says("a", "afp", **MAY), says("b", "blog", **LATER)],
        ),
        written(
            [{**AFP, "name": "Continental Press"}, {**BLOG, "name": "WarMap Telegram channel"}],
            [says("a", "afp", in_hand=True, **MAY), cites("b", "blog", "a", **LATER)],
        ),
        ("WarMap Telegram channel", "Continental Press", "no kind says so"),
    ),
    "the same ministry twice": Slip(
        "lookalike",
        written(
            [{**CLINIC, "name": "Ministry of Health"}, {**GUARD, "name": "ministry of health"}],
            [WORD, says("g", "guard", **SEEN)],
        ),
        written([{**CLINIC, "name": "Ministry of Health"}], [WORD, says("g", "clinic", **SEEN)]),
        ("Ministry of Health", "ministry of health", "64 %", "92 %"),
    ),
    "an unnamed source described twice": Slip(
        "lookalike",
        written(
            [
                CLINIC,
                *(
                    {
                        "id": n,
                        "kind": "unnamed",
                        "described_as": "a senior official",
                        "reliability": "C",
                    }
                    for n in "ab"
                ),
            ],
            [says("x", "a", **SEEN), says("y", "b", stance="denies", **SEEN), WORD],
        ),
        written(
            [
                CLINIC,
                {
                    "id": "a",
                    "kind": "unnamed",
                    "described_as": "a senior official",
                    "reliability": "C",
                },
            ],
            [says("x", "a", **SEEN), WORD],
        ),
        ("a senior official",),
    ),
    "one claim written twice": Slip(
        "lookalike",
        written(
            [CLINIC],
            [WORD, {**SEEN, "id": "w", "source": "clinic", "claim": "hit2"}],
            [HIT, {**HIT, "id": "hit2", "text": "The hospital was  hit."}],
        ),
        written([CLINIC], [WORD]),
        ("The hospital was hit",),
    ),
    # what touches nothing
    "a source that nobody quotes": Slip(
        "unused",
        written([CLINIC, GUARD], [WORD]),
        written([CLINIC], [WORD]),
        ("Guard",),
    ),
    "a claim that nothing is about": Slip(
        "unused",
        written([CLINIC], [WORD], [HIT, OTHER]),
        written([CLINIC], [WORD, says("f", "clinic", **SEEN) | {"claim": "fire"}], [HIT, OTHER]),
        ("The depot burned down in the night",),
    ),
    "a claim on which nobody has said anything": Slip(
        "unheard",
        written([CLINIC], [WORD], [HIT, OTHER]),
        written([CLINIC], [WORD, says("f", "clinic", **SEEN) | {"claim": "fire"}], [HIT, OTHER]),
        ("The depot burned down in the night",),
    ),
    "an interest in a claim on which the source is silent": Slip(
        "idle-interest",
        written(
            [{**CLINIC, "interests": [{"claims": ["fire"], "stake": "gains"}]}, GUARD],
            [WORD, says("f", "guard", **SEEN) | {"claim": "fire"}],
            [HIT, OTHER],
        ),
        written(
            [{**CLINIC, "interests": [{"claims": ["hit"], "stake": "gains"}]}, GUARD],
            [WORD, says("f", "guard", **SEEN) | {"claim": "fire"}],
            [HIT, OTHER],
        ),
        ("Clinic", "The depot burned down in the night"),
    ),
    "a condition on an account that says nothing": Slip(
        "idle-gate",
        written(
            [CLINIC, {**GUARD, "only_if": "fire"}],
            [
                WORD,
                says("g", "guard", wording="may", **SEEN),
                says("f", "clinic", **SEEN) | {"claim": "fire"},
            ],
            [HIT, OTHER],
        ),
        written(
            [CLINIC, {**GUARD, "only_if": "fire"}],
            [WORD, says("g", "guard", **SEEN), says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [HIT, OTHER],
        ),
        ("Guard",),
    ),
    "a condition on a statement that was taken back": Slip(
        "idle-gate",
        written(
            [CLINIC, GUARD],
            [
                WORD,
                says("g", "guard", only_if="fire", retracted_on="2024-05-05", **SEEN),
                says("f", "clinic", **SEEN) | {"claim": "fire"},
            ],
            [HIT, OTHER],
        ),
        written(
            [CLINIC, GUARD],
            [
                WORD,
                says("g", "guard", only_if="fire", **SEEN),
                says("f", "clinic", **SEEN) | {"claim": "fire"},
            ],
            [HIT, OTHER],
        ),
        ("Guard",),
    ),
    "a silence that was broken": Slip(
        "idle-silence",
        written(
            [CLINIC, GUARD],
            [
                WORD,
                says(
                    "g", "guard", stance="silent", would_speak=0.8, retracted_on="2024-05-05", **MAY
                ),
            ],
        ),
        written(
            [CLINIC, GUARD], [WORD, says("g", "guard", stance="silent", would_speak=0.8, **MAY)]
        ),
        ("Guard",),
    ),
    "a condition that turned out false": Slip(
        "void-gate",
        written(
            [CLINIC],
            [{**WORD, "only_if": "fire"}, says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [HIT, {**OTHER, "resolved": {"value": False}}],
        ),
        written(
            [CLINIC],
            [{**WORD, "only_if": "fire"}, says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [HIT, {**OTHER, "resolved": {"value": True}}],
        ),
        ("Clinic", "does not count", "The depot burned down in the night"),
    ),
    "a condition that is in force": Slip(
        "gate",
        written(
            [CLINIC],
            [{**WORD, "only_if": "fire"}, says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [HIT, OTHER],
        ),
        written([CLINIC], [WORD, says("f", "clinic", **SEEN) | {"claim": "fire"}], [HIT, OTHER]),
        ("Clinic", "The depot burned down in the night"),
    ),
    # priors and grades
    "a rare thing without the number of its alternatives": Slip(
        "rare-prior",
        written([CLINIC], [WORD], [{**HIT, "prior": 0.001}]),
        written([CLINIC], [WORD], [{**HIT, "prior": 0.001, "alternatives": 50}]),
        ("about 1 in 1,000",),
    ),
    "a claim without a prior": Slip(
        "prior-not-stated",
        written([CLINIC], [WORD], [{"id": "hit", "text": "The hospital was hit"}]),
        written([CLINIC], [WORD]),
        (),
    ),
    "a prior that decides against the evidence": Slip(
        "prior-decides",
        written([source("clinic", reliability="D")], [WORD]),
        written([CLINIC], [WORD]),
        (),
    ),
    "a source of which nobody knows the grade": Slip(
        "unjudged",
        written([CLINIC, source("caller", reliability="F")], [WORD, says("c", "caller", **SEEN)]),
        written([CLINIC, source("caller", reliability="C")], [WORD, says("c", "caller", **SEEN)]),
        ("Caller",),
    ),
    "nobody who is graded": Slip(
        "no-judged-evidence",
        written([source("caller", reliability="F")], [says("c", "caller", **SEEN)]),
        written([source("caller", reliability="C")], [says("c", "caller", **SEEN)]),
        (),
    ),
    "two that are never wrong and disagree": Slip(
        "impossible",
        written(
            [source("log", "sensor", 1), source("radar", "sensor", 1)],
            [says("a", "log", **SEEN), says("b", "radar", stance="denies", **SEEN)],
        ),
        written(
            [source("log", "sensor", 0.99), source("radar", "sensor", 0.99)],
            [says("a", "log", **SEEN), says("b", "radar", stance="denies", **SEEN)],
        ),
        ("Log and Radar",),
    ),
    "priors that cannot hold together": Slip(
        "refused",
        written(
            [CLINIC],
            [WORD, says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [{**HIT, "prior": 0.9}, OTHER],
            links=[{"kind": "implies", "claim": "hit", "implies": "fire"}],
        ),
        written(
            [CLINIC],
            [WORD, says("f", "clinic", **SEEN) | {"claim": "fire"}],
            [HIT, {**OTHER, "prior": 0.5}],
            links=[{"kind": "implies", "claim": "hit", "implies": "fire"}],
        ),
        (),
    ),
    "a draft that nobody has confirmed": Slip(
        "draft",
        written([CLINIC], [{**WORD, "x-draft": True}]),
        written([CLINIC], [WORD]),
        ("one statement",),
    ),
    # refused by the loader, with the choices
    "a report of a denial entered as a denial": Slip(
        "denies-on-relay",
        written(
            [CLINIC, DAILY],
            [{**HELD, "stance": "denies"}, cites("d", "daily", "word", stance="denies", **LATER)],
        ),
        written(
            [CLINIC, DAILY], [{**HELD, "stance": "denies"}, cites("d", "daily", "word", **LATER)]
        ),
        ("leave the stance out", "write claim", '"disowns"'),
    ),
    "a silence without how likely it was to be broken": Slip(
        "would-speak-missing",
        written([CLINIC], [says("word", "clinic", stance="silent", **MAY)]),
        written([CLINIC], [says("word", "clinic", stance="silent", would_speak=0.8, **MAY)]),
        ("how likely",),
    ),
    "a claim disowned instead of denied": Slip(
        "disowns-on-origin",
        written([CLINIC], [{**WORD, "stance": "disowns"}]),
        written([CLINIC], [{**WORD, "stance": "denies"}]),
        ('"denies"',),
    ),
    "a chance too small to mean anything": Slip(
        "too-small",
        written([CLINIC], [WORD], [{**HIT, "prior": 1e-300}]),
        written([CLINIC], [WORD]),
        ("1e-300",),
    ),
    "a hedge that is in no table": Slip(
        "unknown-hedge",
        written([CLINIC], [{**WORD, "wording": "kind of"}]),
        written([CLINIC], [{**WORD, "wording": "probably"}]),
        ("kind of",),
    ),
    "an id with a letter wrong": Slip(
        "dangling-reference",
        written([CLINIC, DAILY], [HELD, cites("d", "daily", "wrod", **LATER)]),
        written([CLINIC, DAILY], [HELD, cites("d", "daily", "word", **LATER)]),
        ("wrod", "word"),
    ),
    "a number in quotation marks": Slip(
        "not-a-number",
        written([CLINIC], [WORD], [{**HIT, "prior": "0.2"}]),
        written([CLINIC], [WORD]),
        ("0.2",),
    ),
}
"""Slips by what somebody did."""


LAB = source("lab", "organisation", "A")
RADAR = source("radar", "sensor", 0.7)
REGION = {"id": "raid", "text": "There was an air raid on the town", "prior": 0.3}
WELL_MADE: dict[str, tuple[dict[str, Any], set[str]]] = {
    "one who saw it": (written([CLINIC], [WORD]), set()),
    "two who saw it": (written([CLINIC, GUARD], [WORD, says("g", "guard", **SEEN)]), set()),
    "one for, one against": (
        written(
            [CLINIC, source("army", "government", "C")],
            [WORD, says("a", "army", stance="denies", **SEEN)],
            [{**HIT, "prior": 0.5}],
        ),
        set(),
    ),
    "an agency's dispatch, with its witness": (
        # It is a fact of this case, not a slip, that all goes back to one.
        written([CLINIC, AFP], [HELD, cites("a", "afp", "word", **LATER)]),
        {"single-origin"},
    ),
    "an outlet's own investigation": (
        written([DAILY, CLINIC], [WORD, says("d", "daily", basis="own-inquiry", **LATER)]),
        set(),
    ),
    "a paper that must be genuine": (
        # A gate in force is what its reader has to know.
        written(
            [source("order", "document", "A"), LAB],
            [
                says("o", "order", only_if="genuine", **SEEN),
                {"id": "l", "source": "lab", "claim": "genuine", "basis": "own-inquiry", **LATER},
            ],
            [HIT, {"id": "genuine", "text": "The order is genuine", "prior": 0.8}],
        ),
        {"gate"},
    ),
    "a sensor beside a witness": (
        written([RADAR, GUARD], [says("r", "radar", **MAY), says("g", "guard", **SEEN)]),
        set(),
    ),
    "a sign and its claim": (
        written(
            [GUARD, NURSE],
            [
                {"id": "g", "source": "guard", "claim": "raid", **SEEN},
                {"id": "n", "source": "nurse", "claim": "crater", **SEEN},
            ],
            [REGION, {"id": "crater", "text": "There is a bomb crater in the yard"}],
            links=[
                {"kind": "evidence", "claim": "raid", "sign": "crater",
                 "if_true": 0.6, "if_false": 0.05}
            ],
        ),
        set(),
    ),
    "three answers to one question": (
        written(
            [GUARD, NURSE],
            [
                {"id": "g", "source": "guard", "claim": "red", **SEEN},
                {"id": "n", "source": "nurse", "claim": "red", **SEEN},
            ],
            [{"id": name, "text": f"The van was {name}"} for name in ("red", "blue", "green")],
            questions=[
                {"id": "van", "text": "Which van?", "claims": ["red", "blue", "green"],
                 "prior": [0.4, 0.3, 0.3]}
            ],
        ),
        set(),
    ),
    "rare news from two who know": (
        written(
            [source("president"), source("editor")],
            [says("p", "president", **SEEN), says("e", "editor", **SEEN)],
            [{**HIT, "prior": 0.001, "alternatives": 50}],
        ),
        {"independence-assumed"},
    ),
    "two unnamed people declared as perhaps one": (
        # Its author says so: the two may be one.
        written(
            [source("first", "unnamed", "C"), source("second", "unnamed", "C")],
            [
                says("f", "first", **SEEN),
                says("s", "second", same_voice_as={"attribution": "f", "probability": 0.3}, **SEEN),
            ],
        ),
        {"single-origin"},
    ),
    "somebody withdrew, and why": (
        written(
            [CLINIC, GUARD],
            [
                WORD,
                says("g", "guard", retracted_on="2024-05-05", retracted_because="error", **SEEN),
                says("no", "guard", stance="denies", basis="firsthand", said_on="2024-05-05"),
            ],
            [{**HIT, "prior": 0.5}],
        ),
        {"retracted"},
    ),
}  # fmt: skip
"""Cases that a careful author would leave as they are, with what is told of each."""
