"""Why something is as it is: a code and its parameters, as rows store them. `wording` makes the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

Param: TypeAlias = "str | int | float | bool | list[Param] | None"
"""A value that JSON holds. Instants are text (`instant_param`), people are enrollment ids."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code that `wording` knows, and what its sentence needs."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Reason:
        return cls(document["code"], dict(document.get("params", {})))


def instant_param(instant: datetime) -> str:
    """An aware instant as parameters hold it: ISO 8601 in UTC."""
    return instant.astimezone(UTC).isoformat()
