"""The version of clearway, which every answer and every kept list carries."""

__version__ = "0.1.0"
