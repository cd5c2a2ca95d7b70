"""Places: where to run backward. One file is one rule. Empty until its first rule is built."""
