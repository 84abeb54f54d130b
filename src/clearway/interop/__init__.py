"""Other tools' shapes of the same facts, to and from the model; no I/O."""
