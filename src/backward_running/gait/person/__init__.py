"""What is believed of one runner: a prior, the regression that moves it, what their recordings teach."""
