"""Files of the Discourse Network Analyzer (.dna), version 3, which are SQLite databases.

`reading.read_dna` reads one into the dataclasses of `records`, and never changes it;
`writing.dna_bytes` makes one of them; `table.to_table` makes a table for the network algebra.
"""
