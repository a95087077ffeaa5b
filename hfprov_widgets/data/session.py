"""One try of one GET: redirects followed, the body bounded, the token sent to its own origin only.

``requests`` is imported with the first request. What is tried again, and when, is decided in ``http``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hfprov_widgets.data.errors import BadResponse, HubError, ServiceUnavailable
from hfprov_widgets.data.replies import Answer, is_loopback, may_carry_token, origin

if TYPE_CHECKING:
    import requests

MAX_BODY = 64 * 2**20  # bytes; a page of a thousand models is about one million
MAX_ERROR_BODY = 2**16
MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Failure:
    """What went wrong with one try, and whether another can help."""

    error: HubError
    again: bool


class Authorization:
    """Puts the token into one header. It is given even without a token: else ``.netrc`` would be used."""

    __slots__ = ("_token",)

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Session:
    """A session with one service.

    Parameters
    ----------
    endpoint : str
        The token goes to this address's origin and nowhere else.
    token : str, optional
    timeout : float
        Seconds to wait for a connection, and for each part of an answer.
    now : callable
        The UTC time.
    """

    def __init__(self, endpoint: str, token: str | None, timeout: float, now: Callable[[], datetime]) -> None:
        import requests

        from hfprov_widgets import __version__

        self._home = origin(endpoint)
        self._token = token
        self._timeout = timeout
        self._now = now
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": f"hfprov_widgets/{__version__}", "Accept": "application/json"})

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def try_get(self, url: str, headers: Mapping[str, str]) -> Answer | Failure:
        """One GET. Any answer that could be read is an ``Answer``, errors of the service included."""
        import requests
        import urllib3

        try:
            return self._follow(url, headers)
        except HubError as error:
            return Failure(error, again=False)
        # The library's errors hold the request and its headers, the token among them: none goes on from here.
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return self._failure(error, url)

    def _follow(self, url: str, headers: Mapping[str, str]) -> Answer:
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            with self._get(here, headers) as response:
                moved = response.status_code in _REDIRECTS
                target = self._session.get_redirect_target(response) if moved else None
                if target is None:
                    return self._answer(response, here)
            there = urljoin(here, target)
            if origin(there)[0] not in ("http", "https"):
                raise BadResponse("The service sends us on to what is no web address.", url=there)
            if may_carry_token(here) and not may_carry_token(there):
                raise BadResponse("The service sends us on to an address without encryption.", url=there)
            here = there
        raise BadResponse(f"The service sends us on more than {MAX_REDIRECTS} times.", url=here)

    def _get(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        return self._session.get(
            url,
            headers=dict(headers),
            auth=Authorization(self._token if origin(url) == self._home else None),
            timeout=(self._timeout, self._timeout),
            # A proxy does not reach this machine's loopback, and must not see a token that goes there.
            proxies={"http": "", "https": ""} if is_loopback(url) else None,
            allow_redirects=False,
            stream=True,
        )

    def _answer(self, response: requests.Response, url: str) -> Answer:
        """The whole answer, its body bounded. Of an error only the start of its body is read."""
        good = response.status_code == 200
        body = bytearray()
        for chunk in response.iter_content(2**16):
            body += chunk
            if good and len(body) > MAX_BODY:
                raise BadResponse(f"The answer is larger than {MAX_BODY / 2**20:g} MB.", status=200, url=url)
            if not good and len(body) > MAX_ERROR_BODY:
                break
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, url, headers, bytes(body), self._now())

    def _failure(self, error: Exception, url: str) -> Failure:
        from requests import exceptions

        host = origin(url)[1] or "the service"
        if isinstance(error, exceptions.ChunkedEncodingError):
            return Failure(BadResponse(f"The answer of {host} broke off.", url=url), again=True)
        if isinstance(error, exceptions.Timeout):
            problem = f"{host} did not answer within {self._timeout:g} s."
            return Failure(ServiceUnavailable(problem, url=url), again=True)
        if isinstance(error, exceptions.SSLError):
            problem, hint = f"The certificate of {host} could not be verified.", "Check clock and proxy."
            return Failure(ServiceUnavailable(problem, url=url, hint=hint), again=False)
        if isinstance(error, exceptions.ConnectionError):
            problem, hint = f"{host} could not be reached.", "Check network and endpoint, then try again."
            return Failure(ServiceUnavailable(problem, url=url, hint=hint), again=True)
        problem = f"The answer of {host} cannot be read ({type(error).__name__})."
        return Failure(BadResponse(problem, url=url), again=False)
