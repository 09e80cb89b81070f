"""Health of a container with a control process: its desk answers on its own address. Ends with 0 or 1; needs nothing installed."""

from __future__ import annotations

import os
import sys
import urllib.request

if __name__ == "__main__":
    port = os.environ.get("DAILIES_WEB__PORT", "8484")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=8) as answer:
            sys.exit(answer.status != 200)
    except OSError as error:
        sys.exit(f"The desk does not answer: {error}")
