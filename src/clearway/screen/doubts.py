"""What the text of a name says of itself: a number, nobody, a place in pieces."""

from collections.abc import Iterator
from dataclasses import replace

from clearway.match.subject import Number, Subject
from clearway.model import Problem
from clearway.names import identifiers
from clearway.names.analyse import NameForm
from clearway.names.narrative import disputed_place, hidden_place, unnamed, words_of
from clearway.names.readings import has_markup, readings


def with_numbers(asked: Subject) -> Subject:
    """The subject with the numbers and codes that stand where its names should be."""
    found = dict.fromkeys(
        Number(item.type, item.normal, item.written)
        for form in asked.names
        for reading in readings(form.text)
        for item in identifiers.recognised(reading.text)
    )
    fresh = tuple(number for number in found if number not in asked.numbers)
    if not fresh:
        return asked
    # The country of a bank stands in its BIC.
    codes = {n.written[4:6].lower() for n in fresh if n.type == "bic"}
    return replace(
        asked, numbers=asked.numbers + fresh, countries=asked.countries | codes
    )


def problems_of_text(form: NameForm) -> Iterator[Problem]:
    """What forbids `clear` though no listed name need be near.

    Nobody named, markup inside a name, a place under embargo written in pieces or with
    another country, a number whose check digits do not agree.
    """
    texts = readings(form.text)
    if has_markup(form.text):
        message = "markup inside the name: someone may be hiding it"
        yield Problem("hidden_markup", message, "", "name", form.text)
    found: set[str] = set()
    for reading in texts:
        for problem in _of_words(reading.text, form, plain=len(texts) == 1):
            if problem.code not in found:
                found.add(problem.code)
                yield problem


def _of_words(text: str, form: NameForm, *, plain: bool) -> Iterator[Problem]:
    if plain:
        words = [word for token in form.tokens for word in token.form.split()]
    else:
        words = words_of(text)
    if phrase := unnamed(words, native=not text.isascii()):
        message = f"nobody is named: {phrase!r} stands where a party should be"
        yield Problem("unnamed_party", message, "", "name", form.text)
    place, country = hidden_place(words)
    if place:
        message = f"{place!r} read as one word is a place: {country}"
        yield Problem("hidden_place", message, "", "name", form.text)
    place, country = disputed_place(words)
    if place and any(char in ",/\n0123456789" for char in text):
        message = f"{place} lies in {country}, whatever country is named beside it"
        yield Problem("embargoed_place", message, "", "name", form.text)
    for item in identifiers.recognised(text):
        if item.labelled and identifiers.valid(item.type, item.normal) is False:
            message = f"the check digits of this {item.type} do not agree"
            yield Problem("bad_checksum", message, "", "name", item.written)
