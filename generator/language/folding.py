"""Folding: one spelling for each text, and the words that the search finds in it.

`overrides/assets/search/folding.js` is the same module in JavaScript; `tests/search/folding.json` compares both.

Place of tone marks: Vietnamese has two styles, `hoà` and `hòa`, `thuỷ` and `thủy`, `khoẻ` and `khỏe`. Folding puts the
mark on the main vowel (`hoà`), as prescribed by Decision 1989/QĐ-BGDĐT of the Ministry of Education (25/5/2018, article
8) and earlier by Decision 240/QĐ (5/3/1984). Most keyboards write the older style (`hòa`: Lê Ngọc Trụ, Việt ngữ chánh
tả tự vị, 1959). The main vowel also suits a search: `hoàn` begins with `hoà`, not with `hòa`. `qu` and `gi` are onsets,
whose vowel follows: `quý`, `già`, but `gì`, `gìn`. The same table corrects marks on a wrong vowel (`cuả`, `trí tụê`).
Vowels that are no Vietnamese rhyme are not changed.

The module uses only operations that Python and browsers do in the same way: no `casefold`, no look-behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# The vowels of all rhymes; the tone mark is on the capital one.
_RHYMES = (
    "Ai Ao Au Ay Âu Ây Eo Êu Ia Iu Oi Ôi Ơi Ua Ui Ưa Ưi Ưu "
    "iÊ iÊu oA oAi oAo oAy oĂ oE oEo oO uÂ uÂy uÊ uÊu uÔ uÔi uƠ uY uYa uYu uyÊ ưƠ ưƠi ưƠu yÊ yÊu"
).split()
_SINGLE = "A Ă Â E Ê I O Ô Ơ U Ư Y".split()
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"

# Signs that look the same become one. Old fonts and wrong keyboards write eth and the African D for đ.
_SIGNS = str.maketrans(
    dict.fromkeys("‘’‚‛‹›′`\u02bb\u02bc", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‒–—―−", "-")
    | {"⁄": "/", "∕": "/", "ð": "đ", "ɖ": "đ", "ς": "σ", "ß": "ss"}
)
_SIGN = re.compile(f"[{''.join(map(chr, _SIGNS))}]")
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARK = re.compile(f"[{_MARKS}]+")
_RUN = re.compile(f"[gq]?[{_VOWELS}]{{2,}}[{_MARKS}]*")  # a run with further marks is no rhyme
# i and y alone after these letters are spellings of one syllable: kĩ, kỹ; lí, lý; quí, quý; công ti, công ty.
_I_FOR_Y = re.compile(rf"(^|[^\w{_MARKS}]|_)(qu|[hklmst])([iìỉĩíị])(?![^\W_]|[{_MARKS}])")
_Y_OF = str.maketrans("iìỉĩíị", "yỳỷỹýỵ")
_LOST_MARK = re.compile(rf"(^|[^\w{_MARKS}]|_)[{_MARKS}]+")  # a mark without a letter
# Signs without width: soft hyphens, zero-width signs, direction marks, variant selectors.
_UNSEEN = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)
_HIDDEN = re.compile(f"[{_UNSEEN}]+")
_MOVING = re.compile(f"[İßẞ{_MARKS}{_UNSEEN}]")  # these can change the length of the exact text
# Signs other than marks that combine with the letter before them (Korean and Japanese half letters).
_GROWING = re.compile(f"[{_UNSEEN}\u1160-\u11ff\u3131-\u318e\uff9e-\uffdc]")
_CHUNK = re.compile(" [^ ]*|[^ ]+")  # nothing combines with a space

_WORD = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_ATOM = re.compile(rf"[0-9]+(?:[.,][0-9]+)+|{_WORD}")
_COMPOUND = re.compile(rf"(?:{_ATOM.pattern})(?:[-/.'&@_]?(?:{_ATOM.pattern}))*")
_JOINED = re.compile(r"[-/.,'&@_]|^0[0-9]")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,3})?")
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]{1,3}")
_DAY = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])")  # `20.10` means 20/10, not a decimal
_DATE = re.compile(r"0?([1-9]|[12][0-9]|3[01])([-/.])0?([1-9]|1[0-2])\2([0-9]{4})")
BREAK = re.compile(r"[.,;:!?()\[\]{}|•·。、\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_FORM = 40  # longer chains (addresses, `a-a-a-…`) are indexed only by their words


class Token(NamedTuple):
    """A word in exact spelling, with its start and end in the text.

    `form` marks a second spelling of the words at this place: `217-qđ/tw` for `217`, `qđ`, `tw`, or `2.500` for `2500`.
    An index has all tokens. A query must match each of its words, or a form that replaces them.
    """

    text: str
    start: int
    end: int
    form: bool = False


def exact(text: str) -> str:
    """Return a text in one spelling that keeps its accents.

    Letters are composed and lower case, signs plain, tone marks on the main vowel.

    >>> exact("Thủy sản – HÒA “ﬁ”"), exact("gìn giữ, quý"), exact("ĐẮK"), exact("ÐẮK")
    ('thuỷ sản - hoà "fi"', 'gìn giữ, quý', 'đắk', 'đắk')
    """
    return _placed(_plain(text))


def folded(text: str) -> str:
    """Return the exact text without any marks, đ as d.

    >>> folded("Hỗ trợ phụ nữ khởi nghiệp ở Đồng Nai")
    'ho tro phu nu khoi nghiep o dong nai'
    """
    return _bare(_plain(text))


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text in order, each form before its words.

    Numbers also come without thousands separators and leading zeros, dates also as `5/9/2017`.

    >>> [token.text for token in tokens("217-QĐ/TW")], [token.text for token in tokens("2.500")]
    (['217-qđ/tw', '217', 'qđ', 'tw'], ['2.500', '2500'])
    >>> [token.text for token in tokens("05/9/2017")]
    ['05/9/2017', '5/9/2017', '05', '5', '9', '2017']
    """
    if not _MOVING.search(text) and unicodedata.is_normalized("NFKC", text):
        return _scanned(exact(text))
    starts: list[int] = []
    ends: list[int] = []
    parts: list[str] = []
    for chunk in _CHUNK.finditer(text):
        offset = chunk.start()
        for part, start, end in _aligned(chunk[0]):
            parts.append(part)
            starts += [offset + start] * len(part)
            ends += [offset + end] * len(part)
    return [
        Token(word, starts[start], ends[end - 1], form) for word, start, end, form in _scanned(_placed("".join(parts)))
    ]


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring words, folded.

    No pair crosses the end of a sentence or clause.

    >>> pairs("Phụ nữ khởi nghiệp, năm 2025")
    ['phu_nu', 'nu_khoi', 'khoi_nghiep', 'nam_2025']
    """
    source = folded(text)
    word_pairs: list[str] = []
    before, stopped = "", 0
    for word, start, end, form in _scanned(source):
        if form:
            continue
        if before and not BREAK.search(source, stopped, start):
            word_pairs.append(f"{before}_{word}")
        before, stopped = word, end
    return word_pairs


def _plain(text: str) -> str:
    """Return the exact text before its tone marks are moved."""
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text)).lower()
    if _SIGN.search(text):
        text = text.translate(_SIGNS)
    text = unicodedata.normalize("NFKC", text)
    return _LOST_MARK.sub(r"\1", text) if _MARK.search(text) else text


def _placed(plain: str) -> str:
    """Move tone marks to the main vowel, and write y for i where both are in use. The text keeps its length."""
    return _with_y(_RUN.sub(lambda run: _TONE_CORRECTIONS.get(run[0], run[0]), plain))


def _with_y(text: str) -> str:
    return _I_FOR_Y.sub(lambda match: match[1] + match[2] + match[3].translate(_Y_OF), text)


def _bare(plain: str) -> str:
    """Remove all marks."""
    if plain.isascii():
        return _with_y(plain)
    stripped = _MARK.sub("", unicodedata.normalize("NFD", plain)).replace("đ", "d")
    return _with_y(unicodedata.normalize("NFC", stripped))


def _scanned(exact_text: str) -> list[Token]:
    """Return the tokens of an exact or folded text."""
    scanned: list[Token] = []
    for compound in _COMPOUND.finditer(exact_text):
        text, start = compound[0], compound.start()
        if (text.isalnum() and text[0] != "0") or not _JOINED.search(text):
            scanned.append(Token(text, start, compound.end()))
        else:
            scanned += [Token(word, start + at, start + to, form) for word, at, to, form in _parted(text)]
    return scanned


@lru_cache(maxsize=1 << 12)
def _parted(compound: str) -> tuple[Token, ...]:
    """Return the forms and words of a text without spaces: a number, a date, a document's number."""
    words = [Token(_word(text), start, end) for text, start, end in _atoms(compound)]
    usual, stopped = "", 0
    for word in words:
        usual += compound[stopped : word.start].replace("'", "") + word.text
        stopped = word.end
    if date := _DATE.fullmatch(compound):
        usual = f"{date[1]}/{date[3]}/{date[4]}"
    elif _DAY.fullmatch(compound):
        usual = "/".join(word.text for word in words)
    alone = words[0].text if len(words) == 1 else ""
    parted = [Token(form, 0, len(compound), True) for form in dict.fromkeys((compound, usual)) if form != alone]
    for word in words:
        printed = compound[word.start : word.end]
        if printed != word.text and not alone:
            parted.append(Token(printed, word.start, word.end, True))
        parted.append(word)
    return tuple(token for token in parted if not token.form or len(token.text) <= _LONGEST_FORM)


def _atoms(compound: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words and numbers of a compound, each with its start and end."""
    for match in _ATOM.finditer(compound):
        text = match[0]
        chain = "." in text or "," in text
        if not chain or _THOUSANDS.fullmatch(text) or (_DECIMAL.fullmatch(text) and not _DAY.fullmatch(text)):
            yield text, *match.span()
        else:  # `3.2.1` and `2024,2025` are several numbers
            for digits in re.finditer("[0-9]+", text):
                yield digits[0], match.start() + digits.start(), match.start() + digits.end()


def _word(atom: str) -> str:
    """Return an atom as a word: a number has no thousands separator, no leading zeros, and a decimal point."""
    if _THOUSANDS.fullmatch(atom):
        return atom.replace(".", "").replace(",", ".")
    if _DECIMAL.fullmatch(atom):
        return atom.replace(",", ".")
    return (atom.lstrip("0") or "0") if atom.isascii() and atom.isdigit() else atom


@lru_cache(maxsize=1 << 12)
def _aligned(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return for each letter with its marks the exact form; its start and end include marks and invisible signs."""
    aligned = []
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and (unicodedata.category(text[index])[0] == "M" or _GROWING.match(text[index])):
            continue
        aligned.append((_plain(text[start:index]), start, index))
        start = index
    return tuple(aligned)


def _tone_corrections() -> dict[str, str]:
    """Return the right spelling of each run of vowels (with `g` or `q` before it) with a misplaced tone mark."""
    corrections = {}
    onsets = [(onset, rhyme) for onset in ("gi", "qu") for rhyme in (*_SINGLE, *_RHYMES)]
    onsets += [(onset, rhyme) for onset in ("", "g") for rhyme in _RHYMES if (onset + rhyme.lower())[:2] != "gi"]
    for onset, rhyme in onsets:
        letters = onset + rhyme.lower()
        position = len(onset) + next(index for index, letter in enumerate(rhyme) if letter.isupper())
        for tone in _TONES:
            right = _toned(letters, position, tone)
            for wrong in range(onset[:1] in ("g", "q"), len(letters)):
                corrections[_toned(letters, wrong, tone)] = right
    return corrections


def _toned(letters: str, position: int, tone: str) -> str:
    """Put a tone mark on the letter at a position."""
    return letters[:position] + unicodedata.normalize("NFC", letters[position] + tone) + letters[position + 1 :]


_TONE_CORRECTIONS = _tone_corrections()
