"""Bring what others coded into a store: databases of DNA, tables of statements.

`dna_file` and `table_file` read a file into a `Parcel` and touch no store; `storing` puts it into
one, in one transaction.
"""
