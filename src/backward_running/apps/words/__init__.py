"""The words of both doors: numbers with units, days, places of the body, sentences on load and cost."""
