"""The servers that act out the table, in a process of their own, so that their work and memory are
not taken for the client's.

`with Stage.open(folder) as stage:` starts them; `stage.resolve` is the name service of a Fetcher.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.misbehavior import ROWS
from tests.support.misbehavior_certificates import load_contexts
from tests.support.misbehavior_feed import feed_of
from tests.support.misbehavior_network import answer
from tests.support.misbehavior_row import Act, Behaviour, Call

_BY_HOST: Mapping[str, Behaviour] = {row.host: row for row in ROWS}
_PATIENCE_S = 30.0

HEALTHY_NUMBERS = (11, 12, 13, 14, 15)
"""The comments every healthy blog shows."""


def healthy_host(number: int) -> str:
    return f"healthy-{number}.example"


class Stage:
    """The parent's side: where the servers listen, and what they saw."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.ports: dict[str, str] = self._hear()
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def pid(self) -> int:
        return self._process.pid

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Stage]:
        """`folder` holds the certificates (`misbehavior_certificates.make_certificates`)."""
        with subprocess.Popen(
            [sys.executable, "-m", __name__, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        ) as process:
            try:
                yield cls(process)
            finally:
                process.kill()

    def resolve(self, host: str, port: int) -> list[str]:
        """Healthy blogs and rows by their rules; every other name is this machine's own."""
        with self._lock:
            asked = self._asked[host]
            self._asked[host] += 1
        if host.startswith("healthy-"):
            return [f"127.0.0.1:{self.ports['plain']}"]
        row = _BY_HOST.get(host)
        return row.resolve(self.ports, asked) if row else [f"127.0.0.2:{self.ports['canary']}"]

    def count(self) -> dict[str, Any]:
        """`canary`: connections to the place nobody may reach; `peak`: most at once for one blog."""
        assert self._process.stdin is not None
        self._process.stdin.write("count\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        heard: dict[str, Any] = json.loads(self._process.stdout.readline())
        return heard


class _Seen:
    """What the child counts."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.canary = 0
        self.open: Counter[str] = Counter()
        self.peak: Counter[str] = Counter()

    def touch_canary(self, sock: socket.socket) -> None:
        with self.lock:
            self.canary += 1
        sock.close()

    @contextmanager
    def visit(self, host: str) -> Iterator[None]:
        with self.lock:
            self.open[host] += 1
            self.peak[host] = max(self.peak[host], self.open[host])
        try:
            yield
        finally:
            with self.lock:
                self.open[host] -= 1

    def as_json(self) -> str:
        with self.lock:
            return json.dumps({"canary": self.canary, "peak": max(self.peak.values(), default=0)})


def _listen(address: str, handle: Callable[[socket.socket], None]) -> str:
    """Hand each connection to a thread of its own; the port that was free."""
    listener = socket.create_server((address, 0), backlog=256)

    def accept() -> None:
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=_safely, args=(handle, sock), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return str(listener.getsockname()[1])


def _listen_everywhere(handle: Callable[[socket.socket], None]) -> str:
    """One port on every address of this machine, IPv6 included where there is any."""
    port = _listen("", handle)
    if socket.has_dualstack_ipv6():
        other = socket.socket(socket.AF_INET6)
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        other.bind(("::", int(port)))
        other.listen()

        def accept() -> None:
            while True:
                _safely(handle, other.accept()[0])

        threading.Thread(target=accept, daemon=True).start()
    return port


def _safely(handle: Callable[[socket.socket], None], sock: socket.socket) -> None:
    """A client that hangs up is what all this is about: say nothing."""
    sock.settimeout(_PATIENCE_S)
    try:
        handle(sock)
    except (OSError, ValueError):
        return
    finally:
        sock.close()


def _read_head(sock: socket.socket) -> tuple[str, str]:
    """(host, path) of a request."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(4096)
        if not more:
            raise OSError("hung up")
        data += more
    lines = data.decode("latin-1").split("\r\n")
    host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "")
    return host.partition(":")[0], lines[0].split(" ")[1]


def _act_of(host: str) -> Act:
    if host in _BY_HOST:
        return _BY_HOST[host].act
    if host.startswith("healthy-"):
        return answer(feed_of(host, HEALTHY_NUMBERS).encode())
    return answer(status="404 Not Found")


def _closed_port() -> str:
    """A port that stays taken and never listens."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    _kept.append(sock)
    return str(sock.getsockname()[1])


_kept: list[socket.socket] = []


def main(folder: Path) -> None:
    """Serve until stdin closes; the first line of output says where."""
    seen, ports = _Seen(), dict[str, str]()

    def talk(sock: socket.socket) -> None:
        host, path = _read_head(sock)
        with seen.visit(host):
            _act_of(host)(Call(sock, path, ports))

    def behind(tls: ssl.SSLContext) -> Callable[[socket.socket], None]:
        def talk_tls(sock: socket.socket) -> None:
            with tls.wrap_socket(sock, server_side=True) as wrapped:
                talk(wrapped)

        return talk_tls

    def at_once(row: Behaviour) -> Callable[[socket.socket], None]:
        return lambda sock: row.act(Call(sock, "", ports))

    ports["canary"] = _listen_everywhere(seen.touch_canary)
    ports["closed"] = _closed_port()
    ports["plain"] = _listen("127.0.0.1", talk)
    for name, tls in load_contexts(folder).items():
        ports[f"tls-{name}"] = _listen("127.0.0.1", behind(tls))
    ports.update({row.host: _listen("127.0.0.1", at_once(row)) for row in ROWS if row.at_connect})
    print(json.dumps(ports), flush=True)
    for _ in sys.stdin:
        print(seen.as_json(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
