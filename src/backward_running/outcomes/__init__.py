"""Outcomes: does it work for this person. One file is one question. Empty until its first question is built."""
