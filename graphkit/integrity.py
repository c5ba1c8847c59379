"""Check that a store holds what follows from its articles, codebook and corrections, and repair it.

Everything that follows is made anew, article by article, and compared with what is stored: links,
actors, topics, names, positions. What articles tell has nothing to be compared with, so it is
checked to be complete, and to agree with the article's text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from graphkit.changes import Changes, Rules, make_rules
from graphkit.codebook_index import CodebookIndex, indexed, key_quads
from graphkit.coding_check import wrong_codings
from graphkit.coding_rdf import GRAPH as CODINGS
from graphkit.completeness import missing_parts
from graphkit.curation import Correction, Curations
from graphkit.curation_rdf import correction_quads, read_corrections
from graphkit.errors import CorrectionError
from graphkit.linking import Profile
from graphkit.links import link, told
from graphkit.profiles import Linker, ProfileReader, identity_quads, read_profile
from graphkit.quad_store import QuadStore
from graphkit.rdf import profile_node, profile_triples, term
from graphkit.remote.marker import HALFWAY
from graphkit.shared import SharedGraphs
from graphkit.vocabulary import Iris

SHARED = ("topics", "curation", "profiles", "entities", "names", "positions", "current", "runs")
"""The graphs that are no article's."""


_LABEL, _WIDER, _IDENTIFIES = map(term, ("skos:prefLabel", "skos:broader", "gk:identifies"))
_PROFILE, _SAID_BY, _CODED_AS = map(term, ("gk:profile", "gk:actorMention", "gk:codingType"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, in words, and what puts it right; no changes if nothing does."""

    text: str
    removed: frozenset[Quad] = frozenset()
    added: frozenset[Quad] = frozenset()

    @property
    def is_repairable(self) -> bool:
        """Tell whether what is wrong follows from what is right."""
        return bool(self.removed or self.added)


def find_faults(store: QuadStore, iris: Iris) -> Iterator[Finding]:
    """Yield all that is wrong with a store: graphs of articles first, then shared ones.

    The memory grows with the actors, topics and positions, not with the articles.
    """
    yield from _interruptions(store)
    yield from _strange_graphs(store, iris)
    yield from map(Finding, wrong_codings(store, iris))
    curated = [*_codebook_faults(store, iris), *_correction_faults(store, iris)]
    yield from curated
    if not curated:  # or nothing can be made anew that follows from them
        yield from _Inspection(store, iris).findings()


def find_losses(store: Store, iris: Iris) -> Iterator[str]:
    """Yield in words what no repair puts right; what follows from articles is not looked at."""
    curated = [*_codebook_faults(store, iris), *_correction_faults(store, iris)]
    yield from (finding.text for finding in (*_strange_graphs(store, iris), *curated))
    yield from wrong_codings(store, iris)
    if not curated:
        yield from _Inspection(store, iris).losses()


def to_changes(findings: Iterable[Finding]) -> Changes:
    """Return what puts right all that can be."""
    changes = Changes()
    for finding in findings:
        changes.removed |= finding.removed
        changes.added |= finding.added
    return changes


def _interruptions(store: QuadStore) -> Iterator[Finding]:
    """Tell of a change that took several requests to a server, and was stopped between them."""
    for quad in store.quads_for_pattern(HALFWAY.subject, HALFWAY.predicate, None):
        yield Finding("a change was stopped halfway", removed=frozenset({quad}))


def _strange_graphs(store: QuadStore, iris: Iris) -> Iterator[Finding]:
    shared = {iris.graph(name) for name in (*SHARED, CODINGS)}
    known = (iris.article(""), *shared)
    if next(store.quads_for_pattern(None, None, None, DefaultGraph()), None):
        yield Finding("there are triples outside of all graphs")
    for graph in sorted(store.named_graphs(), key=str):
        name = str(graph.value)
        if not (name in shared or name.startswith(known[0])):
            yield Finding(f"the graph {iris.shorten(name)} is none of graphkit's")


def _correction_faults(store: QuadStore, iris: Iris) -> Iterator[Finding]:
    try:
        _corrections(store, iris)
    except CorrectionError as error:
        yield Finding(f"curation: {error}")


def _corrections(store: QuadStore, iris: Iris) -> list[Correction]:
    home = NamedNode(iris.graph("curation"))
    return read_corrections(sorted(store.quads_for_pattern(None, None, None, home), key=str), iris)


def _codebook_faults(store: QuadStore, iris: Iris) -> Iterator[Finding]:
    """Tell which concepts of the codebook are none."""
    scheme = NamedNode(iris.graph("topics"))
    stored = _by_subject(set(store.quads_for_pattern(None, None, None, scheme)))
    concepts = {node for node, quads in stored.items() if term("skos:Concept") in _objects(quads)}
    for node in sorted(stored.keys() - {scheme}, key=str):
        labels = [quad for quad in stored[node] if quad.predicate == _LABEL]
        wider = _objects(quad for quad in stored[node] if quad.predicate == _WIDER)
        faults = {
            "is no skos:Concept": node not in concepts,
            "has no skos:prefLabel": not labels,
            "has more than one skos:prefLabel": len(labels) > 1,
            "has a skos:broader that is not there": bool(wider - concepts),
        }
        for fault, is_so in faults.items():
            if is_so:
                yield Finding(f"topics: {iris.shorten(node.value)} {fault}")


class _Inspection:
    """Makes all that follows anew, beside the store, and compares."""

    def __init__(self, store: QuadStore, iris: Iris) -> None:
        self._store = store
        self._iris = iris
        self._early: list[Finding] = []
        self._damaged: set[Any] = set()
        self._corrections = _corrections(store, iris)
        self._codebook = self._quads("topics")
        self._side = Store()  # profiles and keys as they should be, whatever is stored
        self._profiles = self._sound_profiles()
        rules = self._make_rules()
        self._linker = Linker(ProfileReader(self._side), iris, rules.actors)
        self._side.extend(identity_quads(self._linker, self._profiles.values()))
        self._topics = rules.topics
        self._shared = SharedGraphs(store, self._linker, rules.topics)

    def losses(self) -> Iterator[str]:
        yield from (finding.text for finding in self._early)
        for graph in self._articles():
            yield from self._lost(graph, told(self._stored(graph)))

    def findings(self) -> Iterator[Finding]:
        yield from self._early
        for graph in self._articles():
            yield from self._article(graph)
        wanted = self._shared.graphs(self._codebook)
        wanted["curation"] = correction_quads(self._corrections, self._iris)
        for name in SHARED:
            if name in wanted:
                stored = {q for q in self._quads(name) if q.subject not in self._damaged}
                yield from self._differences(name, stored, wanted[name])

    def _article(self, graph: NamedNode) -> Iterator[Finding]:
        """Yield what is wrong with an article; one that lacks something keeps its links."""
        stored = self._stored(graph)
        tells = told(stored)
        if lost := self._lost(graph, tells):
            yield from map(Finding, lost)
            self._shared.gather(self._usable(stored), {})
            return
        linked = link(tells, self._linker, self._topics)
        wanted = tells | linked.quads
        self._shared.gather(wanted, linked.actors)
        yield from self._differences(self._called(graph), stored, wanted)

    def _articles(self) -> Iterator[NamedNode]:
        beginning = self._iris.article("")
        for graph in sorted(self._store.named_graphs(), key=str):
            if isinstance(graph, NamedNode) and graph.value.startswith(beginning):
                yield graph

    def _called(self, graph: NamedNode) -> str:
        return f"article {self._iris.article_id(graph.value)}"

    def _stored(self, graph: NamedNode) -> set[Quad]:
        return set(self._store.quads_for_pattern(None, None, None, graph))

    def _lost(self, graph: NamedNode, tells: set[Quad]) -> list[str]:
        faults = missing_parts(graph, tells, self._iris) + self._faults_elsewhere(tells)
        return [f"{self._called(graph)}: {fault}" for fault in faults]

    def _faults_elsewhere(self, tells: Iterable[Any]) -> list[str]:
        """Return which profiles are not there, and which statements another article has, too."""
        found = []
        for quad in tells:
            if quad.predicate == _PROFILE and quad.object.value not in self._profiles:
                found.append((quad.subject, f"has a gk:profile that is not there: {quad.object}"))
            elif quad.predicate == _CODED_AS and not self._is_told(quad.object):
                found.append(
                    (quad.subject, f"has a gk:codingType that is not there: {quad.object}")
                )
            elif quad.predicate == _SAID_BY:
                quads = self._store.quads_for_pattern(quad.subject, _SAID_BY, None)
                if any(other.graph_name != quad.graph_name for other in quads):
                    found.append((quad.subject, "is a statement of another article, too"))
        return sorted(f"{self._iris.shorten(node.value)} {fault}" for node, fault in found)

    def _is_told(self, node: Any) -> bool:
        is_node = isinstance(node, NamedNode)
        return is_node and next(self._store.quads_for_pattern(node, None, None), None) is not None

    def _differences(self, where: str, stored: set[Quad], wanted: set[Quad]) -> Iterator[Finding]:
        """Yield a finding for each subject of which not what should be is stored."""
        lacking, surplus = _by_subject(wanted - stored), _by_subject(stored - wanted)
        for node in sorted({*lacking, *surplus}, key=str):
            added, removed = lacking[node], surplus[node]
            parts = [
                f"{verb} {', '.join(sorted({self._shorten(quad) for quad in quads}))}"
                for verb, quads in (("lacks", added), ("has a wrong", removed))
                if quads
            ]
            shown = self._iris.shorten(node.value) if isinstance(node, NamedNode) else node
            text = f"{where}: {shown} {' and '.join(parts)}"
            if any(isinstance(part, BlankNode) for q in removed for part in (q.subject, q.object)):
                yield Finding(f"{text} (a blank node, which only you can remove)")
            else:
                yield Finding(text, frozenset(removed), frozenset(added))

    def _shorten(self, quad: Quad) -> str:
        return Iris("").shorten(quad.predicate.value)

    def _sound_profiles(self) -> dict[str, Profile]:
        """Return the profiles that are what their IRIs say, and put them aside."""
        found: dict[str, Profile] = {}
        for node, quads in sorted(_by_subject(self._quads("profiles")).items(), key=str):
            if (profile := _whole_profile(quads)) and profile_node(profile, self._iris) == node:
                found[node.value] = profile
            elif any(quad.predicate != _IDENTIFIES for quad in quads):
                self._damaged.add(node)
                text = f"profiles: {self._iris.shorten(node.value)} is not what was stored"
                self._early.append(Finding(text))
        home = NamedNode(self._iris.graph("profiles"))
        self._side.extend(
            Quad(*triple, home)
            for profile in found.values()
            for triple in profile_triples(profile, self._iris)
        )
        return found

    def _usable(self, quads: set[Quad]) -> set[Quad]:
        """Return what of a faulty article the shared graphs can follow from."""
        found: set[Any] = _whole_statements(quads)
        return {
            quad
            for quad in found
            if quad.predicate != _PROFILE or quad.object.value in self._profiles
        }

    def _make_rules(self) -> Rules:
        self._side.extend(self._codebook)
        self._side.extend(key_quads(indexed(self._codebook), self._iris))
        return make_rules(CodebookIndex(self._side), self._iris, Curations.of(self._corrections))

    def _quads(self, name: str) -> set[Quad]:
        home = NamedNode(self._iris.graph(name))
        return set(self._store.quads_for_pattern(None, None, None, home))


def _by_subject(quads: Iterable[Quad]) -> dict[Any, set[Quad]]:
    found: dict[Any, set[Quad]] = defaultdict(set)
    for quad in quads:
        found[quad.subject].add(quad)
    return found


def _objects(quads: Iterable[Quad]) -> set[Any]:
    return {quad.object for quad in quads}


def _whole_profile(quads: Iterable[Quad]) -> Profile | None:
    """Return the profile that quads tell, None if they tell too little."""
    told_of_it = {quad.predicate for quad in quads}
    is_whole = {term("gk:profileName"), term("gk:profileType")} <= told_of_it
    return read_profile(quads) if is_whole else None


def _whole_statements(quads: set[Quad]) -> set[Quad]:
    """Return quads without those of statements whose links are not whole."""
    needed = set(map(term, ("gk:actor", "gk:topic", "gk:stance", "gk:position")))
    broken = {
        node
        for node, told_of_it in _by_subject(quads).items()
        if (has := needed & {quad.predicate for quad in told_of_it}) and has != needed
    }
    return {quad for quad in quads if quad.subject not in broken}
