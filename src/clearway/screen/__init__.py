"""Where the rooms meet: retrieve, score, decide, answer with a whole Screening."""
