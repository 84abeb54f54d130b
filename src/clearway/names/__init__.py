"""Text to comparable forms: pure functions, each usable alone. Never searches."""
