"""Which addresses are a blog's own: what its documents name elsewhere is neither asked nor believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.feed import Platform
from tracker.feeds.platforms import blogger, wordpress
from tracker.text.addresses import host_of

_PLATFORM_HOSTS = {Platform.BLOGGER: blogger.HOSTS, Platform.WORDPRESS: wordpress.HOSTS}


@dataclass(frozen=True, slots=True)
class Home:
    """The hosts on which a blog is known to be, and those that its platform serves it from.

    A hostile blog may name any address as that of a post's comments: asked, we would ask
    others in its name, and take their comments for its own.
    """

    hosts: frozenset[str]
    platform: Platform

    @classmethod
    def of(cls, urls: Iterable[str], platform: Platform) -> Home:
        return cls(frozenset(host_of(url) for url in urls) - {""}, platform)

    def owns(self, url: str) -> bool:
        """Whether an address lies on one of them. What is no address is the client's to refuse."""
        host = host_of(url)
        if not host or host in self.hosts:
            return True
        served = _PLATFORM_HOSTS.get(self.platform, ())
        return any(host == one or host.endswith(f".{one}") for one in served)
