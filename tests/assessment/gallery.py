"""Writes the lists of grades on the gallery's pages; run it to bring them up to date.

    python -m tests.assessment.gallery

A page says what was graded how and why, in the words that stand in its case beside the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance import load_seed
from provenance.records import Attribution, Case, EvidenceLink, ImpliesLink, Source
from provenance.scales import in_a_sentence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "gallery"
NAMES = (
    "aluminium-tubes-2002",
    "hacked-account-2013",
    "marathon-winner-1980",
    "mobile-laboratories-2003",
    "night-raid-2011",
    "secret-fund-1972",
    "uranium-papers-2003",
    "village-massacre-1968",
)
"""The cases of the gallery; each has a page of its name."""
BEGINS, ENDS = "<!-- grades -->\n", "<!-- /grades -->"


def number(value: object) -> str:
    """A grade, a number, an estimate or grades that changed, as a page shows them."""
    if value is None:
        return "not judged"
    if isinstance(value, tuple):
        return "; ".join(f"{number(each.reliability)} from {each.since}" for each in value)
    mean, strength = getattr(value, "mean", None), getattr(value, "strength", None)
    if mean is not None:
        return f"{number(mean)}, worth {strength:g}"
    return value if isinstance(value, str) else format(value, "g")


def lines(case: Case) -> Iterator[str]:
    """What a page tells of its case: the claims, the sources, the statements and the links."""
    yield "### Claims\n"
    for claim in case.claims:
        prior = f" Prior {number(claim.prior)}." if claim.prior is not None else ""
        yield _entry(f"`{claim.id}`: {claim.text}.{prior}", claim.note)
    if case.questions:
        yield "\n### Questions\n"
    for question in case.questions:
        asked = zip(question.claims, question.prior or (), strict=True)
        shares = ", ".join(f"`{claim}` {prior:g}" for claim, prior in asked)
        yield _entry(f"`{question.id}`: {question.text} Prior {shares}.", question.note)
    yield "\n### Sources\n"
    for source in case.sources:
        stakes = [f"Interest, {each.stake}: {each.note}" for each in source.interests]
        yield _entry(f"**{source.title}**, {_graded(source)}", *stakes)
    yield "\n### Statements\n"
    titles = {source.id: source.title for source in case.sources}
    for each in case.attributions:
        same = each.same_voice_as
        told = f"`{each.id}`, {in_a_sentence(titles[each.source])}: {_says(each)}."
        yield _entry(told, each.note, same.note if same else None)
    yield "\n### Links\n"
    for link in case.links:
        if isinstance(link, EvidenceLink):
            chances = f"{link.if_true:g} if it is true, {link.if_false:g} if it is false"
            yield _entry(f"`{link.sign}` is a sign of `{link.claim}`: {chances}.", link.note)
        elif isinstance(link, ImpliesLink):
            yield _entry(f"`{link.claim}` implies `{link.implies}`.", link.note)


def _graded(source: Source) -> str:
    """The grade and its reason; a note that begins with the letter is not told it twice."""
    access = f"access {number(source.access)}, " if source.access is not None else ""
    letter = source.reliability or "F"
    if isinstance(letter, str) and (source.note or "").startswith(letter):
        return f"{access}grade {source.note}"
    return f"{access}reliability {number(source.reliability)}. {source.note}"


def _entry(*parts: str | None) -> str:
    return "- " + " ".join(filter(None, parts))


def _says(each: Attribution) -> str:
    """What a statement says, in short: the stance, of what, and under which condition."""
    about = ", ".join(f"`{name}`" for name in (*each.claims, *each.cited))
    verb: str = each.stance or "affirms"
    if each.cited:
        verb = "passes on" if verb == "affirms" else verb
    elif verb == "silent":
        verb = f"is silent, where it would speak with {each.would_speak:g}, on"
    parts = [f"{verb} {about}"]
    if each.wording is not None:
        parts.append(f"as sure as {number(each.wording)}")
    if each.competence is not None:
        parts.append(f"competence {number(each.competence)}")
    if each.basis not in (None, "unstated"):
        parts.append(str(each.basis))
    if each.only_if:
        parts.append(f"only if `{each.only_if}`")
    if each.same_voice_as:
        same = each.same_voice_as
        parts.append(f"the same voice as `{same.attribution}` with {same.probability:g}")
    if each.retracted_on is not None:
        parts.append(f"withdrawn on {each.retracted_on}")
    return ", ".join(parts)


def graded(page: str, case: Case) -> str:
    """A page with the lists of its case between the two marks."""
    before, rest = page.split(BEGINS)
    _, after = rest.split(ENDS)
    return f"{before}{BEGINS}\n" + "\n".join(lines(case)) + f"\n\n{ENDS}{after}"


def main() -> None:
    """Write the lists of every page."""
    for name in NAMES:
        path = FOLDER / f"{name}.md"
        path.write_text(graded(path.read_text("utf-8"), load_seed(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
