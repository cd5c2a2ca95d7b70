"""Sums and means over windows, against what they are by definition."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.signals.window import (
    moving_mean,
    whole_window_means,
    window_counts,
    window_means,
    window_sums,
    windows,
)


@pytest.mark.parametrize(("back", "ahead"), [(0, 0), (2, 2), (5, 0), (0, 3), (40, 40)])
def test_windows_end_where_the_samples_do(back, ahead):
    first, last = windows(30, back, ahead)
    for sample, (low, high) in enumerate(zip(first, last, strict=True)):
        assert (low, high) == (max(sample - back, 0), min(sample + ahead + 1, 30))


def test_sums_counts_and_means_are_those_of_the_slices():
    values = np.random.default_rng(1).normal(size=60)
    values[[3, 17, 18, 19, 40]] = np.nan
    known = np.isfinite(values)
    at = np.array([0, 2, 18, 59])
    first, last = windows(60, 1, 1, at)
    slices = [values[low:high] for low, high in zip(first, last, strict=True)]
    assert window_counts(known, first, last).tolist() == [np.isfinite(part).sum() for part in slices]
    means = window_means(values, first, last)
    assert np.isnan(means[2]), "a window without a known sample"
    assert means[[0, 1, 3]] == pytest.approx([np.nanmean(slices[number]) for number in (0, 1, 3)])
    whole = np.where(known, values, 0.0)
    assert window_sums(whole, first, last) == pytest.approx([np.nansum(part) for part in slices])
    assert window_sums(whole * 1j, first, last).imag == pytest.approx([np.nansum(part) for part in slices])


@pytest.mark.parametrize("width", [1, 2, 5, 8])
def test_whole_windows_are_moving_means_where_all_is_known(width):
    values = np.random.default_rng(2).normal(size=40)
    found = whole_window_means(values, width)
    assert found == pytest.approx(moving_mean(values, width))
    values[20] = np.nan
    holed = whole_window_means(values, width)
    about = np.arange(40)
    hidden = (about - width // 2 <= 20) & (about - width // 2 + width - 1 >= 20)
    assert np.isnan(holed).tolist() == hidden.tolist()
    assert holed[~hidden] == pytest.approx(found[~hidden])
