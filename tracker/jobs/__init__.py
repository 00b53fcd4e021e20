"""The verbs that join rooms and commit; run by the command line, a timer or a button."""
