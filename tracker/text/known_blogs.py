"""Which of the blogs that a course knows an address lies on: each path is one blog, the longest one wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from types import MappingProxyType

from tracker.text import hosts
from tracker.text.addresses import Place, find_place, least_depth, platform_of, told_parts
from tracker.text.mistyped import is_slip

NONE: Mapping[str, str] = MappingProxyType({})


class KnownBlogs:
    """The addresses of the blogs of a course: class blogs, followed ones and the course's own, by their
    stored keys (`addresses.home_key`). It never changes; `adding` makes another one.

    Where one known blog alone has a host, or a part of it, that its platform gives to one owner, all
    of that is the blog. Where two share it, their paths tell them apart. `also` are further addresses
    that a blog is known to have, by their keys -> the blog's.
    """

    def __init__(self, keys: Iterable[str] = (), also: Mapping[str, str] = NONE) -> None:
        self.keys = frozenset(key for key in keys if key)
        self._by_host: dict[str, dict[tuple[str, ...], str]] = {}
        self._found: dict[str, str] = {}
        for address, key in (*also.items(), *((key, key) for key in self.keys)):
            host, *parts = address.split("/")
            if not parts and address != key and hosts.CAMPUS_SUFFIX.search(host):
                continue  # a page there may have led to the college's own feed
            self._by_host.setdefault(host, {})[tuple(parts)] = key
        self._owned = {host: _owned(host, table) for host, table in self._by_host.items()}

    def __contains__(self, key: object) -> bool:
        return key in self.keys

    def adding(self, key: str) -> KnownBlogs:
        if not key or key in self.keys:
            return self
        more = copy(self)
        host, *parts = key.split("/")
        table = {**self._by_host.get(host, {}), tuple(parts): key}
        more.keys = self.keys | {key}
        more._by_host = {**self._by_host, host: table}
        more._owned = {**self._owned, host: _owned(host, table)}
        more._found = {}
        return more

    def find(self, url: str) -> str:
        """The stored key of the known blog an address lies on; of an unknown one, the key of what seems to
        be a blog there; "" when there is none."""
        if url not in self._found:
            place = find_place(url)
            self._found[url] = self._find(place) if place else ""
        return self._found[url]

    def has_below(self, key: str) -> bool:
        """Whether known blogs lie below an address that is none of them itself, as on a college's host."""
        return key not in self.keys and any(known.startswith(f"{key}/") for known in self.keys)

    def beside(self, key: str) -> str:
        """The only known blog on the host of an unknown address, where the two seem to be one owner's: one
        lies below the other, or both on a site that one user has. That is a hint, no more."""
        place = find_place(key)
        table = self._by_host.get(place.host, {}) if place else {}
        if place is None or len(set(table.values())) != 1 or key in self.keys:
            return ""
        parts, known = min(table.items())
        if platform_of(place.host) in hosts.SITES_BELOW or (place.parts and parts[:1] == place.parts[:1]):
            return known
        return known if not place.parts and not hosts.CAMPUS_SUFFIX.search(place.host) else ""

    def _find(self, place: Place) -> str:
        host, parts = place
        table = self._by_host.get(host)
        if table is None:
            return Place(host, told_parts(place) or ()).key
        for depth in range(len(parts), least_depth(place) - 1, -1):
            if found := table.get(parts[:depth]):
                return found
        owned = self._owned[host]
        for depth in range(len(parts), -1, -1):
            if found := owned.get(parts[:depth]):
                return found
        told = told_parts(place)
        return Place(host, parts[: _depth_of_others(parts, table)] if told is None else told).key


def is_nearly(key: str, known: str) -> bool:
    """Whether the key of an address may be that of a known blog with a slip of the pen: in the blog's name,
    never in the platform's or in what two blogs of one host share."""
    here, there = key.split("/"), known.split("/")
    names = [*_names(here), *here[1:]], [*_names(there), *there[1:]]
    if len(here) != len(there) or len(names[0]) != len(names[1]):
        return False
    others = [(a, b) for a, b in zip(*names, strict=True) if a != b]
    return len(others) == 1 and is_slip(*(name.lstrip("~@") for name in others[0]))


def _names(key: list[str]) -> list[str]:
    """The blog's own name on a platform, then the platform's; elsewhere the parts of the host."""
    platform = platform_of(key[0])
    return [key[0].removesuffix(f".{platform}"), f"{platform}."] if platform else key[0].split(".")


def _owned(host: str, table: dict[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Beginnings of a path that are one blog's as a whole, although its address is longer."""
    below: dict[tuple[str, ...], set[str]] = {}
    for parts, key in table.items():
        for depth in range(len(parts)):
            below.setdefault(parts[:depth], set()).add(key)
    owned = {}
    for parts, key in table.items():
        for beginning in (told_parts(Place(host, parts)), _without_generic(host, parts)):
            if beginning is not None and beginning not in table and below.get(beginning) == {key}:
                owned[beginning] = key
    return owned


def _without_generic(host: str, parts: tuple[str, ...]) -> tuple[str, ...] | None:
    """`x.org` of `x.org/blog`, unless that is a college's."""
    while parts and parts[-1] in hosts.GENERIC_PARTS:
        parts = parts[:-1]
    return parts if parts or not hosts.CAMPUS_SUFFIX.search(host) else None


def _depth_of_others(parts: tuple[str, ...], table: dict[tuple[str, ...], str]) -> int:
    """How many parts the known blogs' addresses have that begin most like this path."""
    return min((-_shared(parts, other), len(other)) for other in table)[1]


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
