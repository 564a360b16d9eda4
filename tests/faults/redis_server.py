"""A Redis that a test may kill, start again and empty; nothing of it survives a kill."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import redis

from deploy.supervisor import die_with_parent


class RedisServer:
    """Listens on one port of this machine, without persistence."""

    def __init__(self, folder: Path, port: int) -> None:
        folder.mkdir()
        self.port = port
        self.url = f"redis://127.0.0.1:{port}/0"
        program = shutil.which("redis-server") or "valkey-server"
        options = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self._argv = [program, "--port", str(port), "--dir", str(folder), *options]
        self.start()

    def start(self) -> None:
        """Start it, empty, and return once it answers."""
        self._popen = subprocess.Popen(
            self._argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL),
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline, "Redis did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL it."""
        self._popen.kill()
        self._popen.wait()

    def flush(self) -> None:
        """Forget every message and every cached value."""
        redis.Redis(port=self.port).flushall()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
