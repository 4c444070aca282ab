"""Pieces of a text as words: numbers, sums, dates, times, units, abbreviations and signs."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from num2words import num2words

from models.data.phonemes import known

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS = {m[:3]: m for m in MONTHS} | {"sept": "september"}
ABBREVIATIONS = {
    "mr": "mister", "mrs": "missus", "ms": "miz", "dr": "doctor", "prof": "professor",
    "st": "saint", "jr": "junior", "sr": "senior", "vs": "versus", "etc": "et cetera",
    "e.g": "for example", "i.e": "that is", "no": "number", "nos": "numbers",
    "approx": "approximately",
    "dept": "department", "est": "established", "co": "company", "corp": "corporation",
    "inc": "incorporated", "ltd": "limited", "ave": "avenue", "blvd": "boulevard", "rd": "road",
    "mt": "mount", "ft": "fort", "gen": "general", "col": "colonel", "capt": "captain",
    "lt": "lieutenant", "sgt": "sergeant", "rev": "reverend", "hon": "honorable", "gov": "governor",
    "sen": "senator", "rep": "representative", "fig": "figure", "vol": "volume", "ch": "chapter",
    "a.m": "A M", "p.m": "P M", "u.s": "U S", "u.k": "U K", "u.n": "U N", "ph.d": "P H D",
}  # fmt: skip
# "no." and the like are words of their own without a number after them
ONLY_BEFORE_NUMBER = {"no", "nos", "fig", "vol", "ch", "est"}
ONLY_BEFORE_NAME = {"mt", "ft"}
UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "kg": "kilogram",
    "g": "gram", "mg": "milligram", "lb": "pound", "lbs": "pound", "oz": "ounce", "l": "liter",
    "ml": "milliliter", "mi": "mile", "mph": "mile* per hour", "km/h": "kilometer* per hour",
    "s": "second", "ms": "millisecond", "min": "minute", "h": "hour", "hz": "hertz*",
    "khz": "kilohertz*",
    "mhz": "megahertz*", "ghz": "gigahertz*", "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte",
    "tb": "terabyte", "w": "watt", "kw": "kilowatt", "°c": "degree* celsius",
    "°f": "degree* fahrenheit", "°": "degree",
}  # fmt: skip
MONEY = {"$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yen*", "")}
SIGNS = {
    "&": "and", "%": "percent", "+": "plus", "=": "equals", "@": "at", "#": "number", "*": "times",
    "×": "times", "÷": "divided by", "<": "less than", ">": "more than", "~": "about",
    "$": "dollar",
    "£": "pound", "€": "euro", "°": "degree",
}  # fmt: skip
SCALES = "thousand|million|billion|trillion"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
MONTH = "|".join(MONTHS) + "|" + "|".join(SHORT_MONTHS)
TOKENS = re.compile(
    rf"""(?P<money>[$£€¥]\s?(?P<sum>{NUMBER})(?:\s?(?P<scale>{SCALES}|[kmb])\b)?)
    |(?P<clock>\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?)
    |(?P<dayfirst>\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<month>{MONTH})\b\.?(?:,?\s(?P<year>[12]\d{{3}})\b)?)
    |(?P<monthfirst>\b(?P<month2>{MONTH})\b\.?\s(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>[12]\d{{3}})\b)?)
    |(?P<iso>\b(?P<y>[12]\d{{3}})-(?P<mo>[01]\d)-(?P<d>[0-3]\d)\b)
    |(?P<ordinal>\b(?P<nth>\d[\d,]*)(?:st|nd|rd|th)\b)
    |(?P<decade>\b(?P<tens>[12]\d{{2}}0|\d0)'?s\b)
    |(?P<phone>(?<![\w.])(?:\+?\d[\d]*[-\s])?\(?\d{{3}}\)?[-\s]\d{{3,4}}[-\s]\d{{4}}\b)
    |(?P<fraction>\b(?P<top>\d{{1,2}})/(?P<bottom>\d{{1,3}})\b)
    |(?P<number>-?(?<![\w])(?:{NUMBER})(?P<percent>\s?%)?(?:\s?(?P<unit>{UNIT})(?!\w))?)
    |(?P<digits>\d+)
    |(?P<dotted>\b(?:[a-z]\.){{2,}}(?:[a-z]\b)?|\bph\.d\b\.?)
    |(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*['’]?)
    |(?P<pause>\.{{3}}|…|[.,;:!?—–()]|\s-+\s|\n\n)
    |(?P<sign>[&%+=@\#*×÷<>~$£€°])""",
    re.IGNORECASE | re.VERBOSE,
)
ROMAN = re.compile(r"^(?=[IVX]{1,5}$)(X{0,3})(IX|IV|V?I{0,3})$")


def spelt(match: re.Match, text: str) -> str:
    """The words of one piece of the text, a match of TOKENS that is no pause."""
    kind = next(k for k in KINDS if match[k])
    return KINDS[kind](match, text)


def _spoken(number: str) -> str:
    """Digits with or without commas and a point -> words"""
    plain = number.replace(",", "")
    if len(plain.split(".")[0].lstrip("-")) > 15:
        return _one_by_one(plain)
    whole, point, rest = plain.partition(".")
    told = _clean(num2words(int(whole or 0)))
    if whole.startswith("-0") or (whole == "-"):
        told = "minus " + told
    return told + (" point " + _one_by_one(rest) if point else "")


def _one_by_one(digits: str) -> str:
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return " ".join(names[int(d)] for d in digits if d.isdigit())


def _clean(said: str) -> str:
    return re.sub(r"[-,]", " ", said)


def _year(year: str) -> str:
    return _clean(num2words(int(year), to="year"))


def _nth(number: str) -> str:
    return _clean(num2words(int(number.replace(",", "")), to="ordinal"))


def _many(name: str, one: bool) -> str:
    """A unit's name for one or several: the star marks where the s goes, or that there is none."""
    if name == "penny":
        return "penny" if one else "pence"
    head, star, rest = name.partition("*")
    if name.endswith("hertz*") or name == "yen*":
        return head
    return (head if one else head + "s") + (rest if star else "")


def _money(m: re.Match, _: str) -> str:
    large, small = MONEY[m["money"][0]]
    amount, scale = m["sum"], m["scale"]
    if scale:
        scale = {"k": "thousand", "m": "million", "b": "billion"}.get(scale.lower(), scale)
        return f"{_spoken(amount)} {scale} {_many(large, False)}"
    whole, point, cents = amount.partition(".")
    told = f"{_spoken(whole)} {_many(large, whole == '1')}"
    if len(cents) == 2 and int(cents) and small:
        pence = f"{_spoken(str(int(cents)))} {_many(small, int(cents) == 1)}"
        return pence if whole == "0" else f"{told} and {pence}"
    if point and len(cents) != 2:
        return f"{_spoken(amount)} {_many(large, False)}"
    return told


def _clock(m: re.Match, _: str) -> str:
    minute = int(m["minute"])
    told = _spoken(m["hour"])
    if minute:
        told += f" oh {_spoken(str(minute))}" if minute < 10 else f" {_spoken(str(minute))}"
    elif not m["half"]:
        told += " o'clock" if int(m["hour"]) <= 12 else " hundred"
    return told + (f" {m['half']} m" if m["half"] else "")


def _month(name: str) -> str:
    return SHORT_MONTHS.get(name.lower(), name)


def _day_first(m: re.Match, _: str) -> str:
    year = f" {_year(m['year'])}" if m["year"] else ""
    return f"the {_nth(m['day'])} of {_month(m['month'])}{year}"


def _month_first(m: re.Match, _: str) -> str:
    year = f" {_year(m['year2'])}" if m["year2"] else ""
    return f"{_month(m['month2'])} {_nth(m['day2'])}{year}"


def _iso(m: re.Match, _: str) -> str:
    month = MONTHS[min(max(int(m["mo"]), 1), 12) - 1]
    return f"{month} {_nth(str(int(m['d'])))} {_year(m['y'])}"


def _decade(m: re.Match, _: str) -> str:
    told = _year(m["tens"]) if len(m["tens"]) == 4 else _spoken(m["tens"])
    return told[:-1] + "ies" if told.endswith("y") else told + "s"


def _fraction(m: re.Match, _: str) -> str:
    top, bottom = int(m["top"]), int(m["bottom"])
    names = {2: "half", 4: "quarter"}
    if bottom == 0 or bottom > 100 or top >= bottom:
        return f"{_spoken(m['top'])} over {_spoken(m['bottom'])}"
    name = names.get(bottom) or _nth(m["bottom"])
    plural = {"half": "halves"}.get(name, name + "s")
    return f"{_spoken(m['top'])} {name if top == 1 else plural}"


def _number(m: re.Match, text: str) -> str:
    number = re.match(rf"-?(?:{NUMBER})", m["number"])[0]
    unit = (m["unit"] or "").lower()
    if m["percent"]:
        return f"{_spoken(number)} percent"
    if unit in UNITS:
        return f"{_spoken(number)} {_many(UNITS[unit], number == '1')}"
    year = re.fullmatch(r"1[1-9]\d\d|20\d\d", number) and not unit
    told = _year(number) if year else _spoken(number)
    if number.startswith("0") and len(number) > 1 and "." not in number:
        told = _one_by_one(number)
    return f"{told} {_word_of(unit)}" if unit else told


def _word_of(word: str) -> str:
    """A word as it is said: letters of an acronym, folded accents."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'")).encode("ascii", "ignore").decode()
    plain = plain.strip("'") if plain.count("'") > 1 else plain.lstrip("'")
    acronym = plain.isupper() and 1 < len(plain) <= 5 and not known(plain.lower())
    if acronym or (
        not re.search("[aeiouyAEIOUY]", plain) and len(plain) > 1 and not known(plain.lower())
    ):
        return " ".join(c for c in plain if c.isalpha())
    return plain


def _word(m: re.Match, text: str) -> str:
    word = m["word"]
    low = word.lower()
    dotted = text[m.end() : m.end() + 1] == "."
    if low in ABBREVIATIONS and (dotted or low in ("mr", "mrs", "ms", "dr")):
        number = re.match(r"\.\s*\d", text[m.end() :])
        if low == "st" and not re.match(r"\.?\s+[A-Z]", text[m.end() :]):
            return "street"
        named = low not in ONLY_BEFORE_NAME or re.match(r"\.\s+[A-Z]", text[m.end() :])
        if (low not in ONLY_BEFORE_NUMBER or number) and named:
            return ABBREVIATIONS[low]
    if ROMAN.match(word) and len(word) > 1 and re.search(r"[A-Z][a-z]+\s$", text[: m.start()]):
        values = {"I": 1, "V": 5, "X": 10}
        digits = [values[c] for c in word] + [0]
        count = sum(-a if a < b else a for a, b in pairwise(digits))
        title = re.search(r"(chapter|part|volume|act|war|section)\s$", text[: m.start()], re.I)
        return _spoken(str(count)) if title else f"the {_nth(str(count))}"
    return _word_of(word)


def _dotted(m: re.Match, _: str) -> str:
    key = m[0].lower().rstrip(".")
    return ABBREVIATIONS.get(key) or " ".join(c for c in m[0] if c.isalpha())


KINDS = {
    "money": _money,
    "clock": _clock,
    "dayfirst": _day_first,
    "monthfirst": _month_first,
    "iso": _iso,
    "ordinal": lambda m, _: _nth(m["nth"]),
    "decade": _decade,
    "phone": lambda m, _: _one_by_one(m[0]),
    "fraction": _fraction,
    "number": _number,
    "digits": lambda m, _: _one_by_one(m[0]),
    "dotted": _dotted,
    "word": _word,
    "sign": lambda m, _: SIGNS[m[0]],
}
