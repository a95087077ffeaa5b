"""One try of one GET: redirects followed, the body bounded, the token sent to its own origin only.

``requests`` is imported with the first request. What is tried again, and when, is decided in ``http``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, AnyStr
from urllib.parse import urljoin

from hfprov_widgets.data.deadline import Line, within
from hfprov_widgets.data.errors import BadResponse, HubError, ServiceUnavailable
from hfprov_widgets.data.replies import Answer, asked_at_origin, is_loopback, may_carry_token, origin
from hfprov_widgets.data.token import Secret

if TYPE_CHECKING:
    import requests

MAX_BODY = 64 * 2**20  # bytes; a page of a thousand models is about one million
MAX_ERROR_BODY = 2**16
MAX_HEADER = 8192  # characters
MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Failure:
    """What went wrong with one try, and whether another can help."""

    error: HubError
    again: bool


def nothing(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """What is given in place of a token: with no such thing at all ``requests`` would use ``.netrc``."""
    return request


class Session:
    """A session with one service.

    Parameters
    ----------
    endpoint : str
        The token goes to this address's origin and nowhere else.
    token : Secret, optional
    timeout : float
        Seconds to wait for a connection, and for each part of an answer.
    now : callable
        The UTC time.
    """

    def __init__(self, endpoint: str, token: Secret | None, timeout: float, now: Callable[[], datetime]) -> None:
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

    def try_get(self, url: str, headers: Mapping[str, str], seconds: float) -> Answer | Failure:
        """One GET, over after so many seconds. Any answer that could be read is an ``Answer``, errors included."""
        try:
            return within(seconds, lambda line: self._try(url, headers, seconds, line))
        except TimeoutError:
            problem = f"{_host(url)} did not give its whole answer in time; {seconds:.2g} s were left for it."
            return Failure(ServiceUnavailable(problem, url=url), again=False)

    def _try(self, url: str, headers: Mapping[str, str], seconds: float, line: Line) -> Answer | Failure:
        import requests
        import urllib3

        timeout = min(self._timeout, 0.9 * seconds)  # before the end of all: a silent service is told from a slow one
        try:
            return self._follow(url, headers, timeout, line)
        except HubError as error:
            return Failure(error, again=False)
        # The library's errors hold the request and its headers, the token among them: none goes on from here.
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return _failure(error, url, timeout)

    def _follow(self, url: str, headers: Mapping[str, str], timeout: float, line: Line) -> Answer:
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            with self._get(here, headers, timeout) as response:
                line.open(response)
                there = self._target(response, here)
                if there is None:
                    return self._answer(response, here, line)
            if origin(there)[0] not in ("http", "https"):  # nor what two readers could understand differently
                raise BadResponse("The service sends us on to what is no web address.", url=there)
            if may_carry_token(here) and not may_carry_token(there):
                raise BadResponse("The service sends us on to an address without encryption.", url=there)
            here = there
        raise BadResponse(f"The service sends us on more than {MAX_REDIRECTS} times.", url=here)

    def _target(self, response: requests.Response, here: str) -> str | None:
        """Where a redirect leads; an address is no place for a token, so one that is in it is taken out."""
        if response.status_code not in _REDIRECTS:
            return None
        target = self._session.get_redirect_target(response)
        if target is None:
            return None
        if len(target) > MAX_HEADER:
            raise BadResponse("The service sends us on to an address without end.", url=here)
        return urljoin(here, self._blot(target))

    def _get(self, url: str, headers: Mapping[str, str], timeout: float) -> requests.Response:
        return self._session.get(
            url,
            headers=dict(headers),
            auth=self._token if self._token and origin(url) == self._home else nothing,
            timeout=(timeout, timeout),
            # A proxy does not reach this machine's loopback, and must not see a token that goes there.
            proxies={"http": "", "https": ""} if is_loopback(url) else None,
            allow_redirects=False,
            stream=True,
        )

    def _answer(self, response: requests.Response, url: str, line: Line) -> Answer:
        """The whole answer, its body bounded. Of an error only the start of its body is read."""
        good = response.status_code == 200
        body = bytearray()
        for chunk in response.iter_content(2**16):
            body += chunk
            if line.is_cut:
                raise TimeoutError
            if good and len(body) > MAX_BODY:
                raise BadResponse(f"The answer is larger than {MAX_BODY / 2**20:g} MB.", status=200, url=url)
            if not good and len(body) > MAX_ERROR_BODY:
                break
        # No header that means anything to us is that long; one that is could keep a pattern busy for minutes.
        short = {name: value for name, value in response.headers.items() if len(value) <= MAX_HEADER}
        headers = {name.lower(): self._blot(value) for name, value in short.items()}
        at = asked_at_origin(headers, self._now()) if response.status_code in (200, 304) else self._now()
        return Answer(response.status_code, url, headers, self._blot(bytes(body)), at)

    def _blot(self, said: AnyStr) -> AnyStr:
        return self._token.blot(said) if self._token else said


def _failure(error: Exception, url: str, timeout: float) -> Failure:
    from requests import exceptions
    from urllib3.exceptions import ReadTimeoutError

    host = _host(url)
    if isinstance(error, exceptions.ChunkedEncodingError):
        return Failure(BadResponse(f"The answer of {host} broke off.", url=url), again=True)
    # A body that stalls comes as a connection error around the time-out.
    if isinstance(error, exceptions.Timeout) or any(isinstance(part, ReadTimeoutError) for part in error.args):
        problem = f"{host} did not answer within {timeout:.2g} s."
        return Failure(ServiceUnavailable(problem, url=url), again=True)
    if isinstance(error, exceptions.SSLError):
        return Failure(_no_encryption(error, host, url), again=False)
    if isinstance(error, exceptions.ConnectionError):
        problem, hint = f"{host} could not be reached.", "Check network and endpoint, then try again."
        return Failure(ServiceUnavailable(problem, url=url, hint=hint), again=True)
    problem = f"The answer of {host} cannot be read ({type(error).__name__})."
    return Failure(BadResponse(problem, url=url), again=False)


def _host(url: str) -> str:
    return origin(url)[1] or "the service"


def _no_encryption(error: Exception, host: str, url: str) -> ServiceUnavailable:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        problem, hint = f"The certificate of {host} could not be verified.", "Check clock and proxy."
    else:
        problem = f"{host} does not speak https at this address."
        hint = "Check the endpoint: a service on this machine is often plain http://."
    return ServiceUnavailable(problem, url=url, hint=hint)
