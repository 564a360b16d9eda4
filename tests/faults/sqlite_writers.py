"""Writes to one SQLite file from many threads and processes while somebody reads for long; prints what it saw.

`python -m tests.faults.sqlite_writers WRITERS WRITES` with DATABASE_URL=sqlite:///…; half of the writers are threads
of one process, the others are processes. Each write is one page saved, edited, claimed or swept through the services.
"""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
import sys
import threading
import time

import django


def read_for_long(path: str, stop: threading.Event, problems: list[str]) -> None:
    """Hold a read transaction open, and begin a new one every second."""
    while not stop.is_set():
        line = sqlite3.connect(path, isolation_level=None)
        try:
            line.execute("BEGIN")
            line.execute("SELECT count(*) FROM diaries_entry").fetchone()
            stop.wait(1.0)
            line.execute("SELECT sum(length(body)) FROM diaries_entry").fetchone()
            line.execute("COMMIT")
        except sqlite3.Error as error:
            problems.append(f"reader: {error}")
        line.close()


def write(number: int, writes: int) -> tuple[list[float], list[str]]:
    """Do so many writes; return the seconds of each that was done, and what went wrong with the others."""
    from django.db import connection

    from diaries.models import User
    from illustration import queue
    from tests.faults.diary import SUBJECTS, edit, save

    seconds: list[float] = []
    problems: list[str] = []
    try:
        author = User.objects.create_user(email=f"writer{number}@example.org")
        page = save(author)
        for count in range(writes):
            began = time.monotonic()
            if count % 10 == 7:
                queue.sweep()
            elif count % 10 == 8:
                for row in queue.claim(free=1, in_hand=[], worker=f"writer:{number}"):
                    queue.fail(row, "engine_failed")
            elif count % 3:
                page = edit(page, SUBJECTS[count % len(SUBJECTS)])
            else:
                page = save(author, SUBJECTS[count % len(SUBJECTS)])
            seconds.append(time.monotonic() - began)
    except Exception as error:
        # Whatever it is, it ends this writer, and neither it nor the writes that are missing may go unseen.
        problems.append(f"writer {number}: {type(error).__name__}: {error}")
    connection.close()
    return seconds, problems


def in_process(number: int, writes: int, answers: multiprocessing.Queue[object]) -> None:
    answers.put(write(number, writes))


def main(writers: int, writes: int) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from illustration import tasks

    settings.DRAWINGS_A_DAY = settings.DRAWINGS_WAITING = 10**9
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    tasks.ring = lambda: None  # the broker has tests of its own
    call_command("migrate", verbosity=0)
    connection.close()
    stop = threading.Event()
    problems: list[str] = []
    path = settings.DATABASES["default"]["NAME"]
    reader = threading.Thread(target=read_for_long, args=(path, stop, problems))
    share = writes // writers
    answers: list[tuple[list[float], list[str]]] = []
    spread = multiprocessing.get_context("fork")
    results = spread.Queue()
    processes = [spread.Process(target=in_process, args=(n, share, results)) for n in range(writers // 2)]
    for process in processes:
        process.start()
    threads = [
        threading.Thread(target=lambda n=n: answers.append(write(n, share)))
        for n in range(writers // 2, writers)
    ]
    reader.start()
    for thread in threads:
        thread.start()
    answers += [results.get() for _ in processes]
    for member in (*threads, *processes):
        member.join()
    stop.set()
    reader.join()
    seconds = sorted(second for answer in answers for second in answer[0])
    figures = {
        "writers": len(answers),
        "writes": len(seconds),
        "problems": problems + [problem for answer in answers for problem in answer[1]],
        "p50": seconds[len(seconds) // 2],
        "p99": seconds[len(seconds) * 99 // 100],
        "most": seconds[-1],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
