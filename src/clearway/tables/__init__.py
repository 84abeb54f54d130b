"""A user's table in, parties out; hits out as a table. Never screens."""
