"""The same "screen a batch", on all cores of this machine."""
