"""Records scored against a gold sample: for each field, precision, recall and F1.

Knows the file: one object a line, ``doc`` (file name) and ``records``, each with ``kind`` and
the fields of that kind; null where the document does not say it, and ``only`` to judge some
fields. A document's records are paired so that most fields agree, whatever their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.jsonlines import Line
from corpus import Record
from corpus.errors import UsageError
from corpus.places import same_city
from corpus.words import fold

Value = str | int | float | None
Values = Mapping[str, Value]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "practice": ("name", "city", "country", "started", "ended", "budget", "population"),
    "event": ("name", "start", "end", "place", "country"),
    "network": ("name", "acronym", "secretariat", "founded"),
}


@dataclass(frozen=True, slots=True)
class Gold:
    """One record as a person read it. ``judged`` are the fields that count."""

    doc: str
    kind: str
    values: Values
    judged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How one field of one kind of record did: values right, found at all, and there to find."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float | None:
        """The share of found values that are right; None when none was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of gold values that were found; None when there are none."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """2PR / (P + R), which is 2 right / (found + gold); None when there is nothing."""
        both = self.found + self.gold
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class RecordScores:
    """Scores by kind and field, and every value that differs."""

    documents: int
    fields: Mapping[tuple[str, str], FieldScore]
    faults: tuple[tuple[str, str, Value, Value], ...]  # document, kind.field, expected, found

    def to_json(self) -> dict[str, Any]:
        """Ready for json.dumps."""
        scores = {
            f"{kind}.{name}": {
                "precision": _rounded(score.precision),
                "recall": _rounded(score.recall),
                "f1": _rounded(score.f1),
                "gold": score.gold,
            }
            for (kind, name), score in self.fields.items()
        }
        faults = [
            {"doc": doc, "field": name, "expected": expected, "found": found}
            for doc, name, expected, found in self.faults
        ]
        return {"documents": self.documents, "fields": scores, "faults": faults}


def read_gold(lines: Iterable[Line]) -> dict[str, tuple[Gold, ...]]:
    """Document → its gold records. Raises UsageError naming the line that is none."""
    found: dict[str, tuple[Gold, ...]] = {}
    for line in lines:
        try:
            doc = line.value["doc"]
            found[doc] = tuple(_gold(doc, record) for record in line.value["records"])
        except (KeyError, TypeError, AttributeError) as error:
            raise line.wrong(
                f"{type(error).__name__}: {error}", "doc, and records with kind and fields"
            ) from None
    if not found:
        raise UsageError("got no gold records", "one JSON object a line", "check the file")
    return found


def score_records(
    gold: Mapping[str, Sequence[Gold]], records_of: Callable[[str], Sequence[Record]]
) -> RecordScores:
    """Every gold document's records against those ``records_of`` gives for its file name."""
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    there: Counter[tuple[str, str]] = Counter()
    faults: list[tuple[str, str, Value, Value]] = []
    for doc, expected in gold.items():
        read = [(_kind(record), _values(record)) for record in records_of(doc)]
        for kind in FIELDS:
            mine = [values for other, values in read if other == kind]
            wanted = [record for record in expected if record.kind == kind]
            judged = wanted[0].judged if wanted else FIELDS[kind]
            for record, values in _paired(wanted, mine):
                for name in record.judged if record else judged:
                    want = record.values.get(name) if record else None
                    have = values.get(name)
                    key = (kind, name)
                    agrees = want is not None and _same(name, want, have)
                    right[key] += agrees
                    found[key] += have is not None
                    there[key] += want is not None
                    if not agrees and (want is not None or have is not None):
                        faults.append((doc, f"{kind}.{name}", want, have))
    fields = {
        (kind, name): FieldScore(right[kind, name], found[kind, name], there[kind, name])
        for kind, names in FIELDS.items()
        for name in names
        if found[kind, name] or there[kind, name]
    }
    return RecordScores(len(gold), fields, tuple(faults))


def _gold(doc: str, record: Mapping[str, Any]) -> Gold:
    kind = record["kind"]
    names = FIELDS[kind]
    values = {name: _plain(record.get(name)) for name in names}
    judged = tuple(record.get("only") or names)
    return Gold(doc, kind, values, judged)


def _paired(wanted: Sequence[Gold], found: Sequence[Values]) -> list[tuple[Gold | None, Values]]:
    """Gold records with the found ones that agree best; what is left over stands alone."""
    ranked = sorted(
        (
            (-_agreeing(record, values), place, other)
            for place, record in enumerate(wanted)
            for other, values in enumerate(found)
        )
    )
    partner: dict[int, int] = {}
    for agreeing, place, other in ranked:
        if agreeing < 0 and place not in partner and other not in partner.values():
            partner[place] = other
    pairs: list[tuple[Gold | None, Values]] = [
        (record, found[partner[place]] if place in partner else {})
        for place, record in enumerate(wanted)
    ]
    taken = set(partner.values())
    return pairs + [(None, values) for other, values in enumerate(found) if other not in taken]


def _agreeing(record: Gold, values: Values) -> int:
    return sum(
        record.values[name] is not None and _same(name, record.values[name], values.get(name))
        for name in record.judged
    )


def _same(name: str, want: Value, have: Value) -> bool:
    if want is None or have is None:
        return want is have
    if name in {"city", "place"}:
        return _folded(want) == _folded(have) or same_city(str(want), str(have))
    if name in {"started", "ended", "start", "end"}:
        # "2016" and "2016-05" say the same as far as both go.
        first, second = str(want), str(have)
        return first.startswith(second) or second.startswith(first)
    if name in {"budget", "population", "founded"}:
        return want == have
    return _folded(want) in _folded(have) or _folded(have) in _folded(want)


def _folded(value: Value) -> str:
    return " ".join(fold(str(value)).split())


def _plain(value: Any) -> Value:
    """A gold value; an amount of money becomes its number in its currency, "40000 EUR"."""
    if isinstance(value, Mapping):
        return f"{float(value['amount']):g} {value['currency']}"
    plain: Value = value
    return plain


def _kind(record: Record) -> str:
    return type(record).__name__.lower()


def _values(record: Record) -> Values:
    """A record's values, as the gold sample writes them."""
    values: dict[str, Value] = {}
    for name in FIELDS[_kind(record)]:
        field = getattr(record, name)
        value = field.value if field is not None else None
        if isinstance(value, date):
            value = value.isoformat()
        elif name == "budget" and value is not None:
            value = f"{value.amount:g} {value.currency}"
        values[name] = value
    return values


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
