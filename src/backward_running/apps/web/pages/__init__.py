"""The pages: routes, what each asks the flows, and the template that shows it. One file is one screen."""
