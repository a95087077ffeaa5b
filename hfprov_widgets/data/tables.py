"""Reading a JSON object by a table, without trusting it.

The table says which field of the JSON is which of the record, and of what kind. A value of another kind is left
unknown, and a sentence says so. What the table does not have stays aside, so that nothing the services send is lost.

There are two readers of a table. `read_fields` is the one that says what reading means. `written_out` makes the quick
one, for objects in which all is as it nearly always is: tens of thousands of them come in one listing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from hfprov_widgets.data.fields import OBJECT, Kind, show

# From a field's name in the JSON to its name in the record and its kind, to a table of the fields inside it, or to
# None for what is known and of no use.
Table: TypeAlias = "Mapping[str, tuple[str, Kind] | Table | None]"


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a table: its full name in the JSON, its name in the record, its kind, and the rows of what is inside."""

    path: str
    name: str
    kind: Kind
    inside: Fields | None = None


Fields: TypeAlias = "Mapping[str, Field | None]"
QuickReader: TypeAlias = "Callable[[Mapping[str, Any], Any], dict[str, Any] | None]"


def fields_of(table: Table, path: str = "") -> Fields:
    """The rows of a table, each with its full name."""
    fields: dict[str, Field | None] = {}
    for key, row in table.items():
        if row is None:
            fields[key] = None
        elif isinstance(row, tuple):
            fields[key] = Field(path + key, *row)
        else:
            fields[key] = Field(path + key, "", OBJECT, fields_of(row, f"{path}{key}."))
    return fields


def read_fields(raw: Mapping[str, Any], fields: Fields, record: Any, faults: list[str]) -> dict[str, Any]:
    """Set what is of its kind as an attribute of the record; of what is not, put a sentence into `faults`.

    Returns
    -------
    dict
        What is not in the table, from this object and from those inside it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from hfprov_widgets.data.fields import AMOUNT, COUNT
    >>> fields = fields_of({"id": None, "likes": ("likes", COUNT), "pricing": {"input": ("price_input", AMOUNT)}})
    >>> record, faults = SimpleNamespace(), []
    >>> read_fields({"id": 7, "likes": "3", "pricing": {"input": 1, "cached": 0.1}}, fields, record, faults)
    {'pricing': {'cached': 0.1}}
    >>> record, faults
    (namespace(price_input=1.0), ["likes is '3', not a whole number from 0: unknown"])
    """
    extra: dict[str, Any] = {}
    for key, value in raw.items():
        if key not in fields:
            if is_writable(key) and is_writable(value):
                extra[key] = value
            else:
                faults.append(f"the field {show(key)} cannot be written as JSON in UTF-8: left out")
        elif (field := fields[key]) is None or value is None:
            continue
        elif (good := field.kind.read(value)) is None:
            faults.append(f"{field.path} is {show(value)}, not {field.kind.words}: unknown")
        elif field.inside is None:
            setattr(record, field.name, good)
        elif rest := read_fields(good, field.inside, record, faults):
            extra[key] = rest
    return extra


def written_out(fields: Fields) -> QuickReader:
    """A function that reads an object as `read_fields` does if all in it is good, and else returns None.

    As dataclasses do with their constructors, it is written as text and compiled, once per table: each field is then
    one lookup and one test in place, with no call and no loop. It sets good values only, also where it returns None.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from hfprov_widgets.data.fields import COUNT
    >>> read = written_out(fields_of({"id": None, "likes": ("likes", COUNT)}))
    >>> record = SimpleNamespace()
    >>> read({"id": 7, "likes": 3, "sha": "f3"}, record), record
    ({'sha': 'f3'}, namespace(likes=3))
    >>> read({"id": 7, "likes": "3"}, record) is None
    True
    """
    names: dict[str, Any] = {"is_writable": is_writable}
    text = ["def read(raw, record):", *_indented(_lines(fields, "raw", names)), "    return raw_extra or {}"]
    exec("\n".join(text), names)
    reader: QuickReader = names["read"]
    return reader


def _lines(fields: Fields, raw: str, names: dict[str, Any]) -> Iterator[str]:
    """The lines that read the object in the variable `raw`; what they refer to goes into `names`."""
    names[f"{raw}_keys"] = frozenset(fields)
    yield f"{raw}_extra = None"
    for number, (key, field) in enumerate(fields.items()):
        if field is None:
            continue
        inner = f"{raw}_{number}"
        names[f"{inner}_read"] = field.kind.read
        plain = field.kind.plain.replace("read", f"{inner}_read")
        yield f"if (value := {raw}.get({key!r})) is not None:"
        yield f"    if not ({plain}) and (value := {inner}_read(value)) is None: return None"
        if field.inside is None:
            yield f"    record.{field.name} = value"
        else:
            yield f"    {inner} = value"
            yield from _indented(_lines(field.inside, inner, names))
            yield f"    if {inner}_extra: {raw}_extra = {{**({raw}_extra or {{}}), {key!r}: {inner}_extra}}"
    yield f"if not {raw}_keys.issuperset({raw}):"
    yield f"    unknown = {{key: {raw}[key] for key in {raw} if key not in {raw}_keys}}"
    yield "    if not all(map(is_writable, [*unknown, *unknown.values()])): return None"
    yield f"    {raw}_extra = {{**unknown, **({raw}_extra or {{}})}}"


def is_writable(value: Any) -> bool:
    """Whether what was not asked for can be kept in a file: no half of a surrogate pair, no NaN, not endlessly deep.

    >>> is_writable("single-model"), is_writable([chr(0xD800)]), is_writable({"price": float("nan")})
    (True, False, False)
    """
    if type(value) is str and value.isascii():
        return True
    try:
        return bool(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, TypeError, RecursionError):  # a frame's cell can be any object
        return False


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
