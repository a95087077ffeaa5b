"""The code that uses a route: by four clients, as a chat, with a tool or with structured output.

The lines are those of ``snippets.json``, which the front-end reads too. Ids come from the network: they enter the code
as literals of its language, in ASCII, so that whatever they hold stays data. A token never enters it: the code reads
the environment when it runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "snippets.json").read_text(encoding="utf-8"))

CLIENTS: tuple[str, ...] = tuple(_TABLE["clients"])
VARIANTS: tuple[str, ...] = tuple(_TABLE["variants"])
# What the router chooses by, where no provider is named.
POLICIES: dict[str, str] = _TABLE["policies"]

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Target:
    """What the code calls: a model at a provider, or by a policy, or as the router's default has it.

    Examples
    --------
    >>> target_of("openai/gpt-oss-20b:groq"), target_of("openai/gpt-oss-20b").name
    (Target(model='openai/gpt-oss-20b', provider='groq', policy=None), 'openai/gpt-oss-20b')
    """

    model: str
    provider: str | None = None
    policy: str | None = None

    @property
    def suffix(self) -> str:
        """What follows the model's id in the router's name for it."""
        word = self.policy or self.provider
        return f":{word}" if word else ""

    @property
    def name(self) -> str:
        """As the router takes it: ``org/name:novita``, ``org/name:cheapest``, ``org/name``."""
        return self.model + self.suffix


def snippet(
    route_or_model: str,
    *,
    client: str = "openai",
    variant: str = "chat",
    stream: bool = False,
    policy: str | None = None,
) -> str:
    """The code that uses a route or a model, without a token: it reads ``HF_TOKEN`` from the environment when it runs.

    Parameters
    ----------
    route_or_model : str
        ``org/name:provider``, or ``org/name`` alone: then the router chooses, by its default `:fastest`.
    client : {"openai", "huggingface_hub", "curl", "javascript"}
    variant : {"chat", "tools", "structured"}
    stream : bool
        Whether the answer is printed while it comes.
    policy : {"fastest", "cheapest", "preferred"}, optional
        How the router chooses, whatever provider is named.

    Raises
    ------
    ValueError
        A word that is not allowed; the message says which are.

    Examples
    --------
    >>> print(snippet("openai/gpt-oss-20b:groq"))
    import os
    <BLANKLINE>
    from openai import OpenAI  # pip install openai
    <BLANKLINE>
    client = OpenAI(
        base_url="https://router.huggingface.co/v1",
        api_key=os.environ["HF_TOKEN"],
    )
    response = client.chat.completions.create(
        model="openai/gpt-oss-20b:groq",
        messages=[{"role": "user", "content": "What is the capital of France?"}],
    )
    print(response.choices[0].message.content)
    print(response.usage)
    """
    check_client(client)
    check_variant(variant)
    check_policy(policy)
    if not isinstance(route_or_model, str) or not route_or_model:
        raise ValueError(f"route_or_model is org/name:provider or org/name, not {route_or_model!r}")
    return write(target_of(route_or_model, policy), client, variant, stream)


def target_of(name: str, policy: str | None = None) -> Target:
    """What a route's or a model's id names; a policy, given or at its end, takes the place of the provider.

    >>> target_of("org/name:novita#conversational").provider, target_of("org/name:cheapest").policy
    ('novita', 'cheapest')
    """
    model, _, rest = name.partition(":")
    provider = rest.partition("#")[0] or None
    if policy is None and provider in POLICIES:
        return Target(model, policy=provider)
    return Target(model, policy=policy) if policy else Target(model, provider)


def write(target: Target, client: str, variant: str, stream: bool) -> str:
    """The code, all words checked."""
    spec = _TABLE["clients"][client]
    named = target.provider is not None and names_provider(client)
    true = {variant, "stream" if stream else "whole", *(["named"] if named else [])}
    words = {"<model>": target.model if named else target.name, "<provider>": target.provider or ""}
    text = "\n".join(line for part in spec["parts"] for line in _lines(_TABLE["parts"][part], true))
    return re.sub("<model>|<provider>", lambda found: literal(words[found[0]], spec["language"]), text)


def check_client(word: object) -> str:
    """One of `CLIENTS`, or a ValueError that names them."""
    return _check("client", word, CLIENTS)


def check_variant(word: object) -> str:
    """One of `VARIANTS`, or a ValueError that names them."""
    return _check("variant", word, VARIANTS)


def check_policy(word: object) -> str | None:
    """One of `POLICIES` or None, or a ValueError that names them.

    >>> check_policy("fast")
    Traceback (most recent call last):
    ValueError: policy is one of 'fastest', 'cheapest', 'preferred', not 'fast'. Did you mean 'fastest'?
    """
    return None if word is None else _check("policy", word, POLICIES)


def language_of(client: str) -> str:
    """The language of a client's code, as a Markdown fence names it.

    >>> language_of("curl")
    'sh'
    """
    return str(_TABLE["clients"][client]["language"])


def names_provider(client: str) -> bool:
    """Whether the client's code names the provider by itself, rather than after the model's id.

    >>> names_provider("huggingface_hub"), names_provider("openai")
    (True, False)
    """
    return bool(_TABLE["clients"][client].get("names_provider"))


def form_words(client: str, variant: str, stream: bool) -> str:
    """By what and how the code calls.

    >>> form_words("openai", "structured", True)
    'OpenAI client, structured output, streamed'
    """
    words = [_TABLE["clients"][client]["label"], _TABLE["variants"][variant].lower()]
    return ", ".join([*words, "streamed"] if stream else words)


def literal(text: str, language: str) -> str:
    """A text as a literal in double quotes, of printable ASCII alone.

    Parameters
    ----------
    language : {"python", "javascript", "sh"}
        For ``sh`` a literal of JSON that stands between single quotes.

    Examples
    --------
    >>> print(literal('say "é"', "python"), literal("it's", "sh"))
    "say \\"\\u00e9\\"" "it\\u0027s"
    """
    return f'"{"".join(_character(c, language) for c in text)}"'


def _character(c: str, language: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    if " " <= c <= "~" and not (c == "'" and language == "sh"):
        return c
    code = ord(c)
    if code < 0x10000:
        return f"\\u{code:04x}"
    if language == "python":
        return f"\\U{code:08x}"
    return f"\\u{0xD800 + (code - 0x10000 >> 10):04x}\\u{0xDC00 + (code - 0x10000 & 0x3FF):04x}"


def _lines(part: list[Any], true: set[str]) -> Iterator[str]:
    """A line stands always; a list only where all words that it begins with are true."""
    for entry in part:
        if isinstance(entry, str):
            yield entry
        elif set(entry[0].split()) <= true:
            yield from entry[1:]


def _check(name: str, word: object, allowed: Iterable[str]) -> str:
    if isinstance(word, str) and word in allowed:
        return word
    near = get_close_matches(str(word), allowed, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"{name} is one of {', '.join(map(repr, allowed))}, not {word!r}.{hint}")
