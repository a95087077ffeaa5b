"""What has to be said of a snippet: what a call costs, what the route lacks, or why there is no code.

No more than the data says. ``js/src/lib/snippet-notes.js`` says the same, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hfprov_widgets.data.figures import cost_per_call
from hfprov_widgets.data.formatting import format_value
from hfprov_widgets.data.marks import policies
from hfprov_widgets.data.reasons import amount
from hfprov_widgets.data.records import Route
from hfprov_widgets.data.shapes import CHAT
from hfprov_widgets.data.snippets import POLICIES, Target, names_provider

CALL = (600, 300)  # input and output tokens of the call whose cost is said
NEEDS = (
    "Needs a token with “Make calls to Inference Providers” in HF_TOKEN. "
    "Looking and comparing never spend; running this does."
)

# What a variant needs of a route: the column, and the words for it.
_ABILITIES = {
    "tools": ("supports_tools", "tools"),
    "structured": ("supports_structured_output", "structured output"),
}


class Note(NamedTuple):
    """A sentence; with `warns` it is one that should be read before the code is run."""

    words: str
    warns: bool


def why_no_code(target: Target, routes: Sequence[Route]) -> str:
    """Why there is no code for it; empty where there is.

    Parameters
    ----------
    routes : sequence of Route
        The route where a provider is named, else all routes of the model; none where the data does not hold it.

    Examples
    --------
    >>> why_no_code(Target("org/name", "fal-ai"), [Route("org/name", "fal-ai", task="text-to-image")])
    'This kit writes code for chat routes only; the task of this one is text-to-image.'
    """
    if not routes or any(is_chat(route) for route in routes):
        return ""
    only = "This kit writes code for chat routes only"
    return (
        f"{only}; the task of this one is {routes[0].task}."
        if target.provider
        else f"{only}; {target.model} has none in this data."
    )


def notes_of(target: Target, routes: Sequence[Route], client: str, variant: str) -> list[Note]:
    """What is doubtful, and what the router would choose.

    Parameters
    ----------
    routes : sequence of Route
        As for `why_no_code`.

    Examples
    --------
    >>> route = Route("org/name", "groq", status="live", supports_tools=False)
    >>> notes_of(Target("org/name", "groq"), [route], "openai", "tools")
    [Note(words='groq says: no tools for this model.', warns=True)]
    """
    if not routes:
        what = target.name if target.provider else target.model
        return [*_choosing(target, ()), Note(f"{what} is not in this data: its price and abilities are unknown.", True)]
    if target.provider:
        return [*_misread(target.provider, client), *_status(routes[0]), *_ability(routes[0], variant)]
    live = [route for route in routes if route.status == "live" and is_chat(route)]
    none = [] if live else [Note(f"No live route of {target.model} in this data.", True)]
    return [*_choosing(target, live), *none, *_abilities(live, variant)]


def call_words(target: Target, routes: Sequence[Route]) -> str:
    """What a call of a stated size costs; for a named provider only, since the router's choice is its own.

    >>> call_words(Target("org/name", "groq"), [Route("org/name", "groq", price_input=1.69, price_output=3.38)])
    '600 in + 300 out ≈ $0.00203 a call'
    """
    call = f"{CALL[0]} in + {CALL[1]} out"
    if not target.provider:
        return f"{call}: the price is that of the route the router takes"
    if not routes:
        return f"{call} ≈ — a call (the price is unknown here)"
    route = routes[0]
    if route.price_input is None or route.price_output is None:
        return f"{call} ≈ — a call (no price published)"
    cost = cost_per_call(route, CALL)
    if cost is None:
        return f"{call} ≈ — a call (the published price is in doubt)"
    kind = "" if cost else " (promo)" if route.is_free else " (listed at zero)"
    return f"{call} ≈ {amount('blended', format_value('blended', cost))} a call{kind}"


def is_chat(route: Route) -> bool:
    """Whether it takes chat messages, as far as the data says; the router lists such routes only, and does not say so.

    >>> is_chat(Route("org/name", "groq")), is_chat(Route("org/name", "groq", task="text-to-image"))
    (True, False)
    """
    return route.task is None or route.task == CHAT


def _misread(provider: str, client: str) -> list[Note]:
    """A provider may be called as a policy is."""
    if provider not in POLICIES or names_provider(client):
        return []
    return [Note(f"The router reads :{provider} as its policy, not as this provider.", True)]


def _status(route: Route) -> list[Note]:
    if route.status == "live":
        return []
    if route.status is None:
        return [Note(f"Whether {route.provider} serves it now is not published.", True)]
    return [Note(f"{route.provider} is not live: its status is {route.status}.", True)]


def _ability(route: Route, variant: str) -> list[Note]:
    if variant not in _ABILITIES:
        return []
    column, words = _ABILITIES[variant]
    able = getattr(route, column)
    if able is None:
        return [Note(f"Whether {route.provider} has {words} for this model is not published.", True)]
    return [] if able else [Note(f"{route.provider} says: no {words} for this model.", True)]


def _abilities(live: Sequence[Route], variant: str) -> list[Note]:
    if variant not in _ABILITIES or not live:
        return []
    column, words = _ABILITIES[variant]
    able = sum(getattr(route, column) is True for route in live)
    if able == len(live):
        return []
    count = f"{able:,} of {len(live):,} live routes"
    return [Note(f"{count} say that they have {words}; the router may take another.", True)]


def _choosing(target: Target, live: Sequence[Route]) -> list[Note]:
    """Which route the router would take."""
    if target.provider:
        return []
    policy = target.policy or "fastest"
    start = "" if target.policy else "No provider is named, so the router takes its default, "
    known = policies(live).get(policy)  # of the account's own order nothing is known
    if known is None or not known.providers:
        here = "unknown here"
    else:
        few = f" ({known.published:,} of {known.of:,} publish it)" if known.published < known.of else ""
        here = f"in this data {' or '.join(known.providers)}{few}"
    return [Note(f"{start}:{policy}, {POLICIES[policy]}: {here}.", False)]
