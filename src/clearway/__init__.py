"""Screening for sanctions and trade controls, with evidence, law and a record."""

__version__ = "0.1.0"
