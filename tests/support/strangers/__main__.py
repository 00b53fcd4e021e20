"""Write an invented course into a folder: python -m tests.support.strangers --seed 1 --set a OUT_DIR."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.support.strangers.course import make_course
from tests.support.strangers.habits import HABITS


def main() -> None:
    """Read the options, make the course, write it, and print what a matcher may be told of it."""
    parser = argparse.ArgumentParser(description="Write an invented labelled course.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", dest="wordings", default="a")
    parser.add_argument("--students", type=int, default=150)
    parser.add_argument("--blogs", type=int, default=40)
    parser.add_argument("--comments", type=int, default=2600)
    parser.add_argument("--habits", choices=sorted(HABITS), default="reticent")
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    course = make_course(
        chosen.seed,
        chosen.wordings,
        students=chosen.students,
        blogs=chosen.blogs,
        comments=chosen.comments,
        habits=HABITS[chosen.habits],
    )
    course.write(chosen.out)
    print(json.dumps(course.options(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
