"""`python -m flowmap`. The interpreter puts the current folder first on its path for this; it may be the scanned repository, of
which nothing is ever imported, so that entry goes before anything else is loaded."""

from __future__ import annotations

import sys

from flowmap.cli.main import main

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]
    main()
