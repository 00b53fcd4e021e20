"""The child of `pool`: reads questions from stdin, parses, answers on stdout, within hard limits.

Tested in tests/feeds/documents/test_pool.py.
"""

from __future__ import annotations

import os
import pickle
import resource
import sys

from tracker.domain.errors import FetchErrorClass, ParseError
from tracker.domain.feed import Document, FeedKind
from tracker.feeds.documents.parse import parse_document
from tracker.feeds.documents.pool import TOO_MUCH, receive, send
from tracker.feeds.identity import with_identities


def main(cpu_s: float, memory_mb: int) -> None:
    """Serve until stdin closes. Past `cpu_s` for one document the system ends this process."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a stray print must not end up among the answers
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            question = receive(sys.stdin.buffer)
        except EOFError:
            return
        _allow_cpu(cpu_s)
        send(answers, _answer(question))


def _allow_cpu(seconds: float) -> None:
    """Let this process use `seconds` more; only the soft limit moves, so it can move again."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + seconds) + 1, hard))


def _answer(question: bytes) -> Document | tuple[str, str]:
    # Identities are worked out here, once: several ask for them later, with the interpreter's lock held.
    body, headers, url, expect = pickle.loads(question)  # noqa: S301 - it comes from our own parent
    try:
        return with_identities(parse_document(body, headers, url, FeedKind(expect)))
    except ParseError as error:
        return str(error), str(error.error_class)
    except MemoryError:
        return TOO_MUCH, str(FetchErrorClass.PARSE)
    except Exception as exc:  # whatever is wrong with it, it is this document's trouble alone
        kind = type(exc).__name__
        return f"We couldn’t read this feed ({kind}). Please report it.", str(FetchErrorClass.PARSE)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
