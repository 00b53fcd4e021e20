"""Facts become stored verdicts; an assignment's terms are put in force."""
