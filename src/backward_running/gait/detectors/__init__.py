"""Ways to tell directions apart. One file with a ``DETECTOR`` is one detector, in this folder or in one within it."""
