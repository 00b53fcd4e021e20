"""Stored evidence, read for pages: what speaks against a candidate first, every piece as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_AGAINST = "Against: "
"""How the rules begin a sentence that speaks against; pages say it in their own way."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One stored fact, as `domain.linkage.Evidence`; `as_stored` is its sentence."""

    kind: str
    as_stored: str
    seen: str
    known: str
    where: str
    bits: float
    veto: bool

    @property
    def is_against(self) -> bool:
        return self.veto or self.bits < 0

    @property
    def says(self) -> str:
        """The sentence without "Against: ", for places that show the side otherwise."""
        bare = self.as_stored.removeprefix(_AGAINST)
        return f"{bare[:1].upper()}{bare[1:]}"


def read_pieces(candidate: Mapping[str, Any]) -> tuple[Piece, ...]:
    """A stored candidate's evidence: contradictions first, each side as it was ordered."""
    pieces = [_read(stored) for stored in candidate["evidence"]]
    return tuple(sorted(pieces, key=lambda piece: not piece.is_against))


def _read(stored: Mapping[str, Any]) -> Piece:
    return Piece(
        kind=stored.get("kind", ""),
        as_stored=stored["says"],
        seen=stored.get("seen", ""),
        known=stored.get("known", ""),
        where=stored.get("where", ""),
        bits=stored["bits"],
        veto=bool(stored.get("veto", False)),
    )
