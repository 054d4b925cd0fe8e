"""What learning says: a dozen tables word by word, and the worlds and methods it is held to."""

from __future__ import annotations

import re
import zlib

import pytest

from provenance.learning import METHODS, troubled
from provenance.learning.planted import planted
from tests.learning.tellings import FILE, TOLD

WRITTEN = dict(
    re.findall(r"^=== (.+)\n\n((?:(?!===).*\n)+)", FILE.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("name", TOLD)
def test_a_table_is_told_as_the_file_has_it(name: str) -> None:
    told = "\n".join(TOLD[name]())

    # If this fails: python -m tests.learning.tellings, and read what has changed.
    assert WRITTEN[name].strip() == told.strip()


def test_the_file_has_no_other_table() -> None:
    assert list(WRITTEN) == list(TOLD)


# The figures in the docs are measured on these worlds: whoever changes one, or has a numpy that
# draws otherwise, measures again and writes these anew.
WORLDS = {
    "spammers": 827583083,
    "experts": 1525219134,
    "hard objects": 940717699,
    "copiers": 380800051,
    "camps": 2470732451,
    "lone voices": 1208774863,
    "absurd numbers": 3465890048,
    "drifting sources": 2165739964,
    "few objects": 3602378319,
    "many labels": 3822569986,
}


@pytest.mark.parametrize("kind", WORLDS)
def test_a_world_of_trouble_is_the_one_that_was_measured(kind: str) -> None:
    world = troubled(kind, seed=3)

    assert zlib.crc32(repr((world.rows, world.truth)).encode()) == WORLDS[kind]


def test_a_made_up_world_is_the_one_that_was_measured() -> None:
    world = planted(
        sources=12,
        objects=40,
        copiers=0.4,
        originals=2,
        experts=2,
        hardness=0.7,
        favourites=1.5,
        seed=5,
    )

    drawn = (world.source, world.object, world.value, world.truth, world.original)
    assert zlib.crc32(repr([each.tolist() for each in drawn]).encode()) == 1951516007
    assert world.groups == ((4, 5, 8), (6, 7, 9, 11))
    assert world.time.sum() == pytest.approx(172.291066)
    assert world.accuracy.sum() == pytest.approx(9.048096)


def test_each_method_is_what_the_reference_says_of_it() -> None:
    told = {
        "calibrated": {
            "one-coin", "ibcc", "pooled-ibcc", "coin-tables", "averaged-ibcc", "ebcc", "blend",
            "gtm", "robust", "ltm",
        },
        "tempered": {
            "one-coin", "ibcc", "pooled-ibcc", "coin-tables", "averaged-ibcc", "ebcc", "blend",
        },
        "finds_dependence": {"blend"},
        "shares": {
            "majority", "weighted-vote", "sums", "average-log", "investment", "pooled-investment",
            "truthfinder", "2-estimates", "3-estimates", "crh", "catd", "glad",
        },
    }  # fmt: skip

    for flag, names in told.items():
        assert {name for name, method in METHODS.items() if getattr(method, flag)} == names
