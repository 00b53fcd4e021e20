"""`flask tracker ...`: each command parses, calls one job or export, prints, sets the exit code.

Results go to stdout, logs and progress to stderr. Exit codes: 0 done, 10 done but some
blogs did not answer, 2 misused, 3 it could not work. Commands that write take `--dry-run`; all are
safe to run twice.
"""
