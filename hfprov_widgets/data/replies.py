"""What an answer's status and headers say: where the next page is, how long to wait, what went wrong.

Pure functions over plain values; the names of the headers and their order are those of the services.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urljoin, urlsplit

from hfprov_widgets.data.errors import (
    AuthenticationError,
    BadResponse,
    HubError,
    ModelNotFound,
    RateLimited,
    ServiceUnavailable,
)
from hfprov_widgets.data.fields import utc_text

# What has to be known of a kept answer: its version, the next page, what a class server says it serves,
# and that it is an old copy.
KEPT_HEADERS = ("etag", "last-modified", "link", "x-hfprov-source", "x-hf-warning")

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_LONGEST_TEXT = 300


@dataclass(frozen=True)
class Answer:
    """One answer of a service, from the wire or from the cache.

    Parameters
    ----------
    status : int
    url : str
        The address that answered, after redirects.
    headers : mapping
        By names in lower case.
    body : bytes
    at : datetime
        When this was so at the service: now, or earlier where a cache on the way says so.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a token and a next page must not leave.

    Of what could be read in two ways (a backslash, a user part, blanks, other letters than ASCII in the host) none
    is known: the library that connects might read it in the other way.

    Examples
    --------
    >>> origin("https://Huggingface.co/api") == origin("https://huggingface.co:443/")
    True
    >>> origin("https://evil\\\\@huggingface.co/")
    ('', '', None)
    """
    if re.search(r"[\s\x00-\x20\x7f\\]", url):
        return "", "", None
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc or not parts.netloc.isascii():
            return "", "", None
        return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine."""
    return _LOOPBACK.fullmatch(origin(url)[1]) is not None


def may_carry_token(url: str) -> bool:
    """Whether a token may go there at all: encrypted, or not leaving this machine."""
    return origin(url)[0] == "https" or is_loopback(url)


def next_link(answer: Answer) -> str | None:
    """The address of the next page, from ``Link: <...>; rel="next"``, its query untouched."""
    for target, parameters in re.findall(r"<([^<>]*)>([^<]*)", answer.headers.get("link", "")):
        relations = re.findall(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', parameters, re.IGNORECASE)
        if any("next" in (quoted or bare).lower().split() for quoted, bare in relations):
            try:
                return urljoin(answer.url, str(target))
            except ValueError:  # no address at all: whoever follows it will say so
                return str(target)
    return None


def asked_at_origin(headers: Mapping[str, str], now: datetime) -> datetime:
    """When the service itself gave this answer: a cache on the way says in ``Age`` how long it has had it.

    Examples
    --------
    >>> asked_at_origin({"age": "90"}, datetime(2026, 10, 10, 8, tzinfo=timezone.utc)).isoformat()
    '2026-10-10T07:58:30+00:00'
    """
    said = headers.get("age", "").strip()
    return now - timedelta(seconds=int(said)) if re.fullmatch(r"\d{1,9}", said) else now


def stale_note(answer: Answer) -> str | None:
    """The line of a class server that gives an old copy: the Hub's own ``X-HF-Warning: topic; message``.

    Other topics are advice to programmers, which the Hub sends to everybody who comes without a token.

    Examples
    --------
    >>> stale_note(Answer(200, "", {"x-hf-warning": "stale; a copy is used"}, b"", datetime.now(timezone.utc)))
    'a copy is used'
    """
    topic, _, message = answer.headers.get("x-hf-warning", "").partition(";")
    return " ".join(message.split())[:_LONGEST_TEXT] or None if topic.strip() == "stale" else None


def tightest_window(answer: Answer) -> tuple[int, int] | None:
    """Requests left and seconds to the reset, of the window that holds us up the most: ``RateLimit: "api";r=9;t=60``.

    Examples
    --------
    >>> headers = {"ratelimit": '"api";r=0;t=20, "pages";t=200;r=0, "more";r=7;t=300'}
    >>> tightest_window(Answer(200, "", headers, b"", datetime.now(timezone.utc)))
    (0, 200)
    """
    windows = []
    for window in answer.headers.get("ratelimit", "").split(","):
        numbers = dict(re.findall(r"\b([rt])=(\d{1,9})\b", window))
        if len(numbers) == 2:
            windows.append((int(numbers["r"]), int(numbers["t"])))
    return min(windows, key=lambda window: (window[0], -window[1]), default=None)


def seconds_to_wait(answer: Answer) -> float | None:
    """How long the service says to wait: to the end of a used-up window, else ``Retry-After``.

    A 429 with requests left in the window comes from another limit; then only ``Retry-After`` counts.
    """
    if answer.status == 429 and (window := tightest_window(answer)) and window[0] == 0:
        return float(window[1])
    said = answer.headers.get("retry-after", "").strip()
    try:
        seconds = float(said)
    except ValueError:
        return _seconds_until(said, answer.at)
    return seconds if 0 <= seconds < math.inf else None


def _seconds_until(date: str, now: datetime) -> float | None:
    from email.utils import parsedate_to_datetime  # rarely needed, and slow to import

    try:
        when = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return max((when if when.tzinfo else when.replace(tzinfo=timezone.utc)).timestamp() - now.timestamp(), 0.0)


def request_id(answer: Answer) -> str | None:
    """The service's own number for the request."""
    for name in ("x-request-id", "x-amzn-trace-id", "x-amz-cf-id"):
        if said := answer.headers.get(name):
            return said
    return None


def error_text(answer: Answer) -> str:
    """What the service says about the error, on one line; empty when it says nothing readable."""
    text = answer.headers.get("x-error-message", "")
    if not text:
        try:
            said = json.loads(answer.body)
        except (ValueError, RecursionError):
            said = None
        text = _said(said) if isinstance(said, dict) else ""
    return " ".join(text.split())[:_LONGEST_TEXT].rstrip(".")


def _said(body: dict[str, Any]) -> str:
    for part in (body.get("error"), body.get("error_description"), body.get("errors"), body.get("message")):
        parts = part if isinstance(part, list) else [part]
        texts = [item.get("message") if isinstance(item, dict) else item for item in parts]
        if known := [text for text in texts if isinstance(text, str) and text.strip()]:
            return "; ".join(known)
    return ""


def error_of(answer: Answer, *, model: str | None = None, private_is_401: bool = False) -> HubError:
    """The exception for an answer that is none of the good ones.

    Parameters
    ----------
    model : str, optional
        The model asked for, where a 404 means that there is no such model.
    private_is_401 : bool
        Whether a 401 means the same: the Hub answers so to callers without a token, also for private models.
    """
    text, status = error_text(answer), answer.status
    said = f" and says: {text}" if text else ""
    about: dict[str, Any] = {"status": status, "url": answer.url, "request_id": request_id(answer)}
    if model and (status == 404 or (status == 401 and private_is_401)):
        hint = "Check the spelling, org/name; a private model needs a token." if status == 401 else None
        return ModelNotFound(f"There is no model {model} that can be seen here.", hint=hint, **about)
    if status == 429:
        return _rate_limited(answer, said, about)
    if status == 408 or status >= 500:
        return ServiceUnavailable(f"The service answered {status}{said}.", retry_after=seconds_to_wait(answer), **about)
    if status in (401, 403):
        what = "wants a valid token" if status == 401 else "does not allow this"
        return AuthenticationError(f"The service {what}{said}.", **about)
    if status == 404:
        return BadResponse(f"There is no such list at this address{said}.", **about)
    if 400 <= status < 500:
        return HubError(f"The service refused the request{said}.", **about)
    return BadResponse(f"The service answered {status}, which is not expected here{said}.", **about)


def _rate_limited(answer: Answer, said: str, about: dict[str, Any]) -> RateLimited:
    wait = seconds_to_wait(answer)
    if wait is None:
        return RateLimited(f"Too many requests: the service answered 429{said}.", **about)
    try:
        resets_at = utc_text(answer.at + timedelta(seconds=wait))
    except OverflowError:
        resets_at = "a time far away"
    error = RateLimited(
        f"Too many requests: the service answered 429{said}. The next window begins at {resets_at} (in {wait:.0f} s).",
        retry_after=wait,
        **about,
    )
    error.resets_at = resets_at
    return error
