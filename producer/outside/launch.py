"""Starts a program that must not outlive its worker: `python launch.py PARENT COMMAND…`. Imports nothing of ours.

Linux asks it to stop when the worker dies, however that died (prctl(2), PR_SET_PDEATHSIG = 1); SIGTERM, so that torchrun
takes its workers along. Done here and not between fork and exec, where a worker with threads may hang.
"""

import ctypes
import os
import signal
import sys

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    if os.getppid() != int(sys.argv[1]):  # it died before it could be said
        sys.exit(1)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command is the runner's
