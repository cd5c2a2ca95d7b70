"""Random lives of a hundred days, lived through the public flows, and a judge who reads the safety rules anew.

The judge knows the text of the rules and what was recorded and said, nothing of how a plan is made. Whatever is offered
at a door is held to that. See ``python -m tests.lives --help``.
"""
