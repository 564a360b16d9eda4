"""Named points at which the fault tests kill this process; without the FAULT variable they cost one look-up."""

import os
import signal
from pathlib import Path


def point(name: str) -> None:
    """Kill this process here where FAULT names this point; FAULT_ONCE names a file that makes it happen once."""
    if os.environ.get("FAULT") != name:
        return
    if mark := os.environ.get("FAULT_ONCE"):
        try:
            Path(mark).open("x").close()
        except FileExistsError:
            return
    os.kill(os.getpid(), signal.SIGKILL)
