"""One promise is one file with an ``OUTCOME``."""
