"""Goods: codes as written, dated lists of codes, and what a description hints at."""
