"""The network algebra: from a table of statements to matrices of who stands with whom.

A `table.StatementTable` holds the statements, `options.NetworkOptions` says which network is
wanted, and `networks.iter_networks` computes it in this order: `selection` keeps the statements
that count, `windows` and `kernels` say which of them count at a time and how much, `counts` adds
them up, and `two_mode` or `one_mode` with `normalization` makes the matrix. `differences` tells
where the Discourse Network Analyzer computes something else; `statements` makes a table of ours.

Nothing is imported here, since numpy and scipy take a fifth of a second, and only networks need
them.
"""
