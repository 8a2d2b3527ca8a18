"""Words as the indexes and the matchers compare them: folded, stemmed, function words aside.

Knows the eight languages the project answers in (and stems a few more); refuses to know what
a word means. Folding is for comparing only: it does not keep lengths, so offsets always come
from :func:`words` on the original text.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from corpus import Span

# Digit groups stay one word ("1,000", "2.5"); letters and digits may mix ("4IM", "G1000").
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

_PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
        "»": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "ł": "l", "ø": "o",
        "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
    }
)  # fmt: skip
# Invisible characters that hide or disguise words: zero-width, bidirectional, tags, soft hyphen.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)

_SNOWBALL: Mapping[str, str] = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "hu": "hungarian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "nb": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "ca": "catalan", "eu": "basque", "tr": "turkish", "ga": "irish", "sr": "serbian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands; ``text`` is as written."""

    text: str
    span: Span


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """``text`` for comparing: NFKC, case and accents gone, quotes and dashes plain."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_PLAIN)


def words(text: str, within: Span | None = None) -> list[Word]:
    """The words of ``text`` (or of one part of it), in order, with spans into ``text``."""
    start, end = (within.start, within.end) if within else (0, len(text))
    return [Word(m.group(), Span(m.start(), m.end())) for m in _WORD.finditer(text, start, end)]


class _Stemmers(threading.local):
    """Snowball stemmers of one thread: the C objects must not be shared between threads."""

    def __init__(self) -> None:
        self._by_language: dict[str, Stemmer.Stemmer | None] = {}

    def get(self, language: str) -> Stemmer.Stemmer | None:
        if language not in self._by_language:
            name = _SNOWBALL.get(language)
            self._by_language[language] = Stemmer.Stemmer(name) if name else None
        return self._by_language[language]


_stemmers = _Stemmers()


def stem(word: str, language: str) -> str:
    """The folded stem of one word; unknown languages are folded only.

    A digit group loses its separators, so that 1,000 and 1.000 are one term.
    """
    if word[0].isdigit():
        return re.sub(r"[.,]", "", word) if _GROUPED.fullmatch(word) else fold(word)
    stemmer = _stemmers.get(language)
    # Stemmers know accented endings, so stemming comes before accents are dropped.
    return fold(stemmer.stemWord(word.casefold()) if stemmer else word)


@lru_cache(maxsize=131_072)
def forms(word: str, language: str) -> tuple[str, str]:
    """A word folded, and its folded stem: the two forms it is compared by."""
    return fold(word), stem(word, language)


def written(text: str) -> list[str]:
    """The words of ``text`` as written, where their places do not matter."""
    found: list[str] = _WORD.findall(text)
    return found


def stop_words(language: str) -> frozenset[str]:
    """Folded function words of ``language``; for an unknown one, those of all eight."""
    return STOPWORDS.get(language) or _ALL_STOPWORDS


def content_words(text: str, language: str, within: Span | None = None) -> Iterator[Word]:
    """The words that carry content: no function words, no stray single letters."""
    stops = stop_words(language)
    for word in words(text, within):
        folded = fold(word.text)
        if folded not in stops and (len(folded) > 1 or folded.isdigit()):
            yield word


def content_terms(text: str, language: str) -> list[str]:
    """Folded stems of the content words of ``text``, in order, repeats kept."""
    return [stem(word.text, language) for word in content_words(text, language)]


def _fold_all(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


# Function words and question words, by language; written without regard to accents.
STOPWORDS: Mapping[str, frozenset[str]] = {
    "en": _fold_all(
        "a an the and or but nor if then than as of at by for with about between into through "
        "during before after above below to from up down in out on off over under again further "
        "once here there all any both each few more most other some such no not only own same "
        "so too very s t d ll re ve m can will just should would could may might must shall am "
        "is are was were be been being have has had having do does did doing done i me my we "
        "our us you your he him his she her it its they them their this that these those what "
        "which who whom whose when where why how many much long far often per via also etc et "
        "al vs according"
    ),
    "fr": _fold_all(
        "le la les l un une des du de d au aux et ou mais donc or ni car si que qu qui quoi "
        "dont ou quand comment combien pourquoi quel quelle quels quelles lequel laquelle "
        "lesquels lesquelles ce c cet cette ces cela ca se s sa son ses sur sous dans en par "
        "pour avec sans chez vers entre pendant depuis avant apres y ne n pas plus moins tres "
        "aussi il elle ils elles on nous vous je j tu me m te t lui leur leurs mon ma mes ton "
        "ta tes notre nos votre vos est sont etait etaient ete etre ont a as avait avaient "
        "avoir fait faire t il est-ce meme comme tout tous toute toutes autre autres lors selon "
        "afin"
    ),
    "de": _fold_all(
        "der die das den dem des ein eine einen einem einer eines und oder aber denn sondern "
        "wenn als wie wo wer wen wem was wann warum wieso welche welcher welches welchen "
        "welchem wieviel viele viel ob dass daß in im an am auf aus bei beim mit nach von vom "
        "vor zu zum zur für über unter um durch gegen ohne bis seit zwischen während ist sind "
        "war waren wird werden wurde wurden worden sein seine seinen seiner seines ihr ihre "
        "ihrer ihren ihrem hat haben hatte hatten kann können konnte konnten soll sollen sollte "
        "sollten muss müssen darf will ich du er sie es wir uns man sich nicht kein keine auch "
        "nur noch schon sehr so da dort dieser diese dieses diesen diesem dann dabei dafür "
        "damit daran darauf etwa alle allem allen jede jeder jedes jeden sowie bzw"
    ),
    "es": _fold_all(
        "el la los las lo un una unos unas de del al a y e o u pero sino si que qué quién quien "
        "quiénes cual cuál cuáles cuándo cuando dónde donde cómo como cuánto cuánta cuántos "
        "cuántas cuanto por para con sin sobre entre hasta desde en ante bajo tras durante "
        "según se su sus mi mis tu tus nuestro nuestra nuestros nuestras es son era eran fue "
        "fueron ser sido está están estaba estar ha han había habían haber hay hubo tiene "
        "tienen tuvo tener hace hizo este esta estos estas ese esa esos esas aquel aquella esto "
        "eso no ni más menos muy también ya le les me te nos yo él ella ellos ellas usted cada "
        "todo toda todos todas otro otra otros otras porque pues así"
    ),
    "it": _fold_all(
        "il lo la i gli le l un uno una di del dello della dei degli delle d a al allo alla ai "
        "agli alle da dal dallo dalla dai dagli dalle in nel nello nella nei negli nelle con su "
        "sul sullo sulla sui sugli sulle per tra fra e ed o ma se che chi cui quale quali "
        "quanto quanta quanti quante quando dove come perché cosa cos è sono era erano essere "
        "stato stata stati state ha hanno aveva avevano avere si ci vi ne non più meno molto "
        "anche già suo sua suoi sue loro mio mia tuo nostro nostra questo questa questi queste "
        "quello quella quelli quelle io tu lui lei noi voi essi ogni tutto tutta tutti tutte "
        "altro altra altri altre dopo prima circa durante fino dell nell sull all dall"
    ),
    "nl": _fold_all(
        "de het een en of maar want dus als dan dat die dit deze wie wat waar wanneer waarom "
        "hoe welke welk hoeveel van voor met in op aan bij uit over onder door naar om tot te "
        "ten ter tussen tegen zonder tijdens sinds na is zijn was waren wordt worden werd "
        "werden geworden heeft hebben had hadden kan kunnen kon konden zal zullen zou zouden "
        "moet moeten mag wil ik je jij hij zij ze we wij u men zich hun haar hem mijn jouw ons "
        "onze er hier daar niet geen ook nog al wel meer minder zeer veel alle elk elke ander "
        "andere eigen zo toen volgens m vanaf omdat"
    ),
    "pt": _fold_all(
        "o a os as um uma uns umas de do da dos das em no na nos nas ao aos à às por pelo pela "
        "pelos pelas para com sem sobre entre até desde sob após durante segundo e ou mas se "
        "que quê quem qual quais quando onde como quanto quanta quantos quantas porque porquê é "
        "são era eram foi foram ser sido está estão estava estar há houve tem têm tinha teve "
        "ter seu sua seus suas meu minha nosso nossa este esta estes estas esse essa esses "
        "essas isto isso aquele aquela não nem mais menos muito também já lhe me te nos eu ele "
        "ela eles elas você cada todo toda todos todas outro outra outros outras num numa cerca"
    ),
    "pl": _fold_all(
        "i a o u w we z ze na do od po za przy przez dla pod nad przed między bez oraz lub albo "
        "ale lecz czy że żeby jeśli gdy kiedy gdzie kto kogo komu kim co czego czemu czym jak "
        "jaki jaka jakie jakich jaką jakim ile ilu który która które którzy których którym "
        "którą dlaczego się nie tak to ten ta te ci tego tej tych tym tymi jest są był była "
        "było byli były być będzie będą został została zostało zostały ma mają miał miała mieć "
        "może mogą mógł mogła mogło on ona ono oni one jego jej ich im go mu ją nas was my wy "
        "ja ty swój swoją swoje swoich już też także tylko bardzo więcej mniej każdy każda "
        "każde wszystkie wszystkich inne inny tam tu podczas według ramach"
    ),
}
_ALL_STOPWORDS = frozenset().union(*STOPWORDS.values())
