"""Where the Discourse Network Analyzer computes something else than the right formula."""

from collections.abc import Iterator

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.table import Kind


def differences(options: NetworkOptions, qualifier_kind: Kind | None = None) -> list[str]:
    """Say in plain words where `dna_compat` changes the network of these options.

    `qualifier_kind` is the kind of the qualifier's column, where it is known. No lines say that
    both compute the same.
    """
    return [*_of_duplicates(options), *_of_cosine(options), *_of_kernels(options, qualifier_kind)]


def _of_duplicates(options: NetworkOptions) -> Iterator[str]:
    if options.duplicates in {"week", "month"}:
        unit = options.duplicates
        yield (
            f"duplicates per {unit}: DNA compares the number of the {unit} without its year, so "
            f"that statements of different years are duplicates; graphkit compares the {unit} of "
            "its year" + (", as ISO 8601 counts weeks." if unit == "week" else ".")
        )


def _of_cosine(options: NetworkOptions) -> Iterator[str]:
    if options.normalize == "cosine":
        yield (
            "cosine: DNA divides by the product of both rows' numbers of statements, so that the "
            "value falls with the activity; graphkit divides by the product of the norms of their "
            "vectors, so that rows with equal shares have 1."
        )


def _of_kernels(options: NetworkOptions, qualifier_kind: Kind | None) -> Iterator[str]:
    if not options.kernel:
        return
    if options.kernel == "triangular":
        yield (
            "triangular kernel: DNA's weight |1 - u| rises from 0 at the beginning of the window "
            "to 2 at its end; graphkit's 1 - |u| is 1 in the middle and 0 at both ends."
        )
    if options.mode == "one":
        yield (
            "kernels: DNA leaves numbers in the diagonal of one-mode networks, which pair each row "
            "with itself; graphkit's diagonal is 0, as it is without a kernel."
        )
    if qualifier_kind in {None, "integer"} and options.aggregate != "ignore":
        whose = "" if qualifier_kind else " (if the qualifier is an integer)"
        yield (
            f"kernels{whose}: DNA takes for an integer its position among all integers in the "
            "order of their texts, in which -1 stands before -3; graphkit takes its value."
        )
