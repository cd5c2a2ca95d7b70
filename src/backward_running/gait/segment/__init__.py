"""One clock for all detectors, and the way from their opinions to bouts that tile the recording."""
