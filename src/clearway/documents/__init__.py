"""Text in, spans and the listed names that stand there out. Never decides."""
