"""``python -m hfprov_widgets``: the catalogue in a shell. What its exit codes say is in ``cli.exits``."""

from __future__ import annotations

import sys

from hfprov_widgets.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
