"""What errors say of what went wrong."""

from __future__ import annotations

import pytest

from provenance import Case, Claim, ImpliesLink, ImpossibleEvidence, weigh


def test_resolutions_that_contradict_each_other_are_named_as_the_cause() -> None:
    case = Case(
        claims=[
            Claim(id="left", text="It left", resolved={"value": True}),
            Claim(id="sailed", text="It sailed", resolved={"value": False}),
            Claim(id="seen", text="It was seen"),
        ],
        sources=[],
        attributions=[],
        links=[
            ImpliesLink(claim="left", implies="sailed"),
            ImpliesLink(claim="left", implies="seen"),
        ],
    )

    with pytest.raises(ImpossibleEvidence, match="how its claims were resolved"):
        weigh(case, "seen")
