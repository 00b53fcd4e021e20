"""Stored evidence for rows that no matching made."""

from __future__ import annotations

from typing import Any

from tracker.domain.linkage import Evidence, EvidenceKind
from tracker.domain.reason import Param


def stored(
    kind: EvidenceKind,
    bits: float,
    where: str = "author",
    *,
    seen: str = "",
    known: str = "",
    veto: bool = False,
    **params: Param,
) -> dict[str, Any]:
    """A piece of evidence as `linkages.candidates` has it."""
    return Evidence(kind, seen, known, where, bits, veto, params).as_json()
