"""A value that fits a JSON Schema, for the synthetic answers: the simplest there is, and always the same one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

_DEEPEST = 40
_DEEP = 10  # from here on only what must be there, so that a type that holds itself ends
_MOST = 10_000  # steps in all: values made, entries looked at, and the text by so many characters
_CHARACTERS = 10  # of a step
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
    except (TypeError, AttributeError, LookupError, ArithmeticError, RecursionError):
        raise ValueError("The schema is not one that this service reads.") from None


class _Maker:
    """Makes one value."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._left = _MOST

    def value(self, schema: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError("The schema has no end.")
        self._spend(1)
        if schema is True:
            return _WORD
        if not isinstance(schema, Mapping):
            raise ValueError("A schema must be an object.")
        if "$ref" in schema:
            return self.value(self._referred(schema["$ref"]), depth + 1)
        if "const" in schema:
            return self._given(schema["const"])
        if choices := schema.get("enum"):
            return self._given(_list(choices)[0])
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            self._spend(len(choices))
            return self.value(_simplest(_list(choices), depth), depth + 1)
        if schema.get("allOf"):
            return self.value(self._merged(schema), depth + 1)
        kind = self._type(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            least = max(_whole(schema.get("minItems")), 0 if depth > _DEEP or schema.get("maxItems") == 0 else 1)
            return [self.value(schema.get("items", True), depth + 1) for _ in range(least)]
        return self._plain(kind, schema)

    def _spend(self, steps: int) -> None:
        """Every loop is paid for before it runs, so no schema takes long, and none has a long answer."""
        self._left -= steps
        if self._left < 0:
            raise ValueError("The schema asks for too much.")

    def _given(self, value: Any) -> Any:
        """The value; its text is paid for, since a schema may name it many times."""
        self._spend(len(json.dumps(value, allow_nan=False)) // _CHARACTERS)
        return value

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        properties, required = self._members(schema)
        own = [name for name in properties if depth < _DEEP or name in required]
        names = self._given([*own, *(name for name in required if name not in properties)])
        return {name: self.value(properties.get(name, True), depth + 1) for name in names}

    def _members(self, schema: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, None]]:
        """The properties, and the names that are required, each once."""
        properties, required = schema.get("properties", {}), _list(schema.get("required", []))
        if not isinstance(properties, Mapping) or not all(isinstance(name, str) for name in required):
            raise ValueError("properties of a schema must be an object, required a list of names.")
        self._spend(len(properties) + len(required))
        return properties, dict.fromkeys(required)

    def _merged(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of ``allOf`` as one schema; of two that speak of the same, the later one counts."""
        whole: dict[str, Any] = {}
        properties: dict[str, Any] = {}
        required: dict[str, None] = {}
        own = {name: value for name, value in schema.items() if name != "allOf"}
        for part in (own, *_list(schema["allOf"])):
            said = self._referred(part["$ref"]) if "$ref" in part else part
            self._spend(1 + len(said))
            for names, more in zip((properties, required), self._members(said), strict=True):
                names.update(more)
            whole.update(said)
        return {**whole, **({"properties": properties} if properties else {}), "required": list(required)}

    def _referred(self, ref: str) -> Any:
        self._spend(len(ref) // _CHARACTERS)
        place = self._root
        for name in filter(None, ref.removeprefix("#").split("/")):
            key = name.replace("~1", "/").replace("~0", "~")
            if not ref.startswith("#") or key not in place:
                raise ValueError(f"The schema has no {ref}.")
            place = place[key]
        return place

    def _type(self, schema: Mapping[str, Any]) -> str:
        kind = schema.get("type")
        if isinstance(kind, list):
            self._spend(len(kind))
            kind = next((one for one in kind if one != "null"), "null")
        if kind is None:
            signs = (("object", "properties"), ("array", "items"), ("number", "minimum"), ("number", "maximum"))
            return next((name for name, sign in signs if sign in schema), "string")
        if not isinstance(kind, str):
            raise ValueError("type of a schema must be a name or a list of names.")
        return kind

    def _plain(self, kind: str, schema: Mapping[str, Any]) -> Any:
        if kind in ("integer", "number"):
            return self._given(_number(kind, schema))
        if kind == "boolean":
            return False
        if kind == "null":
            return None
        least = _whole(schema.get("minLength"))
        self._spend(least // _CHARACTERS)
        return _WORD.ljust(least, ".")[: schema.get("maxLength")]


def _number(kind: str, schema: Mapping[str, Any]) -> Any:
    """Zero where that fits, else the multiple within the bounds that is nearest to it."""
    step = schema.get("multipleOf", 1)
    if not step > 0:
        raise ValueError("multipleOf of a schema must be above 0.")
    if isinstance(step, float):
        step = Fraction(str(step))  # as it is written, so that 3 x 0.1 is 0.3
        step = step.numerator if kind == "integer" else step
    low, high = schema.get("minimum", -math.inf), schema.get("maximum", math.inf)
    above, below = schema.get("exclusiveMinimum", -math.inf), schema.get("exclusiveMaximum", math.inf)
    least, most = max(low, above), min(high, below)
    value = 0
    if least >= 0:
        value = -int(-least // step) * step
        value = value + step if value <= above else value
    elif most <= 0:
        value = int(most // step) * step
        value = value - step if value >= below else value
    if kind == "number" and "multipleOf" not in schema and not (least <= value <= most and above < value < below):
        value = (least + most) / 2
    if not (least <= value <= most and above < value < below):
        raise ValueError("The schema has no number within its bounds.")
    return value if isinstance(value, (int, float)) else int(value) if value.denominator == 1 else float(value)


def _simplest(choices: list[Any], depth: int) -> Any:
    """The first that is not null; deep down null, which ends a type that holds itself."""
    is_null = [choice == {"type": "null"} for choice in choices]
    if any(is_null) and (all(is_null) or depth > _DEEP):
        return choices[is_null.index(True)]
    return choices[is_null.index(False)]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("enum, anyOf, oneOf, allOf and required of a schema must be lists.")
    return value
