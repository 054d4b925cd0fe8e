"""Writing a case: one record a line, in a fixed order, and never half a file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from provenance.casefiles.json_text import KEPT_SCHEMA
from provenance.errors import CaseError, InvalidValue, Problem
from provenance.records import Case, Registry
from provenance.scales import HEDGE_ROWS

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
    form = _a_case(case).written()
    if registry is not None:
        shared = {source.id: source for source in registry.sources}
        kept = [source for source in case.sources if shared.get(source.id) != source]
        form["sources"] = [source.written() for source in kept]
    if KEPT_SCHEMA in form:
        form = {"$schema": form.pop(KEPT_SCHEMA), **form}
    return "{\n" + ",\n".join(_lines(form)) + "\n}\n"


def _a_case(case: Case) -> Case:
    if not isinstance(case, Case):
        raise InvalidValue(
            f"expected a Case, found {type(case).__name__}; load_case reads one from a path, a text, "
            "bytes or a mapping"
        )
    return case


def _lines(form: dict[str, Any]) -> Iterator[str]:
    for key, value in form.items():
        if isinstance(value, list) and value and not key.startswith("x-"):
            entries = ",\n".join(f"    {_text(entry)}" for entry in value)
            yield f"  {_text(key)}: [\n{entries}\n  ]"
        else:
            yield f"  {_text(key)}: {_text(value)}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


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
    beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}")
    # A new file has the mode that the umask leaves; one that is replaced keeps its own.
    made = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, made, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def case_digest(case: Case) -> str:
    """The SHA-256 of a case in its canonical form, as 64 hexadecimal digits.

    Equal cases have the same digest, however they were written: keys sorted, no spaces, fields
    that have their default left out, UTF-8.

    >>> from provenance.records import Case
    >>> case_digest(Case(claims=[], sources=[], attributions=[]))[:12]
    'bc36636bc928'
    """
    form = _a_case(case).written(bare=True)
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
    described["patternProperties"][r"^\$schema$"] = {"type": "string"}
    for definition in described.get("$defs", {}).values():
        if "kind" in definition["properties"] and "const" in definition["properties"]["kind"]:
            definition["required"] = ["kind", *definition["required"]]
    definitions = described.pop("$defs")
    shared = _Shared()
    whole = shared.written(_in_common_words(described))
    own = {name: shared.written(_in_common_words(each)) for name, each in definitions.items()}
    if "Wording" in shared.definitions:
        shared.definitions["Wording"]["description"] = _hedges_in_words()
    examples = {"examples": [_EXAMPLE]} if kind is Case else {}
    return {
        "$schema": DIALECT,
        "title": kind.__name__,
        **whole,
        **examples,
        "$defs": dict(sorted({**own, **shared.definitions}.items())),
    }


# What the generator writes that validators of JSON Schema do not know, and what they call it.
_KNOWN_AS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_ABOUT = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "number"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), "array"),
    **dict.fromkeys(("pattern", "maxLength"), "string"),
}
"""What a keyword is about, which strict validators want said beside it."""
_NAMED = frozenset({"properties", "patternProperties", "$defs"})


def _in_common_words(schema: Any) -> Any:
    """The same rules in keywords that every validator knows, each beside the type it is about."""
    if isinstance(schema, list):
        return [_in_common_words(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    key: str
    for key, value in schema.items():
        if key in _NAMED:
            found[key] = {name: _in_common_words(item) for name, item in value.items()}
        elif key != "title":  # which would only repeat the name of the definition
            found[_KNOWN_AS.get(key, key)] = _in_common_words(value)
    if "properties" in found and "$ref" in found:
        found["type"] = "object"
    about = [_ABOUT[key] for key in found if key in _ABOUT]
    return {"type": about[0], **found} if about and "type" not in found else found


_ASIDE = ("description", "default", "examples")


class _Shared:
    """The forms of values that many fields share, each defined once."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def written(self, schema: Any) -> Any:
        """A schema in which what is shared stands as a reference."""
        if isinstance(schema, list):
            return [self.written(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        found = {
            key: self.fields(value) if key in _NAMED else self.written(value)
            for key, value in schema.items()
        }
        rules = {key: value for key, value in found.items() if key not in _ASIDE}
        aside = {key: value for key, value in found.items() if key in _ASIDE}
        name = _name_of(rules)
        if name is None:
            return found
        if name == "Id":  # whose text is any text
            self.definitions["Text"] = {"type": "string", "pattern": rules.pop("pattern")}
            rules["$ref"] = "#/$defs/Text"
        self.definitions[name] = rules
        return {"$ref": f"#/$defs/{name}", **aside}

    def fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a record; those that every record has are defined once, as a whole."""
        found = {name: self.written(value) for name, value in fields.items()}
        for field, name in (("note", "Note"), ("refs", "Refs")):
            if field in found:
                self.definitions[name] = found[field]
                found[field] = {"$ref": f"#/$defs/{name}"}
        return found


_FORMS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "Id": lambda rules: "pattern" in rules and "maxLength" in rules,
    "Date": lambda rules: "[0-9]{4}" in rules.get("pattern", ""),
    "Text": lambda rules: rules.get("pattern", "").startswith("[^"),
    "Grade": lambda rules: rules.get("enum", ())[:2] == ["A", "B"],
    "Fraction": lambda rules: (
        rules.get("type") == "number" and (rules.get("minimum"), rules.get("maximum")) == (0, 1)
    ),
    "Position": lambda rules: rules.get("type") == "integer" and rules.get("minimum") == 0,
    "Ids": lambda rules: _refers(rules, "Id", "array"),
    "Wording": lambda rules: _refers(rules, "Fraction", "Text"),
    "Degree": lambda rules: _refers(rules, "Fraction", "Estimate"),
    **{
        f"Optional{name}": lambda rules, name=name: _refers(rules, name, "null")  # type: ignore[misc]
        for name in ("Id", "Ids", "Text", "Date", "Degree", "Position", "Wording")
    },
}
"""The forms that many fields share, by the rules that tell them."""


def _name_of(rules: Mapping[str, Any]) -> str | None:
    return next((name for name, tells in _FORMS.items() if tells(rules)), None)


def _refers(rules: Mapping[str, Any], *forms: str) -> bool:
    """Whether a value is of one of these forms, definitions or types, and nothing else is said."""
    (either,) = [rules[key] for key in ("anyOf", "oneOf") if key in rules] or [()]
    names = [each.get("$ref", each.get("type", "")).rpartition("/")[2] for each in either]
    return names == list(forms) and len(rules) == 1


def _hedges_in_words() -> str:
    """The accepted hedges with their numbers."""
    numbers = ", ".join(f"{row.lemma} {row.credence:g}" for row in HEDGE_ROWS if row.commits)
    nothing = ", ".join(row.lemma for row in HEDGE_ROWS if not row.commits)
    return (
        f"A credence in [0, 1], or one of these hedges: {numbers}. These commit to nothing: "
        f"{nothing}."
    )


_EXAMPLE: dict[str, Any] = {
    "version": 1,
    "title": "Was the hospital hit?",
    "claims": [{"id": "hit", "text": "The hospital was hit from the air", "prior": 0.2}],
    "sources": [
        {"id": "msf", "name": "MSF", "kind": "organisation", "reliability": "B"},
        {"id": "ministry", "name": "The ministry", "kind": "government", "reliability": "C"},
        {"id": "afp", "name": "AFP", "kind": "agency", "reliability": "B"},
    ],
    "documents": [{"id": "wire", "publisher": "afp", "published_on": "2015-10-03"}],
    "attributions": [
        {"id": "sighting", "source": "msf", "claim": "hit", "basis": "firsthand"},
        {"id": "denial", "source": "ministry", "claim": "hit", "stance": "denies"},
        {
            "id": "report",
            "source": "afp",
            "cites": ["sighting", "denial"],
            "document": "wire",
            "locators": [{"paragraph": 2}],
        },
    ],
}
"""A case with an origin, a denial, and an agency that passes both on."""
