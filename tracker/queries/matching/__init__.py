"""What matching is given, and stored evidence read for pages."""
