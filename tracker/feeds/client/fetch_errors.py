"""What went wrong with a fetch, as a FetchError with a named class and a sentence for a person.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import http.client
import math
import socket
import ssl
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from urllib3 import exceptions as urllib3_errors

from tracker.domain.errors import FetchError, FetchErrorClass
from tracker.feeds.client.inflate import TooLargeError

RETRY_AFTER_MIN_S = 60
RETRY_AFTER_MAX_S = 7 * 24 * 3600

_STATUS_SENTENCES = {
    401: "The blog asks for a password (401). We can follow it only if it is public.",
    403: "The blog doesn’t let us read this address (403). Ask its owner, or follow another blog.",
    404: "There is nothing at this address (404). Check whether the blog has moved.",
    410: "The blog says this address is gone for good (410).",
    429: "The blog asks us to come back later (429).",
    503: "The blog is out of service for now (503).",
}

_STATUS_CLASSES = {
    3: (FetchErrorClass.HTTP_3XX, "The blog redirects to another address ({}) but does not say which."),
    4: (FetchErrorClass.HTTP_4XX, "The blog does not let us read this address ({})."),
    5: (FetchErrorClass.HTTP_5XX, "The blog’s server has an error ({}). We will try again later."),
}
"""By a status's first digit: its class, and what is said of one that has no sentence of its own."""
_UNUSABLE = (FetchErrorClass.PROTOCOL, "The blog sent a response that we can’t use ({}).")

_SENTENCES = {
    FetchErrorClass.DNS: "We can’t find {host}. Check the spelling. The blog may also be gone.",
    FetchErrorClass.CONNECT: "{host} doesn’t respond. The server may be down.",
    FetchErrorClass.RESET: "{host} closed the connection before its response was complete.",
    FetchErrorClass.TIMEOUT: "{host} took too long to respond. We will try again later.",
    FetchErrorClass.TLS: "The security certificate of {host} is not valid, so we don’t trust its response.",
    FetchErrorClass.PROTOCOL: "{host} sent a response that is not valid HTTP.",
    FetchErrorClass.TOO_LARGE: "{host} sent more data than we accept.",
    FetchErrorClass.TRUNCATED: "The response of {host} was incomplete, so we did not use it.",
}


def explain(exc: BaseException, *, url: str, host: str, out_of_time: bool) -> FetchError:
    """Name what an exception from the socket, TLS, HTTP or gzip layer means.

    Once our own deadline has cut the socket, whatever the layers report is only its echo.
    """
    error_class = FetchErrorClass.TIMEOUT if out_of_time else classify(exc)
    return FetchError(_SENTENCES[error_class].format(host=host), url=url, error_class=error_class)


def classify(exc: BaseException) -> FetchErrorClass:  # noqa: PLR0911 - a table of types, most special first
    """The error class of one exception. Wrapped ones (urllib3) are judged by what they wrap."""
    match exc:
        case TooLargeError():
            return FetchErrorClass.TOO_LARGE
        case TimeoutError() | urllib3_errors.TimeoutError():
            return FetchErrorClass.TIMEOUT
        case socket.gaierror():
            return FetchErrorClass.DNS
        case ssl.SSLError() | urllib3_errors.SSLError():
            return FetchErrorClass.TLS
        case http.client.IncompleteRead() | urllib3_errors.IncompleteRead():
            return FetchErrorClass.TRUNCATED
        case ConnectionResetError() | BrokenPipeError() | ConnectionAbortedError():
            return FetchErrorClass.RESET
        case urllib3_errors.InvalidChunkLength():
            return FetchErrorClass.TRUNCATED
        case urllib3_errors.HTTPError() if isinstance(exc.__cause__, Exception):
            return classify(exc.__cause__)
        case http.client.HTTPException() | urllib3_errors.HTTPError() | zlib.error():
            return FetchErrorClass.PROTOCOL
        case OSError():
            return FetchErrorClass.CONNECT
        case _:
            return FetchErrorClass.PROTOCOL


def status_error(status: int, headers: dict[str, str], *, url: str) -> FetchError:
    """The error for an answer that is neither 200 nor 304."""
    retry_after_s = read_retry_after(headers.get("retry-after", ""), _read_http_date(headers.get("date", "")))
    error_class, sentence = _STATUS_CLASSES.get(status // 100, _UNUSABLE)
    if status == 429 or (status == 503 and retry_after_s is not None):
        error_class = FetchErrorClass.RATE_LIMITED
    message = _STATUS_SENTENCES.get(status, sentence.format(status))
    return FetchError(
        message, url=url, error_class=error_class, http_status=status, retry_after_s=retry_after_s
    )


def read_retry_after(text: str, now: datetime | None) -> int | None:
    """Seconds to wait, clamped to [60, 604800], from seconds or an HTTP date (RFC 9110, 10.2.3).

    None when the server said nothing we understand. `now` is the server's own clock (its Date
    header), which is the one its date was written by; without it a date cannot be used.
    """
    text = text.strip()
    if not text or len(text) > 64:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text, now)
    if math.isnan(seconds):
        return None
    return int(min(max(seconds, RETRY_AFTER_MIN_S), RETRY_AFTER_MAX_S))


def _seconds_until(text: str, now: datetime | None) -> float:
    then = _read_http_date(text)
    return math.nan if then is None or now is None else (then - now).total_seconds()


def _read_http_date(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
