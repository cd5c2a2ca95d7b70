"""Speed, measured against the peers in one run. Never a test: machines differ, so ratios count."""
