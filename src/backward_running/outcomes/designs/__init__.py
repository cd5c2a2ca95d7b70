"""One way to experiment on oneself is one file with a ``DESIGN``."""
