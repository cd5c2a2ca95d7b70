"""Backward walking for knee osteoarthritis, thirteen trials pooled."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="lin2025",
    citation="Lin 2025, Physiother Theory Pract, review of backward walking for knee osteoarthritis",
    who="people with knee osteoarthritis, 13 trials",
    n=None,
    read="abstract",
    doi="10.1080/09593985.2025.2550532",
    year=2025,
)

PAIN = Evidence(
    key="lin2025.pain",
    says=(
        "Added to usual care, thirteen trials of backward walking found less pain (g −1.00, −1.37 to −0.62) "
        "and less disability (g −1.02, −1.33 to −0.70), more at a comfortable speed and on a treadmill; the "
        "certainty was not graded."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
