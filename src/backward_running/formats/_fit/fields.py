"""The numbers of the fields that are read, message by message, under the names that the protocol gives them.

All fields of one message here are read as plain values (`values.messages`); records are read as columns
(`profile.RECORD_FIELDS`), motion sensors as arrays (`sensors`).
"""

from __future__ import annotations

from enum import IntEnum


class FileId(IntEnum):
    """What the file is, and who made it."""

    TYPE = 0
    MANUFACTURER = 1
    PRODUCT = 2
    SERIAL_NUMBER = 3
    TIME_CREATED = 4
    PRODUCT_NAME = 8


class DeviceSettings(IntEnum):
    """How the watch was set."""

    ACTIVE_TIME_ZONE = 0
    TIME_OFFSET = 2  #: seconds
    TIME_ZONE_OFFSET = 5  #: quarters of an hour


class Sport(IntEnum):
    """The sport profile that was chosen."""

    SPORT = 0
    SUB_SPORT = 1
    NAME = 3


class Session(IntEnum):
    """The totals of one session."""

    START_TIME = 2
    SPORT = 5
    SUB_SPORT = 6
    TOTAL_ELAPSED_TIME = 7  #: thousandths of a second
    TOTAL_TIMER_TIME = 8  #: thousandths of a second
    TOTAL_DISTANCE = 9  #: centimetres
    TOTAL_CYCLES = 10
    TOTAL_CALORIES = 11
    AVG_SPEED = 14  #: mm/s
    AVG_HEART_RATE = 16
    AVG_CADENCE = 18
    TOTAL_ASCENT = 22
    TOTAL_MOVING_TIME = 59  #: thousandths of a second
    SPORT_PROFILE_NAME = 110
    ENHANCED_AVG_SPEED = 124  #: mm/s


class Lap(IntEnum):
    """The totals of one lap."""

    START_TIME = 2
    TOTAL_ELAPSED_TIME = 7  #: thousandths of a second
    TOTAL_DISTANCE = 9  #: centimetres
    INTENSITY = 23
    LAP_TRIGGER = 24
    WKT_STEP_INDEX = 71


class Event(IntEnum):
    """Something happened: the timer started or stopped."""

    EVENT = 0
    EVENT_TYPE = 1


class DeviceInfo(IntEnum):
    """A device that took part; the one of index 0 made the file."""

    DEVICE_INDEX = 0
    MANUFACTURER = 2
    SERIAL_NUMBER = 3
    PRODUCT = 4
    PRODUCT_NAME = 27


class Workout(IntEnum):
    """The workout that was followed."""

    WKT_NAME = 8


class WorkoutStep(IntEnum):
    """One step of the workout that was followed."""

    WKT_STEP_NAME = 0
    DURATION_TYPE = 1
    DURATION_VALUE = 2  #: thousandths of a second, or centimetres
    INTENSITY = 7
    NOTES = 8
    MESSAGE_INDEX = 254


class Activity(IntEnum):
    """The whole of what was recorded."""

    LOCAL_TIMESTAMP = 5


class TimestampCorrelation(IntEnum):
    """Ties the clock of the device to the date."""

    SYSTEM_TIMESTAMP = 1
    LOCAL_TIMESTAMP = 3


class HeartRate(IntEnum):
    """Beats that a strap stored by itself."""

    FRACTIONAL_TIMESTAMP = 0  #: 32768ths of a second
    FILTERED_BPM = 6
    EVENT_TIMESTAMP = 9  #: 1024ths of a second
    EVENT_TIMESTAMP_12 = 10  #: the lowest twelve bits of it, packed


class FieldDescription(IntEnum):
    """How a field is described that the protocol itself does not know."""

    DEVELOPER_DATA_INDEX = 0
    FIELD_DEFINITION_NUMBER = 1
    FIT_BASE_TYPE_ID = 2
    FIELD_NAME = 3
    SCALE = 6
    OFFSET = 7
    UNITS = 8
    NATIVE_MESG_NUM = 14
    NATIVE_FIELD_NUM = 15


class DeveloperDataId(IntEnum):
    """Whose the described fields are."""

    APPLICATION_ID = 1
    DEVELOPER_DATA_INDEX = 3


class SensorCalibration(IntEnum):
    """How raw values of a motion sensor become calibrated ones."""

    SENSOR_TYPE = 0
    CALIBRATION_FACTOR = 1
    CALIBRATION_DIVISOR = 2
    LEVEL_SHIFT = 3
    OFFSET_CAL = 4
    ORIENTATION_MATRIX = 5
