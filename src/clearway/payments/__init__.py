"""Read payment messages: parties in roles, agents, places, free texts; never judge."""
