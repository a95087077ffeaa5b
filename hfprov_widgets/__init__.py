"""Pick a model, compare the providers that serve it, carry the choice into the next cell.

>>> import hfprov_widgets as hfp
>>> catalog = hfp.load_catalog("sample")
>>> catalog.route("meta-llama/Llama-3.3-70B-Instruct:novita").price_output
0.4

Names load when they are first used: importing the package imports no widget, no pandas and no network client.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Where each public name lives. `__getattr__` below imports the module when the name is first asked for.
_HOMES = {
    "BudgetPlanner": "widgets.planner",
    "Explorer": "widgets.explorer",
    "ModelPicker": "widgets.picker",
    "RouteSnippet": "widgets.snippet",
    "ProviderTable": "widgets.table",
    "ProviderChart": "widgets.chart",
    "Catalog": "data.catalog",
    "Choice": "data.choose",
    "ParetoFront": "data.pareto",
    "Plan": "data.budget",
    "credit_presets": "data.credit",
    "count_tokens": "data.tokens",
    "snippet": "data.snippets",
    "load_catalog": "data.load",
    "HubClient": "data.hub",
    "RouterClient": "data.router",
    "Model": "data.records",
    "ModelList": "data.records",
    "Route": "data.records",
    "SnapshotError": "data.snapshot",
    "HubError": "data.errors",
    "ModelNotFound": "data.errors",
    "RateLimited": "data.errors",
    "ServiceUnavailable": "data.errors",
    "BadResponse": "data.errors",
    "AuthenticationError": "data.errors",
    "token_source": "data.token",
    "strip_widget_state": "notebooks",
    "NotebookError": "notebooks",
}

if TYPE_CHECKING:
    from hfprov_widgets.data.budget import Plan
    from hfprov_widgets.data.catalog import Catalog
    from hfprov_widgets.data.choose import Choice
    from hfprov_widgets.data.credit import credit_presets
    from hfprov_widgets.data.errors import (
        AuthenticationError,
        BadResponse,
        HubError,
        ModelNotFound,
        RateLimited,
        ServiceUnavailable,
    )
    from hfprov_widgets.data.hub import HubClient
    from hfprov_widgets.data.load import load_catalog
    from hfprov_widgets.data.pareto import ParetoFront
    from hfprov_widgets.data.records import Model, ModelList, Route
    from hfprov_widgets.data.router import RouterClient
    from hfprov_widgets.data.snapshot import SnapshotError
    from hfprov_widgets.data.snippets import snippet
    from hfprov_widgets.data.token import token_source
    from hfprov_widgets.data.tokens import count_tokens
    from hfprov_widgets.notebooks import NotebookError, strip_widget_state
    from hfprov_widgets.widgets.chart import ProviderChart
    from hfprov_widgets.widgets.explorer import Explorer
    from hfprov_widgets.widgets.picker import ModelPicker
    from hfprov_widgets.widgets.planner import BudgetPlanner
    from hfprov_widgets.widgets.snippet import RouteSnippet
    from hfprov_widgets.widgets.table import ProviderTable

__all__ = [
    "AuthenticationError",
    "BadResponse",
    "BudgetPlanner",
    "Catalog",
    "Choice",
    "Explorer",
    "HubClient",
    "HubError",
    "Model",
    "ModelList",
    "ModelNotFound",
    "ModelPicker",
    "NotebookError",
    "ParetoFront",
    "Plan",
    "ProviderChart",
    "ProviderTable",
    "RateLimited",
    "Route",
    "RouteSnippet",
    "RouterClient",
    "ServiceUnavailable",
    "SnapshotError",
    "count_tokens",
    "credit_presets",
    "load_catalog",
    "snippet",
    "strip_widget_state",
    "token_source",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def load_ipython_extension(ipython: Any) -> None:
    """``%load_ext hfprov_widgets``: the magic ``%hfprov pick``, ``compare``, ``plan``."""
    from hfprov_widgets import magics

    magics.load(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """``%unload_ext hfprov_widgets``."""
    from hfprov_widgets import magics

    magics.unload(ipython)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
