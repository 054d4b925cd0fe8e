"""Every example runs: docstrings, README and documentation; and how hypothesis searches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, SkipParser
from sybil.parsers.markdown import PythonCodeBlockParser as MarkdownPython
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parent

settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    max_examples=30,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def _from_the_checkout(namespace: dict[str, object]) -> None:
    """Examples name files as someone in the project's folder would."""
    namespace["_came_from"] = Path.cwd()
    os.chdir(ROOT)


def _back(namespace: dict[str, object]) -> None:
    came_from = namespace["_came_from"]
    assert isinstance(came_from, Path)
    os.chdir(came_from)


class MarkdownConsole(MarkdownPython):
    """Fences named `pycon`, which show results; Sybil's own parser looks at `python` alone."""

    def __init__(self) -> None:
        super().__init__()
        self.codeblock_parser = CodeBlockParser("pycon", PythonEvaluator())


pytest_collect_file = (
    Sybil(
        parsers=[MarkdownPython(), MarkdownConsole(), SkipParser()],
        patterns=["*.md"],
        setup=_from_the_checkout,
        teardown=_back,
    )
    + Sybil(
        parsers=[DocTestParser()],
        patterns=["provenance/**/*.py", "provenance/*.py"],
        setup=_from_the_checkout,
        teardown=_back,
    )
).pytest()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Coverage is of the examples that are written out.

    What is drawn goes the same ways over and over, at twice the time while it is watched.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def seeds() -> Path:
    """The folder of the shipped seeds."""
    return ROOT / "seeds"
