"""How the two services write a model and a route: which of their fields is which of ours, and of what kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hfprov_widgets.data.fields import (
    AMOUNT,
    COUNT,
    DAY_OR_TIME,
    FLAG,
    GATE,
    ISO_TIME,
    LIST,
    LIST_OR_OBJECT,
    TEXT,
    TEXTS,
    UNIX_TIME,
    WORD,
)
from hfprov_widgets.data.tables import Table, fields_of, read_fields, written_out

CHAT = "conversational"  # the router lists chat routes only, and does not say so in each

# Only a service of one's own says these; without them a row is as old as the reply, and from its service.
_ORIGIN: Table = {
    "retrieved_at": ("retrieved_at", DAY_OR_TIME),
    "metrics_retrieved_at": ("metrics_retrieved_at", DAY_OR_TIME),
    "source": ("source", WORD),
    "metrics_source": ("metrics_source", WORD),
}
_PRICING: Table = {"input": ("price_input", AMOUNT), "output": ("price_output", AMOUNT)}


class Entry:
    """One kind of entry, of which a table says what is in it."""

    def __init__(self, table: Table) -> None:
        self.fields = fields_of(table)
        self._quickly = written_out(self.fields)

    def read(self, raw: Mapping[str, Any], record: Any, faults: list[str]) -> dict[str, Any]:
        """As `read_fields` does."""
        extra = self._quickly(raw, record)
        return read_fields(raw, self.fields, record, faults) if extra is None else extra


@dataclass(frozen=True)
class Service:
    """How a service writes its models and routes, and the task it does not write."""

    name: str
    model: Entry
    route: Entry
    task: str | None = None


ROUTER = Service(
    "router",
    Entry(
        {
            "id": None,
            "object": None,
            "owned_by": ("owned_by", TEXT),
            "created": ("created", UNIX_TIME),
            "architecture": {
                "input_modalities": ("input_modalities", TEXTS),
                "output_modalities": ("output_modalities", TEXTS),
            },
            "providers": ("routes", LIST),
        }
    ),
    Entry(
        {
            "provider": ("provider", WORD),
            "status": ("status", WORD),
            "task": ("task", WORD),
            "context_length": ("context_length", COUNT),
            "pricing": _PRICING,
            "is_free": ("is_free", FLAG),
            "supports_tools": ("supports_tools", FLAG),
            "supports_structured_output": ("supports_structured_output", FLAG),
            "first_token_latency_ms": ("first_token_latency_ms", AMOUNT),
            "throughput": ("throughput", AMOUNT),
            "is_model_author": ("is_model_author", FLAG),
            **_ORIGIN,
        }
    ),
    task=CHAT,
)
HUB = Service(
    "hub",
    Entry(
        {
            "_id": None,
            "id": None,
            "modelId": None,
            "inferenceProviderMapping": ("routes", LIST_OR_OBJECT),
            "pipeline_tag": ("pipeline_tag", WORD),
            "author": ("owned_by", TEXT),
            "createdAt": ("created", ISO_TIME),
            "likes": ("likes", COUNT),
            "downloads": ("downloads", COUNT),
            "trendingScore": ("trending_score", AMOUNT),
            "gated": ("gated", GATE),
            "inference": ("inference", WORD),
        }
    ),
    Entry(
        {
            "provider": ("provider", WORD),
            "status": ("status", WORD),
            "task": ("task", WORD),
            "providerId": ("provider_id", TEXT),
            "isModelAuthor": ("is_model_author", FLAG),
            "features": {
                "toolCalling": ("supports_tools", FLAG),
                "structuredOutput": ("supports_structured_output", FLAG),
            },
            "performance": {
                "firstTokenLatencyMs": ("first_token_latency_ms", AMOUNT),
                "tokensPerSecond": ("throughput", AMOUNT),
            },
            "providerDetails": {"context_length": ("context_length", COUNT), "pricing": _PRICING},
            **_ORIGIN,
        }
    ),
)
