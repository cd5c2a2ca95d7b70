"""Little-endian numbers one after the other, as the characteristics of Bluetooth are laid out."""

from __future__ import annotations

from backward_running.core.errors import UnreadableFile


class Fields:
    """Takes number after number from a message; says whose message is cut off.

    Parameters
    ----------
    data : bytes
        The message.
    who : str
        Who sent it, in words.
    """

    def __init__(self, data: bytes, who: str) -> None:
        self._data, self._who, self._at = data, who, 0

    def take(self, size: int, *, signed: bool = False) -> int:
        """Return the next number of so many bytes.

        Raises
        ------
        UnreadableFile
            The message ends before it.
        """
        end = self._at + size
        if end > len(self._data):
            raise UnreadableFile(
                f"A message of the {self._who} was cut off and is left out: its flags promise {end} bytes or more, "
                f"{len(self._data)} came."
            )
        number = int.from_bytes(self._data[self._at : end], "little", signed=signed)
        self._at = end
        return number

    @property
    def left(self) -> int:
        """How many bytes have not been taken."""
        return len(self._data) - self._at
