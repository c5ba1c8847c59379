"""Stores on SPARQL 1.1 servers; `store.open_server` opens one. Imported for addresses only."""
