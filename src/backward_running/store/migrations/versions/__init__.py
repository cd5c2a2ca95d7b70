"""One file is one step. Steps are frozen: they never import the schema of today."""
