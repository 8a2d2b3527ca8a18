"""The few sentences Townbook says itself, in the language of the question.

Everything else an answer says is quoted. Knows wording only; counts are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping

_EN: Mapping[str, str] = {
    "list": "{count} found:",
    "coverage": "{documents} documents were looked at; {matched} match.",
    "uncertain": "Uncertain: {names}.",
    "refusal": "The articles do not hold an answer to this question.",
    "missing": "Not found: {what}.",
    "nearest": "The closest passages are shown below.",
    "lower": "{winner} comes first: {winner_value} against {loser_value}.",
    "higher": "{winner} has more: {winner_value} against {loser_value}.",
    "later": "{winner} is the later one: {winner_value} against {loser_value}.",
    "equal": "Both have the same value: {winner_value}.",
    "difference": "Difference: {value}.",
    "one_side": "Nothing comparable was found for {name}.",
}
PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": _EN,
    "fr": {
        "list": "{count} trouvés :",
        "coverage": "{documents} documents examinés, dont {matched} correspondent.",
        "uncertain": "Incertain : {names}.",
        "refusal": "Les articles ne contiennent pas de réponse à cette question.",
        "missing": "Introuvable : {what}.",
        "nearest": "Les passages les plus proches figurent ci-dessous.",
        "lower": "{winner} vient en premier : {winner_value} contre {loser_value}.",
        "higher": "{winner} a davantage : {winner_value} contre {loser_value}.",
        "later": "{winner} est plus récent : {winner_value} contre {loser_value}.",
        "equal": "Les deux ont la même valeur : {winner_value}.",
        "difference": "Écart : {value}.",
        "one_side": "Rien de comparable pour {name}.",
    },
    "de": {
        "list": "{count} gefunden:",
        "coverage": "{documents} Dokumente durchgesehen, {matched} passen.",
        "uncertain": "Unsicher: {names}.",
        "refusal": "Die Artikel enthalten keine Antwort auf diese Frage.",
        "missing": "Nicht gefunden: {what}.",
        "nearest": "Die ähnlichsten Stellen stehen darunter.",
        "lower": "{winner} ist zuerst: {winner_value} gegenüber {loser_value}.",
        "higher": "{winner} hat mehr: {winner_value} gegenüber {loser_value}.",
        "later": "{winner} ist später: {winner_value} gegenüber {loser_value}.",
        "equal": "Beide haben denselben Wert: {winner_value}.",
        "difference": "Unterschied: {value}.",
        "one_side": "Für {name} wurde nichts Vergleichbares gefunden.",
    },
    "es": {
        "list": "{count} encontrados:",
        "coverage": "Se revisaron {documents} documentos; {matched} coinciden.",
        "uncertain": "Dudoso: {names}.",
        "refusal": "Los artículos no contienen una respuesta a esta pregunta.",
        "missing": "No se encontró: {what}.",
        "nearest": "Abajo figuran los pasajes más próximos.",
        "lower": "{winner} va primero: {winner_value} frente a {loser_value}.",
        "higher": "{winner} tiene más: {winner_value} frente a {loser_value}.",
        "later": "{winner} es posterior: {winner_value} frente a {loser_value}.",
        "equal": "Ambos tienen el mismo valor: {winner_value}.",
        "difference": "Diferencia: {value}.",
        "one_side": "No se encontró nada comparable para {name}.",
    },
    "it": {
        "list": "{count} trovati:",
        "coverage": "Esaminati {documents} documenti; {matched} corrispondono.",
        "uncertain": "Incerto: {names}.",
        "refusal": "Gli articoli non contengono una risposta a questa domanda.",
        "missing": "Non trovato: {what}.",
        "nearest": "Sotto si trovano i passaggi più vicini.",
        "lower": "{winner} viene prima: {winner_value} contro {loser_value}.",
        "higher": "{winner} ha di più: {winner_value} contro {loser_value}.",
        "later": "{winner} è successivo: {winner_value} contro {loser_value}.",
        "equal": "Entrambi hanno lo stesso valore: {winner_value}.",
        "difference": "Differenza: {value}.",
        "one_side": "Nulla di paragonabile per {name}.",
    },
    "nl": {
        "list": "{count} gevonden:",
        "coverage": "{documents} documenten bekeken; {matched} passen.",
        "uncertain": "Onzeker: {names}.",
        "refusal": "De artikelen bevatten geen antwoord op deze vraag.",
        "missing": "Niet gevonden: {what}.",
        "nearest": "Hieronder staan de passages die er het dichtst bij komen.",
        "lower": "{winner} is eerst: {winner_value} tegenover {loser_value}.",
        "higher": "{winner} heeft meer: {winner_value} tegenover {loser_value}.",
        "later": "{winner} is later: {winner_value} tegenover {loser_value}.",
        "equal": "Beide hebben dezelfde waarde: {winner_value}.",
        "difference": "Verschil: {value}.",
        "one_side": "Voor {name} is niets vergelijkbaars gevonden.",
    },
    "pt": {
        "list": "{count} encontrados:",
        "coverage": "{documents} documentos examinados; {matched} correspondem.",
        "uncertain": "Incerto: {names}.",
        "refusal": "Os artigos não contêm uma resposta a esta pergunta.",
        "missing": "Não encontrado: {what}.",
        "nearest": "Abaixo estão as passagens mais próximas.",
        "lower": "{winner} vem primeiro: {winner_value} contra {loser_value}.",
        "higher": "{winner} tem mais: {winner_value} contra {loser_value}.",
        "later": "{winner} é posterior: {winner_value} contra {loser_value}.",
        "equal": "Ambos têm o mesmo valor: {winner_value}.",
        "difference": "Diferença: {value}.",
        "one_side": "Nada de comparável para {name}.",
    },
    "pl": {
        "list": "Znaleziono: {count}",
        "coverage": "Przejrzano dokumentów: {documents}; pasujących: {matched}.",
        "uncertain": "Niepewne: {names}.",
        "refusal": "Artykuły nie zawierają odpowiedzi na to pytanie.",
        "missing": "Nie znaleziono: {what}.",
        "nearest": "Najbliższe fragmenty podano poniżej.",
        "lower": "{winner} jest wcześniej: {winner_value} wobec {loser_value}.",
        "higher": "{winner} ma więcej: {winner_value} wobec {loser_value}.",
        "later": "{winner} jest późniejsze: {winner_value} wobec {loser_value}.",
        "equal": "Obie wartości są równe: {winner_value}.",
        "difference": "Różnica: {value}.",
        "one_side": "Dla {name} nie znaleziono nic porównywalnego.",
    },
}


def say(key: str, language: str, **values: object) -> str:
    """The sentence ``key`` in ``language`` (English when there is none), values filled in."""
    return PHRASES.get(language, _EN)[key].format(**values)
