"""Plans: facts → a plan. One file is one protocol."""
