"""Flows: the verbs of the product. No formula lives here."""
