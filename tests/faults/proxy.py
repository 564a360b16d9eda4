"""A TCP proxy that stands before a server and, when told to, refuses, swallows or cuts what passes through it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

Mode = Literal["pass", "refuse", "black_hole"]


class Proxy:
    """Forwards one port of this machine to another server.

    `pass` forwards; `refuse` cuts every line and listens no more, so that connecting fails at once; `black_hole`
    accepts new lines, keeps old ones, and never lets a byte through either way.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host, self._target = host, port
        self._mode: Mode = "pass"
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self.port = 0
        self._call(self._listen())
        self._call(self._set("pass"))

    def set(self, mode: Mode) -> None:
        """Behave so from now on, for old lines too."""
        self._call(self._set(mode))

    def cut(self) -> None:
        """Reset every line that is open now."""
        self._call(self._cut())

    def close(self) -> None:
        """Cut everything and end."""
        self._call(self._set("refuse"))
        self._call(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _set(self, mode: Mode) -> None:
        self._mode = mode
        if mode == "refuse":
            self._flowing.set()
            if self._server:
                self._server.close()
                self._server = None
            await self._cut()
            return
        if self._server is None:
            await self._listen()
        if mode == "pass":
            self._flowing.set()
        else:
            self._flowing.clear()

    async def _cut(self) -> None:
        for line in list(self._lines):
            line.transport.abort()

    async def _ended(self) -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            await self._flowing.wait()
            there_reader, there_writer = await asyncio.open_connection(self._host, self._target)
            self._lines.add(there_writer)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._pump(reader, there_writer))
                    both.create_task(self._pump(there_reader, writer))
            finally:
                self._lines.discard(there_writer)
                there_writer.transport.abort()
        except* (OSError, _Ended):
            # One end is gone: the other is let go below.
            pass
        finally:
            self._lines.discard(writer)
            writer.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            await self._flowing.wait()
            writer.write(part)
            await writer.drain()
        raise _Ended


class _Ended(Exception):
    """One end has closed its line."""


@contextlib.contextmanager
def proxy_before(url: str) -> Iterator[tuple[Proxy, str]]:
    """Put a proxy before the server of a URL; give the proxy and the URL that leads through it."""
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 0)
    try:
        place = parts.netloc.rpartition("@")[0]
        through = f"{place}@" if place else ""
        yield proxy, parts._replace(netloc=f"{through}127.0.0.1:{proxy.port}").geturl()
    finally:
        proxy.close()
