"""A story as arguments: statements support and attack a claim, and hearsay is held against them."""

from __future__ import annotations

from provenance.graph import Place, Story
from provenance.methods.leanings import Leaning, leanings_of
from provenance.methods.ranking import ArgumentGraph
from provenance.methods.routes import trusts_of

__all__ = ["CLAIM", "arguments_of"]

CLAIM = "the claim"
"""The name of the argument that stands for the claim."""

NO_LEANING = Leaning(0.0, 0.0)
"""What a value says that has nothing to do with the claim."""


def arguments_of(story: Story, place: Place, prior: float) -> ArgumentGraph:
    """The arguments about one value of one question of a story, without circles.

    - The claim has its prior as its own strength; a statement has the chance that it passes on what
      it tracks.  An origin supports the claim or attacks it.
    - A hidden statement is attacked by the doubt whether it was made, of strength 1; whoever relays
      it attacks that doubt, and whoever denies it attacks the statement.  A relay of what is in
      hand adds nothing.
    - A statement about a linked claim works through an argument with the strength of the link,
      attacked by the doubt whether the statement is right.

    So a chain counts as the product of its links under DF-QuAD.  Linear in the statements.
    """
    bases = {CLAIM: prior}
    attacks: list[tuple[str, str]] = []
    supports: list[tuple[str, str]] = []
    leanings = leanings_of(story, place)
    for index, trust in enumerate(trusts_of(story)):
        statement = story.statements[index]
        name = f"statement {statement.id}"
        bases[name] = trust
        if not statement.in_hand:
            bases[_doubt(name)] = 1.0
            attacks.append((_doubt(name), name))
        if statement.cites is not None:
            cited = story.statements[statement.cites]
            says_so = (cited.value, cited.affirms) == (statement.value, statement.affirms)
            target = f"statement {cited.id}"
            if not cited.in_hand:
                attacks.append((name, _doubt(target) if says_so else target))
            continue
        leaning = leanings.get(Place(statement.question, statement.value), NO_LEANING)
        strength = leaning.of(statement.affirms)
        if strength == 0.0:
            continue
        if abs(strength) < 1.0:
            link = f"link of {name}"
            bases |= {link: abs(strength), _doubt(link): 1.0}
            attacks += [(name, _doubt(link)), (_doubt(link), link)]
            name = link
        (supports if strength > 0.0 else attacks).append((name, CLAIM))
    return ArgumentGraph.of(bases, attacks, supports)


def _doubt(name: str) -> str:
    return f"doubt about {name}"
