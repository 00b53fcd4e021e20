"""Opens the connections of `fetch`: finds a host's addresses once, checks each of them, connects to a
checked one. The only code that opens a socket.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection

from tracker.feeds.client.guard import Hop, IpAddress, blocked, may_connect
from tracker.feeds.client.time_limit import TimeLimit, within

Resolve = Callable[[str, int], list[str]]

_MAX_ADDRESSES_TRIED = 4


@dataclass(frozen=True)
class Dialer:
    """Makes a connection to one hop. `resolve` and `allow_private` are those of the `Fetcher`."""

    resolve: Resolve
    allow_private: tuple[str, ...]
    connect_timeout_s: float
    read_timeout_s: float
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def connection(self, hop: Hop, limit: TimeLimit) -> HTTPConnection:
        """A connection that opens its socket, through the guard, when it is first used."""
        connection: _GuardedHTTPConnection | _GuardedHTTPSConnection
        timeout = self.read_timeout_s
        if hop.scheme == "https":
            connection = _GuardedHTTPSConnection(
                hop.host, hop.port, timeout=timeout, cert_reqs=ssl.CERT_REQUIRED, ssl_context=self.tls
            )
        else:
            connection = _GuardedHTTPConnection(hop.host, hop.port, timeout=timeout)
        connection.dial = lambda: self._dial(hop, limit)
        return connection

    def _dial(self, hop: Hop, limit: TimeLimit) -> socket.socket:
        """Resolve once, check every answer, connect to a checked one."""
        found = self._addresses(hop, limit)
        allowed = [(ip, port) for ip, port in found if may_connect(ip, hop, self.allow_private)]
        if not allowed:
            raise blocked(
                hop.url,
                f"{hop.host} is on a private network, which we don’t check for blogs. "
                "An administrator can allow it.",
            )
        trouble: OSError | None = None
        for ip, port in allowed[:_MAX_ADDRESSES_TRIED]:
            try:
                return self._connect(ip, port, limit)
            except OSError as exc:
                trouble = exc
        raise trouble or OSError("no address")

    def _addresses(self, hop: Hop, limit: TimeLimit) -> list[tuple[IpAddress, int]]:
        try:
            return [(ipaddress.ip_address(hop.host), hop.port)]
        except ValueError:
            pass  # a name: ask for its addresses
        found = within(lambda: self.resolve(hop.host, hop.port), min(limit.left_s, self.read_timeout_s))
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address for this name")
        try:
            return [_read_address(text, hop.port) for text in found]
        except ValueError as exc:
            raise socket.gaierror(socket.EAI_NONAME, "no address in the answer") from exc

    def _connect(self, ip: IpAddress, port: int, limit: TimeLimit) -> socket.socket:
        sock = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.settimeout(max(0.01, min(self.connect_timeout_s, limit.left_s)))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect((str(ip), port))
            limit.watch(sock)
        except OSError:
            sock.close()
            raise
        return sock


class _Guarded:
    """Dials through the guard; urllib3 does the talking. No pool, no proxy, no second lookup of the name."""

    dial: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.dial()


class _GuardedHTTPConnection(_Guarded, HTTPConnection): ...


class _GuardedHTTPSConnection(_Guarded, HTTPSConnection):
    """The same with TLS: certificate and SNI are for the name, the socket is for the checked address."""


def resolve_by_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def _read_address(text: str, port: int) -> tuple[IpAddress, int]:
    """An IP address, with a port of its own if it has one ("127.0.0.1:8080", "[::1]:8080")."""
    try:
        return ipaddress.ip_address(text.partition("%")[0]), port
    except ValueError:
        parts = urlsplit(f"//{text}")
        return ipaddress.ip_address(parts.hostname or ""), parts.port or port
