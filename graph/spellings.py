"""How people shorten and spell names: one key for all spellings of a name, and the several readings of a short form.

The tables are data for a domain expert to extend. A short form with several readings is never taken for one of them.
"""

import re
import unicodedata
from hashlib import sha256
from itertools import islice, product

WHOLE_WORDS = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "assoc": "associate", "asst": "assistant",
    "mgr": "manager", "mngr": "manager", "mgmt": "management", "dev": "developer", "devs": "developer",
    "eng": "engineer", "engr": "engineer", "prod": "product", "proj": "project", "prog": "programme",
    "program": "programme", "princ": "principal", "dir": "director", "exec": "executive", "admin": "administrator",
    "arch": "architect", "prof": "professional", "cert": "certificate", "dip": "diploma", "grad": "graduate",
    "ops": "operations", "comms": "communications", "org": "organisation", "organization": "organisation",
    "tech": "technical", "i": "1", "ii": "2", "iii": "3", "iv": "4",
}  # fmt: skip
"""Short or other spellings of one word; the last four are numbers at the end of a name."""

READINGS: dict[str, tuple[str, ...]] = {
    "pm": ("product manager", "project manager", "programme manager"),
    "dm": ("delivery manager", "data manager"),
    "da": ("data analyst", "data architect"),
    "pa": ("performance analyst", "personal assistant"),
    "sa": ("solution architect", "systems analyst"),
    "ba": ("business analyst",),
    "po": ("product owner",),
    "sm": ("scrum master",),
    "so": ("service owner",),
    "ur": ("user researcher",),
    "ux": ("user experience",),
    "qa": ("quality assurance",),
    "em": ("engineering manager",),
    "pdm": ("product manager", "programme delivery manager"),
}
"""Short forms of job titles with all their readings; one with several is ambiguous wherever it stands."""

RANKS = frozenset(("trainee", "junior", "associate", "senior", "lead", "principal", "head", "chief", "deputy"))
_FILLERS = frozenset(("of", "and", "the", "in", "for", "to", "on"))
_SIGNS = {"&": " and ", "+": " plus ", "#": " sharp "}
_MOST_READINGS = 12
_WORD = re.compile(r"[^\W_]+")

EDITION = sha256(
    repr((WHOLE_WORDS, sorted(RANKS), sorted(_FILLERS), _SIGNS, _WORD.pattern, unicodedata.unidata_version)).encode()
).hexdigest()[:16]
"""Tells by which tables names were spelt: what was saved by others is of no use."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents and punctuation.

    >>> words_of("Sr. Café-Manager (C++)")
    ('sr', 'cafe', 'manager', 'c', 'plus', 'plus')
    """
    for sign, word in _SIGNS.items():
        name = name.replace(sign, word)
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.replace("'", "").replace("\u2019", "")))


def stated_key(name: str) -> str:
    """One key for a name in any case, spacing and punctuation.

    >>> stated_key("Product-Manager") == stated_key("product manager")
    True
    """
    return "".join(words_of(name))


def whole_words(name: str) -> tuple[str, ...]:
    """The words with short spellings written out and fillers dropped.

    >>> whole_words("Snr. product mgr")
    ('senior', 'product', 'manager')
    >>> whole_words("PSM I")
    ('psm', '1')
    """
    return written_out(words_of(name))


def written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same of the words of a name."""
    written = []
    for place, word in enumerate(words):
        numeral = word in {"i", "ii", "iii", "iv"}
        if word not in _FILLERS and not (numeral and place < len(words) - 1):
            written.append(WHOLE_WORDS.get(word, word))
        elif numeral:
            written.append(word)
    return tuple(written) or words


def readings_of(name: str) -> tuple[str, ...]:
    """What a name may stand for, itself with whole words first.

    >>> readings_of("Snr PM")
    ('senior pm', 'senior product manager', 'senior project manager', 'senior programme manager')
    """
    options = [(word, *READINGS.get(word, ())) for word in whole_words(name)]
    return tuple(" ".join(choice) for choice in islice(product(*options), _MOST_READINGS))


def is_ambiguous(name: str) -> bool:
    """Whether a word of the name has several readings.

    >>> is_ambiguous("Senior PM"), is_ambiguous("Senior BA")
    (True, False)
    """
    return any(len(READINGS.get(word, ())) > 1 for word in words_of(name))


def short_forms(name: str) -> tuple[str, ...]:
    """Initials that people make of a name, its rank kept or not.

    >>> short_forms("Senior product manager")
    ('senior pm', 'spm')
    >>> short_forms("Scrum")
    ()
    """
    return initials_of(whole_words(name))


def initials_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same of the whole words of a name."""
    if not 2 <= len(words) <= 6 or not all(map(str.isalpha, words)):
        return ()
    ranks = [word for word in words if word in RANKS]
    work = "".join(word[0] for word in words if word not in RANKS)
    made = [" ".join([*ranks, work])] if len(work) >= 2 else []
    initials = "".join(word[0] for word in words)
    return tuple(dict.fromkeys([*made, initials]))
