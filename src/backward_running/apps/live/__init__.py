"""What is recorded on this machine while somebody runs: Bluetooth devices, and the file it is written into."""
