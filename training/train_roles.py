"""Learn who did it and with what, and write incidents/extraction/weights/roles.json.gz.

    python -m training.train_roles MUC4.jsonl GVC_TRAIN.jsonl

Run after training.train_relevance, whose weights decide which happenings are kept. Each happening of a MUC-4 document is held
against the key's incident that it most resembles: a candidate is right where the key names it, by its head, in that part.
training/role_texts.tsv adds parties and phrasings that the set does not know.
"""

import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from incidents.extraction.candidates import Candidate, parties_named, weapons_named
from incidents.extraction.clusters import Cluster
from incidents.extraction.events import kept_of, type_of
from incidents.extraction.judging import CORE, judge
from incidents.extraction.reading import happenings
from incidents.extraction.role_signs import CLEARED, Scene
from incidents.extraction.roles import WEIGHTS, Part
from incidents.extraction.tokens import Reading
from incidents.extraction.values import Document
from training.logistic import Example, fit
from training.train_relevance import KIND_OF_KEY, read_documents

OWN_TEXTS = Path(__file__).parent / "role_texts.tsv"
OWN_WEIGHT, GVC_WEIGHT = 3.0, 0.5
PENALTY: dict[Part, float] = {"perpetrator": 4.0, "weapon": 6.0}
LEAST_SEEN: dict[Part, int] = {"perpetrator": 3, "weapon": 2}
KEYS: dict[Part, str] = {"perpetrator": "perpetrators", "weapon": "weapons"}
WORD = re.compile(r"^(?:mod|before|before2|after):")
WORD_SIZE = 0.6
SAME_KIND, SAME_DAY, SAME_PLACE = 10.0, 2.0, 2.0
ENDS_HEAD = frozenset(("of", "in", "from", "at", "on", "for", "with", "who", "that", "near", "by", "to", "and", "wearing"))

Scenes = dict[Part, Scene]


def main(muc: Path, gvc: Path) -> None:
    """Fit the weights of both parts and write them."""
    examples: dict[Part, list[Example]] = {"perpetrator": [], "weapon": []}
    for part, example in [*from_keys(muc, 1.0), *from_keys(gvc, GVC_WEIGHT), *from_own(OWN_TEXTS)]:
        examples[part].append(example)
    found = {
        part: fit(listed, penalty=PENALTY[part], least_seen=LEAST_SEEN[part], size_of=size_of)
        for part, listed in examples.items()
    }
    WEIGHTS.write_bytes(gzip.compress(json.dumps(found, sort_keys=True).encode(), mtime=0))
    for part, listed in examples.items():
        sys.stdout.write(f"{part}: {len(listed)} examples, {sum(e.label for e in listed)} right, {len(found[part])} weights\n")


def size_of(sign: str) -> float:
    """Return the value of a sign: single words may say less than what grammar and kinds of party say."""
    return WORD_SIZE if WORD.match(sign) else 1.0


def from_keys(path: Path, weight: float) -> Iterator[tuple[Part, Example]]:
    """Yield an example for each candidate of each happening that the key holds."""
    for document, gold in read_documents(path):
        reading, clusters = happenings(document)
        kept = [one.cluster for one in kept_of(judge(reading, clusters)) if not one.background]
        if not kept or not gold["incidents"]:
            continue
        scenes = scenes_of(reading, clusters)
        for cluster, incident in pairs(kept, gold["incidents"]):
            for part, scene in scenes.items():
                if incident[KEYS[part]] is None:
                    continue
                named = [alias for entity in incident[KEYS[part]] for alias in entity["aliases"]]
                yield from of_scene(part, scene, cluster, named, weight)


def scenes_of(reading: Reading, clusters: list[Cluster]) -> Scenes:
    """Return the candidates for both parts."""
    mentions = [mention for cluster in clusters for mention in cluster.mentions]
    return {
        "perpetrator": Scene(clusters, parties_named(reading, mentions)),
        "weapon": Scene(clusters, weapons_named(reading)),
    }


def of_scene(part: Part, scene: Scene, cluster: Cluster, named: list[str], weight: float) -> Iterator[tuple[Part, Example]]:
    """Yield an example for each candidate, right where one of the names is its own."""
    heads = {head_of(name) for name in named}
    for candidate, signs in zip(scene.candidates, scene.signs(cluster, type_of(cluster)), strict=True):
        if CLEARED not in signs:
            yield part, Example(signs, _is_named(candidate, heads), weight)


def _is_named(candidate: Candidate, heads: set[str]) -> bool:
    return not heads.isdisjoint([head_of(candidate.key), *(head_of(spot.text) for spot in candidate.spots)])


def from_own(path: Path) -> Iterator[tuple[Part, Example]]:
    """Yield the candidates of the texts written for this: doers, weapons and text on a line, names parted by bars."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        doers, arms, text = line.split("\t")
        reading, clusters = happenings(Document("", "", text, date(2024, 5, 1)))
        scenes = scenes_of(reading, clusters)
        for cluster in [cluster for cluster in clusters if cluster.kind in CORE][:1]:
            yield from of_scene("perpetrator", scenes["perpetrator"], cluster, doers.split("|"), OWN_WEIGHT)
            yield from of_scene("weapon", scenes["weapon"], cluster, arms.split("|"), OWN_WEIGHT)


def pairs(clusters: list[Cluster], incidents: list[dict[str, Any]]) -> list[tuple[Cluster, dict[str, Any]]]:
    """Return happenings with the key's incidents, one to one, the most alike first."""
    alike = [
        (likeness(cluster, incident), -first, -second)
        for first, cluster in enumerate(clusters)
        for second, incident in enumerate(incidents)
    ]
    found, used = [], set[tuple[str, int]]()
    for score, first, second in sorted(alike, reverse=True):
        if score > 0 and ("c", first) not in used and ("i", second) not in used:
            used.update((("c", first), ("i", second)))
            found.append((clusters[-first], incidents[-second]))
    return found


def likeness(cluster: Cluster, incident: dict[str, Any]) -> float:
    """Return how much a happening agrees with an incident of the key in kind, day and place."""
    day, place = cluster.settled_date, cluster.settled_place
    path = {name.lower() for name in (incident["place"] or {}).get("path") or []}
    total = SAME_KIND * (KIND_OF_KEY.get(incident["type"]) == cluster.kind)
    total += SAME_DAY * bool(day and day.earliest and day.earliest.isoformat() == incident["date"])
    return total + SAME_PLACE * bool(place and place.name.lower() in path)


def head_of(name: str) -> str:
    """Return the last word before the first preposition, in small letters without accents."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    found = ""
    for word in re.findall(r"[a-z0-9]+", plain.lower()):
        if word in ENDS_HEAD and found:
            break
        found = word
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
