"""What a store knows before an import: whole texts, actors, and where statements are."""

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from graphkit.article import Article
from graphkit.errors import UnknownNameError
from graphkit.place import Place
from graphkit.statement import ActorType
from graphkit.store import Store


class StoreLibrary:
    """Asks the store at a place, which need not be there; close it in the end."""

    def __init__(self, place: Place) -> None:
        is_folder = isinstance(place, Path)  # to read from a server, there has to be a store
        found = place if place.exists() else None
        self._store = Store.open(found, read_only=is_folder and found is not None)

    def close(self) -> None:
        """Release the store."""
        self._store.close()

    def article(self, name: str) -> Article | None:
        """Return the article with an id, if its whole text is known."""
        node = self._store.iris.article(name)
        if self._store.query(f"ASK {{ <{node}> gk:isPartial true }}"):
            return None
        try:
            return self._store.article(name)
        except UnknownNameError:
            return None

    def home(self, statement: str) -> str:
        """Return the id of the article that has a statement, "" if there is none."""
        found = self._store.statements(statement=statement)
        return found[0].article if found else ""

    def actor_type(self, name: str) -> ActorType | None:
        """Return the type of the actor with a name, if there is one and only one."""
        types = self._types.get(name, ())
        return next(iter(types)) if len(types) == 1 else None

    @cached_property
    def _types(self) -> dict[str, set[ActorType]]:
        types: dict[str, set[ActorType]] = defaultdict(set)
        for actor in self._store.actors():
            types[actor.name].add(actor.type)
        return types
