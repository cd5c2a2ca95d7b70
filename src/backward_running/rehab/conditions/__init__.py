"""What the article recommends running backward for. One file is one condition, with a constant ``CONDITION``.

Nothing here diagnoses, and nothing here replaces a clinician's plan: each page says what the studies carry, what they
do not, and how it would go beside that plan.
"""
