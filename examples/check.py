"""Check one party from Python: `python examples/check.py` (after `make demo`)."""

import clearway

screener = clearway.open(as_of="2024-05-17")
party = clearway.Party(name="Белоусов Андрей", kind="person", birth_date="1959-03-17")
screening = screener.check(party)
print(screening.verdict, "as of", screening.to_dict()["as_of"])
for hit in screening.hits[:3]:
    print(f"{hit.score:.2f}", hit.entity.name, "-", hit.because)
for used in screening.lists:
    print("asked:", used)
