"""A value that fits a JSON Schema, for the synthetic answers: the simplest there is, and always the same one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

_DEEPEST = 40
_DEEP = 10  # from here on only what must be there, so that a type that holds itself ends
_MOST = 10_000  # values in all
_WORD = "synthetic"


def made_up(schema: Any) -> Any:
    """A value that fits: names of types, ``enum``, ``const``, ``properties``, ``items``, bounds, ``anyOf``, ``$ref``.

    Not looked at: ``pattern``, ``format`` and conditions; what has those may get a value that does not fit.

    Raises
    ------
    ValueError
        It is no schema, or one without an end.

    Examples
    --------
    >>> made_up({"type": "object", "properties": {"city": {"type": "string"}, "days": {"minimum": 2}}})
    {'city': 'synthetic', 'days': 2}
    """
    try:
        return _Maker(schema).value(schema, 0)
    except (TypeError, AttributeError, OverflowError):
        raise ValueError("The schema is not one that this service reads.") from None


class _Maker:
    """Makes one value."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._left = _MOST

    def value(self, schema: Any, depth: int) -> Any:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise ValueError("The schema has no end, or asks for too much.")
        if schema is True:
            return _WORD
        if not isinstance(schema, Mapping):
            raise ValueError("A schema must be an object.")
        if "$ref" in schema:
            return self.value(self._referred(schema["$ref"]), depth + 1)
        if "const" in schema:
            return schema["const"]
        if schema.get("enum"):
            return schema["enum"][0]
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return self.value(_simplest(choices, depth), depth + 1)
        if schema.get("allOf"):
            return self.value(self._merged(schema), depth + 1)
        kind = _type(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            least = max(_whole(schema.get("minItems")), 0 if depth > _DEEP or schema.get("maxItems") == 0 else 1)
            return [self.value(schema.get("items", True), depth + 1) for _ in range(least)]
        return _plain(kind, schema)

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), schema.get("required", [])
        own = [name for name in properties if depth < _DEEP or name in required]
        names = [*own, *(name for name in required if name not in properties)]
        return {name: self.value(properties.get(name, True), depth + 1) for name in names}

    def _merged(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of ``allOf`` as one schema; of two that speak of the same, the later one counts."""
        whole: dict[str, Any] = {name: value for name, value in schema.items() if name != "allOf"}
        for part in schema["allOf"]:
            own = self._referred(part["$ref"]) if "$ref" in part else part
            properties = {**whole.get("properties", {}), **own.get("properties", {})}
            required = [*whole.get("required", []), *own.get("required", [])]
            whole = {**whole, **own, **({"properties": properties} if properties else {}), "required": required}
        return whole

    def _referred(self, ref: str) -> Any:
        place = self._root
        for name in filter(None, ref.removeprefix("#").split("/")):
            key = name.replace("~1", "/").replace("~0", "~")
            if not ref.startswith("#") or key not in place:
                raise ValueError(f"The schema has no {ref}.")
            place = place[key]
        return place


def _type(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if kind is not None:
        return str(kind)
    signs = (("object", "properties"), ("array", "items"), ("number", "minimum"), ("number", "maximum"))
    return next((name for name, sign in signs if sign in schema), "string")


def _plain(kind: str, schema: Mapping[str, Any]) -> Any:
    if kind in ("integer", "number"):
        return _number(schema)
    if kind == "boolean":
        return False
    if kind == "null":
        return None
    return _WORD.ljust(_whole(schema.get("minLength")), ".")[: schema.get("maxLength")]


def _number(schema: Mapping[str, Any]) -> Any:
    """Zero where that fits, else the multiple within the bounds that is nearest to it."""
    step = schema.get("multipleOf", 1)
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    above, below = schema.get("exclusiveMinimum", -math.inf), schema.get("exclusiveMaximum", math.inf)
    if max(low, above) >= 0:
        value = math.ceil(max(low, above) / step) * step
        value = value + step if value <= above else value
        return value if value <= high and value < below else (max(low, above) + min(high, below)) / 2
    if min(high, below) <= 0:
        value = math.floor(min(high, below) / step) * step
        return value - step if value >= below else value
    return 0


def _simplest(choices: list[Any], depth: int) -> Any:
    """The first that is not null; deep down null, which ends a type that holds itself."""
    is_null = [choice == {"type": "null"} for choice in choices]
    if any(is_null) and (all(is_null) or depth > _DEEP):
        return choices[is_null.index(True)]
    return choices[is_null.index(False)]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0
