"""The traits that widgets share: each takes what a person or the page may give and keeps it in one normal form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias

import traitlets

from hfprov_widgets.data.columns import ROUTE_COLUMNS, normal_mix
from hfprov_widgets.data.filters import normal_filters
from hfprov_widgets.data.ranking import normal_sort

if TYPE_CHECKING:
    Trait: TypeAlias = traitlets.TraitType[Any, Any]
else:
    Trait = traitlets.TraitType  # traitlets 5.7 has no brackets at run time


class Choice(Trait):
    """An id, several ids or None, checked by the widget. (`traitlets.Any` would let None pass unchecked.)"""

    default_value = None
    info_text = "an id, several ids or None"

    def validate(self, obj: traitlets.HasTraits, value: Any) -> Any:
        return None if is_null(value) else value


def is_null(value: object) -> bool:
    """Whether it is None, or the page's null: a value of its own where Python runs in the browser."""
    return value is None or value is getattr(sys.modules.get("pyodide.ffi"), "jsnull", None)


class Filters(Trait):
    """``{"provider": ["novita"], "min_context_length": 128000}``; the rules are those of `Catalog.select`."""

    info_text = "a dict of filters"

    def validate(self, obj: traitlets.HasTraits, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise traitlets.TraitError(f"{self.name} must be a dict such as {{'provider': ['novita']}}, not {value!r}")
        try:
            return normal_filters(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise traitlets.TraitError(f"{self.name}: {error}") from error


class Sort(Trait):
    """``(("price_output", "asc"), …)``: columns and directions, the first key first."""

    info_text = "pairs of column and 'asc' or 'desc'"

    def __init__(self, allowed: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowed = allowed

    def validate(self, obj: traitlets.HasTraits, value: Any) -> tuple[tuple[str, str], ...]:
        try:
            return normal_sort(value, self.allowed) or self.default_value
        except (ValueError, TypeError, OverflowError) as error:
            raise traitlets.TraitError(str(error)) from error


class Columns(Trait):
    """Names of route columns, in the order in which they stand."""

    info_text = "names of columns"

    def validate(self, obj: traitlets.HasTraits, value: Any) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)) or not value:
            raise traitlets.TraitError(f"columns must be names such as ('provider', 'price_output'), not {value!r}")
        for name in value:
            if not isinstance(name, str) or name not in ROUTE_COLUMNS:
                near = get_close_matches(str(name), ROUTE_COLUMNS, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise traitlets.TraitError(
                    f"columns: there is no column {name!r}.{hint} Allowed: {', '.join(ROUTE_COLUMNS)}"
                )
        if "provider" not in value:
            raise traitlets.TraitError("columns must hold 'provider': a row is chosen by it")
        return tuple(dict.fromkeys(value))


class Mix(Trait):
    """Input to output tokens: a ratio such as (3, 1), or the counts of a typical call such as (600, 300)."""

    info_text = "two numbers, not both zero"

    def validate(self, obj: traitlets.HasTraits, value: Any) -> tuple[float, float]:
        try:
            return normal_mix(value)
        except (ValueError, TypeError, OverflowError) as error:
            raise traitlets.TraitError(str(error)) from error


class Checked(Trait):
    """What a function of the data side accepts, in the form it gives it; its words are the error's."""

    def __init__(self, check: Callable[[object], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check

    def validate(self, obj: traitlets.HasTraits, value: Any) -> Any:
        try:
            return self.check(None if is_null(value) else value)
        except (ValueError, TypeError, OverflowError) as error:
            raise traitlets.TraitError(str(error)) from error
