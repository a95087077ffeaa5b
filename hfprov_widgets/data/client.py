"""What the clients of the Hub and of the router have in common: one way to one service, and what is left there."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from hfprov_widgets.data.arguments import check_timeout
from hfprov_widgets.data.cache import Cache
from hfprov_widgets.data.content import Reply
from hfprov_widgets.data.fields import Notes
from hfprov_widgets.data.http import Transport
from hfprov_widgets.data.limits import RateLimit
from hfprov_widgets.data.pace import Pace
from hfprov_widgets.data.token import Secret


class Client:
    """A client of one service. It may be used from several threads.

    Parameters
    ----------
    address : str
        Checked, without a trailing slash.
    token, cache, timeout, pace
        As in ``HubClient``.
    expire_after : float
        Seconds for which a kept reply counts as fresh.
    """

    _address = "?"  # until it is known to be one: a traceback may show a client that was never finished

    def __init__(
        self,
        address: str,
        *,
        token: Secret | bool | None,
        cache: Cache,
        timeout: float,
        expire_after: float,
        pace: Pace | None,
    ) -> None:
        self._address = address
        self._transport = Transport(
            address,
            token=token,
            cache=cache,
            timeout=check_timeout(timeout),
            expire_after=expire_after,
            pace=pace or Pace(),
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._address!r})"

    @property
    def rate_limit(self) -> RateLimit | None:
        """How many requests are left and when the window resets, as the service said last; None: it did not say."""
        return self._transport.rate_limit

    @property
    def is_anonymous(self) -> bool:
        """Whether requests go without a token."""
        return self._transport.is_anonymous

    def close(self) -> None:
        """Close connections and cache; another request opens them anew."""
        self._transport.close()


def warn_of(reply: Reply[Any], notes: Notes, depth: int) -> None:
    """Give what is doubtful about a reply as warnings, to whoever is `depth` calls above the caller."""
    lines: Iterable[str] = (*notes.lines(), *([reply.note] if reply.note else []))
    for line in lines:
        warnings.warn(line, UserWarning, stacklevel=depth + 2)
