"""graphkit: a stance-tracking knowledge graph from news articles."""
