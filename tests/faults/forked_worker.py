"""`draw_waiting --loop` in a child that is forked anew whenever it dies: a supervisor whose restarts take no time.

USR1 kills the child by SIGKILL. With FAULT set, the child dies at that point by itself, every time.
"""

from __future__ import annotations

import os
import signal
import sys

import django

from deploy.supervisor import die_with_parent


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from illustration import drawing, loader

    # Loaded once, before the first fork; no line to the database is opened on this side.
    assert drawing
    loader._reader()
    child = 0
    stopping = False

    def kill(number: int, frame: object) -> None:
        if child:
            os.kill(child, signal.SIGKILL)

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        stopping = True
        kill(number, frame)

    signal.signal(signal.SIGUSR1, kill)
    signal.signal(signal.SIGTERM, stop)
    deaths = 0
    while not stopping:
        print("forked", flush=True)
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGUSR1, signal.SIG_DFL)
            die_with_parent(signal.SIGKILL)
            call_command("draw_waiting", loop=True)
            os._exit(0)
        os.waitpid(child, 0)
        child = 0
        deaths += 1
        print(f"deaths {deaths}", flush=True)
    sys.exit(0)


if __name__ == "__main__":
    main()
