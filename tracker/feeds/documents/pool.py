"""Parsing in children that can be killed: a hostile document costs its own feed, never the run.

The child's side is `child`. Threads would not do: feedparser is quadratic on hostile input and holds
the interpreter's lock meanwhile.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import struct
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import IO, Any, Self

from tracker.domain import feed as domain_feed
from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind
from tracker.feeds.client.alarms import ring_after

TOO_MUCH = "Reading this feed took too much time or memory, so we stopped."

_LENGTH = struct.Struct(">Q")
_MAX_ANSWER = 256 * 1024 * 1024
_LARGE_BYTES = 512 * 1024
# A child needs to find Python's and our modules, and nothing else of the environment: no keys, no proxies.
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "VIRTUAL_ENV", "HOME")


class ParserPool:
    """At most `processes` children, started when first needed and replaced when they die.

    A document may use `cpu_s` seconds of processor and `wall_s` of time; a child `memory_mb` of
    address space. Any number of threads may call `parse`; waiting for a child is not counted.
    """

    def __init__(
        self, processes: int = 2, cpu_s: float = 10, wall_s: float = 15, memory_mb: int = 512
    ) -> None:
        self._arguments = [str(cpu_s), str(memory_mb)]
        self._wall_s = wall_s
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(processes):
            self._idle.put(None)
        self._processes = processes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def parse(self, body: bytes, headers: Mapping[str, str], url: str, expect: FeedKind) -> Document:
        """As `parse_document`; a killed child is a ParseError too."""
        child, is_spent = self._idle.get(), True
        try:
            if child is not None and not child.is_alive:
                child.stop()
                child = None
            child = child or _Child(self._arguments)
            answer = child.ask((body, dict(headers), url, str(expect)), self._wall_s)
            is_spent = len(body) > _LARGE_BYTES  # what it grew to is given back only when it ends
        except (OSError, EOFError, pickle.UnpicklingError) as exc:
            raise ParseError(TOO_MUCH, url=url) from exc
        finally:
            if child is not None and is_spent:
                child.stop()
                child = None
            self._idle.put(child)
        if isinstance(answer, Document):
            return answer
        message, error_class = answer
        raise ParseError(message, url=url, error_class=FetchErrorClass(error_class))

    def close(self) -> None:
        """Stop the children; waits for documents under way."""
        for child in [self._idle.get() for _ in range(self._processes)]:
            if child is not None:
                child.stop()
            self._idle.put(None)


class _Child:
    """One process and its two pipes."""

    def __init__(self, arguments: list[str]) -> None:
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path) or os.curdir
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-m", "tracker.feeds.documents.child", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, question: object, wall_s: float) -> Any:
        """Send a question, wait for the answer; past `wall_s` the child is killed (EOFError, OSError)."""
        alarm = ring_after(wall_s, self._process.kill)
        try:
            assert self._process.stdin is not None  # noqa: S101 - both are pipes, for the type checker
            assert self._process.stdout is not None  # noqa: S101
            send(self._process.stdin, question)
            return _read_plain(receive(self._process.stdout))
        finally:
            alarm.cancel()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was left to write has no reader any more
                    pipe.close()


def send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)  # apart: joining them would be one more copy of a large body
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """One message. EOFError when the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    length = _LENGTH.unpack(head)[0]
    if length > _MAX_ANSWER:
        raise EOFError
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


class _PlainUnpickler(pickle.Unpickler):
    """Makes values of `domain.feed` and dates only: a child that went wrong cannot run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module == domain_feed.__name__ and name in vars(domain_feed):
            return vars(domain_feed)[name]
        if module == "datetime" and name in ("datetime", "timedelta", "timezone"):
            return {"datetime": datetime, "timedelta": timedelta, "timezone": timezone}[name]
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer")


def _read_plain(data: bytes) -> Any:
    return _PlainUnpickler(io.BytesIO(data)).load()
