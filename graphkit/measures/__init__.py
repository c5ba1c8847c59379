"""Measures of networks: camps and how far they are apart, communities, densities, centralities.

`nodes` measures the nodes of an exported graph; `summary` measures a network of actors or topics
as a whole, with `ties` for its congruence and conflict, and `polarization` for its two camps.
`backbone` finds the topics that keep a network together, and `phases` the times in which it stays
the same, by `states` of its windows; both compare `spectra`. `bootstrap` draws from the statements
to say how much hangs on them. docs/networks.md has the formulas and their sources.
"""
