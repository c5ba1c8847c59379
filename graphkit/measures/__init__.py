"""Measures of networks: camps and how far they are apart, communities, densities, centralities.

`nodes` measures the nodes of an exported graph; `summary` measures a network of actors or topics
as a whole, with `ties` for its congruence and conflict, and `polarization` for its two camps.
docs/networks.md has the formulas and their sources.
"""
