"""One run of the poll job: lease, poll, store, plan the next poll."""
