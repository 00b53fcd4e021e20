"""An invented blogosphere that behaves as WordPress and Blogger do; demo, tests and benchmarks use it."""
