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

    def text(self, name: str) -> str:
        """A parameter that is text. Raises KeyError or TypeError where it is absent or something else."""
        value = self.params[name]
        if not isinstance(value, str):
            raise TypeError(f"{self.code}: {name} is no text")
        return value

    def number(self, name: str) -> int:
        """A parameter that is a whole number. Raises as `text` does."""
        value = self.params[name]
        if not isinstance(value, int):
            raise TypeError(f"{self.code}: {name} is no whole number")
        return value

    def instant(self, name: str) -> datetime:
        """A parameter that `instant_param` wrote. Raises as `text` does, ValueError for other text."""
        return datetime.fromisoformat(self.text(name))


def instant_param(instant: datetime) -> str:
    """An aware instant as parameters hold it: ISO 8601 in UTC."""
    return instant.astimezone(UTC).isoformat()
