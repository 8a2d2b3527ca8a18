"""Countries, their peoples and their best-known regions, in eight languages.

Knows country names in every language CLDR writes them (through Babel), the adjectives of the
countries city networks speak of, Polish case endings, and regions people name instead of a
country. Refuses to know towns (:mod:`corpus.gazetteer`) and where in a text a name stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

from corpus.gazetteer import place_key

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ISO 3166-1 alpha-2 where people write something else.
_CODES = {"UK": "GB", "EL": "GR", "USA": "US", "GBR": "GB", "UAE": "AE", "SCO": "GB"}

# Names CLDR has in another form, as people write them.
_ALIASES = {
    "GB": "Great Britain|Britain|United Kingdom of Great Britain|England|Scotland|Wales|"
    "Northern Ireland|North Ireland|Grande Bretagne|Angleterre|Écosse|Pays de Galles|"
    "Irlande du Nord|"
    "Großbritannien|Schottland|Nordirland|Gran Bretaña|Reino Unido|Inglaterra|Escocia|Gales|"
    "Irlanda del Norte|Gran Bretagna|Inghilterra|Scozia|Galles|Irlanda del Nord|"
    "Groot Brittannië|Engeland|Schotland|Noord Ierland|Grã Bretanha|Escócia|País de Gales|"
    "Irlanda do Norte|Wielka Brytania|Wielkiej Brytanii|Wielką Brytanię|Anglia|Anglii|Szkocja|"
    "Szkocji|Walia|Walii|Irlandia Północna|Irlandii Północnej",
    "US": "United States of America|the States|America|Stati Uniti d'America|Vereinigte Staaten "
    "von Amerika|Estados Unidos de América|États Unis d'Amérique|Stany Zjednoczone|"
    "Stanów Zjednoczonych|Stanach Zjednoczonych",
    "CZ": "Czech Republic|République tchèque|Tschechische Republik|Tschechien|República Checa|"
    "Repubblica Ceca|Tsjechische Republiek|República Tcheca|Republika Czeska|Czech|Czechach",
    "NL": "Holland|Hollande|Holanda|Olanda|Netherlands|the Netherlands|Niederlanden|Holandii|"
    "Holandię|Holandia|Niderlandy|Niderlandach",
    "MK": "Macedonia|North Macedonia|FYROM|Macédoine|Mazedonien|Macedonië",
    "SK": "Slovak Republic|República Eslovaca|Repubblica Slovacca",
    "CH": "Switzerland|der Schweiz|Schweiz|Szwajcarii",
    "TR": "Turkey|Türkiye|Turchia|Turkei",
    "RU": "Russia|Russian Federation|Rosji",
    "IE": "Republic of Ireland|Eire|Éire",
    "DE": "Federal Republic of Germany|Bundesrepublik Deutschland|Niemiec|Niemczech",
    "IT": "Włoch|Włoszech",
    "HU": "Węgier|Węgrzech",
    "PL": "Polski|Polsce|Polskę|Polską",
    "BE": "Belgii|Belgię|Belgią",
    "BA": "Bosnia|Bosnie|Bosnien|Bośnia|Bosnia Herzegovina",
    "CI": "Ivory Coast",
    "CV": "Cape Verde",
    "XK": "Kosovo",
}

# Adjectives: country | en (whole words) | then stems: fr, de, es, it, nl, pt, pl.
# A stem stands with the endings of its language below; commas part alternatives.
_PEOPLES = """
AL|albanian,albanians|albanais|albanisch|albanes|albanes|albanees|albanes|albansk
AT|austrian,austrians|autrichien|österreichisch|austriac|austriac|oostenrijks|austríac|austriack
BE|belgian,belgians|belge|belgisch|belg|belg|belgisch|belg|belgijsk
BG|bulgarian,bulgarians|bulgare|bulgarisch|búlgar|bulgar|bulgaars|búlgar|bułgarsk
BA|bosnian,bosnians|bosniaque,bosnien|bosnisch|bosni|bosniac|bosnisch|bósni|bośniack
BR|brazilian|brésilien|brasilianisch|brasileñ|brasilian|braziliaans|brasileir|brazylijsk
BY|belarusian,belarusians|biélorusse|belarussisch|bielorrus|bielorus|wit-russisch|bielorruss|białorusk
CA|canadian,canadians|canadien|kanadisch|canadiense|canades|canadees|canadens|kanadyjsk
CH|swiss|suisse|schweizerisch,schweizer|suiz|svizzer|zwitsers|suíç|szwajcarsk
CN|chinese|chinois|chinesisch|chin|cines|chinees|chines|chińsk
CY|cypriot,cypriots|chypriote|zyprisch,zypriotisch|chipriot|cipriot|cypriotisch|cipriot|cypryjsk
CZ|czech,czechs|tchèque|tschechisch|chec|cec|tsjechisch|chec,tchec|czesk
DE|german,germans|allemand|deutsch|aleman|tedesc|duits|alema|niemieck
DK|danish,dane,danes|danois|dänisch|danes|danes|deens|dinamarques|duńsk
EE|estonian,estonians|estonien|estnisch|estoni|eston|ests,estisch|estoni|estońsk
ES|spanish,spaniard,spaniards|espagnol|spanisch|español|spagnol|spaans|espanhol|hiszpańsk
FI|finnish,finn,finns|finlandais|finnisch|finlandes,fines|finlandes|fins|finlandes|fińsk
FR|french,frenchman|français|französisch|frances|frances|frans|frances|francusk
GB|british,briton,britons|britannique|britisch|británic|britannic|brits|britanic|brytyjsk
GB|english|anglais|englisch|ingles|ingles|engels|ingles|angielsk
GB|scottish,scots|écossais|schottisch|escoces|scozzes|schots|escoces|szkock
GB|welsh|gallois|walisisch|gales|galles|welsh|gales|walijsk
GE|georgian,georgians|géorgien|georgisch|georgian|georgian|georgisch|georgian|gruzińsk
GR|greek,greeks|grec|griechisch|grieg|grec|grieks|greg|greck
HR|croatian,croatians,croat,croats|croate|kroatisch|croat|croat|kroatisch|croat|chorwack
HU|hungarian,hungarians|hongrois|ungarisch|húngar|ungheres|hongaars|húngar|węgiersk
IE|irish|irlandais|irisch|irlandes|irlandes|iers|irlandes|irlandzk
IN|indian,indians|indien|indisch|indi|indian|indiaas|indian|indyjsk
IS|icelandic,icelander,icelanders|islandais|isländisch|islandes|islandes|ijslands|islandes|islandzk
IT|italian,italians|italien|italienisch|italian|italian|italiaans|italian|włosk
JP|japanese|japonais|japanisch|japones|giappones|japans|japones|japońsk
LT|lithuanian,lithuanians|lituanien|litauisch|lituan|lituan|litouws|lituan|litewsk
LU|luxembourgish|luxembourgeois|luxemburgisch|luxemburgues|lussemburghes|luxemburgs|luxemburgues|luksembursk
LV|latvian,latvians|letton|lettisch|leton|letton|lets|leta,letao|łotewsk
MD|moldovan,moldovans|moldave|moldauisch|moldav|moldav|moldavisch|moldav|mołdawsk
ME|montenegrin,montenegrins|monténégrin|montenegrinisch|montenegrin|montenegrin|montenegrijns|montenegrin|czarnogórsk
MK|macedonian,macedonians|macédonien|mazedonisch|macedoni|macedon|macedonisch|macedóni|macedońsk
MT|maltese|maltais|maltesisch|maltes|maltes|maltees|maltes|maltańsk
MX|mexican,mexicans|mexicain|mexikanisch|mexican|messican|mexicaans|mexican|meksykańsk
NL|dutch,dutchman|néerlandais,hollandais|niederländisch,holländisch|holandes,neerlandes|olandes|nederlands|holandes,neerlandes|holendersk,niderlandzk
NO|norwegian,norwegians|norvégien|norwegisch|norueg|norveges|noors|norueg,noruegues|norwesk
PL|polish,pole,poles|polonais|polnisch|polac|polacc|pools|polac,polones|polsk
PT|portuguese|portugais|portugiesisch|portugues|portoghes|portugees|portugues|portugalsk
RO|romanian,romanians|roumain|rumänisch|ruman|rumen,romen|roemeens|romen|rumuńsk
RS|serbian,serbians,serb,serbs|serbe|serbisch|serbi|serb|servisch|sérvi|serbsk
RU|russian,russians|russe|russisch|rus|russ|russisch|russ|rosyjsk
SE|swedish,swede,swedes|suédois|schwedisch|suec|svedes|zweeds|suec|szwedzk
SI|slovenian,slovenians,slovene,slovenes|slovène|slowenisch|esloven|sloven|sloveens|esloven|słoweńsk
SK|slovak,slovaks,slovakian|slovaque|slowakisch|eslovac|slovacc|slowaaks|eslovac|słowack
TR|turkish,turks|turc|türkisch|turc|turc|turks|turc|tureck
UA|ukrainian,ukrainians|ukrainien|ukrainisch|ucranian|ucrain|oekraïens|ucranian|ukraińsk
US|american,americans|américain,états-unien|amerikanisch,us-amerikanisch|estadounidense|statunitens,american|amerikaans|american,norte-american,estadunidens|amerykańsk
"""
_ENDINGS = {
    "fr": "|e|s|es|ne|nes|que|ques",  # grec-que, italien-ne
    "de": "|e|en|er|em|es",
    "es": "|o|a|os|as|es|e|esa|eses",
    "it": "o|a|i|e|he|hi|ci|che|chi",
    "nl": "|e",
    "pt": "|o|a|os|as|es|e|ois|ola|olas|ao|aes|nha|ns",
    "pl": "i|a|ie|iego|iej|iemu|im|ich|imi|ą|y|ego|ej|emu|ym|ych|ymi",
}
# Endings that would make a common word of some stem, or a word of another country.
_NOT_PEOPLES = {
    "es": {"china", "checo", "india", "indias", "indios", "chin", "gales", "fines", "danesa"},
    "pt": {"indiana", "gales", "alemanha", "leta", "chines"},
    "it": {"galles", "indiana", "indiane", "ceco", "ceca", "serba"},
    "fr": {"indiens"},
    "en": {"pole", "poles", "finn", "dane"},
    "nl": {"ests", "lets", "fins"},
    "pl": {"polski", "polska", "polską"},
}
_KEEP = {"es": {"checo": "CZ", "danesa": "DK"}, "it": {"ceco": "CZ", "ceca": "CZ"}}

# Regions named in place of a country, by country; the English name stands first.
_REGIONS = """
GB: Cornwall=Cornouailles|Devon|Kent|Essex|Sussex|Yorkshire|Lancashire|County Durham=Durham County
GB: Greater Manchester|Merseyside|West Midlands|Greater London|North Wales|South Wales|Norfolk
GB: Tyne and Wear|Suffolk|Cumbria|Northumberland|Somerset|Dorset|Wiltshire|Hampshire|Surrey
GB: Hertfordshire
IT: Tuscany=Toscana=Toscane=Toskana=Toskania|Lombardy=Lombardia=Lombardei=Lombardie|Veneto=Vénétie
IT: Piedmont=Piemonte=Piemont=Piémont|Emilia-Romagna=Émilie-Romagne|Liguria=Ligurie|Lazio|Marche
IT: Umbria=Ombrie|Abruzzo|Campania=Campanie|Apulia=Puglia=Pouilles|Basilicata|Calabria=Calabre
IT: Sicily=Sicilia=Sicile=Sizilien=Sicilië=Sycylia|Sardinia=Sardegna=Sardaigne=Sardinien=Sardynia
IT: South Tyrol=Südtirol=Alto Adige|Friuli=Friuli Venezia Giulia|Trentino
ES: Catalonia=Cataluña=Catalunya=Catalogne=Katalonien=Catalogna=Catalonië=Catalunha=Katalonia
ES: Andalusia=Andalucía=Andalousie=Andalusien=Andaluzja|Galicia=Galice=Galicien|Asturias=Asturies
ES: Basque Country=País Vasco=Euskadi=Pays basque=Baskenland=Paesi Baschi|Aragon=Aragón|Cantabria
ES: Navarre=Navarra|Extremadura|Castile and León=Castilla y León|Castilla-La Mancha|La Rioja
ES: Canary Islands=Canarias=Islas Canarias=Kanaren|Tenerife
ES: Majorca=Mallorca=Maiorca=Majorque=Majorka|Balearic Islands=Baleares
FR: Brittany=Bretagne=Bretaña=Bretagna=Bretania|Normandy=Normandie|Alsace=Elsass|Provence
FR: Lorraine=Lothringen|Corsica=Corse=Korsika|Burgundy=Bourgogne=Burgund|Auvergne|Rhône-Alpes
FR: Auvergne-Rhône-Alpes|Occitania=Occitanie|Nouvelle-Aquitaine|Aquitaine|Île-de-France|Grand Est
FR: Hauts-de-France|Pays de la Loire|Poitou-Charentes|Franche-Comté|Languedoc|Midi-Pyrénées
FR: Picardy=Picardie|Seine-Saint-Denis|Nord-Pas-de-Calais
DE: Bavaria=Bayern=Bavière=Baviera=Beieren=Bawaria|Saxony=Sachsen=Saxe=Sajonia=Sassonia=Saksonia
DE: Lower Saxony=Niedersachsen=Basse-Saxe|North Rhine-Westphalia=Nordrhein-Westfalen=NRW
DE: Hesse=Hessen|Thuringia=Thüringen|Brandenburg=Brandebourg|Saarland=Sarre|Schleswig-Holstein
DE: Baden-Württemberg=Baden-Wuerttemberg|Rhineland-Palatinate=Rheinland-Pfalz|Rhineland=Rheinland
DE: Mecklenburg-Vorpommern|Saxony-Anhalt=Sachsen-Anhalt|Ruhr=Ruhrgebiet
BE: Flanders=Flandre=Flandern=Flandes=Fiandre=Vlaanderen=Flandria=Flandres
BE: Wallonia=Wallonie=Wallonië=Wallonien=Valonia=Vallonia=Walonia
NL: Friesland=Fryslân=Frise=Frisia|Zeeland|Gelderland|North Brabant=Noord-Brabant|Overijssel
NL: North Holland=Noord-Holland|South Holland=Zuid-Holland|Limburg|Flevoland|Drenthe
AT: Tyrol=Tirol|Styria=Steiermark|Carinthia=Kärnten|Burgenland|Vorarlberg
AT: Lower Austria=Niederösterreich|Upper Austria=Oberösterreich
PL: Silesia=Śląsk=Silésie=Schlesien|Mazovia=Mazowsze|Pomerania=Pomorze|Lesser Poland=Małopolska
PL: Greater Poland=Wielkopolska|Lower Silesia=Dolny Śląsk
PT: Algarve|Alentejo|Azores=Açores|Madeira
CZ: Moravia=Moravie=Mähren|Bohemia=Böhmen
RO: Transylvania=Transilvania=Siebenbürgen
GR: Crete=Crète=Kreta=Creta|Attica|Thessaly
HR: Istria=Istrie=Istrien|Dalmatia=Dalmatie=Dalmatien=Dalmazia
FI: Lapland=Laponie
SE: Scania=Skåne|Västra Götaland
"""

# Country words that are also names or things; they need a preposition or another place near.
CAPRICIOUS = _set(
    "america brandenburg chad china cuba czech dominique durham essex galice gales galles georgia "
    "guinea hesse indie island israel jersey jordan kent limburg lorraine mali marche "
    "maurice monaco navarra navarre niger norfolk oman palau polski provence ruhr samoa saxe "
    "surrey sussex togo tonga turkey wales"
)
_NEVER = {"reunion", "us", "it", "in", "man", "la reunion", "ira", "oma", "toge"}


# CLDR codes of unions, islands and placeholders that ISO 3166-1 does not assign.
_NO_COUNTRY = _set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ")


@cache
def _territories(language: str) -> dict[str, str]:
    """Country names of one language, by alpha-2 code."""
    named = Locale.parse(language).territories
    return {
        code: name
        for code, name in named.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }


def _polish_cases(name: str) -> Iterator[str]:
    """Genitive, locative, accusative and instrumental of regular Polish country names."""
    if name.endswith(("ja", "ia")):
        yield from (name[:-1] + "i", name[:-1] + "ę", name[:-1] + "ą")
    elif name.endswith(("a", "o")):
        yield from (name[:-1] + "y", name[:-1] + "ę", name[:-1] + "ie")
    elif name[-1] not in "aeiouy":
        yield from (name + "u", name + "ie", name + "em")


@cache
def names() -> dict[str, str]:
    """Country code by place key, for country names of all languages and cases."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in _territories(language).items():
            found.setdefault(place_key(name), code)
            if language == "pl":
                for case in _polish_cases(name):
                    found.setdefault(place_key(case), code)
    for code, aliases in _ALIASES.items():
        found.update((place_key(alias), code) for alias in aliases.split("|"))
    for never in _NEVER:
        found.pop(never, None)
    return found


@cache
def regions() -> dict[str, tuple[str, str]]:
    """(name, country code) by place key, for regions named in place of a country."""
    found: dict[str, tuple[str, str]] = {}
    for line in _REGIONS.strip().splitlines():
        code, _, spelled = line.partition(": ")
        for names_of_one in spelled.split("|"):
            name, *others = names_of_one.split("=")
            for spelling in (name, *others):
                found.setdefault(place_key(spelling), (name, code))
    return found


@cache
def peoples(language: str) -> dict[str, str]:
    """Country code by folded adjective or people, in one language, every ending."""
    column = LANGUAGES.index(language) + 1 if language in LANGUAGES else 1
    found: dict[str, str] = {}
    for line in _PEOPLES.strip().splitlines():
        row = line.split("|")
        for stem in row[column].split(","):
            endings = _ENDINGS[language].split("|") if column > 1 else [""]
            for ending in endings:
                found.setdefault(place_key(stem + ending), row[0])
    for never in _NOT_PEOPLES.get(language, ()):
        found.pop(place_key(never), None)
    found.update(_KEEP.get(language, {}))
    return found


def is_code(code: str) -> bool:
    """Whether ``code`` is a country code people write in brackets ("BE", "UK")."""
    return code in _CODES or code in _territories("en")


@lru_cache(maxsize=8_192)
def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 for a code, a name or an adjective in any of the eight languages.

    Codes count in capitals only ("IT" is Italy, "it" is not). ``None`` when it is none of these.
    """
    bare = name.strip(" .,;:()[]")
    letters = bare.replace(".", "")
    if letters.isupper() and len(letters) <= 3:
        if letters in _CODES:
            return _CODES[letters]
        if letters in _territories("en"):
            return letters
        return _alpha3().get(letters)
    key = re.sub(r"^the ", "", place_key(bare))
    if code := names().get(key):
        return code
    return next((code for lang in LANGUAGES if (code := peoples(lang).get(key))), None)


@cache
def _alpha3() -> dict[str, str]:
    """Alpha-2 by alpha-3, from CLDR's alias table."""
    from babel.core import get_global  # its data file opens only when asked

    aliases = get_global("territory_aliases")
    return {
        alias: codes[0]
        for alias, codes in aliases.items()
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1
    }


@lru_cache(maxsize=2_048)
def country_name(code: str, language: str = "en") -> str:
    """The country's name in ``language`` (or English); a code of no country comes back."""
    known = _territories(language if language in LANGUAGES else "en")
    return known.get(code.upper(), code)
