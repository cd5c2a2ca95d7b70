"""One file per article whose claims are audited."""
