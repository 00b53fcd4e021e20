"""The HTTP client: guarded, bounded, polite. The only code that opens a socket."""
