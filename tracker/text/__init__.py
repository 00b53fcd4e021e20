"""What feeds, matching and grading all need to read what people write: addresses and words."""
