"""Rehab: check-ins and answers → gates and red flags. One file is one rule."""
