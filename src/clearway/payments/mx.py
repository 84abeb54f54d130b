"""ISO 20022 messages by their texts: any message, in any envelope, valid or not.

Each text is a piece of a party, of a bank, of a place, a free text, or left out by a
recorded rule; what is not known is free text. The names of elements give roles and
never decide whether something is screened.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from clearway.model import (
    FreeText,
    Money,
    Place,
    Problem,
    Role,
    Spot,
    Transaction,
)
from clearway.names import countries
from clearway.payments.elements import (
    AMOUNTS,
    COUNTRIES,
    DAYS,
    ENTRY,
    FACTS,
    NUMBERS,
    TRANSACTIONS,
    Path,
    known,
)
from clearway.payments.leaves import (
    Channel,
    Leaf,
    excluded_element,
)
from clearway.payments.markup import Document, Text, documents
from clearway.payments.narrative import parts
from clearway.payments.parties import Gathered, first_of
from clearway.payments.pieces import Pieces
from clearway.payments.tags import CODE_ROLES

_SHORTEST_CODE = 8
_MOST_SHARED = 2_000_000
_HELD_WITHIN = frozenset({"text_split", "doctype_refused", "nested_too_deep"})


def transactions(
    document: Document, text: str, name: str = ""
) -> tuple[tuple[Transaction, ...], tuple[Leaf, ...], tuple[Problem, ...]]:
    """Every transaction of a document, all its leaves, and what is wrong with it.

    What stands above transactions (the group header, the debtor of a batch) is part of
    each of them. A document without an element of a transaction is one transaction.
    """
    reader = _Reader(document, text, name)
    return reader.read()


class _Reader:
    """Sorts the texts of one document."""

    def __init__(self, document: Document, source: str, name: str) -> None:
        self.document, self.source, self.name = document, source, name
        self.leaves: list[Leaf] = []
        self.problems = list(document.problems)
        self.parts: dict[int, Gathered] = {}
        self.above: dict[int, tuple[int, ...]] = {}
        self.pieces = Pieces(self.leaves)
        self.beside: dict[tuple[int, str], tuple[Gathered, list[FreeText]]] = {}
        self.detailed = {
            text.nodes[text.path.index(ENTRY)]
            for text in document.texts
            if ENTRY in text.path and "TxDtls" in text.path
        }

    def read(
        self,
    ) -> tuple[tuple[Transaction, ...], tuple[Leaf, ...], tuple[Problem, ...]]:
        for text in self.document.texts:
            self._sort(text)
        for part, pieces in self.beside.values():
            part.join(pieces)
        self.pieces.finish()
        if not self.document.texts:
            self.problems.append(
                Problem(
                    "no_fields",
                    "holds no text at all, so there is nothing to check",
                    self.name,
                    f"character {self.document.start}",
                )
            )
        made = tuple(self._transactions()) if self.document.texts else ()
        return made, tuple(self.leaves), tuple(self.problems)

    # -- which transaction ------------------------------------------------------

    def _part(self, text: Text, path: Path) -> Gathered:
        """The part a text belongs to: its transaction, or the scope above some."""
        key, nodes = -1, text.nodes
        for at, element in path.parting:
            node = nodes[at]
            if element in TRANSACTIONS or (
                element == ENTRY and node not in self.detailed
            ):
                key = node
                if key not in self.above:
                    self.above[key] = nodes[:at]
                break
            if element == "AppHdr":
                key = nodes[at - 1] if at else -1
                break
            key = node
        part = self.parts.get(key)
        if part is None:
            part = self.parts[key] = Gathered()
        return part

    def _transactions(self) -> Iterator[Transaction]:
        if not self.above:
            yield self._transaction(list(self.parts.values()))
            return
        shared = {
            key: part for key, part in self.parts.items() if key not in self.above
        }
        weight = sum(part.size for part in shared.values()) * len(self.above)
        if weight > _MOST_SHARED:
            self.problems.append(
                Problem(
                    "shared_apart",
                    "what stands above the transactions is too much to repeat for "
                    "each; it is one more transaction, in front of them",
                    self.name,
                )
            )
            yield self._transaction(list(shared.values()))
            shared = {}
        for owner, above in self.above.items():
            chain = [shared[node] for node in (-1, *above) if node in shared]
            yield self._transaction([*chain, self.parts[owner]])
        used = {-1}.union(*self.above.values())
        idle = [part for key, part in shared.items() if key not in used]
        if idle:
            yield self._transaction(idle)

    def _transaction(self, parts: Sequence[Gathered]) -> Transaction:
        facts: dict[str, str] = {}
        for part in parts:
            facts.update(part.facts)
        finished = [part.finished() for part in parts]
        amount = _money(facts, AMOUNTS)
        attributes = {"message": self.document.message or "unknown"}
        for key, fact in (("uetr", "UETR"), ("end_to_end", "EndToEndId")):
            if facts.get(fact):
                attributes[key] = facts[fact]
        if "cover" in facts:
            attributes["cover"] = "customer"
        return Transaction(
            reference=next(
                (facts[key] for key in NUMBERS if facts.get(key, "NOT")[:3] != "NOT"),
                "",
            ),
            day=_day(first_of(facts, DAYS)),
            parties=tuple(item for done in finished for item in done[0]),
            amount=amount,
            invoice=_money(facts, ("DuePyblAmt",)),
            places=tuple(item for done in finished for item in done[1]),
            texts=tuple(item for done in finished for item in done[2]),
            purpose=facts.get("Purp", ""),
            attributes=attributes,
            problems=tuple(self.problems),
        )

    # -- which channel ----------------------------------------------------------

    def _sort(self, text: Text) -> None:
        path = known(text.path)
        part = self._part(text, path)
        last = path.last
        spot = Spot(
            path.joined,
            text.start,
            text.end,
            self.source[text.start : text.end],
        )
        bare = " ".join(text.text.split())
        if path.is_fact:
            self._fact(part, text, bare)
        if path.may_repeat and len(text.nodes) > 1:
            # A name may run over two texts of one name beside each other.
            key = (text.nodes[-2], last)
            self.beside.setdefault(key, (part, []))[1].append(FreeText(bare, spot))
        if bare.startswith("<") and self._nested(text, part):
            return
        draft = self.pieces.draft(part, text, path)
        if draft is not None and self.pieces.take(draft, part, text, path, bare, spot):
            return
        if draft is None and last in COUNTRIES:
            part.places.append(Place(bare, "place", countries.code(bare), spot))
            self.leaves.append(Leaf(Channel.GEOGRAPHY, bare, spot))
            return
        if reason := excluded_element(last, bare):
            self.leaves.append(Leaf(Channel.EXCLUDED, bare, spot, reason=reason))
            return
        part.free(bare, spot, self.leaves, draft.role if draft else None)
        self._banks(part, bare, spot)

    def _banks(self, part: Gathered, bare: str, spot: Spot) -> None:
        """The banks in a free text; code words of SWIFT MT say their role."""
        if len(bare) < _SHORTEST_CODE:
            return
        text = spot.raw if "<" not in spot.raw and "&" not in spot.raw else bare
        for word, begin, end in parts(text) if "/" in text else (("", 0, len(text)),):
            raw = text[begin:end]
            inner = spot
            if text == spot.raw:
                inner = Spot(spot.path, spot.start + begin, spot.start + end, raw)
            part.banks(raw, inner, CODE_ROLES.get(word, Role.OTHER))

    def _nested(self, text: Text, part: Gathered) -> bool:
        """A text that is itself markup: its texts are read as well."""
        raw, body = self.source[text.start : text.end], text.text.strip()
        offset = text.start + raw.find(body) if body in raw else -1
        found = False
        for inner in documents(body, self.name):
            for item in inner.texts:
                start = item.start + offset if offset >= 0 else text.start
                end = item.end + offset if offset >= 0 else text.end
                path = "/" + "/".join((*text.path, *item.path))
                spot = Spot(path, start, end, item.text)
                bare = " ".join(item.text.split())
                reason = excluded_element(item.path[-1], bare)
                if reason:
                    self.leaves.append(
                        Leaf(Channel.EXCLUDED, bare, spot, reason=reason)
                    )
                else:
                    part.free(bare, spot, self.leaves, None)
                found = True
            # That a fragment is not whole is no fault of the message around it.
            self.problems += [p for p in inner.problems if p.code in _HELD_WITHIN]
        return found

    def _fact(self, part: Gathered, text: Text, bare: str) -> None:
        last = text.path[-1]
        if last in FACTS:
            part.facts.setdefault(last, bare)
        elif last == "@Ccy" and len(text.path) > 1:
            part.facts.setdefault(text.path[-2] + "@", bare)
        elif "Purp" in text.path and last in ("Cd", "Prtry"):
            part.facts.setdefault("Purp", bare)
        elif text.path[-2:-1] and text.path[-2] in DAYS and last in ("Dt", "DtTm"):
            part.facts.setdefault(text.path[-2], bare)
        if "UndrlygCstmrCdtTrf" in text.path:
            part.facts["cover"] = "yes"


def _money(facts: Mapping[str, str], keys: Sequence[str]) -> Money | None:
    for key in keys:
        if facts.get(key):
            try:
                amount = Decimal(facts[key])
            except InvalidOperation:
                continue
            if amount.is_finite():
                return Money(amount, facts.get(key + "@", ""))
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
