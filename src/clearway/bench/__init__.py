"""Measure the whole: recall, false alerts, ranking, speed, with peers in the same run.

Nothing here decides anything about a party. Numbers come from labelled names and real
lists that the user points at; without them from listed names altered on the spot.
"""
