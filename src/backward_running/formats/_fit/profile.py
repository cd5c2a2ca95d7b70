"""What the numbers in a FIT file mean: base types, messages, fields and words, as far as a runner's file needs them.

The protocol is public; the tables hold only what this program reads or writes.
"""

from __future__ import annotations

from typing import NamedTuple

from backward_running.core.constants import KMH_PER_MPS, METRES_PER_FOOT
from backward_running.formats._fit import fields

#: Seconds from 1970-01-01 to FIT's own epoch, 1989-12-31T00:00:00Z.
EPOCH_S = 631_065_600
#: Timestamps below count seconds since the device was switched on, not since the epoch.
FIRST_DATE = 0x1000_0000


#: This program's identity in developer data: sixteen bytes. Its fields: where the chest faces, and "simulated".
OUR_APPLICATION = b"backward-running"
HEADING_NAME, SIMULATED_NAME = "heading", "simulated"
#: The product name of files written by this program's simulator.
SIMULATOR = "Backward simulator"


class BaseType(NamedTuple):
    """How one kind of number is stored."""

    code: str  #: numpy's code without byte order; "S" for text
    size: int
    missing: int | None  #: the value that means "nothing"; None for floats (NaN) and text


_UNSIGNED_BYTE = BaseType("u1", 1, 0xFF)

#: By the low five bits of the type byte; the high bit only repeats that the order of bytes matters.
BASE_TYPES: dict[int, BaseType] = {
    0: _UNSIGNED_BYTE,  # enumeration
    1: BaseType("i1", 1, 0x7F),
    2: _UNSIGNED_BYTE,
    3: BaseType("i2", 2, 0x7FFF),
    4: BaseType("u2", 2, 0xFFFF),
    5: BaseType("i4", 4, 0x7FFF_FFFF),
    6: BaseType("u4", 4, 0xFFFF_FFFF),
    7: BaseType("S", 1, None),
    8: BaseType("f4", 4, None),
    9: BaseType("f8", 8, None),
    10: BaseType("u1", 1, 0),
    11: BaseType("u2", 2, 0),
    12: BaseType("u4", 4, 0),
    13: _UNSIGNED_BYTE,  # raw bytes
    14: BaseType("i8", 8, 0x7FFF_FFFF_FFFF_FFFF),
    15: BaseType("u8", 8, 0xFFFF_FFFF_FFFF_FFFF),
    16: BaseType("u8", 8, 0),
}

# Type bytes as they stand in a file, for the writers.
ENUM, UINT8, STRING, BYTE = 0x00, 0x02, 0x07, 0x0D
UINT16, SINT32, UINT32, FLOAT32, UINT32Z = 0x84, 0x85, 0x86, 0x88, 0x8C
SINT8 = 0x01

# Global message numbers.
FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 12, 18, 19, 20, 21, 23
WORKOUT, WORKOUT_STEP, ACTIVITY, LENGTH, HR = 26, 27, 34, 101, 132
DEVICE_SETTINGS = 2
FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 206, 207
TIMESTAMP_CORRELATION, GYROSCOPE_DATA, ACCELEROMETER_DATA, SENSOR_CALIBRATION, MAGNETOMETER_DATA = (
    162,
    164,
    165,
    167,
    208,
)

#: Field numbers that mean the same in every message.
TIMESTAMP, MESSAGE_INDEX = 253, 254

#: The fields that are read as plain values, by message; records are read as columns instead.
PLAIN_FIELDS: dict[int, frozenset[int]] = {
    FILE_ID: frozenset(fields.FileId),
    SPORT: frozenset(fields.Sport),
    SESSION: frozenset(fields.Session),
    LAP: frozenset(fields.Lap),
    EVENT: frozenset(fields.Event),
    DEVICE_INFO: frozenset(fields.DeviceInfo),
    WORKOUT: frozenset(fields.Workout),
    WORKOUT_STEP: frozenset(fields.WorkoutStep),
    ACTIVITY: frozenset(fields.Activity),
    TIMESTAMP_CORRELATION: frozenset(fields.TimestampCorrelation),
    DEVICE_SETTINGS: frozenset(fields.DeviceSettings),
    FIELD_DESCRIPTION: frozenset(fields.FieldDescription),
}


class RecordField(NamedTuple):
    """A field of the record message and the column it fills: ``value = raw / scale - offset``."""

    column: str
    scale: float = 1.0
    offset: float = 0.0


_SEMICIRCLES_PER_DEG = 2**31 / 180.0

#: Later entries win over earlier ones that fill the same column ("enhanced" fields have more bits).
RECORD_FIELDS: dict[int, RecordField] = {
    0: RecordField("latitude_deg", _SEMICIRCLES_PER_DEG),
    1: RecordField("longitude_deg", _SEMICIRCLES_PER_DEG),
    2: RecordField("altitude_m", 5.0, 500.0),
    78: RecordField("altitude_m", 5.0, 500.0),
    3: RecordField("heart_rate_bpm"),
    4: RecordField("cadence_spm"),
    5: RecordField("distance_m", 100.0),
    6: RecordField("speed_mps", 1000.0),
    73: RecordField("speed_mps", 1000.0),
    7: RecordField("power_w"),
    9: RecordField("grade_ratio", 10_000.0),
    13: RecordField("temperature_degc"),
    39: RecordField("vertical_oscillation_m", 10_000.0),
    41: RecordField("contact_time_s", 10_000.0),
    85: RecordField("step_length_m", 10_000.0),
}
COMPRESSED_SPEED_DISTANCE = 8
FRACTIONAL_CADENCE, FRACTIONS_PER_RPM = 53, 128.0

#: How developer fields spell a unit → (factor, offset) to the unit of the column they belong to.
UNITS: dict[str, dict[str, tuple[float, float]]] = {
    "altitude_m": {"m": (1, 0), "meters": (1, 0), "ft": (METRES_PER_FOOT, 0)},
    "heart_rate_bpm": {"bpm": (1, 0)},
    "cadence_spm": {"rpm": (1, 0), "spm": (0.5, 0)},
    "distance_m": {"m": (1, 0), "meters": (1, 0), "km": (1000, 0)},
    "speed_mps": {"m/s": (1, 0), "meters/second": (1, 0), "km/h": (1 / KMH_PER_MPS, 0), "kph": (1 / KMH_PER_MPS, 0)},
    "power_w": {"w": (1, 0), "watts": (1, 0), "watt": (1, 0)},
    "temperature_degc": {"c": (1, 0), "°c": (1, 0), "celsius": (1, 0), "degrees celsius": (1, 0)},
    "vertical_oscillation_m": {"mm": (1e-3, 0), "cm": (1e-2, 0), "centimeters": (1e-2, 0), "millimeters": (1e-3, 0)},
    "contact_time_s": {"ms": (1e-3, 0), "milliseconds": (1e-3, 0), "s": (1, 0)},
    "step_length_m": {"mm": (1e-3, 0), "cm": (1e-2, 0), "m": (1, 0)},
    "heading_deg": {
        "": (1, 0), "deg": (1, 0), "degree": (1, 0), "degrees": (1, 0), "°": (1, 0), "rad": (57.29577951308232, 0),
    },
}  # fmt: skip

#: Developer fields that say where the device points, by name in lower case.
HEADING_NAMES = frozenset(
    {"heading", "compass", "compass heading", "compass_heading", "heading_deg", "magnetic heading"}
)

FILE_TYPES: dict[int, str] = {
    1: "device information",
    2: "settings",
    3: "sport settings",
    4: "an activity",
    5: "a workout",
    6: "a course",
    7: "a schedule",
    9: "body weights",
    10: "totals",
    11: "goals",
    14: "blood pressures",
    15: "all-day monitoring",
    20: "a summary",
    28: "all-day monitoring",
    32: "all-day monitoring",
    34: "a segment",
    35: "a list of segments",
}
ACTIVITY_FILE, WORKOUT_FILE = 4, 5

SPORTS: dict[int, str] = {
    1: "running", 2: "cycling", 3: "transition", 4: "fitness_equipment", 5: "swimming", 6: "basketball", 7: "soccer",
    8: "tennis", 10: "training", 11: "walking", 12: "cross_country_skiing", 13: "alpine_skiing", 14: "snowboarding",
    15: "rowing", 16: "mountaineering", 17: "hiking", 18: "multisport", 19: "paddling", 21: "e_biking", 25: "golf",
    30: "inline_skating", 31: "rock_climbing", 32: "sailing", 33: "ice_skating", 35: "snowshoeing", 38: "surfing",
    41: "kayaking", 43: "windsurfing", 47: "boxing", 48: "floor_climbing", 53: "diving", 62: "hiit",
}  # fmt: skip

SUB_SPORTS: dict[int, str] = {
    1: "treadmill", 2: "street", 3: "trail", 4: "track", 5: "spin", 6: "indoor_cycling", 7: "road", 8: "mountain",
    11: "cyclocross", 14: "indoor_rowing", 15: "elliptical", 16: "stair_climbing", 17: "lap_swimming",
    18: "open_water", 19: "flexibility_training", 20: "strength_training", 21: "warm_up", 22: "match", 23: "exercise",
    24: "challenge", 26: "cardio_training", 27: "indoor_walking", 30: "casual_walking", 31: "speed_walking",
    43: "yoga", 44: "pilates", 45: "indoor_running", 46: "gravel_cycling", 48: "commuting", 58: "virtual_activity",
    59: "obstacle", 67: "ultra", 70: "hiit",
}  # fmt: skip

LAP_TRIGGERS: dict[int, str] = {
    0: "manual", 1: "time", 2: "distance", 3: "position", 4: "position", 5: "position", 6: "position",
    7: "session end", 8: "fitness equipment",
}  # fmt: skip

INTENSITIES: dict[int, str] = {
    0: "active", 1: "rest", 2: "warmup", 3: "cooldown", 4: "recovery", 5: "interval", 6: "other",
}  # fmt: skip

# Workout steps: what ends them, what they aim at.
ENDS_TIME, ENDS_DISTANCE, ENDS_OPEN, ENDS_REPEAT_STEPS = 0, 1, 5, 6
AIMS_SPEED, AIMS_HEART_RATE, AIMS_OPEN = 0, 1, 2

# Events.
TIMER_EVENT, SESSION_EVENT, LAP_EVENT, ACTIVITY_EVENT = 0, 8, 9, 26
STARTS = frozenset({0})
STOPS = frozenset({1, 4, 8, 9})

MAKERS: dict[int, str] = {
    1: "Garmin", 13: "Dynastream", 15: "Dynastream", 23: "Suunto", 32: "Wahoo", 38: "o_synce", 40: "Concept2",
    63: "Specialized", 70: "Sigma", 89: "Tacx", 95: "Stryd", 123: "Polar", 255: "development", 258: "Lezyne",
    260: "Zwift", 265: "Strava", 267: "Bryton", 289: "Hammerhead", 294: "Coros", 307: "OneLap",
}  # fmt: skip
DEVELOPMENT = 255

#: A few watches and bike computers by (maker, product number); any other product is told by its number.
PRODUCTS: dict[tuple[int, int], str] = {
    (1, 1124): "Forerunner 110", (1, 1328): "Forerunner 910XT",
    (1, 1436): "Forerunner 70", (1, 1036): "Edge 500", (1, 1169): "Edge 800", (1, 1325): "Edge 200",
    (1, 1567): "Edge 810", (1, 1765): "Forerunner 920XT", (1, 1967): "fēnix 2", (1, 1499): "Swim",
    (1, 2050): "fēnix 3", (1, 2158): "Forerunner 735XT", (1, 2337): "vívoactive HR", (1, 2691): "Forerunner 935",
    (1, 2697): "fēnix 5", (1, 2530): "Edge 820", (1, 3113): "Forerunner 945", (1, 3121): "Edge 530",
    (1, 3600): "Venu Sq", (1, 4024): "Forerunner 955", (1, 3869): "Forerunner 55", (1, 3570): "Edge 1030 Plus",
    (1, 2067): "Edge 520", (1, 4532): "fēnix 8 Solar",
}  # fmt: skip
