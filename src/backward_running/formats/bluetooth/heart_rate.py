"""Heart Rate Measurement, characteristic 0x2A37 of the Heart Rate Service: what a strap says once a second."""

from __future__ import annotations

from backward_running.formats.bluetooth._fields import Fields

_WIDE, _CONTACT, _KNOWS_CONTACT = 1 << 0, 1 << 1, 1 << 2


def read_heart_rate(data: bytes) -> float | None:
    """Read one notification of a heart rate strap.

    Parameters
    ----------
    data : bytes
        Flags (8 bit), the heart rate (8 bit, 16 where the first flag is set), then energy and intervals between beats,
        which are not read.

    Returns
    -------
    float or None
        Beats per minute; None where the strap says 0, or that it does not touch the skin.

    Raises
    ------
    UnreadableFile
        It is shorter than its flags say.

    Valid for
    ---------
    Version 1.0 of the service.

    Examples
    --------
    >>> read_heart_rate(bytes.fromhex("00 8e")), read_heart_rate(bytes.fromhex("04 8e"))
    (142.0, None)
    """
    fields = Fields(data, "heart rate strap")
    flags = fields.take(1)
    beats = fields.take(2 if flags & _WIDE else 1)
    off = flags & _KNOWS_CONTACT and not flags & _CONTACT
    return None if off or not beats else float(beats)
