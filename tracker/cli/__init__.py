"""`flask tracker ...`: each command parses, calls one job or export, prints, sets the exit code.

Results go to stdout, logs and progress to stderr. Exit codes: 0 done, 1 done with failures,
2 misused. Commands that write take `--dry-run`; all are safe to run twice.
"""
