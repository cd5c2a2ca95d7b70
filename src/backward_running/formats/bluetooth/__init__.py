"""What Bluetooth sensors say: one file is one characteristic, bytes in, SI units out, None where it is silent."""
