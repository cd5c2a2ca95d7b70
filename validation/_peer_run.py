"""Run the three gait libraries on recordings and print what they answer, as JSON.

This file runs in their own environment (``python -m validation.peers --install``), never in the project's; it imports
nothing of the project. Its one argument is an .npz with arrays ``<place>/<name>``, each (n, 6) at 100 Hz in body axes.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import math
import platform
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

RATE_HZ = 100.0
GRAVITY_MPS2 = 9.80665
HEIGHT_M = 1.80
STANDARD = ("acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z")


def gaitmap_foot(rows: np.ndarray) -> dict[str, object]:
    """Run gaitmap's pipeline on a left foot: dynamic time warping, events, trajectories, parameters."""
    import pandas as pd
    from gaitmap.parameters import SpatialParameterCalculation, TemporalParameterCalculation
    from gaitmap.stride_segmentation import BarthDtw
    from gaitmap.trajectory_reconstruction import StrideLevelTrajectory
    from gaitmap.utils.coordinate_conversion import convert_left_foot_to_fbf
    from gaitmap_mad.event_detection import RamppEventDetection

    right, ahead, up, about_right, about_ahead, about_up = rows.T
    degrees = np.degrees([about_ahead, -about_right, about_up])
    sensor = pd.DataFrame(np.column_stack([ahead, -right, up, *degrees]), columns=STANDARD)  # x toe, y left, z up
    body = convert_left_foot_to_fbf(sensor)
    strides = BarthDtw().segment(body, sampling_rate_hz=RATE_HZ).stride_list_
    if strides.empty:
        return {"strides": 0}
    events = RamppEventDetection().detect(data=body, stride_list=strides, sampling_rate_hz=RATE_HZ)
    between = events.min_vel_event_list_
    if between.empty:
        return {"strides": len(strides)}
    path = StrideLevelTrajectory().estimate(data=sensor, stride_event_list=between, sampling_rate_hz=RATE_HZ)
    timing = TemporalParameterCalculation().calculate(stride_event_list=between, sampling_rate_hz=RATE_HZ)
    lengths = SpatialParameterCalculation().calculate(
        stride_event_list=between,
        positions=path.position_,
        orientations=path.orientation_,
        sampling_rate_hz=RATE_HZ,
    )
    along = path.position_.groupby(level="s_id")["pos_x"].last()
    return {
        "strides": len(between),
        "cadence_spm": 120.0 / float(timing.parameters_["stride_time"].median()),
        "speed_mps": float(lengths.parameters_["gait_velocity"].median()),
        "along_toes_m": float(along.median()),
    }


def mobgap_waist(rows: np.ndarray) -> dict[str, object]:
    """Run mobgap's recommended pipeline on a low back."""
    import pandas as pd
    from mobgap.data import GaitDatasetFromData
    from mobgap.pipeline import MobilisedPipelineUniversal

    right, ahead, up, about_right, about_ahead, about_up = rows.T
    degrees = np.degrees([about_up, about_right, about_ahead])
    table = pd.DataFrame(np.column_stack([up, right, ahead, *degrees]), columns=STANDARD)  # x up, y right, z ahead
    table.index.name = "samples"
    person = {"height_m": HEIGHT_M, "sensor_height_m": 0.53 * HEIGHT_M, "cohort": "HA", "foot_length_cm": 27.0}
    dataset = GaitDatasetFromData(
        {"one": {"LowerBack": table}},
        _sampling_rate_hz=RATE_HZ,
        _participant_metadata={"one": person},
        _recording_metadata={"one": {"measurement_condition": "laboratory", "recording_identifier": ("one",)}},
    )
    result = MobilisedPipelineUniversal().run(dataset[0])
    bouts = result.per_wb_parameters_
    if bouts is None or bouts.empty:
        return {"bouts": 0}
    return {
        "bouts": len(bouts),
        "strides": int(bouts["n_strides"].sum()),
        "cadence_spm": float(np.average(bouts["cadence_spm"], weights=bouts["n_strides"])),
        "speed_mps": float(np.average(bouts["walking_speed_mps"], weights=bouts["n_strides"])),
    }


def skdh_waist(rows: np.ndarray) -> dict[str, object]:
    """Run scikit-digital-health's gait pipeline on a low back; the whole recording is given as gait."""
    from skdh.gait import GaitLumbar

    at_s = 1.7e9 + np.arange(len(rows)) / RATE_HZ
    found = GaitLumbar().predict(
        time=at_s, accel=rows[:, :3] / GRAVITY_MPS2, gyro=rows[:, 3:], fs=RATE_HZ, height=HEIGHT_M, gait_pred=True
    )
    cadence, speed = (np.asarray(found.get(name, ()), dtype=float) for name in ("cadence", "gait speed"))
    answer: dict[str, object] = {"steps": len(cadence)}
    if np.isfinite(cadence).any():
        answer["cadence_spm"] = float(np.nanmedian(cadence))
    if np.isfinite(speed).any():
        answer["speed_mps"] = float(np.nanmedian(speed))
    return answer


PIPELINES: dict[str, tuple[str, str, Callable[[np.ndarray], dict[str, object]]]] = {
    "gaitmap": ("gaitmap", "foot_left", gaitmap_foot),
    "mobgap": ("mobgap", "waist", mobgap_waist),
    "scikit-digital-health": ("scikit-digital-health", "waist", skdh_waist),
}


def asked(pipeline: Callable[[np.ndarray], dict[str, object]], rows: np.ndarray, times: int = 1) -> dict[str, object]:
    """Return an answer with its best time, or the error as the library words it."""
    best_s = math.inf
    for _ in range(times):
        began = time.perf_counter()
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                answer = pipeline(rows)
        except Exception as error:  # noqa: BLE001  # what a peer does with such data is the finding
            answer = {"error": f"{type(error).__name__}: {error}"[:160]}
        best_s = min(best_s, time.perf_counter() - began)
    return answer | {"seconds": best_s}


def main() -> None:
    """Run every library on its place of every recording; with --time, warm and twice: the better time counts."""
    warnings.simplefilter("ignore")
    recordings = np.load(sys.argv[1])
    again = "--time" in sys.argv
    answers: dict[str, dict[str, object]] = {}
    for name, (package, place, pipeline) in PIPELINES.items():
        chosen = {key.partition("/")[2]: recordings[key] for key in recordings.files if key.startswith(f"{place}/")}
        if again and chosen:
            asked(pipeline, next(iter(chosen.values()))[:12_000])  # compiles what is compiled on first use
        answers[name] = {
            "version": importlib.metadata.version(package),
            "place": place,
            "answers": {key: asked(pipeline, rows, 2 if again else 1) for key, rows in chosen.items()},
        }
    print(json.dumps({"python": platform.python_version(), "libraries": answers}))


if __name__ == "__main__":
    main()
