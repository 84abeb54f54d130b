"""What trade statistics say of a corridor, and how sure one can be; parties: never."""
