"""Words that say a place is coming, and names of towns that more often mean something else.

Tables only, casefolded, of all eight languages together unless a name says otherwise.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _set(
    "a am an and au aux d da das de del della delle den der des di do dos du e en et i in l la las "
    "le les los na of on op près sous sul sulla sur the und upon y z zu"
)

# A place follows these. Folded, all eight languages together: they agree well enough.
LOCATIVE = _set(
    "in at near of from to around across outside inside via between towards toward "
    "a à au aux en vers près depuis "
    "nach aus bei von zu zwischen um "
    "desde hacia entre de "
    "da di dal tra presso verso ad "
    "te uit naar bij tussen van "
    "em no na nos nas do "
    "w we z ze do pod koło"
)
WEAK_LOCATIVE = _set("of a de da di von van do um no na nos nas to w z ze at en")
# "city of", "Stadt", "ville de" …: the word itself, with the preposition after it, if any.
TOWN_NOUNS = _set(
    "city cities town towns village borough municipality council mayor port province "
    "ville villes commune communes mairie metropole métropole agglomération "
    "stadt städte gemeinde dorf ciudad ciudades ayuntamiento municipio pueblo "
    "città comune comuni gemeente stad dorp cidade cidades município câmara miasto mieście "
    "miasta gmina gminie universität university université universidad"
)

# Large towns whose names, or spellings elsewhere, are commoner as a word or a first name in one
# of the eight languages. Smaller towns are not listed: they always need someone to vouch.
OTHERWISE = _set(
    "agri angers april aurora austin bar bath bergen bolton boston buffalo bury central chester "
    "como cork corona delta derby dover essen evdokia gracia hagen halle hamm herne hull "
    "independence jackson jaroslav jordan jos julia karin kennedy kiel kobe latina leon lincoln "
    "lugo male man mesa mitte mobile moers most namen nancy nelson neumarkt neuss newport nice nis "
    "further observatoire orange parla pau perth peste phoenix plan police poole progress "
    "pula reading reus rosario ruda rugby sainte sale santa santos siano slough spa split "
    "student tours trent trento trier ulm university van viana victoria warren washington "
    "wells wesel witten worthing york"
)
FIRST_NAMES = _set(
    "adelaide alma carmen charlotte chelsea clara florence jordan lourdes madeleine martin "
    "nancy olivia roman santiago sofia victoria lorena siena"
)
# Small or foreign towns whose names stand after prepositions with their common meaning.
NEVER_TOWNS = _set(
    "april arena base castilla center central centre centro campus campo campagna casa city data "
    "delta digital dabei dom eu european europe expo energy english favoriten forum general google "
    "hague home idea impact international juli juin julio juni kitas la las le les living los mai "
    "maggio maio maj march mars marzo marca mayo media mei metro mission mobility music national "
    "nokia of open palazzo park partner peste piazza plan platform public quality saint sainte san "
    "santa sao service smart social solutions start system together tour university universidad "
    "union van via vision crema"
)
# What a town's name and its country may follow on one line, and what no name holds.
IN = _set("in à a en em te w we near nach im at")
NO_NAME = _set("of for and per with by from")  # "Councils of Grenoble, France"
OF = _set("of de d di del della van von do da")
