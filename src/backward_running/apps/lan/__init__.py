"""The doors to the local network: closed until `backward serve --lan` opens them, and narrow then."""
