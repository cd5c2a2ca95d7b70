"""What others say of the same lives: the difference trackers show, segmented regression, a state-space model."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

NORMAL_95 = 1.959964


def before_after(lived: Any) -> tuple[float, float, float]:
    """Mean after minus mean before, with Welch's error: what a tracker's curve suggests."""
    before, after = lived.values[lived.days < lived.start], lived.values[lived.days >= lived.start]
    effect = after.mean() - before.mean()
    half = NORMAL_95 * np.sqrt(before.var(ddof=1) / len(before) + after.var(ddof=1) / len(after))
    return effect, effect - half, effect + half


def _segments(lived: Any) -> np.ndarray:
    """Level, slope, and a change of both at the first session."""
    day = lived.days - lived.start
    after = day >= 0
    return np.column_stack([np.ones(len(day)), day, after, after * day])


def _segmented(lived: Any, **how: Any) -> tuple[float, float, float]:
    from statsmodels.regression.linear_model import OLS

    found = OLS(lived.values, _segments(lived)).fit(**how)
    lever = np.array([0.0, 0.0, 1.0, lived.days[-1] - lived.start])
    effect = float(lever @ found.params)
    half = NORMAL_95 * float(np.sqrt(lever @ found.cov_params() @ lever))
    return effect, effect - half, effect + half


def segmented(lived: Any) -> tuple[float, float, float]:
    """Interrupted time series by ordinary least squares."""
    return _segmented(lived)


def segmented_hac(lived: Any) -> tuple[float, float, float]:
    """The same, with errors that allow for autocorrelation over a week (Newey and West)."""
    return _segmented(lived, cov_type="HAC", cov_kwds={"maxlags": 7})


def state_space(lived: Any) -> tuple[float, float, float]:
    """A local level with a slope, and the share of minutes so far as a regressor, by maximum likelihood."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    days = np.arange(int(lived.days[0]), int(lived.days[-1]) + 1)
    values = np.full(len(days), np.nan)
    values[(lived.days - days[0]).astype(int)] = lived.values
    so_far = np.concatenate([[0.0], np.cumsum(lived.backward.minutes)])
    ramp = 1 - np.exp(-so_far[np.searchsorted(lived.backward.days, days)] / 120.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = UnobservedComponents(values, level="rwdrift", irregular=True, exog=(ramp / ramp[-1])[:, None])
        found = model.fit(disp=False, maxiter=100)
    effect = float(found.params[-1])
    half = NORMAL_95 * float(found.bse[-1])
    return (effect, effect - half, effect + half) if np.isfinite(half) else (effect, -np.inf, np.inf)


METHODS = {
    "before/after": before_after,
    "segmented, OLS": segmented,
    "segmented, HAC": segmented_hac,
    "state space, ML": state_space,
}
SLOW = frozenset({"state space, ML"})
