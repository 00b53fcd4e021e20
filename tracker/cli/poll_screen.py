"""Progress of a poll, in place on a terminal, and what needs a person; plain lines elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Self

import click
from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from tracker.domain.feed import PollOutcome
from tracker.jobs.polling.poll import Progress
from tracker.jobs.polling.store_poll import PollReport
from tracker.queries.polling.poll_inputs import PolledFeed
from tracker.queries.polling.run_report import Attention

FAILED = {PollOutcome.ERROR.value, PollOutcome.GONE.value}
STATES = ("waiting", "in flight", "new", "unchanged", "failed")


class PollScreen(Progress):
    """Counts the feeds by state and names those that are being read."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._live = Live(console=self._console, transient=True, refresh_per_second=8)
        self._due = 0
        self._reading: list[str] = []
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._live.stop()

    def chosen(self, feeds: Sequence[PolledFeed]) -> None:
        self._due = len(feeds)
        self._counts["waiting"] = len(feeds)
        self._live.update(self.render())

    def begun(self, feeds: Sequence[PolledFeed]) -> None:
        self._reading += [feed.blog for feed in feeds]
        self._counts["waiting"] -= len(feeds)
        self._live.update(self.render())

    def stored(self, poll: PollReport) -> None:
        if poll.blog in self._reading:
            self._reading.remove(poll.blog)
        self._counts["failed" if poll.outcome in FAILED else "new" if poll.new else "unchanged"] += 1
        self._live.update(self.render())

    def render(self) -> Group:
        self._counts["in flight"] = len(self._reading)
        done = sum(self._counts[state] for state in STATES[2:])
        bar = Table.grid(padding=(0, 1))
        bar.add_row("Checking", ProgressBar(total=max(self._due, 1), completed=done, width=30))
        said = ", ".join(f"{self._counts[state]} {state}" for state in STATES)
        first = self._reading[0] if self._reading else ""
        reading = Text(f"Reading: {first}", overflow="ellipsis", no_wrap=True)
        return Group(bar, Text(f"{done} of {self._due}: {said}"), reading)


def show_attention(found: Sequence[Attention], console: Console | None = None) -> None:
    """A table on a terminal, a line for each feed elsewhere; nothing when nothing needs a person."""
    console = console or Console()
    if not console.is_terminal:
        for one in found:
            click.echo(f"  {one.what}: {one.url}: {one.says}{_say_since(one, ' In trouble since {}.')}")
        return
    if not found:
        return
    table = Table("What", "Blog", "Says", "In trouble since", title="What needs attention")
    for one in found:
        table.add_row(one.what, Text(one.blog), Text(f"{one.says} ({one.url})"), _say_since(one, "{}"))
    console.print(table)


def _say_since(one: Attention, form: str) -> str:
    return form.format(f"{one.since:%Y-%m-%d %H:%M} UTC") if one.since else ""
