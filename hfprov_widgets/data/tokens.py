"""How many tokens a text has: counted where there is a tokenizer, else estimated, and the answer says which.

Nothing is downloaded: a tokenizer is what the user brings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Any, cast

ESTIMATED = "estimate: characters / 4, English prose, ±30 %"
COUNTED = "counted by the tokenizer given"


@dataclass(frozen=True, slots=True)
class TokenCount:
    """A number of tokens, and how it was found.

    Parameters
    ----------
    tokens : int
    how : str
        An estimate with its rule and error, or that it was counted.

    Examples
    --------
    >>> count_tokens("A text of 24 characters.").tokens
    6
    """

    tokens: int
    how: str


def count_tokens(text: str, tokenizer: object = None) -> TokenCount:
    """The tokens of a text.

    Parameters
    ----------
    text : str
    tokenizer : optional
        Something with ``encode(text)``, or a function of the text. It gives the tokens, or an object that holds them
        as ``ids``; a function may give their number. Without one the count is estimated: a quarter of the
        characters, rounded up. That fits English prose; code and other languages have more.

    Raises
    ------
    TypeError, ValueError
        Not a text, no tokenizer, or one whose answer is no list of tokens.

    Examples
    --------
    >>> count_tokens("Which provider is it?")
    TokenCount(tokens=6, how='estimate: characters / 4, English prose, ±30 %')
    >>> count_tokens("Which provider is it?", str.split)
    TokenCount(tokens=4, how='counted by the tokenizer given')
    """
    if not isinstance(text, str):
        raise TypeError(f"text is a text, not {type(text).__name__}")
    if tokenizer is None:
        return TokenCount(-(-len(text) // 4), ESTIMATED)
    answer = _encoder(tokenizer)(text)
    return TokenCount(_counted(getattr(answer, "ids", answer)), COUNTED)


def check_tokenizer(tokenizer: object) -> None:
    """Refuse what cannot count.

    Raises
    ------
    TypeError
    """
    _encoder(tokenizer)


def _encoder(tokenizer: object) -> Callable[[str], Any]:
    # A text has `encode` too, and the name of a tokenizer would pass for one.
    if not isinstance(tokenizer, (str, bytes)):
        for encode in (getattr(tokenizer, "encode", None), tokenizer):
            if callable(encode):
                return cast("Callable[[str], Any]", encode)
    raise TypeError(
        "tokenizer is something with encode(text), or a function that gives the tokens of a text, "
        f"not {type(tokenizer).__name__}"
    )


def _counted(answer: Any) -> int:
    """How many tokens an answer holds. What only looks like a list of them would be miscounted, so it is refused."""
    if isinstance(answer, Integral) and not isinstance(answer, bool):
        if answer < 0:
            raise ValueError(f"the tokenizer gave {answer} as the number of tokens")
        return int(answer)
    has_length = hasattr(answer, "__len__") and not isinstance(answer, (str, bytes, Mapping))
    # A batch: a list of lists, an array with more than one axis, an object that behaves like a dict.
    is_flat = getattr(answer, "ndim", 1) == 1 and not hasattr(answer, "keys")
    if not (has_length and is_flat) or any(isinstance(part, (list, tuple, Mapping)) for part in answer):
        raise TypeError(
            f"the tokenizer's answer is a list of tokens or their number, not {type(answer).__name__}"
            f"{'' if not has_length or not is_flat else ' of lists'}"
        )
    return len(answer)
