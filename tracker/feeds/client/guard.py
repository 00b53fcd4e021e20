"""Which addresses we are willing to talk to: pure judgments on URLs and IP addresses.

Opening the socket is left to `dial`, asking again at every redirect to `fetch`.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.feeds.platforms.registry import hosting_of

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 2048

# `is_global` of Python 3.11 lets these pass: relay anycast, 6to4, Teredo and the newer documentation range.
_REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(text) for text in ("192.88.99.0/24", "2002::/16", "2001::/23", "3fff::/20")
)
# Everything else of IPv6 (NAT64, mapped, local, multicast) lies outside global unicast.
_IPV6_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")

_FORBIDDEN_IN_URL = re.compile(r"[\x00-\x20\x7f\\]")
_LOOKS_NUMERIC = re.compile(r"^(?:\d+|0x[0-9a-f]*)$", re.IGNORECASE)
_HOST_LABEL = re.compile(r"^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$")


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop, taken apart: `path` is what goes into the request line, `host` is ASCII."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_and_port(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_hop(url: str, allow_private: Sequence[str] = ()) -> Hop:
    """Take a URL apart, or raise FetchError(BLOCKED) when its form alone is reason to refuse it."""
    if not url or len(url) > MAX_URL_LENGTH or _FORBIDDEN_IN_URL.search(url):
        raise blocked(url, "The address is empty, too long, or contains spaces or control characters.")
    try:
        parts = urlsplit(url)
        scheme, name, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as exc:
        raise blocked(url, "The address is not a web address.") from exc
    if scheme not in DEFAULT_PORTS or not name:
        raise blocked(url, "Enter an address that starts with http:// or https://.")
    if "@" in parts.netloc:
        raise blocked(url, "The address contains a user name or password. Enter it without them.")
    host = _plain_host(url, name)
    target_port = port if port is not None else DEFAULT_PORTS[scheme]
    written = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = quote(written, safe="/%:=&?~+!$,;'@()*[]|")
    target = Hop(f"{scheme}://{parts.netloc}{path}", scheme, host, target_port, path)
    is_usual_port = target_port in (80, 443) or target_port >= 1024
    if not is_usual_port and target.host_and_port not in allow_private:
        raise blocked(url, f"Port {target_port} is not one that blogs use, so we don’t open it.")
    return target


def _plain_host(url: str, name: str) -> str:
    """The host in ASCII and lower case; number tricks (2130706433, 0x7f.1, 0177.0.0.1) are refused."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError as exc:
            raise blocked(url, "The address contains an invalid IPv6 number.") from exc
    try:
        host = name.encode("idna").decode("ascii").lower()
    except UnicodeError as exc:
        raise blocked(url, "The host name in the address is not possible.") from exc
    labels = host.removesuffix(".").split(".")
    if _LOOKS_NUMERIC.match(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError as exc:
            raise blocked(url, "The host in the address is a number written in an unusual way.") from exc
    if not all(_HOST_LABEL.match(label) for label in labels):
        raise blocked(url, "The host name in the address is not possible.")
    return host


def is_public(ip: IpAddress) -> bool:
    """True for an address anyone on the Internet may be asked at (reliability F4)."""
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _IPV6_GLOBAL_UNICAST:
        return False
    if any(ip.version == net.version and ip in net for net in _REFUSED_NETWORKS):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def may_connect(ip: IpAddress, target: Hop, allow_private: Sequence[str]) -> bool:
    """True for a public address, or for one the operator listed: exact `host:port`, or a CIDR."""
    return is_public(ip) or any(_is_listed(item, ip, target) for item in allow_private)


def _is_listed(item: str, ip: IpAddress, target: Hop) -> bool:
    if item.lower() == target.host_and_port:
        return True
    try:
        return ip in ipaddress.ip_network(item, strict=False)
    except ValueError:
        return False


def is_opted_out(url: str, listed: Sequence[str]) -> bool:
    """Whether an address is one that must never be asked: at or below a host, or an address, that
    the operator listed because its owner asked for it ("room.example", "school.example/~vale")."""
    try:
        here = urlsplit(url)
        return any(_is_below(here, urlsplit(item if "://" in item else f"//{item}")) for item in listed)
    except ValueError:  # half an IPv6 number
        return False


def owner_refuses(url: str, there: str) -> FetchError:
    """`there` is the hop whose owner asked not to be read, `url` the address that led to it."""
    return blocked(url, f"The owner of {urlsplit(there).hostname or there} asked us not to read it.")


def _is_below(here: SplitResult, listed: SplitResult) -> bool:
    host, wanted = here.hostname or "", (listed.hostname or "").removeprefix("www.")
    is_host = wanted != "" and (host == wanted or host.endswith(f".{wanted}"))
    is_port = listed.port is None or here.port == listed.port
    path = listed.path.rstrip("/")
    return is_host and is_port and f"{here.path}/".startswith(f"{path}/")


def upstream_of(target: Hop) -> str:
    """Who answers in the end: all blogs of one hosting company are one upstream (F9)."""
    return hosting_of(target.host) or target.host_and_port


def blocked(url: str, message: str) -> FetchError:
    """Why an address is not asked, as an error."""
    return FetchError(message, url=url, error_class=FetchErrorClass.BLOCKED)
