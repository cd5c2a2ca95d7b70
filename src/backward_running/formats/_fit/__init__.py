"""The inner parts of the FIT reader and writers: container, decoder, profile, build of the recording, encoder."""
