"""Errors that the library raises on purpose; the command line prints each as one line."""


class GraphkitError(Exception):
    """Say what failed, with the value, and what to do next, in one line."""


class ArticleError(GraphkitError):
    """An article cannot be read: missing, unreadable, empty, or not text."""


class ModelError(GraphkitError):
    """No spaCy pipeline, or not the one that was asked for, can be loaded."""


class LexiconError(GraphkitError):
    """A lexicon file breaks its format."""


class GazetteerError(GraphkitError):
    """A gazetteer, or one entry of it, breaks its format."""


class CorrectionError(GraphkitError):
    """A correction cannot be made as asked, or a file of corrections breaks its format."""


class CodebookError(GraphkitError):
    """A codebook breaks its format; one line for each mistake, and a last one that counts more."""


class StoreError(GraphkitError):
    """The store cannot be opened, read or written."""


class StoreInUseError(StoreError):
    """Another process, or this one, has the store open for writing."""


class StoreChangedError(StoreError):
    """Another process changed the store on a server while a change of it was worked out."""


class QueryError(GraphkitError):
    """A query is unknown, malformed, or was given wrong parameters."""


class QueryTimeoutError(QueryError):
    """A query took longer than it may; the command line ends with exit code 124."""


class NetworkAccessError(QueryError):
    """A query would reach other servers, and may not."""


class UnknownNameError(GraphkitError):
    """No actor, topic, article or statement has the name that was asked for."""


class ExportError(GraphkitError):
    """An export cannot be written as asked."""


class NetworkError(GraphkitError):
    """A network cannot be computed with the options that were chosen."""


class DnaError(GraphkitError):
    """A file of the Discourse Network Analyzer cannot be read."""


class StatementError(GraphkitError):
    """A list or a file of statements breaks its format."""


class ServeError(GraphkitError):
    """The server cannot start, or cannot answer a request; `status` is what HTTP says of it."""

    def __init__(self, message: str, status: int = 500) -> None:
        super().__init__(message)
        self.status = status


class ImportFault(GraphkitError):  # noqa: N818  # ImportError is Python's own
    """A file, or a part of it, cannot be imported."""
