"""What one row of the table of misbehavior is: how a blog acts, and what a check of it must come to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.domain.errors import FetchErrorClass

Ports = Mapping[str, str]
"""Where things listen on this machine, by name: "plain", "closed" and "canary", "tls-" with the name
of a certificate, and the host of each row that has a listener of its own."""

CATEGORIES = (
    "address", "TLS", "redirect", "framing", "compression", "time", "size", "status",
    "XML", "encoding", "dates", "identity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One connection: the socket, the path asked for, and where things listen."""

    sock: socket.socket
    path: str
    ports: Ports


Act = Callable[[Call], None]
Answers = Callable[[Ports, int], list[str]]
"""A name server: where things listen, and how often it was asked before -> addresses."""


def no_act(call: Call) -> None:
    """Hang up: nobody is expected here."""


def at_plain(ports: Ports, asked: int) -> list[str]:
    return [f"127.0.0.1:{ports['plain']}"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One row. `expected` is an error class, or how many comments are stored of a healthy look.

    `act` answers a request that was read; with `at_connect` it gets the connection before a word
    was said, and a listener of its own. `url` is a template over the ports, the row's own host
    unless given. `certificate` names what a TLS server shows (see `misbehavior_stage`).
    """

    category: str
    name: str
    does: str
    expected: FetchErrorClass | int
    act: Act = no_act
    url: str = ""
    answers: Answers = at_plain
    certificate: str = ""
    at_connect: bool = False

    @property
    def host(self) -> str:
        return host_of(self.category, self.name)

    def address(self, ports: Ports) -> str:
        if self.url:
            return self.url.format(**ports)
        scheme = "https" if self.category == "TLS" else "http"
        return f"{scheme}://{self.host}/comments.xml"

    def resolve(self, ports: Ports, asked: int) -> list[str]:
        if self.at_connect:
            return [f"127.0.0.1:{ports[self.host]}"]
        if self.certificate and self.answers is at_plain:
            return [f"127.0.0.1:{ports[f'tls-{self.certificate}']}"]
        return self.answers(ports, asked)


def host_of(category: str, name: str) -> str:
    """The invented host that behaves like this: letters, digits and hyphens only."""
    label = "".join(char if char.isascii() and char.isalnum() else "-" for char in name.lower())
    return f"{'-'.join(filter(None, label.split('-')))}.{category.lower()}.example"
