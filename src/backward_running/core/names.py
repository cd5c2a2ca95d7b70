"""The one dictionary of column, fact and parameter names: name → meaning, unit, plausible range.

A name carries its unit as its last word. The glossary in the docs is printed from here.
"""

from __future__ import annotations

from typing import NamedTuple


class Name(NamedTuple):
    """One entry of the dictionary."""

    meaning: str
    unit: str
    lowest: float
    highest: float


#: The axes of an inertial sensor, as columns.
ACCELERATION = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2")
ANGULAR_RATE = ("gyr_x_radps", "gyr_y_radps", "gyr_z_radps")
MAGNETIC_FIELD = ("mag_x_ut", "mag_y_ut", "mag_z_ut")
#: What a sensor fused of all three: the unit quaternion that turns its axes into a room whose z is up.
ORIENTATION = ("quat_w_ratio", "quat_x_ratio", "quat_y_ratio", "quat_z_ratio")

#: What a :class:`~backward_running.core.recording.Stream` may hold. Missing samples are NaN, never 0.
COLUMNS: dict[str, Name] = {
    "latitude_deg": Name("WGS 84 latitude", "deg", -90.0, 90.0),
    "longitude_deg": Name("WGS 84 longitude", "deg", -180.0, 180.0),
    "altitude_m": Name("height above sea level", "m", -500.0, 9000.0),
    "distance_m": Name("distance since the start as the device counted it; never falls", "m", 0.0, 1e6),
    "speed_mps": Name("speed over ground, never negative, whatever the body faces", "m s⁻¹", 0.0, 60.0),
    "heart_rate_bpm": Name("heart rate", "min⁻¹", 20.0, 250.0),
    "cadence_spm": Name("steps of both feet per minute (for a bicycle: crank turns per minute)", "min⁻¹", 0.0, 300.0),
    "oxygen_uptake_ml_per_kg_min": Name("gross oxygen uptake per kilogram of body", "ml kg⁻¹ min⁻¹", 0.0, 100.0),
    "carbon_dioxide_output_ml_per_kg_min": Name(
        "carbon dioxide given off per kilogram of body", "ml kg⁻¹ min⁻¹", 0.0, 150.0
    ),
    "power_w": Name("mechanical power as the device stated it", "W", 0.0, 3000.0),
    "temperature_degc": Name("air or device temperature", "°C", -60.0, 80.0),
    "vertical_oscillation_m": Name("rise and fall of the trunk per step", "m", 0.0, 0.4),
    "contact_time_s": Name("time on the ground per step", "s", 0.05, 2.0),
    "step_length_m": Name("length of one step", "m", 0.0, 4.0),
    "grade_ratio": Name("rise over run along the course; positive is uphill for the traveller", "1", -1.0, 1.0),
    "course_deg": Name("where the body TRAVELS, clockwise from north", "deg", 0.0, 360.0),
    "live_forward_share": Name(
        "how sure a phone was, while it happened, that its runner went forward; one half where it could not tell",
        "1",
        0.0,
        1.0,
    ),
    "heading_deg": Name("where the chest FACES, clockwise from north", "deg", 0.0, 360.0),
    "acc_x_mps2": Name("specific force, x axis of the stated frame", "m s⁻²", -400.0, 400.0),
    "acc_y_mps2": Name("specific force, y axis of the stated frame", "m s⁻²", -400.0, 400.0),
    "acc_z_mps2": Name("specific force, z axis of the stated frame", "m s⁻²", -400.0, 400.0),
    "gyr_x_radps": Name("angular rate about the x axis of the stated frame", "rad s⁻¹", -70.0, 70.0),
    "gyr_y_radps": Name("angular rate about the y axis of the stated frame", "rad s⁻¹", -70.0, 70.0),
    "gyr_z_radps": Name("angular rate about the z axis of the stated frame", "rad s⁻¹", -70.0, 70.0),
    "mag_x_ut": Name("magnetic field, x axis of the stated frame", "µT", -2000.0, 2000.0),
    "mag_y_ut": Name("magnetic field, y axis of the stated frame", "µT", -2000.0, 2000.0),
    "mag_z_ut": Name("magnetic field, z axis of the stated frame", "µT", -2000.0, 2000.0),
    "quat_w_ratio": Name("orientation, a unit quaternion from the stated frame to a room with z up: w", "1", -1.0, 1.0),
    "quat_x_ratio": Name("orientation, a unit quaternion from the stated frame to a room with z up: x", "1", -1.0, 1.0),
    "quat_y_ratio": Name("orientation, a unit quaternion from the stated frame to a room with z up: y", "1", -1.0, 1.0),
    "quat_z_ratio": Name("orientation, a unit quaternion from the stated frame to a room with z up: z", "1", -1.0, 1.0),
}

#: Everything else that has a name: parameters, facts, estimates.
QUANTITIES: dict[str, Name] = {
    "time_s": Name("seconds since the start of the recording", "s", 0.0, 1e7),
    "duration_s": Name("length of a stretch of time", "s", 0.0, 1e7),
    "moving_s": Name("time spent moving", "s", 0.0, 1e7),
    "ascent_m": Name("sum of all rises", "m", 0.0, 20000.0),
    "steps_count": Name("steps of both feet", "1", 0.0, 1e6),
    "flight_time_s": Name("time without a foot on the ground per running step", "s", 0.0, 1.0),
    "mass_kg": Name("body mass", "kg", 25.0, 300.0),
    "height_m": Name("body height", "m", 1.0, 2.5),
    "resting_heart_rate_bpm": Name("heart rate at rest", "min⁻¹", 25.0, 120.0),
    "maximal_heart_rate_bpm": Name("highest heart rate the person reaches", "min⁻¹", 100.0, 230.0),
    "heart_rate_reserve_ratio": Name("(heart rate − rest) / (maximum − rest)", "1", 0.0, 1.2),
    "maximal_oxygen_uptake_ml_per_kg_min": Name(
        "highest oxygen uptake the person reaches, per kilogram", "ml kg⁻¹ min⁻¹", 10.0, 100.0
    ),
    "maximal_oxygen_uptake_share": Name("oxygen uptake over the highest the person reaches", "1", 0.0, 2.0),
    "heart_rate_ratio": Name("heart rate backward over forward at the same speed", "1", 0.5, 2.0),
    "grade_adjusted_speed_mps": Name("speed on the level that costs as much per minute", "m s⁻¹", 0.0, 60.0),
    "energy_j_per_kg": Name("gross metabolic energy per kilogram of body", "J kg⁻¹", 0.0, 1e6),
    "energy_j": Name("gross metabolic energy", "J", 0.0, 1e8),
    "energy_kcal": Name("gross metabolic energy, at the doors only (inside it is J)", "kcal", 0.0, 30000.0),
    "cost_j_per_kg_m": Name("metabolic energy per kilogram and metre", "J kg⁻¹ m⁻¹", 0.0, 40.0),
    "power_w_per_kg": Name("metabolic power per kilogram of body", "W kg⁻¹", 0.0, 60.0),
    "backward_to_forward_ratio": Name("backward over forward, everything else equal", "1", 0.5, 3.0),
    "patellofemoral_force_ratio": Name("peak force behind the kneecap, backward over forward, per step", "1", 0.3, 3.0),
    "calf_and_achilles_load_ratio": Name("load of calf and Achilles tendon, backward over forward", "1", 0.3, 3.0),
    "forefoot_load_ratio": Name("load of the forefoot, backward over forward, per step", "1", 0.3, 3.0),
    "quadriceps_activation_ratio": Name("activity of the quadriceps, backward over forward, per step", "1", 0.3, 4.0),
    "hamstring_excursion_ratio": Name("how far the hamstring is stretched, backward over forward", "1", 0.3, 3.0),
    "peak_vertical_force_ratio": Name("peak vertical force on the ground, backward over forward", "1", 0.3, 3.0),
    "load_per_step_ratio": Name("load of a backward step over one forward at equal speed", "1", 0.1, 10.0),
    "load_per_minute_ratio": Name("load of a minute backward over one of own forward running", "1", 0.1, 10.0),
    "load_per_kilometre_ratio": Name("load of a kilometre backward over one of own forward running", "1", 0.1, 10.0),
    "load_same_speed_ratio": Name("load per minute or kilometre backward over forward, equal speed", "1", 0.1, 10.0),
    "load_forward_steps_count": Name("how many own forward steps load a tissue as much", "1", 0.0, 1e6),
    "backward_experience_min": Name("minutes of backward walking and running done so far", "min", 0.0, 1e6),
    "session_load_au": Name("session RPE (CR-10) times minutes", "1", 0.0, 20000.0),
    "trimp_au": Name("training impulse after Banister", "1", 0.0, 5000.0),
    "perceived_exertion_cr10": Name("how hard it felt, 0 nothing to 10 maximal", "1", 0.0, 10.0),
    "pain_nrs": Name("pain, 0 none to 10 worst imaginable", "1", 0.0, 10.0),
    "soreness_nrs": Name("muscle soreness, 0 none to 10 worst imaginable", "1", 0.0, 10.0),
    "probability_share": Name("how probable the stated direction is", "1", 0.0, 1.0),
}

NAMES: dict[str, Name] = COLUMNS | QUANTITIES

#: How a name may end.
UNIT_ENDINGS: tuple[str, ...] = (
    "_s", "_min", "_m", "_kg", "_hz", "_deg", "_rad", "_mps", "_mps2", "_radps", "_ut", "_bpm", "_spm", "_w", "_j",
    "_kcal", "_degc", "_w_per_kg", "_j_per_kg", "_j_per_kg_m", "_ml_per_kg_min", "_ratio", "_share", "_nrs", "_cr10",
    "_au", "_count",
)  # fmt: skip


def unit_of(name: str) -> str:
    """Return the unit of a known name.

    >>> unit_of("speed_mps")
    'm s⁻¹'
    """
    return NAMES[name].unit
