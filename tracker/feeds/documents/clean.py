"""Bytes as they came -> text that may be stored: encodings, control characters, lengths.

Tested in tests/feeds/documents/test_parse.py.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import sys
from collections.abc import Mapping
from email.message import Message
from urllib.parse import urljoin, urlsplit

from tracker.text.addresses import mend_escapes

MAX_TITLE = 500
MAX_AUTHOR = 200
MAX_GUID = 500
MAX_URL = 2000
MAX_BODY_BYTES = 64 * 1024

_STARTS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # "<?" or "<r" in two-byte units, for documents that forgot their mark.
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Text codecs of Python that no document is written in; some of them interpret escapes.
_NOT_FOR_DOCUMENTS = frozenset(
    {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "utf-7", "mbcs", "oem"}
)
# What the web means by these names (WHATWG encoding standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}

_XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*?\?>", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE)
_META_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Numbers of characters that are none: halves of a pair, and beyond Unicode. Feeds hold emoji so.
_ODD_HEXADECIMAL = "[xX]0*(?:[dD][89a-fA-F][0-9a-fA-F]{2}|[1-9a-fA-F][0-9a-fA-F]{5,})"
_ODD_DECIMAL = "0*(?:5[5-7][0-9]{3}|[1-9][0-9]{6,})"
_ODD_REFERENCES = re.compile(f"(?:&#(?:{_ODD_HEXADECIMAL}|{_ODD_DECIMAL});?)+")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+))")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def decode_body(body: bytes, headers: Mapping[str, str]) -> str:
    """The document as text: by BOM, XML declaration (or meta), HTTP, then UTF-8 (reliability P5).

    Control characters that XML forbids are gone, and so is the XML declaration, which would lie
    about the encoding from here on.
    """
    for start, name in _STARTS:
        if body.startswith(start):
            return _tidy_document(body.decode(name, "replace"))
    for name in (_declared_in(body), _declared_by_http(headers), "utf-8"):
        codec = _usable(name)
        if codec:
            try:
                return _tidy_document(body.decode(codec))
            except UnicodeDecodeError:
                continue
    return _tidy_document(_decode_somehow(body))


def _decode_somehow(body: bytes) -> str:
    """UTF-8 with replacement, unless hardly anything in it is UTF-8: then it is an old Windows text."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return body.decode("cp1252", "replace") if broken > whole else text


def _tidy_document(text: str) -> str:
    text = _CONTROL.sub("", _XML_DECLARATION.sub("", text.lstrip("\ufeff"), count=1))
    return _ODD_REFERENCES.sub(_mend_references, text)


def _mend_references(odd: re.Match[str]) -> str:
    """The characters meant by a run of odd references: two halves are one, a lone half is none."""
    numbers = (
        int(hexadecimal[:7], 16) if hexadecimal else int(decimal[:8])
        for hexadecimal, decimal in _REFERENCE.findall(odd.group())
    )
    text = "".join(chr(number) if number <= sys.maxunicode else "\ufffd" for number in numbers)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _declared_in(body: bytes) -> str:
    found = _XML_ENCODING.search(body[:1024]) or _META_CHARSET.search(body[:4096])
    return found.group(1).decode("ascii", "replace") if found else ""


def _declared_by_http(headers: Mapping[str, str]) -> str:
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    return message.get_content_charset("")


def _usable(name: str) -> str:
    """A codec of Python for this name, "" when there is none that decodes documents."""
    if not name:
        return ""
    try:
        found = codecs.lookup(name).name
        # What could read the name in plain letters cannot be in UTF-16 or EBCDIC, whatever it claims.
        is_plain = b"<?xml".decode(found, "replace") == "<?xml"
    except (LookupError, ValueError):  # also a codec that makes no text, which is refused only when used
        return ""
    usable = is_plain and found.replace("_", "-") not in _NOT_FOR_DOCUMENTS
    return _MEANT.get(found, found) if usable else ""


def clean(text: object) -> str:
    """Storable text: no NUL or other C0, no lone surrogates (P4). Anything but a string is ""."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)) if isinstance(text, str) else ""


def clean_line(text: object, limit: int) -> str:
    """One line of at most `limit` characters, blanks squeezed."""
    return _BLANKS.sub(" ", clean(text)).strip()[:limit].rstrip()


def clean_guid(text: object) -> str:
    """An id, verbatim but for control characters; one too long to store is hashed, so it stays itself. One
    that is an address is mended as addresses are, or its post would not be known by its number."""
    guid = clean(text).strip()
    guid = mend_escapes(guid) if guid.lower().startswith("http") else guid
    return guid if len(guid) <= MAX_GUID else "sha256:" + hashlib.sha256(guid.encode()).hexdigest()


def clean_url(text: object) -> str:
    """An address without control characters and needless escapes; "" when it is longer than any real one,
    or none at all."""
    url = mend_escapes(_BLANKS.sub("", clean(text)))
    return url if len(url) <= MAX_URL and _can_be_split(url) else ""


def join_url(base: str, link: str) -> str:
    """`link` as it is meant on the page `base`; "" when there is none or it cannot be an address.

    The library's own join raises on half an IPv6 number ("http://[oops/"), which blogs do send.
    """
    return clean_url(urljoin(base, link)) if link and _can_be_split(link) else ""


def _can_be_split(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018 - asking is what raises
    except ValueError:
        return False
    return True


def clean_count(text: object) -> int | None:
    """How many, as blogs say it; None for what is no number or has more digits than any count."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 10 else None


def cut_body(html: object) -> tuple[str, bool]:
    """The body and whether it was cut: at most 64 KB of UTF-8, ending at a character."""
    text = clean(html)
    data = text.encode()
    if len(data) <= MAX_BODY_BYTES:
        return text, False
    return data[:MAX_BODY_BYTES].decode("utf-8", "ignore"), True
