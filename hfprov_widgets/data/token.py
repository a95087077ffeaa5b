"""Where a token is looked for, and in which order. Only its value goes on, and into one header only.

Where ``huggingface_hub`` is installed it is asked: it knows trusted publishers (OIDC) and renews the token of a
login. Without it the order is the same: environment, token file, Colab secret.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, AnyStr

from hfprov_widgets.data.environment import is_on, offline
from hfprov_widgets.data.errors import HIDDEN, TOKEN_VARIABLES

if TYPE_CHECKING:
    from requests import PreparedRequest

_SHORTEST = 16  # characters; a real token has more than twice as many
_colab_lock = threading.Lock()


def check_token(token: object) -> None:
    """Refuse at once what can never be sent; the value is not repeated in the message.

    Raises
    ------
    TypeError, ValueError
    """
    if token is None or token is False:
        return
    if not isinstance(token, str):
        raise TypeError("token is a text, None (look for one) or False (send none)")
    if not _is_sendable(token.strip()):
        raise ValueError("token holds characters that no token has (blanks, line breaks or other than ASCII)")


class Secret:
    """A token on its way: it shows in no representation, so in no traceback that prints what variables hold.

    Examples
    --------
    >>> Secret("any")
    Secret(***)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put it into the one header, for ``requests``."""
        request.headers["Authorization"] = f"Bearer {self._value}"
        return request

    @property
    def text(self) -> str:
        """The token itself."""
        return self._value

    @property
    def fingerprint(self) -> str:
        """A short name, from which the token cannot be found again."""
        return hashlib.blake2b(self._value.encode(), digest_size=8, person=b"hfprov_widgets").hexdigest()

    def blot(self, said: AnyStr) -> AnyStr:
        """What a service said, without the token: an error message may repeat it. A dummy of a few letters may be
        part of an honest word, and stays."""
        if len(self._value) < _SHORTEST:
            return said
        if isinstance(said, str):
            return said.replace(self._value, HIDDEN)
        return said.replace(self._value.encode(), HIDDEN.encode())


def wrapped(token: str | bool | Secret | None) -> Secret | bool | None:
    """A token that a caller has given, checked and out of sight.

    Raises
    ------
    TypeError, ValueError
    """
    if not isinstance(token, Secret):
        check_token(token)
    return Secret(token) if isinstance(token, str) else token


def find_token(explicit: str | bool | Secret | None = None) -> str | None:
    """The token to send, or ``None``.

    Parameters
    ----------
    explicit : str or False, optional
        A token is taken as it is. ``False`` sends none. ``None`` asks ``huggingface_hub.get_token`` where that
        is installed, else looks in ``HF_TOKEN``, ``HUGGING_FACE_HUB_TOKEN``, the file ``HF_TOKEN_PATH`` (or
        ``$HF_HOME/token``) and the Colab secret ``HF_TOKEN``; not if ``HF_HUB_DISABLE_IMPLICIT_TOKEN`` is set.

    Raises
    ------
    TypeError, ValueError

    Examples
    --------
    >>> find_token(False) is None
    True
    """
    return _look_up(explicit)[0]


def token_source(explicit: str | bool | None = None) -> str:
    """In words where the token comes from, never the token.

    Examples
    --------
    >>> token_source("any"), token_source(False)
    ('given as an argument', 'none: switched off by token=False')
    """
    return _look_up(explicit)[1]


def _look_up(explicit: str | bool | Secret | None) -> tuple[str | None, str]:
    if isinstance(explicit, Secret):
        explicit = explicit.text
    check_token(explicit)
    if explicit is False:
        return None, "none: switched off by token=False"
    if isinstance(explicit, str):
        token = _clean(explicit)
        return token, "given as an argument" if token else "none: the argument is empty"
    if is_on("HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        return None, "none: switched off by HF_HUB_DISABLE_IMPLICIT_TOKEN"
    get_token = _hub_get_token()
    return _ask_hub(get_token) if get_token else next(_places(), (None, "none found"))


def _places() -> Iterator[tuple[str, str]]:
    """The tokens that are there, each with its place in words, in their order."""
    for name in TOKEN_VARIABLES:
        if token := _clean(os.environ.get(name)):
            yield token, f"environment variable {name}"
    if token := _clean(_read(_token_path())):
        yield token, "the token file that a login leaves behind"
    if token := _clean(_colab_secret()):
        yield token, "the Colab secret HF_TOKEN"


def _hub_get_token() -> Callable[[], str | None] | None:
    if offline() and os.environ.get("HF_OIDC_RESOURCE"):  # that way needs a call
        return None
    try:
        from huggingface_hub import get_token
    except Exception:  # not installed, too old, or broken: our own order is the same
        return None
    return get_token


def _ask_hub(get_token: Callable[[], str | None]) -> tuple[str | None, str]:
    try:
        token = _clean(get_token())
    except Exception as error:  # an exchange that failed; the listings need no token
        return None, f"none: huggingface_hub could not get one ({type(error).__name__})"
    if token is None:
        return None, "none found"
    # It gives the value only; where that stands is compared here.
    return token, next((words for found, words in _places() if found == token), "huggingface_hub.get_token")


def _token_path() -> Path:
    """``HF_TOKEN_PATH``, else ``token`` in ``HF_HOME``, else in the user's cache folder for Hugging Face."""
    if path := os.environ.get("HF_TOKEN_PATH"):
        return Path(os.path.expanduser(path))
    if home := os.environ.get("HF_HOME"):
        return Path(os.path.expanduser(home), "token")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(cache), "huggingface", "token")


def _read(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):  # no file, no right to read it, not a text
        return None


def _colab_secret() -> str | None:
    # Colab asks the user for each access, so it is asked once per session, and by one thread.
    if "google.colab" not in sys.modules or os.environ.get("VERTEX_PRODUCT") == "COLAB_ENTERPRISE":
        return None
    with _colab_lock:
        return _ask_colab()


@lru_cache(maxsize=1)
def _ask_colab() -> str | None:
    try:
        from google.colab import userdata  # type: ignore[import-not-found,unused-ignore]

        value = userdata.get("HF_TOKEN")
    except Exception:  # no such secret, access denied, no answer: each has a class of its own, all mean "no token"
        return None
    return value if isinstance(value, str) else None


def _clean(text: str | None) -> str | None:
    token = (text or "").replace("\r", "").replace("\n", "").strip()
    return token if token and _is_sendable(token) else None


def _is_sendable(token: str) -> bool:
    return token.isascii() and all(32 < ord(character) < 127 for character in token)
