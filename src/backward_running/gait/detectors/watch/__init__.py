"""The detector that compares what a watch writes once a second with the runner's own habits."""
