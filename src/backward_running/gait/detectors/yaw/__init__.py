"""The detector that compares how the body turns with how its course turns."""
