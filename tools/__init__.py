"""What the developers of this project run on it; no part of the product."""
