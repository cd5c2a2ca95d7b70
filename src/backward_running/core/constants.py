"""Constants that are so by definition, each in one place. None of them was measured, so none needs a source."""

from __future__ import annotations

STANDARD_GRAVITY_MPS2 = 9.80665
METRES_PER_MILE = 1609.344
METRES_PER_YARD = 0.9144
METRES_PER_FOOT = 0.3048
METRES_PER_INCH = 0.0254
KILOGRAMS_PER_POUND = 0.45359237
JOULES_PER_KILOCALORIE = 4184.0  #: of the thermochemical calorie
