"""Slips of the pen in addresses: schemes and hosts put right, and names that are nearly the same.

Which blog an address then belongs to is left to `addresses`.
"""

from __future__ import annotations

import re

from tracker.text.hosts import (
    BLOGSPOT_COUNTRY,
    HOST_PER_BLOG,
    MISTYPED_ENDINGS,
    OFTEN_MISTYPED,
)

SCHEME = re.compile(r"^(?:(?:[htps]{3,8}|feed)\s*[:;.,]*\s*[/\\]+\s*|h+t+p+s?:)+", re.IGNORECASE)
"""The beginning of an address as people write it: "http//", "http:/", "htp://", "https:\\\\", twice."""

_STRAY_WWW = re.compile(r"^(?:w{2,6}\.)*(?:ww|w{4,6})\.(?=[^.]+\.)")
_EMPTY_LABEL = re.compile(r"\.\s*(?:\.|$)|^\.|\s")
_SLIPS_BY_LENGTH = ((10, 2), (5, 1))
"""A name of so many letters may have so many slips; in a shorter one another letter is another name."""


def tidy_host(host: str) -> str:
    """A host without what can only be a slip: capitals, doubled dots, a "www" with another number of w."""
    tidy = host.lower().strip()
    if _EMPTY_LABEL.search(tidy):
        tidy = ".".join(label for part in tidy.split(".") if (label := part.strip()))
    rest = _STRAY_WWW.sub("", tidy)
    return tidy if rest in HOST_PER_BLOG else rest


def repair_host(host: str) -> str:
    """The host that was meant: `tidy_host`, and the platform's name and the ending put right.

    Where that changes more than `tidy_host` does, what was meant is a guess.
    """
    tidy = tidy_host(host)
    labels = (tidy_host(tidy.replace(",", ".")) if "," in tidy else tidy).split(".")
    if len(labels) < 2:
        return tidy
    if labels[-1] in MISTYPED_ENDINGS:
        labels[-1] = MISTYPED_ENDINGS[labels[-1]]
    return ".".join(_repair_platform(labels))


def _repair_platform(labels: list[str]) -> list[str]:
    """The labels of a host below a platform whose name or ending is misspelled: "blogpsot", "blogspot.cm"."""
    if labels[-2:] == ["com", "com"] and labels[-3:-2] and labels[-3] in OFTEN_MISTYPED:
        labels = labels[:-1]
    name, ending = labels[-2:]
    for platform, right in OFTEN_MISTYPED.items():
        if ending in (platform, platform + right):
            return [*labels[:-1], platform, right]
        if len(labels) > 2 and name == platform:
            is_meant = ending != right and (count_slips(ending, right, 1) == 1 or platform == "edublogs")
            is_country = BLOGSPOT_COUNTRY.search("." + ".".join(labels[-2:]))
            return [*labels[:-1], right] if is_meant and not is_country else labels
        if len(labels) > 2 and ending == right and _is_misspelled(name, platform):
            return [*labels[:-2], platform, right]
    return labels


def _is_misspelled(name: str, platform: str) -> bool:
    most = 2 if sorted(name) == sorted(platform) else 1
    return 0 < count_slips(name, platform, most) <= most


def is_slip(written: str, known: str) -> bool:
    """Whether a name may be another one with a slip of the pen: a letter too many, too few, wrong, or two
    that changed places.

    Another first letter is another person ("jsmith", "bsmith"), and so are other numbers ("fall08",
    "fall11"), unless two digits changed places, or one is missing or too many.
    """
    length = min(len(written), len(known))
    most = next((slips for at_least, slips in _SLIPS_BY_LENGTH if length >= at_least), 0)
    if not most or written == known:
        return False
    if written[0] != known[0] and written[:2] != known[1::-1]:
        return False
    return not _has_other_numbers(written, known) and count_slips(written, known, most) <= most


def _has_other_numbers(written: str, known: str) -> bool:
    seen, held = re.findall(r"\d+", written), re.findall(r"\d+", known)
    if len(seen) != len(held):
        return False
    return any(
        a != b and sorted(a) != sorted(b) and not a.startswith(b) and not b.startswith(a)
        for a, b in zip(seen, held, strict=True)
    )


def count_slips(a: str, b: str, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped with the next one to make `b` of `a`;
    `most` + 1 for any more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row, before, last = [i], row, before
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)
