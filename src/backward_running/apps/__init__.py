"""Apps: the doors. They speak only to flows, and know the words of core."""
