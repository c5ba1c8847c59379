"""Pictures of a debate: timelines, heat maps, camps and networks as SVG, PNG or a page.

`debate` chooses the statements; `timeline`, `heatmap`, `camps` and `network` each draw them on a
`sheet`, which is a specification for Vega in the end; `rendering` makes files of that. `lettering`
knows how wide words are, so that none is cut or hides another.

Nothing is imported here: networks need networkx, and only files need vl-convert.
"""
