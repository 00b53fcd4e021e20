"""1. Feeds come in: addresses become documents and entries. Storing is left to `jobs`."""
