"""The other side of the comparison: the least code that gets the same rows on screen.

Two bare anywidgets without style, state or search semantics. They get plain column JSON in one ``Bytes``
trait and draw the first 50 rows; the picker filters by one substring on every key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from hfprov_widgets import Catalog

Columns = Mapping[str, list[Any]]

# The columns of the contract, in its order.
ROUTE = (
    *("model", "provider", "status", "task", "provider_id", "context_length", "price_input", "price_output"),
    *("is_free", "supports_tools", "supports_structured_output", "first_token_latency_ms", "throughput"),
    *("is_model_author", "retrieved_at", "metrics_retrieved_at"),
)
MODEL = (
    *("id", "pipeline_tag", "owned_by", "created", "input_modalities", "output_modalities", "likes"),
    *("downloads", "trending_score", "gated", "inference", "n_routes"),
)


def route_columns(catalog: Catalog) -> dict[str, list[Any]]:
    """All routes of a catalogue as plain lists, one per column."""
    routes = [route for model in catalog.records for route in model.routes]
    return {name: [getattr(route, name) for route in routes] for name in ROUTE}


def model_columns(catalog: Catalog) -> dict[str, list[Any]]:
    """All models of a catalogue as plain lists, one per column."""
    return {name: [getattr(model, name) for model in catalog.records] for name in MODEL}


def encode(columns: object) -> bytes:
    """Plain column JSON without blanks."""
    return json.dumps(columns, separators=(",", ":")).encode()


class BareTable(anywidget.AnyWidget):
    """Draws the first 50 rows of the columns it is given."""

    _esm = """
    export default {
      render({ model, el }) {
        const columns = JSON.parse(new TextDecoder().decode(model.get("data")));
        const names = Object.keys(columns);
        const table = document.createElement("table");
        table.className = "bare-table";
        const head = table.createTHead().insertRow();
        for (const name of names) head.insertCell().textContent = name;
        const body = table.createTBody();
        for (let i = 0; i < Math.min(50, columns.model.length); i++) {
          const row = body.insertRow();
          for (const name of names) row.insertCell().textContent = columns[name][i] ?? "";
        }
        el.append(table);
      },
    };
    """
    data = traitlets.Bytes().tag(sync=True)

    def __init__(self, columns: Columns) -> None:
        super().__init__(data=encode(columns))


class BarePicker(anywidget.AnyWidget):
    """Filters the ids of all models by one substring and draws the first 50.

    It is given what our picker is given: a row is a model with its routes, of which price, context and the number of
    providers are shown.
    """

    _esm = """
    export default {
      render({ model, el }) {
        const ids = JSON.parse(new TextDecoder().decode(model.get("data"))).models.id;
        const root = el.appendChild(document.createElement("div"));
        root.className = "bare-picker";
        const input = root.appendChild(document.createElement("input"));
        const count = root.appendChild(document.createElement("div"));
        const list = root.appendChild(document.createElement("ul"));
        list.className = "bare-list";
        const draw = () => {
          const query = input.value.toLowerCase();
          const found = ids.filter((id) => id.toLowerCase().includes(query));
          count.textContent = `${found.length} models`;
          list.replaceChildren(...found.slice(0, 50).map((id) => {
            const item = document.createElement("li");
            item.textContent = id;
            return item;
          }));
        };
        input.addEventListener("input", draw);
        draw();
      },
    };
    """
    data = traitlets.Bytes().tag(sync=True)

    def __init__(self, models: Columns, routes: Columns) -> None:
        super().__init__(data=encode({"models": models, "routes": routes}))
