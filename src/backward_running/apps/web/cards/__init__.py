"""What prepares one card or form of a page: views of the flows in, printed words and drawings out."""
