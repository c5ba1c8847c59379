"""All that follows from what articles tell, made from nothing: links, and the graphs they share.

`changes` works out what a few articles change in a large store. Here all articles are gone through
once, which is quicker by far when all of them are new. The memory grows with the profiles, actors,
topics and positions, not with the articles.
"""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Quad, Store

from graphkit.changes import make_rules
from graphkit.codebook_index import CodebookIndex, indexed, key_quads
from graphkit.curation import Correction, Curations
from graphkit.curation_rdf import correction_quads
from graphkit.linking import Profile
from graphkit.links import Linked, link
from graphkit.profiles import Linker, ProfileReader, identity_quads
from graphkit.rdf import profile_triples
from graphkit.shared import SharedGraphs
from graphkit.vocabulary import Iris


class Derivation:
    """Makes links article by article, and then the shared graphs.

    `profiles` are all that the articles will tell, `codebook` are the quads of the graph topics.
    """

    def __init__(
        self,
        iris: Iris,
        profiles: Iterable[Profile],
        codebook: set[Quad],
        corrections: Sequence[Correction] = (),
    ) -> None:
        self._iris = iris
        self._codebook = codebook
        self._corrections = corrections
        side = Store()  # profiles and keys as linking asks for them
        known = list(profiles)
        home = NamedNode(iris.graph("profiles"))
        side.extend(Quad(*t, home) for profile in known for t in profile_triples(profile, iris))
        side.extend(codebook)
        side.extend(key_quads(indexed(codebook), iris))
        rules = make_rules(CodebookIndex(side), iris, Curations.of(corrections))
        self._linker = Linker(ProfileReader(side), iris, rules.actors)
        side.extend(identity_quads(self._linker, known))
        self._topics = rules.topics
        self.shared = SharedGraphs(side, self._linker, rules.topics)

    def link(self, tells: set[Quad]) -> Linked:
        """Return the links of an article from what it tells, noted for the shared graphs."""
        linked = link(tells, self._linker, self._topics)
        self.shared.gather(tells | linked.quads, linked.actors)
        return linked

    def quads(self, articles: Iterable[set[Quad]]) -> Iterator[Quad]:
        """Yield all quads of a store with articles that tell these."""
        for tells in articles:
            yield from tells
            yield from self.link(tells).quads
        for quads in self.shared_graphs().values():
            yield from quads

    def shared_graphs(self) -> dict[str, set[Quad]]:
        """Return the quads of each shared graph by its name, for the articles linked so far."""
        graphs = self.shared.graphs(self._codebook)
        curation = correction_quads(self._corrections, self._iris)
        return graphs | {"topics": self._codebook, "curation": curation}
