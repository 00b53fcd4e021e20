"""Which blog each student gets: fair load, a cap for each blog, and no blog twice over a term's rounds."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tracker.domain.rota import Method


@dataclass(frozen=True, slots=True)
class Allotment:
    """`given` has a blog for each student who gets one; `without` those for whom there is none, with why.
    `loads`: how many students each blog has then."""

    given: Mapping[int, int]
    without: Mapping[int, str]
    loads: Mapping[int, int]


def allot(
    students: Sequence[int],
    blogs: Sequence[int],
    *,
    had: Mapping[int, frozenset[int]],
    loads: Mapping[int, int],
    method: Method = Method.ROTATION,
    cap: int | None = None,
    round_number: int = 0,
    seed: int = 0,
) -> Allotment:
    """Give every student a blog that they had not before (`had`), as evenly as can be.

    `loads` are students whom a blog has already; none gets more than `cap`. Whoever can be served is
    served: the highest load is raised only when an exchange among all students finds no place below
    it. The same arguments give the same answer.
    """
    order = list(blogs)
    if method is Method.RANDOM:
        Random(seed).shuffle(order)  # noqa: S311 - for fairness, not for secrets
    elif order:
        turn = round_number % len(order)
        order = order[turn:] + order[:turn]
    start = Counter({blog: loads.get(blog, 0) for blog in order})
    plan = _Plan(order, had, start)
    waiting = list(students)
    highest = cap if cap is not None else len(students) + max(start.values(), default=0)
    for level in range(min(start.values(), default=0) + 1, highest + 1):
        waiting = [student for student in waiting if not plan.place(student, level)]
        if not waiting:
            break
    without = {student: _say_why(student, order, had, cap) for student in waiting}
    return Allotment(plan.given, without, plan.loads())


class _Plan:
    """Students on blogs; a student is placed by moving others along, as in augmenting a matching."""

    def __init__(self, blogs: Sequence[int], had: Mapping[int, frozenset[int]], start: Counter[int]) -> None:
        self._blogs, self._had, self._start = blogs, had, start
        self._next = 0
        self._on: dict[int, list[int]] = {blog: [] for blog in blogs}
        self.given: dict[int, int] = {}

    def loads(self) -> dict[int, int]:
        return {blog: self._start[blog] + len(self._on[blog]) for blog in self._blogs}

    def place(self, student: int, level: int) -> bool:
        """Find a place where no blog has more than `level`, moving others if need be; whether there is."""
        came_from: dict[int, int] = {student: -1}
        queue = deque([student])
        reached: dict[int, int] = {}
        while queue:
            one = queue.popleft()
            for blog in self._turn():
                if blog in reached or blog in self._had.get(one, frozenset()) or self.given.get(one) == blog:
                    continue
                reached[blog] = one
                if self._start[blog] + len(self._on[blog]) < level:
                    self._move_along(blog, reached, came_from)
                    return True
                for other in self._on[blog]:
                    if other not in came_from:
                        came_from[other] = blog
                        queue.append(other)
        return False

    def _turn(self) -> Sequence[int]:
        """The blogs, beginning behind the one that was given last."""
        return [*self._blogs[self._next :], *self._blogs[: self._next]]

    def _move_along(self, free: int, reached: Mapping[int, int], came_from: Mapping[int, int]) -> None:
        self._next = (self._blogs.index(free) + 1) % len(self._blogs)
        blog = free
        while True:
            one = reached[blog]
            left = came_from[one]
            if left != -1:
                self._on[left].remove(one)
            self._on[blog].append(one)
            self.given[one] = blog
            if left == -1:
                return
            blog = left


def _say_why(student: int, blogs: Sequence[int], had: Mapping[int, frozenset[int]], cap: int | None) -> str:
    if not blogs:
        return "There is no blog to assign."
    if set(blogs) <= had.get(student, frozenset()):
        return "This student has already had each of these blogs."
    return f"Every blog this student hasn’t had before is full, with {cap} students."
