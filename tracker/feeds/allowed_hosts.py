"""Which addresses are a blog's own: what its documents name elsewhere is neither asked nor believed.

Tested in tests/feeds/test_poll_feed.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.feed import Platform
from tracker.feeds.platforms.registry import platform_of
from tracker.text.addresses import host_of


@dataclass(frozen=True, slots=True)
class Home:
    """Addresses at which a blog is known to be, and the hosts that its platform serves it from.
    "" among `urls` stands for one that is not known.

    A hostile blog may name any address as that of a post's comments: asked, we would ask
    others in its name, and take their comments for its own.
    """

    urls: tuple[str, ...]
    platform: Platform

    def owns(self, url: str) -> bool:
        """Whether an address lies on one of them. What is no address is the client's to refuse."""
        host = host_of(url)
        # Their hosts are read here: most polls ask for the feed alone, and need none of them.
        if not host or host in map(host_of, self.urls):
            return True
        own_hosts = platform_of(self.platform).own_hosts
        return any(host == own or host.endswith(f".{own}") for own in own_hosts)
