"""Polls invented blogs with our job and its peers in one run and prints targets 1-8 and 12 of the
notes on performance as ratios. `python -m bench.poll --help`; bench/README.md says more.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench.compare import Figures, PollComparison
from bench.environment import Environment
from bench.report import print_costs, print_profiles, print_targets

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    options = _options()
    figures = Figures()
    folder = Path(tempfile.mkdtemp(prefix="tracker-bench-"))
    try:
        for count in options.feeds:
            with Environment(ROOT, folder, count, ways=options.ways) as environment:
                comparison = PollComparison(environment, figures, options.connections)
                for number in range(options.rounds):
                    print(f"{count} feeds, round {number + 1} of {options.rounds}", file=sys.stderr)
                    if count == options.feeds[0]:
                        comparison.broken(timeout_s=options.timeout_s)
                    comparison.phases(with_naive=count == options.feeds[0], ways=options.ways)
                if not options.quick:
                    latency_ms = 200 if count == options.feeds[0] else 50
                    comparison.latency(options.latency_ms or latency_ms, rounds=options.rounds)
                if options.profile and count == options.feeds[0]:
                    comparison.profile()
                if options.students and count == options.feeds[0]:
                    comparison.with_students(options.students)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_costs(figures)
    print_targets(figures, options.feeds)
    print_profiles(figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=_counts, default=[1000, 5000], help="how many, as 1000,5000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64, help="at once, ours and curl's")
    parser.add_argument("--latency-ms", type=int, default=0, help="instead of 200 and 50")
    parser.add_argument("--timeout-s", type=float, default=5, help="T of target 12")
    parser.add_argument("--students", type=int, default=0, help="once more with so many in the course")
    parser.add_argument("--ways", action="store_true", help="the blogs also answer by REST and Atom")
    parser.add_argument("--profile", action="store_true", help="where our CPU goes, for the first number")
    parser.add_argument("--short", action="store_true", help="150 and 450 feeds, one round: minutes")
    parser.add_argument("--quick", action="store_true", help="40 feeds, one round: does it run at all?")
    options = parser.parse_args()
    if options.short:
        options.feeds, options.rounds = [150, 450], 1
    if options.quick:
        options.feeds, options.rounds, options.timeout_s = [40], 1, 1
    return options


def _counts(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
