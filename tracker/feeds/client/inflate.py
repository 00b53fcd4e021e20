"""A gzip decoder that stops at a size and demands the end-of-stream mark.

Tested in tests/feeds/client/test_fetch.py.
"""

from __future__ import annotations

import zlib

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16
_STEP_BYTES = 256 * 1024


class TooLargeError(Exception):
    """More came out than the limit."""


class Inflater:
    """Collects a body of at most `max_bytes`, decoded; never holds much more than that.

    A body cut in half must not pass for a whole one (its ETag would hide the rest for good), so
    `finish()` says whether the stream really ended.
    """

    def __init__(self, *, gzip: bool, max_bytes: int) -> None:
        self._decoder = zlib.decompressobj(_GZIP_WINDOW) if gzip else None
        self._gzip = gzip
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._size = 0
        self._started = False

    def feed(self, data: bytes) -> None:
        """Take the next raw bytes. Raises TooLargeError, or zlib.error when it is not gzip."""
        if not self._gzip:
            self._keep(data)
            return
        self._started = self._started or bool(data)
        while data:
            if self._decoder is None:
                # After a finished member another one may follow (RFC 1952); padding is ignored.
                if not data.startswith(_GZIP_MAGIC):
                    return
                self._decoder = zlib.decompressobj(_GZIP_WINDOW)
            data = self._inflate(self._decoder, data)

    def _inflate(self, decoder: zlib._Decompress, data: bytes) -> bytes:
        """Take what belongs to this member, a bounded step at a time; what follows it is returned."""
        while True:
            piece = decoder.decompress(data, _STEP_BYTES)
            self._keep(piece)
            if decoder.eof:
                self._decoder = None
                return decoder.unused_data
            data = decoder.unconsumed_tail
            if not data and len(piece) < _STEP_BYTES:  # a full step may leave some of it inside
                return b""

    def finish(self) -> bool:
        """True when the body is whole. An empty body is whole."""
        return not self._gzip or self._decoder is None or not self._started

    def body(self) -> bytes:
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._max_bytes:
            raise TooLargeError
        if data:
            self._parts.append(data)
