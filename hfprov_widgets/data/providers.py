"""The providers known when this version was made; only to say "did you mean", never to refuse one.

Providers come and go: an id that is not here is asked for like any other.
"""

from __future__ import annotations

from collections.abc import Iterable

from hfprov_widgets.data.search import near_names

KNOWN_ON = "2026-08-22"  # the day of the clients' and the documentation's lists
# The last six left in June 2026; records of them are still about.
KNOWN = (
    "baseten",
    "cerebras",
    "cohere",
    "deepinfra",
    "fal-ai",
    "featherless-ai",
    "fireworks-ai",
    "groq",
    "hf-inference",
    "novita",
    "nscale",
    "ovhcloud",
    "publicai",
    "replicate",
    "scaleway",
    "together",
    "wavespeed",
    "zai-org",
    "black-forest-labs",
    "clarifai",
    "hyperbolic",
    "nebius",
    "nvidia",
    "sambanova",
)


def unknown_providers(names: Iterable[str]) -> list[str]:
    """A line for each name that this version does not know, with the near ones.

    Examples
    --------
    >>> print(*unknown_providers(["groq", "repliacte"]))
    provider 'repliacte' is not among the 24 known on 2026-08-22; it is asked for all the same. Near names: replicate.
    """
    lines = []
    for name in names:
        if name not in KNOWN and name != "all":
            near = near_names(name, KNOWN)
            hint = f" Near names: {', '.join(near)}." if near else ""
            known = f"the {len(KNOWN)} known on {KNOWN_ON}"
            lines.append(f"provider {name!r} is not among {known}; it is asked for all the same.{hint}")
    return lines
