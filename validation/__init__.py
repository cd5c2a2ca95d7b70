"""How close the program comes to what others measured. One file is one page of ``docs/validation``.

A file has ``page() -> str``. Nothing here passes or fails: it measures, and what it finds is published as it is.
"""
