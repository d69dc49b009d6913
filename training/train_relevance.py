"""Learn the weights of relevance from labelled news and write incidents/extraction/weights/relevance.json.gz.

    python -m training.train_relevance MUC4.jsonl GVC_TRAIN.jsonl

A happening found in a MUC-4 document is right where the key holds an incident of its kind, wrong otherwise and in documents
that the key calls irrelevant. In GVC, which has no negative documents, what headline and lead tell is right.
training/relevance_texts.tsv adds what neither set knows: sport, art, accidents, courts, drills and figures of speech.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from incidents.extraction.clusters import Cluster
from incidents.extraction.document_words import document_pairs, document_words
from incidents.extraction.judging import CORE
from incidents.extraction.judging import signs_of as cluster_signs_of
from incidents.extraction.reading import happenings
from incidents.extraction.relevance import WEIGHTS
from incidents.extraction.tokens import Reading
from incidents.extraction.values import Document
from training.logistic import Example, fit

OWN_TEXTS = Path(__file__).parent / "relevance_texts.tsv"
LEAST_SEEN = 4
PENALTY = 8.0  # of the squared weights
WORD_SIZES = {"near": 0.8, "word": 0.3, "early": 0.3, "pair": 0.3}
OWN_WEIGHT = 4.0
OTHER_KINDS = 0.03
OF_WAR = 0.3
KIND_OF_KEY = {"attack": "violence", "bombing": "violence", "kidnapping": "taking", "arson": "arson", "robbery": "robbery"}


def read_documents(path: Path) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Yield each document of a JSON-lines file with its key."""
    for line in path.read_text("utf-8").rstrip("\n").split("\n"):
        fields = json.loads(line)
        published = fields.get("published")
        day = date.fromisoformat(published) if published else None
        yield Document(fields["id"], fields.get("title") or "", fields["text"], day), fields["gold"]


def signs_of(reading: Reading, clusters: list[Cluster]) -> list[set[str]]:
    """Return the signs of each happening, with those of the article's words for the kinds that the sets know well."""
    words = word_signs(reading)
    found = zip(clusters, cluster_signs_of(reading, clusters), strict=True)
    return [signs | words if cluster.kind in CORE else signs for cluster, signs in found]


def word_signs(reading: Reading) -> set[str]:
    """Return the article's words as signs, without names: the weights are to know what such news is about, not where."""
    tokens = [token for sentence in reading.sentences for token in sentence.tokens]
    names = {token.lower for token in tokens if token.tag.startswith("NNP") or not token.text[0].isalpha()}
    words = document_words(reading)
    return (
        {f"word:{word}" for word in words.everywhere - names}
        | {f"early:{word}" for word in words.beginning - names}
        | {f"pair:{first} {second}" for first, second in document_pairs(reading) if first not in names and second not in names}
    )


def from_muc(path: Path) -> Iterator[Example]:
    """Yield examples from documents that the key calls relevant or irrelevant; optional incidents teach nothing."""
    for document, gold in read_documents(path):
        if gold["relevant"] is None:
            continue
        reading, clusters = happenings(document)
        wanted = Counter(KIND_OF_KEY.get(incident["type"], "") for incident in gold["incidents"])
        optional = {KIND_OF_KEY.get(incident["type"], "") for incident in gold["incidents"] if incident["optional"]}
        for cluster, signs in zip(clusters, signs_of(reading, clusters), strict=True):
            if not gold["relevant"]:
                yield Example(signs, label=False, weight=_weight_of_negative(cluster))
            elif wanted[cluster.kind] and (label := _names_someone(cluster, gold) or wanted[cluster.kind] > 0):
                yield Example(signs, label=bool(label), weight=1.0)
                wanted[cluster.kind] -= 1
            elif cluster.kind not in optional and cluster.kind in KIND_OF_KEY.values():
                yield Example(signs, label=False, weight=0.5)


def _weight_of_negative(cluster: Cluster) -> float:
    """MUC-4 wants terrorism alone: what it calls irrelevant may well be an incident of war or policing for this project."""
    if cluster.kind not in KIND_OF_KEY.values():
        return OTHER_KINDS
    of_war = any(mention.type == "armed_clash" or mention.agent_kind == "security_force" for mention in cluster.mentions)
    return OF_WAR if of_war else 1.0


def _names_someone(cluster: Cluster, gold: dict[str, Any]) -> bool:
    words = " ".join(token.lower for mention in cluster.mentions for token in mention.sentence.tokens)
    parties = [
        party for incident in gold["incidents"] for party in (incident["victims"] or []) + (incident["perpetrators"] or [])
    ]
    return any(alias.lower() in words for party in parties for alias in party["aliases"])


def from_gvc(path: Path) -> Iterator[Example]:
    """Yield what headline and lead tell; the rest may be other incidents, which the key does not hold."""
    for document, _ in read_documents(path):
        reading, clusters = happenings(document)
        for cluster, signs in zip(clusters, signs_of(reading, clusters), strict=True):
            if cluster.kind == "violence" and cluster.mentions[0].sentence.paragraph <= 0:
                yield Example(signs, label=True, weight=0.5)


def from_own(path: Path) -> Iterator[Example]:
    """Yield the happenings of the texts written for this; a text that reports an incident teaches by its first happening.

    Each is read with and without its headline and a day of publication, so that neither is a sign.
    """
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, title, text = line.split("\t")
        for heading, published in product({title, ""}, (date(2024, 5, 1), None)):
            reading, clusters = happenings(Document("", heading, text, published))
            found = signs_of(reading, clusters)
            for signs in found[:1] if label == "1" else found:
                yield Example(signs, label=label == "1", weight=OWN_WEIGHT / 4)


def size_of(sign: str) -> float:
    """Return the value of a sign that is there: single words are many and tied to their time, so that each may say less."""
    return WORD_SIZES.get(sign.partition(":")[0], 1.0)


def main(muc: Path, gvc: Path) -> None:
    """Fit the weights and write them."""
    examples = [*from_muc(muc), *from_gvc(gvc), *from_own(OWN_TEXTS)]
    found = fit(examples, penalty=PENALTY, least_seen=LEAST_SEEN, size_of=size_of)
    WEIGHTS.write_bytes(gzip.compress(json.dumps(found, sort_keys=True).encode(), mtime=0))
    sys.stdout.write(f"{len(examples)} examples, {sum(example.label for example in examples)} incidents, {len(found)} weights\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
