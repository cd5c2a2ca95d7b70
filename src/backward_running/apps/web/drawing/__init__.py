"""Pictures drawn on the server: geometry in numbers; colours and patterns come from the style sheet."""
