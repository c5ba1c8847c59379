"""Topics: from the words that a position is about to a label that stands alone.

`phrases` finds which words those are and tells names and pointers from words that say it
themselves; `labels` writes the words as a label; `pointers` finds what "it" and "that plan" mean.
"""

from graphkit.extract.topics.phrases import TopicPhrase, TopicReader
from graphkit.extract.topics.pointers import TopicMention, salient, settle

__all__ = ["TopicMention", "TopicPhrase", "TopicReader", "salient", "settle"]
