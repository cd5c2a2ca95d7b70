"""The article, audited: each claim, what the studies say, the verdict, and where this program does something else."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import show, store_of
from backward_running.core.direction import Direction
from backward_running.core.ports import ActivityQuery, Store
from backward_running.flows.sources import article_claims
from backward_running.flows.views import ClaimView

router = APIRouter()
#: Claim → the place in the program that does what is said under "Here", and its name. A run is the newest backward one.
RUN = "/runs/…"
DOORS = {
    "more_calories": (f"{RUN}#energy", "What a run cost"),
    "body_weight_2_5_percent": ("/cost", "What a speed costs"),
    "vo2max_is_intensity": ("/settings#maximal_oxygen_uptake_ml_per_kg_min", "Your VO2max"),
    "more_muscles": (f"{RUN}#tissues", "What a run loaded"),
    "less_impact": (f"{RUN}#tissues", "What a run loaded"),
    "less_knee_pressure": (f"{RUN}#tissues", "What a run loaded"),
    "less_ankle_strain": ("/check-in", "Check in"),
    "restores_posture": ("/conditions/low_back", "Low back and posture"),
    "achilles": ("/conditions/achilles", "Achilles"),
    "stroke": ("/conditions/stroke", "After a stroke"),
    "other_injuries": ("/conditions", "Rehabilitation"),
    "grassy_hill": ("/plan", "Your plan"),
    "treadmill": ("/plan", "Your plan"),
    "halve_the_pace": ("/plan", "Your plan"),
}
#: The verdicts in the order of the tally, and what is said of so many claims.
TALLY = {
    "supported": "supported",
    "supported for walking, low certainty": "supported for walking, low certainty",
    "partly": "partly so",
    "weak": "weak",
    "not supported": "not supported",
    "false": "false",
    "unknown": "unknown",
}


@lru_cache(maxsize=1)
def _claims() -> tuple[ClaimView, ...]:
    """Gather once: the audit does not change while the program runs."""
    return article_claims()


@router.get("/evidence/article")
def page(request: Request) -> Response:
    """Show the audit; with `?open` every study is open, for printing."""
    claims = _claims()
    verdicts = Counter(claim.verdict for claim in claims)
    return show(
        request,
        "article.html",
        section="evidence",
        claims=claims,
        tally=[(key, words, verdicts[key]) for key, words in TALLY.items()],
        doors=doors(store_of(request)),
        opened="open" in request.query_params,
    )


def doors(store: Store) -> dict[str, tuple[str, str]]:
    """Return where each claim leads; to the list of runs where none was backward yet."""
    newest = store.activities(ActivityQuery(direction=Direction.BACKWARD, limit=1))
    run = f"/runs/{newest[0].activity_id}" if newest else None
    return {
        key: (address.replace(RUN, run) if run else "/runs" if RUN in address else address, words)
        for key, (address, words) in DOORS.items()
    }
