"""Official lists: read, kept in every version, compared, guarded. Never matched.

One module a publisher's format, always the same shape: `edition` (what the file
says of itself), `records` (bytes -> the publisher's record) and `entity` (record ->
entity). Readers never normalise; `clearway.lists.fetch` is the only network.
"""
