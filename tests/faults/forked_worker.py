"""A Celery draw worker that is forked anew whenever it dies: a supervisor whose restarts take no time.

USR1 kills the worker by SIGKILL. With FAULT set, the worker dies at that point by itself, every time.
"""

from __future__ import annotations

import os
import signal
import sys

import django

from deploy.supervisor import die_with_parent


def main(argv: list[str]) -> None:
    django.setup()
    from diarysite.celery import app
    from illustration import drawing, loader

    # Loaded once, before the first fork; no line to the database or the broker is opened on this side.
    assert drawing
    app.loader.import_default_modules()
    for text in loader.A_DAY_IN_EACH_LANGUAGE:
        loader.read(text=text)
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
            for number in (signal.SIGUSR1, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent(signal.SIGKILL)
            app.worker_main(argv)
            os._exit(0)
        os.waitpid(child, 0)
        child = 0
        deaths += 1
        print(f"deaths {deaths}", flush=True)
    sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
