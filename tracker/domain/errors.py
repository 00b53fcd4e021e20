"""The one small tree of errors. What to show a person about them is decided in `web` and `cli`.

Tested in tests/web/test_access.py.
"""

from __future__ import annotations

from enum import StrEnum


class TrackerError(Exception):
    """Something a person can act on. `str()` is a sentence that says what to do."""


class FeedError(TrackerError):
    """Trouble with one address. `url` is the address as we asked for it."""

    def __init__(self, message: str, *, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class FetchErrorClass(StrEnum):
    """Why an address gave nothing; the values are part of the `poll --json` format."""

    DNS = "dns"
    CONNECT = "connect"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    BLOCKED = "blocked"
    REDIRECT = "redirect"
    PROTOCOL = "protocol"
    HTTP_3XX = "http-3xx"
    HTTP_4XX = "http-4xx"
    HTTP_5XX = "http-5xx"
    RATE_LIMITED = "rate-limited"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    NOT_A_FEED = "not-a-feed"
    PARSE = "parse"
    ROBOTS = "robots"


class FetchError(FeedError):
    """No usable answer came.

    `retry_after_s` is the server's wish in seconds, clamped by the client to [60, 604800];
    None when it said nothing.
    """

    def __init__(
        self,
        message: str,
        *,
        url: str = "",
        error_class: FetchErrorClass,
        http_status: int | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message, url=url)
        self.error_class = error_class
        self.http_status = http_status
        self.retry_after_s = retry_after_s


class AskedToWaitError(FetchError):
    """Nothing was asked, because the server has said when to come back; `retry_after_s` is left."""

    def __init__(self, message: str, *, url: str, retry_after_s: int) -> None:
        super().__init__(
            message, url=url, error_class=FetchErrorClass.RATE_LIMITED, retry_after_s=retry_after_s
        )


class ParseError(FeedError):
    """An answer came, but there is no feed in it."""

    def __init__(
        self,
        message: str,
        *,
        url: str = "",
        error_class: FetchErrorClass = FetchErrorClass.PARSE,
    ) -> None:
        super().__init__(message, url=url)
        self.error_class = error_class


class DiscoveryError(FeedError):
    """What was pasted leads to no blog that can be followed."""


class FileError(TrackerError):
    """A file that was handed in cannot be used. `line` counts from 1; 0 means the file as a whole."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class ExportError(TrackerError):
    """A file that cannot be handed out."""


class NotFoundError(TrackerError):
    """A course, user or assignment that is not there (or not theirs: the two look alike)."""


class ConflictError(TrackerError):
    """Somebody else changed it meanwhile, or it exists already; nothing was written."""


class StorageError(TrackerError):
    """The database cannot be written or reached. Nothing half-done is left behind."""


class BackupError(StorageError):
    """A backup that can't be made or put back. The database is as it was, unless the sentence says more."""


class FieldError(TrackerError):
    """Something typed into a form cannot be used. `field` is the name of the field in the value that
    the form makes, with dots where it is inside another ("weeks.first")."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field
