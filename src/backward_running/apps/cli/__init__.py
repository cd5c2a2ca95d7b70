"""The command line: ``backward``. Sub-commands are imported lazily."""
