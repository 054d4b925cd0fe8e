"""What a room declares: its numbers, what may be left out of a call, what a class works out or keeps.

    python -m tests.cases.declared

The file `declared.txt` of each room is read by people, and compared by a test of the room: a limit, a
default or an argument that may be left out changes on purpose, or not at all.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from inspect import Parameter
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
from pydantic import BaseModel

HERE = Path(__file__).parent.parent
ROOMS = (
    "errors",
    "records",
    "casefiles",
    "graph",
    "inference",
    "assessment",
    "exchange",
    "learning",
)
# This one imports what need not be there.
_LEFT_OUT = ("provenance.learning.spark",)
# What depends on the machine is no decision of ours.
_OF_THE_MACHINE = ("HAS_ARRAYS",)


def main() -> None:
    """Write the files."""
    for room in ROOMS:
        file_of(room).write_text(declared(room), encoding="utf-8")


def file_of(room: str) -> Path:
    """Where the declarations of a room stand."""
    folder = HERE / room
    return folder / "declared.txt" if folder.is_dir() else HERE / "cases" / f"declared_{room}.txt"


def declared(room: str) -> str:
    """Everything that the modules of a room declare, in the order of their names."""
    return "\n".join([line for each in _modules(room) for line in (*_lines(each), "")])


def _modules(room: str) -> list[ModuleType]:
    door = importlib.import_module(f"provenance.{room}")
    found = pkgutil.walk_packages(getattr(door, "__path__", ()), f"{door.__name__}.")
    names = sorted(each.name for each in found if each.name not in _LEFT_OUT)
    return [door, *map(importlib.import_module, names)]


def _lines(module: ModuleType) -> Iterator[str]:
    yield module.__name__
    for name in _own_names(module):
        value = getattr(module, name)
        if inspect.isclass(value):
            yield from _of_class(value)
        elif inspect.isfunction(inspect.unwrap(value) if callable(value) else value):
            yield from _of_function(name, value)
        elif (numbers := _numbers(value)) is not None:
            yield f"  {name} = {numbers}"


def _own_names(module: ModuleType) -> Iterator[str]:
    """What a module gives names to, but for what it imports, what exists for types alone, and what
    its functions put something else under."""
    tree = ast.parse(inspect.getsource(module))
    moves = {name for each in ast.walk(tree) if isinstance(each, ast.Global) for name in each.names}
    for statement in tree.body:
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        named = [each.id for each in targets if isinstance(each, ast.Name)]
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            named = [statement.name]
        left_out = moves.union(_OF_THE_MACHINE)
        yield from (each for each in named if hasattr(module, each) and each not in left_out)


def _numbers(value: Any) -> str | None:
    """The numbers and truth values in a value, with the keys and fields that they stand under."""
    if isinstance(value, bool | int | float):
        return repr(value)
    if isinstance(value, Mapping):
        entries = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, tuple | list):
        entries = [("", each) for each in value]
    elif attrs.has(type(value)):
        fields = attrs.fields(type(value))
        held = [(each.name, getattr(value, each.name), each.default) for each in fields]
        entries = [(name, each) for name, each, default in held if each is not default]
    else:
        return None
    told = [(name, _numbers(each)) for name, each in entries]
    found = [f"{name}: {each}" if name else each for name, each in told if each is not None]
    return f"({', '.join(found)})" if found else None


def _of_function(name: str, function: Callable[..., Any]) -> Iterator[str]:
    """How a function is called where something may be left out or must be named, and what it keeps."""
    asked = list(inspect.signature(function).parameters.values())
    is_plain = all(
        each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD for each in asked
    )
    kept = getattr(function, "cache_parameters", None)
    wraps = " wrapped" if hasattr(function, "__wrapped__") and not kept else ""
    if kept or wraps or not is_plain:
        keeps = f" keeps {kept()['maxsize']}" if kept else ""
        yield f"  {name}({', '.join(_parameters(asked))}){wraps}{keeps}"


def _parameters(asked: list[Parameter]) -> Iterator[str]:
    """Parameters as a signature has them, without types."""
    kinds = [None, *(each.kind for each in asked), None]
    named_only = (Parameter.KEYWORD_ONLY, Parameter.VAR_POSITIONAL)
    for before, each, after in zip(kinds, asked, kinds[2:], strict=False):
        if each.kind is Parameter.KEYWORD_ONLY and before not in named_only:
            yield "*"
        stars = {Parameter.VAR_POSITIONAL: "*", Parameter.VAR_KEYWORD: "**"}.get(each.kind, "")
        yield stars + _with_default(each.name, each.default, each.empty)
        if each.kind is Parameter.POSITIONAL_ONLY is not after:
            yield "/"


def _with_default(name: str, default: Any, none: Any) -> str:
    """A name, and what it is where it is not stated; the same in every process."""
    if default is none:
        return name
    is_plain = isinstance(default, bool | int | float | str | tuple | None)
    return f"{name}={default!r}" if is_plain else f"{name}=…"


def _of_class(value: type) -> Iterator[str]:
    """The fields of a class with their defaults, what it works out, and its methods like functions."""
    fields = list(_fields(value))
    if fields:
        is_frozen = attrs.has(value) and value.__setattr__ is not object.__setattr__
        by_identity = " by identity" if value.__eq__ is object.__eq__ else ""
        frozen = "frozen " if is_frozen else ""
        yield f"  {value.__name__}{by_identity}: {frozen}{', '.join(fields)}"
    own = {name: (type(each).__name__, _function(each)) for name, each in list(vars(value).items())}
    methods = {
        name: (kind, method)
        for name, (kind, method) in own.items()
        if method and method.__code__.co_filename == inspect.getfile(value)
    }
    for kind in ("property", "cached_property", "classmethod", "staticmethod"):
        names = [name for name, (its, _) in methods.items() if its == kind]
        if names:
            yield f"  {value.__name__}, {kind}: {', '.join(names)}"
    for name, (kind, method) in methods.items():
        if "property" not in kind and (name == "__init__" or not name.startswith("__")):
            yield from _of_function(f"{value.__name__}.{name}", method)


def _function(member: Any) -> Any:
    """The function behind a member of a class, or None where it is something else."""
    for name in ("__func__", "fget", "func"):
        member = getattr(member, name, member)
    member = inspect.unwrap(member) if callable(member) else member
    return member if inspect.isfunction(member) else None


def _fields(value: type) -> Iterator[str]:
    if attrs.has(value):
        for each in attrs.fields(value):
            beside = " uncompared" if not each.eq else ""
            named = " named" if each.kw_only else ""
            yield _with_default(each.name, each.default, attrs.NOTHING) + beside + named
    elif issubclass(value, BaseModel):
        for name, field in value.model_fields.items():
            yield name if field.is_required() else _with_default(name, field.default, ...)


if __name__ == "__main__":
    sys.exit(main())
