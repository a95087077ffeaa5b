"""Runs a command for as long as somebody holds the other end of stdin.

When the tests are killed, however hard, the system closes the pipe, and the server they started ends too.

    python watchdog.py COMMAND [ARGUMENT ...]
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

PATIENCE = 5.0  # seconds for a server to end its kernels


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the command's process group to end, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
            return


def main() -> int:
    # A signal to the tests' process group (Ctrl-C) is for the tests; they close the pipe when they are done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)

    def wait_for_the_end() -> None:
        sys.stdin.buffer.read()
        end(process)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
