"""The runner's own word: paint, statements about laps, and what the names of laps, steps and marks say."""
