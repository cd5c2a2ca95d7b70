"""Outcomes: does it work for this person. One file of ``promises`` is one question.

``answering`` answers it from the readings of one person; ``together`` holds several answers side by side to a false
discovery rate. Nothing here draws by chance: the same readings give the same answer.
"""
