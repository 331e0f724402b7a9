"""What the logs say: never an address, a telephone, a bank account, an identifiant or the number of a dossier.

Whoever writes a line should not write them; an exception of a library, or of PostgreSQL, does without asking.
"""

import logging
import re

NIVEAUX = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MASQUES = (
    # PostgreSQL quotes the row that it refuses, and the key that is taken.
    (re.compile(r"(Failing row contains) \(.*\)"), r"\1 (…)"),
    (re.compile(r"(Key \([^)]*\))=\(.*?\)(?= |$)", re.MULTILINE), r"\1=(…)"),
    (re.compile(r"(username|identifiant)(['\"]?\s*[:=]\s*)(\"[^\"]*\"|'[^']*')"), r"\1\2…"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "…@…"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), "IBAN…"),
    (re.compile(r"(?<!\w)(?:\+33|0033|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?!\d)"), "tél…"),
    (re.compile(r"(?<!\d)\d{13}(?!\d)"), "n°…"),
    (re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"), "ip…"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE), "ip…"),
)


class SansPersonne(logging.Formatter):
    """The line as usual, its traceback included, once what names somebody is masked."""

    def format(self, record: logging.LogRecord) -> str:
        return masquer(super().format(record))


def journal(niveau: str) -> dict[str, object]:
    """The setting LOGGING: everything from that level on goes to the console, masked."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"sans_personne": {"()": "portail.journal.SansPersonne"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sans_personne"}},
        "loggers": {
            # It tells each step of each sheet, and each rule that paper has no use for.
            "weasyprint": {"level": "ERROR"},
            # It greets whoever imports it: cron would post that at each run.
            "pikepdf": {"level": "WARNING"},
        },
        "root": {"handlers": ["console"], "level": niveau},
    }


def masquer(texte: str) -> str:
    """« jean.dupont@wanadoo.fr » is « …@… »."""
    for motif, remplacement in MASQUES:
        texte = motif.sub(remplacement, texte)
    return texte
