"""Constants that are so by definition, each in one place. None of them was measured, so none needs a source."""

from __future__ import annotations

STANDARD_GRAVITY_MPS2 = 9.80665
METRES_PER_MILE = 1609.344
METRES_PER_YARD = 0.9144
METRES_PER_FOOT = 0.3048
METRES_PER_INCH = 0.0254
KILOGRAMS_PER_POUND = 0.45359237
KMH_PER_MPS = 3.6  #: kilometres per hour in a metre per second
SECONDS_PER_DAY = 86_400.0
JOULES_PER_KILOCALORIE = 4184.0  #: of the thermochemical calorie
METRES_PER_DEGREE = 111_195.0  #: of a great circle on a sphere of 6,371 km
METRES_PER_DEGREE_EAST = 111_320.0  #: of longitude at the equator of WGS 84; elsewhere times the cosine of the latitude
METRES_PER_DEGREE_NORTH = 110_574.0  #: of latitude there
