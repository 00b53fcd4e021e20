"""The shape of a stock of names: one culture's given names and surnames, and how they are used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NameStock:
    """The names of one culture."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    """Empty strings only: its people have one name."""
    family_first: bool = False
    """The surname is often written first."""
    two_surnames: bool = False
    last_surname_counts: bool = False
    """Of two surnames, the last is the one that is kept when only one is written."""
    double_barrelled: bool = False
    """Surnames with a hyphen may be cut at it."""
    middle_names: bool = True
    last_part_spoken: bool = False
    """Of a given name in two parts, friends say the last."""
    everyday: bool = False
    """The names are everyday words; half of its people have a surname of `common` instead."""
    words: str = ""
    """The culture of everyday words that lends this one a surname now and then."""
    common: str = "english"
    """The culture whose surnames people marry into."""


def name_stock(women: str, men: str, families: str, **how: bool | str) -> NameStock:
    """A stock from lists with commas."""
    return NameStock(_list(women), _list(men), _list(families), **how)  # type: ignore[arg-type]


def _list(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(","))
