"""Writing a case: one record a line, in a fixed order, and never half a file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from provenance.errors import CaseError, Problem
from provenance.records import Case, Registry

__all__ = [
    "case_digest",
    "case_schema",
    "dump_case",
    "registry_schema",
    "save_case",
    "write_whole",
]


def dump_case(case: Case, *, registry: Registry | None = None) -> str:
    """A case as the text of a case file: one record a line, in a fixed order of keys.

    Args:
        case: the case.
        registry: the registry that `sources_from` means; sources that stand in it as they are in
            the case are then left out. Otherwise every source is written, and the text stands
            alone.

    >>> from provenance.records import Case, Claim
    >>> print(dump_case(Case(claims=[Claim(id="armed", text="Weapons were supplied")],
    ...                      sources=[], attributions=[])), end="")
    {
      "version": 1,
      "claims": [
        {"id": "armed", "text": "Weapons were supplied"}
      ],
      "sources": [],
      "attributions": []
    }
    """
    form = case.written()
    if registry is not None:
        shared = {source.id: source for source in registry.sources}
        kept = [source for source in case.sources if shared.get(source.id) != source]
        form["sources"] = [source.written() for source in kept]
    return "{\n" + ",\n".join(_lines(form)) + "\n}\n"


def _lines(form: dict[str, Any]) -> Iterator[str]:
    for key, value in form.items():
        if isinstance(value, list) and value and not key.startswith("x-"):
            entries = ",\n".join(f"    {_text(entry)}" for entry in value)
            yield f"  {_text(key)}: [\n{entries}\n  ]"
        else:
            yield f"  {_text(key)}: {_text(value)}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def save_case(
    case: Case, path: str | os.PathLike[str], *, registry: Registry | None = None
) -> None:
    """Writes a case to a file; what stood there is replaced at once, or not at all.

    Args:
        case: the case.
        path: where to write it.
        registry: as for `dump_case`.

    Raises:
        CaseError: when the file cannot be written.

    >>> import tempfile
    >>> from provenance import load_case, load_seed
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_case(load_seed("egypt-arms-2015"), f"{folder}/copy.json")
    ...     load_case(f"{folder}/copy.json") == load_seed("egypt-arms-2015")
    True
    """
    write_whole(path, dump_case(case, registry=registry))


def write_whole(path: str | os.PathLike[str], text: str | bytes) -> None:
    """Writes a file, text in UTF-8; what stood there is replaced at once, or not at all.

    Raises `CaseError` when the file cannot be written.
    """
    target = Path(path)
    try:
        content = text if isinstance(text, bytes) else text.encode()
        if target.exists() and not target.is_file():  # a pipe or a terminal cannot be replaced
            target.write_bytes(content)
        else:
            _replace(target.resolve(), content)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        problem = Problem(
            "",
            "cannot-write",
            f"expected a file that can be written, found {str(target)!r}: {reason}",
            "give a path in a folder that exists and can be written",
        )
        raise CaseError((problem,)) from error


def _replace(target: Path, content: bytes) -> None:
    """Writes beside the target, then renames, which file systems do in one step."""
    mode = target.stat().st_mode & 0o777 if target.exists() else None
    handle, beside = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644 if mode is None else mode)  # noqa: PTH101 - a name, not a Path
        os.replace(beside, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise


def case_digest(case: Case) -> str:
    """The SHA-256 of a case in its canonical form, as 64 hexadecimal digits.

    Equal cases have the same digest, however they were written: keys sorted, no spaces, fields
    that have their default left out, UTF-8.

    >>> from provenance.records import Case
    >>> case_digest(Case(claims=[], sources=[], attributions=[]))[:12]
    'bc36636bc928'
    """
    form = case.written(bare=True)
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# The published JSON Schema of case files, made from the records.

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Plain(GenerateJsonSchema):
    """Leaves out titles, which would only repeat the names of the fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a case file.

    It describes the form of every record. What holds between records (ids, references, signs,
    sums of priors) and whether a date is in the calendar only `load_case` can tell.

    >>> case_schema()["required"]
    ['version', 'claims', 'sources', 'attributions']
    """
    return _described(Case)


def registry_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a registry of sources.

    >>> registry_schema()["required"]
    ['version', 'sources']
    """
    return _described(Registry)


def _described(kind: type[Case] | type[Registry]) -> dict[str, Any]:
    described = kind.model_json_schema(by_alias=True, schema_generator=_Plain)
    described["required"] = ["version", *described["required"]]
    for definition in described.get("$defs", {}).values():
        if "kind" in definition["properties"] and "const" in definition["properties"]["kind"]:
            definition["required"] = ["kind", *definition["required"]]
    return {"$schema": DIALECT, **described}
