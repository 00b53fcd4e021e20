"""Prints what was measured: a table of costs, then the targets of the notes on performance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from bench.compare import Figures
from bench.measure import Cost

LATE = "warm at"
"""How the names of the phases with latency begin."""

CONTENDERS = ("ours", "reader", "naive", "curl")


def print_costs(figures: Figures) -> None:
    """Medians, in seconds of processor for 1,000 feeds and in seconds of time for the whole run."""
    print("\nCPU seconds for 1,000 feeds (and seconds for the run), medians")
    print(f"{'feeds':>6}  {'phase':<26}" + "".join(f"{who:>16}" for who in CONTENDERS))
    for count, phase in dict.fromkeys((count, phase) for count, phase, _ in figures.costs):
        cells = ""
        for who in CONTENDERS:
            costs = figures.costs.get((count, phase, who))
            if costs:
                cpu = median(cost.cpu_s for cost in costs) * 1000 / count
                cells += f"{cpu:>8.2f} ({median(cost.wall_s for cost in costs):>5.1f})"
            else:
                cells += f"{'':>16}"
        print(f"{count:>6}  {phase:<26}{cells}")
    for (count, phase, _), asked in figures.further_requests.items():
        if any(asked):
            print(f"  {count} feeds, {phase}: {median(asked):.0f} requests beyond the feeds themselves")


def print_targets(figures: Figures, counts: Sequence[int]) -> None:
    small, large = counts[0], counts[-1] if len(counts) > 1 else None
    print("\nTargets (medians of the rounds' ratios)")
    lines = Lines(figures)
    lines.cpu("1 cold CPU / reader", small, "cold", "reader", 0.55)
    lines.cpu("2 warm CPU / reader", small, "warm", "reader", 0.60)
    lines.cpu("2 warm CPU / reader", large, "warm", "reader", 0.45)
    lines.cpu("3 changed CPU / reader", small, "changed", "reader", 0.60)
    lines.cpu("3 changed CPU / reader", large, "changed", "reader", 0.50)
    lines.wall("4", small, 1.5)
    lines.wall("5", large, 1.7)
    for phase in ("cold", "warm", "changed"):
        ratios = [] if large is None else lines.growth(phase, small, large, _cpu)
        lines.show(f"6 growth of CPU a feed, {phase}", ratios, 1.0)
    lines.memory(small, large)
    lines.show("8 unconditional CPU / 304", lines.against(small, "unconditional", "ours", "warm"), 1.6)
    lines.show("8 documents parsed", [float(n) for n in figures.parsed_unchanged], 0)
    lines.broken(small)


def print_profiles(figures: Figures) -> None:
    for phase, profile in figures.profiles.items():
        print(f"\nWhere our CPU goes, {phase}:\n{profile.strip()}")


def _cpu(cost: Cost) -> float:
    return cost.cpu_s


class Lines:
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def show(self, name: str, values: Sequence[float], limit: float, unit: str = "") -> None:
        if values:
            middle = median(values)
            word = "reached" if middle <= limit else "MISSED"
            spread = f"{min(values):.2f} to {max(values):.2f}"
            print(f"  {name:<44} {middle:>7.2f}{unit}  (<= {limit}{unit})  {word:<8} {spread}")
        else:
            print(f"  {name:<44} not measured")

    def cpu(self, name: str, count: int | None, phase: str, peer: str, limit: float) -> None:
        if count is not None:
            ours, theirs = self._costs(count, phase, "ours"), self._costs(count, phase, peer)
            ratios = [a.cpu_s / b.cpu_s for a, b in zip(ours, theirs, strict=True)]
            self.show(f"{name}, {count} feeds", ratios, limit)

    def wall(self, target: str, count: int | None, limit: float) -> None:
        """Each number of feeds was asked with one latency, which the phase names."""
        phases = [phase for feeds, phase, _ in self._figures.costs if feeds == count and LATE in phase]
        phase = phases[0] if phases else LATE
        ours, theirs = (self._costs(count or 0, phase, who) for who in ("ours", "curl"))
        ratios = [a.wall_s / b.wall_s for a, b in zip(ours, theirs, strict=True)]
        self.show(f"{target} {phase}, time / curl, {count or 'more'} feeds", ratios, limit)

    def growth(self, phase: str, small: int, large: int, of: Callable[[Cost], float]) -> list[float]:
        """Per feed: rounds are paired as they come."""
        pairs = zip(self._costs(small, phase, "ours"), self._costs(large, phase, "ours"), strict=True)
        return [(of(b) / large) / (of(a) / small) for a, b in pairs]

    def against(self, count: int, phase: str, who: str, other: str) -> list[float]:
        pairs = zip(self._costs(count, phase, who), self._costs(count, other, who), strict=True)
        return [a.cpu_s / b.cpu_s for a, b in pairs]

    def memory(self, small: int, large: int | None) -> None:
        peaks = [cost.peak_mb for cost in self._costs(small, "cold", "ours")]
        self.show(f"7 peak memory, {small} feeds, cold", peaks, 200, " MB")
        if large is not None:
            more = [cost.peak_mb for cost in self._costs(large, "cold", "ours")]
            ratios = [b / a for a, b in zip(peaks, more, strict=True)]
            self.show(f"7 peak memory, {large} / {small} feeds", ratios, 1.2)

    def broken(self, count: int) -> None:
        timeout_s = self._figures.timeout_s
        healthy = self._costs(count, "healthy, short time-out", "ours")
        troubled = self._costs(count, "2 % broken", "ours")
        over = [b.wall_s - 1.2 * a.wall_s for a, b in zip(healthy, troubled, strict=True)]
        self.show("12 time beyond 1.2 x healthy, 2 % broken", over, timeout_s, " s")
        self.show("12 healthy feeds lost", [float(n) for n in self._figures.healthy_lost], 0)

    def _costs(self, count: int, phase: str, who: str) -> list[Cost]:
        return self._figures.costs.get((count, phase, who), [])
