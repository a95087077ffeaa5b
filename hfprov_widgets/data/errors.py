"""What can go wrong between us and the services, as exceptions that say what happened and what to do next.

No secret gets into an error: addresses lose their user part, and whatever looks like a token is blotted out,
here in one place, so that no caller has to remember it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

HIDDEN = "***"
TOKEN_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_LONGEST = 2000  # characters of an address that are shown
_SECRET_NAME = re.compile(r"token|key|secret|password|signature|auth|credential", re.IGNORECASE)
_SHORTEST = 8  # characters of a token from the environment: a dummy of a few letters is in honest words too
# The text may be long and hostile: no part begins again inside what another attempt has read through.
_SECRET = re.compile(
    r"(?P<kept>//)[^\s/?#]*(?=@)"  # the user part of an address
    r"|(?P<named>(?:password|passwd|secret|authorization)[\"']?\s{0,9}[=:]\s{0,9}[\"']?(?:(?:bearer|basic|token)\s{1,9})?"
    r"|(?:token|(?<![a-z])(?:api)?key)[\"']?\s{0,9}(?:=\s{0,9}(?!(?:false|true|none)\b)|:\s{0,9}(?=\S{0,99}\d))[\"']?"
    r"|\bbearer\s{1,9}"
    r"|\bbasic\s{1,9}(?=\S{0,99}(?-i:[\dA-Z=])))[^\s&\"']+"
    r"|(?:hf_(?:oauth_|jwt_)?|api_org_)[a-z0-9]{16,}[\w.\-]*"  # the Hub's own tokens
    r"|(?<![a-z0-9])sk-[\w\-]{16,}"
    r"|\beyJ[\w\-]{16,2000}\.[\w.\-]{1,2000}",  # a JSON web token
    re.IGNORECASE,
)


def hide_secrets(text: str) -> str:
    """Blot out whatever looks like a token, and the environment's token whatever it looks like.

    Examples
    --------
    >>> hide_secrets("Authorization: Bearer abc")
    'Authorization: Bearer ***'
    >>> hide_secrets("no answer of https://me:pw@example.org/?access_token=abc")
    'no answer of https://***@example.org/?access_token=***'
    """
    for name in TOKEN_VARIABLES:
        own = os.environ.get(name, "").strip()
        if len(own) >= _SHORTEST:
            text = text.replace(own, HIDDEN)
    return _SECRET.sub(lambda found: f"{found['kept'] or found['named'] or ''}{HIDDEN}", text)


def public_url(url: str) -> str:
    """The address without user part, fragment and secret query values, fit to be shown.

    Examples
    --------
    >>> public_url("https://me:pw@example.org/api?limit=5&access_token=abc")
    'https://example.org/api?limit=5&access_token=***'
    """
    try:
        parts = urlsplit(url[:_LONGEST])
    except ValueError:
        return "(unreadable address)"
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    query = "&".join(
        name + sep + (HIDDEN if value and _SECRET_NAME.search(name) else value) for name, sep, value in pairs
    )
    host = parts.netloc.rpartition("@")[2]
    return hide_secrets(urlunsplit((parts.scheme, host, parts.path, query, "")))


class HubError(Exception):
    """A request to the Hub or the router that gave no usable answer.

    Parameters
    ----------
    problem : str
        What happened, as a sentence.
    status : int, optional
        The HTTP status, when there was an answer.
    url : str, optional
        The address asked; kept without secrets.
    request_id : str, optional
        The service's own number for the request, for a report to its support.
    hint : str, optional
        What to do next, as a sentence; each class has a default.
    retry_after : float, optional
        Seconds after which the service said to come back.

    Examples
    --------
    >>> error = ServiceUnavailable("The service answered 503.", status=503, url="https://user:pw@example.org/v1")
    >>> print(error)
    The service answered 503. Try again in a minute; nothing is wrong with the call. [HTTP 503, https://example.org/v1]
    """

    default_hint = "Look at the message and the address, and change the call."

    def __init__(
        self,
        problem: str,
        *,
        status: int | None = None,
        url: str | None = None,
        request_id: str | None = None,
        hint: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.problem = hide_secrets(problem)
        super().__init__(self.problem)
        self.status = status
        self.url = None if url is None else public_url(url)
        self.request_id = request_id
        self.hint = hide_secrets(self.default_hint if hint is None else hint)
        self.retry_after = retry_after

    def __str__(self) -> str:
        facts = (
            self.status and f"HTTP {self.status}",
            self.url,
            self.request_id and f"request {self.request_id}",
        )
        known = ", ".join(fact for fact in facts if fact)
        return " ".join(part for part in (self.problem, self.hint, known and f"[{known}]") if part)


class ModelNotFound(HubError):
    """There is no such model, or it is private and we may not know.

    ``near`` holds names that are close to the one asked for, where the caller knows some.

    Examples
    --------
    >>> print(ModelNotFound("There is no model org/nam.", near=["org/name"]))
    There is no model org/nam. Check the spelling, org/name. Near names: org/name.
    """

    default_hint = "Check the spelling, org/name."

    def __init__(
        self,
        problem: str,
        *,
        near: Iterable[str] = (),
        status: int | None = None,
        url: str | None = None,
        request_id: str | None = None,
        hint: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.near = tuple(near)
        said = self.default_hint if hint is None else hint
        if self.near:
            said = f"{said} Near names: {', '.join(self.near)}."
        super().__init__(problem, status=status, url=url, request_id=request_id, hint=said, retry_after=retry_after)


class RateLimited(HubError):
    """Too many requests; ``resets_at`` says when the window starts anew (ISO 8601 UTC), if the service told.

    Examples
    --------
    >>> RateLimited("The limit is used up.", retry_after=212.0).retry_after
    212.0
    """

    default_hint = "Wait for the next window, ask less often, or use a token: it has a limit of its own."
    resets_at: str | None = None


class ServiceUnavailable(HubError):
    """The service could not be reached, did not answer in time, or failed on its side."""

    default_hint = "Try again in a minute; nothing is wrong with the call."


class BadResponse(HubError):
    """What came back is not the service's API: a web page, a cut-off body, a wrong shape."""

    default_hint = "Check the endpoint; a proxy or a log-in page may stand in between."


class AuthenticationError(HubError):
    """The service wants a token, or does not accept the one it got."""

    default_hint = "Make or renew a token at https://huggingface.co/settings/tokens, or go without: token=False."
