"""The addresses that are asked while a blog is looked for: each once, few in all, fewer at a wall.

Which ones are worth asking is decided in `discover` and by the platforms.

Tested in tests/feeds/test_discover.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tracker.domain.errors import DiscoveryError, FetchError, FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind, FetchResult
from tracker.feeds.pasted import has_written_https, read_pasted, suggest, with_other_host
from tracker.feeds.platforms.base import is_comment_feed_address
from tracker.feeds.walls import Wall, wall_led_to

Fetch = Callable[[str], FetchResult]
Parse = Callable[[FetchResult, FeedKind], Document]
Accept = Callable[[Document], bool]

MAX_REQUESTS = 24
MAX_AT_WALL = 6
_NO_ANSWER = frozenset(
    {FetchErrorClass.CONNECT, FetchErrorClass.TLS, FetchErrorClass.TIMEOUT, FetchErrorClass.RESET}
)

NO_ADDRESS = "This is not a web address. Paste the address of a blog, such as https://roomnine.example/."
DID_YOU_MEAN = "Did you mean this address? {meant}"
MISTYPED = "This address seems to have a typo. " + DID_YOU_MEAN
LED_TO_HTTP = "The blog’s own server leads from its secure address (https) to http, so we read it there."
PASTE_HTTP = "To read it without a secure connection, paste the address with http:// in front."
NO_HTTPS = "The blog doesn’t answer at a secure address (https), so we read it over http."


@dataclass(frozen=True, slots=True)
class Found:
    """A feed at its address."""

    url: str
    document: Document


@dataclass
class FeedSearch:
    """Asks each address once, and not too many of them.

    `insecure` says why the blog is read over http although a secure address was tried, `wall` what
    was met in front of it, and `wall_url` where.
    """

    fetch: Fetch
    parse: Parse
    pasted: str
    wall: Wall | None = None
    wall_url: str = ""
    insecure: str = ""
    _answers: dict[str, FetchResult | None] = field(default_factory=dict)
    _by_other_scheme: dict[str, str] = field(default_factory=dict)
    _parked: bool = False
    _asked: int = 0

    def open(self, text: str) -> FetchResult:
        """The page at the pasted address: with and without www. where the host is not found, by https and by
        http where one does not answer. What is mistyped is not asked for: it may be another site's name.

        No one who pasted a secure address is taken to an insecure one, unless the blog's own server leads
        there.
        """
        meant = suggest(text)
        if meant:
            raise DiscoveryError(MISTYPED.format(meant=meant), url=self.pasted)
        may_downgrade = not has_written_https(text)
        troubles: list[FetchError] = []
        waiting = list(read_pasted(text))
        while waiting:
            address = waiting.pop(0)
            try:
                result = self._fetch(address)
            except FetchError as error:
                troubles.append(error)
                waiting = _next_addresses(
                    address,
                    error,
                    waiting,
                    is_first=len(troubles) == 1,
                    may_downgrade=may_downgrade,
                )
            else:
                self._note_downgrade(address, troubles)
                self._answers[address] = self._answers[result.final_url] = result
                return result
        if not troubles:
            raise DiscoveryError(NO_ADDRESS, url=self.pasted)
        raise DiscoveryError(_say_trouble(text, troubles[0]), url=self.pasted) from troubles[0]

    def ask(self, url: str) -> FetchResult | None:
        """The answer of an address, or of the same one by the other scheme; None where there is none."""
        if url not in self._answers:
            self._answers[url] = self._ask_both(url)
        return self._answers[url]

    def read(self, url: str, expect: FeedKind) -> Document | None:
        result = self.ask(url)
        if result is None:
            return None
        try:
            return self.parse(result, expect)
        except ParseError:
            return None

    def first(
        self, candidates: Iterable[str], kind: FeedKind, accept: Accept = lambda _document: True
    ) -> Found | None:
        """The first candidate that holds what is sought; an empty feed only if its address says so."""
        empty: Found | None = None
        for url in dict.fromkeys(candidates):
            # Posts, unless a feed says that it is one of comments: an address is only a guess.
            document = self.read(url, FeedKind.POSTS)
            result = self._answers.get(url)
            if document is None or result is None or document.kind is not kind or not accept(document):
                continue
            where = self._by_other_scheme.get(url, url)
            if document.entries:
                return Found(where, document)
            says_comments = is_comment_feed_address(result.final_url)
            if empty is None and says_comments == (kind is FeedKind.COMMENTS):
                empty = Found(where, document)
        return empty

    def meet_wall(self, wall: Wall, url: str) -> None:
        """From here on, no more is asked than a wall deserves."""
        if self.wall is None:
            self.wall, self.wall_url = wall, url

    def _ask_both(self, url: str) -> FetchResult | None:
        """Over http where the blog's own server leads there from https; over https where http is closed."""
        most = MAX_REQUESTS if self.wall is None else MAX_AT_WALL - 1  # a wall is met behind a redirect
        if self._parked or self._asked >= most:
            return None
        try:
            return self._fetch(url)
        except FetchError as error:
            self._parked = error.error_class is FetchErrorClass.RATE_LIMITED
            if error.http_status == 401:
                self.meet_wall(Wall.PASSWORD, url)
            scheme, _, rest = url.partition("://")
            is_led = scheme == "https" and error.error_class is FetchErrorClass.REDIRECT
            is_closed = scheme == "http" and error.error_class in _NO_ANSWER
        if not (is_led or is_closed):
            return None
        twin = f"{'http' if is_led else 'https'}://{rest}"
        result = self._answers[twin] if twin in self._answers else self._ask_once(twin)
        if result is not None:
            self._by_other_scheme[url] = twin
            self.insecure = self.insecure or (LED_TO_HTTP if is_led else "")
        return result

    def _ask_once(self, url: str) -> FetchResult | None:
        try:
            self._answers[url] = self._fetch(url)
        except FetchError:
            self._answers[url] = None
        return self._answers[url]

    def _fetch(self, url: str) -> FetchResult:
        self._asked += 1
        result = self.fetch(url)
        self._asked += result.final_url != result.url
        if (wall := wall_led_to(result)) is not None:
            self.meet_wall(wall, result.final_url)
        return result

    def _note_downgrade(self, address: str, troubles: list[FetchError]) -> None:
        """Why a page is read over http after https was tried."""
        if troubles and address.startswith("http://") and troubles[-1].url.startswith("https://"):
            is_led = troubles[-1].error_class is FetchErrorClass.REDIRECT
            self.insecure = LED_TO_HTTP if is_led else NO_HTTPS


def _next_addresses(
    address: str, error: FetchError, waiting: list[str], *, is_first: bool, may_downgrade: bool
) -> list[str]:
    """What is worth trying after an address gave nothing."""
    if error.error_class is FetchErrorClass.DNS:
        # The other scheme has the same host; the host with or without www. is another.
        twin = with_other_host(address) if is_first else ""
        return [twin, *(with_other_host(one) for one in waiting)] if twin else []
    if error.error_class is FetchErrorClass.REDIRECT:
        return [one for one in waiting if address.startswith("https://") and one.startswith("http://")]
    if error.error_class not in _NO_ANSWER:
        return []
    return [one for one in waiting if may_downgrade or one.startswith("https://")]


def _say_trouble(text: str, error: FetchError) -> str:
    if error.error_class in (FetchErrorClass.TLS, FetchErrorClass.CONNECT) and has_written_https(text):
        return f"{error} {PASTE_HTTP}"
    if error.error_class is not FetchErrorClass.DNS:
        return str(error)
    if "." not in next(iter(read_pasted(text)), "").partition("://")[2].partition("/")[0]:
        return NO_ADDRESS
    meant = suggest(text, not_found=True)
    return f"{error} {DID_YOU_MEAN.format(meant=meant)}" if meant else str(error)
