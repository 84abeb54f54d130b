"""The command line: words in, answers out. Holds no rules."""
