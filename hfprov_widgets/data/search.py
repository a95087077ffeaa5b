"""Search by words: every word of a query must occur in a model's id, and the ids rank by where it does.

The front-end does the same while typing; this is for what Python says a widget shows, and for scripts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from hfprov_widgets.data.formatting import text_key

# What JavaScript's \s matches, so that both cut a query alike.
_BLANKS = re.compile("[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_NOT_NEAR = re.compile("[^a-z0-9]+")
_WORST_RANK = 254


def terms(query: str) -> list[str]:
    """The words of a query, lower-cased.

    Parameters
    ----------
    query : str

    Examples
    --------
    >>> terms(" Llama  70b ")
    ['llama', '70b']
    """
    return [term for term in _BLANKS.split(query.lower()) if term]


def search_rank(model_id: str, words: Sequence[str]) -> int | None:
    """The rank of an id, lower is better; None when a word does not occur in it.

    Parameters
    ----------
    model_id : str
    words : sequence of str
        As `terms` gives them. Each adds 0 for the whole id or name, 1 for the start of either, 2 for the
        start of a word, 3 elsewhere.

    Examples
    --------
    >>> search_rank("meta-llama/Llama-3.3-70B-Instruct", ["llama", "instruct"])
    3
    """
    lower = model_id.lower()
    total = 0
    for word in words:
        found = _place(lower, word)
        if found is None:
            return None
        total = min(total + found[0], _WORST_RANK)
    return total


def marks(model_id: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """The parts of an id to mark: for each word the occurrence that gave its rank.

    Parameters
    ----------
    model_id : str
    words : sequence of str
        As `terms` gives them.

    Returns
    -------
    list of (start, end)
        Sorted and merged, in characters.

    Examples
    --------
    >>> marks("meta-llama/Llama-3.3-70B-Instruct", ["llama", "70b"])
    [(11, 16), (21, 24)]
    """
    lower = model_id.lower()
    if len(lower) != len(model_id):
        return []
    places = ((_place(lower, word), len(word)) for word in words)
    merged: list[tuple[int, int]] = []
    for start, end in sorted((found[1], found[1] + size) for found, size in places if found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def near_names(query: str, ids: Iterable[str], limit: int = 5) -> list[str]:
    """Ids that share most pairs of neighbouring letters and digits with a query, best first.

    Parameters
    ----------
    query : str
        With fewer than two letters or digits it has no near names.
    ids : iterable of str
    limit : int
        How many at most.

    Examples
    --------
    >>> near_names("lama-70b", ["meta-llama/Llama-3.3-70B-Instruct", "openai/gpt-oss-20b"])
    ['meta-llama/Llama-3.3-70B-Instruct']
    """
    wanted = _pairs(query)
    if not wanted:
        return []
    scored = ((max(_score(wanted, _name(one)), _score(wanted, one)), one) for one in ids)
    near = sorted((-score, text_key(one), one) for score, one in scored if score > 0)
    return [one for _, _, one in near[:limit]]


def _name(model_id: str) -> str:
    return model_id[model_id.find("/") + 1 :]


def _place(lower: str, word: str) -> tuple[int, int] | None:
    """The rank of one word in a lower-cased id, and where the occurrence that gave it starts."""
    first = lower.find(word)
    if first == -1:
        return None
    name = lower.find("/") + 1
    if lower == word:
        return 0, 0
    if lower.startswith(word, name):
        return (0 if name + len(word) == len(lower) else 1), name
    if first == 0:
        return 1, 0
    at = first
    while at != -1:
        if not lower[at - 1].isalnum():
            return 2, at
        at = lower.find(word, at + 1)
    return 3, first


def _pairs(text: str) -> Counter[str]:
    plain = _NOT_NEAR.sub("", text.lower())
    return Counter(map("".join, pairwise(plain)))


def _score(wanted: Counter[str], text: str) -> float:
    """Coverage of the query plus Dice's coefficient; 0 where less than half of the query is covered."""
    pairs = _pairs(text)
    shared = sum(min(count, pairs[pair]) for pair, count in wanted.items())
    size = wanted.total()
    coverage = shared / size
    return coverage + 2 * shared / (size + pairs.total()) if coverage >= 0.5 else 0.0
