"""Finds the Chromium that the browser tests, the benchmark and the pictures use.

As a program it prints the path, or says how to get one.
"""

from __future__ import annotations

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# A browser that asks nobody anything: nothing outside loopback has an address for it.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


class NoChromiumError(RuntimeError):
    """There is no browser to test with."""


def find_chromium() -> str:
    """The path of a Chromium: ``$CHROMIUM``, else the first that is installed."""
    wish = os.environ.get("CHROMIUM")
    if wish:
        found = shutil.which(wish)
        if found is None:
            raise NoChromiumError(f"$CHROMIUM is {wish!r}, and that cannot be run")
        return found
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    raise NoChromiumError(
        "No Chromium was found. Install one (on Debian: apt-get install chromium), "
        "or set CHROMIUM to the path of a Chromium or Chrome."
    )


if __name__ == "__main__":
    try:
        print(find_chromium())
    except NoChromiumError as error:
        sys.exit(str(error))
