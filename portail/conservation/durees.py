"""How long the portal keeps what it holds: said once, for the page that promises it and the command that does it.

The direction may set some of them, within bounds (`REGLABLES`); the others are the law's, or the portal's own.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from socle.annee_scolaire import AnneeScolaire
from socle.reglages.lecture import lire

EN_LETTRES = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


@dataclass(frozen=True)
class Duree:
    """So many years. What happened before `limite` is older than that."""

    annees: int

    def __str__(self) -> str:
        """« deux ans »."""
        return f"{EN_LETTRES[self.annees]} {'an' if self.annees < 2 else 'ans'}"

    def limite(self, le: date) -> date:
        """The first day that is still kept on that day. A 29 February counts as a 28th: a day more is kept."""
        try:
            return le.replace(year=le.year - self.annees)
        except ValueError:
            return le.replace(year=le.year - self.annees, day=28)


@dataclass(frozen=True)
class DureeEnJours:
    """So many days, for what only serves while people work."""

    jours: int

    def __str__(self) -> str:
        """« sept jours »."""
        return f"{EN_LETTRES[self.jours]} {'jour' if self.jours < 2 else 'jours'}"

    def limite(self, le: date) -> date:
        return le - timedelta(days=self.jours)


@dataclass(frozen=True)
class AnneeSuivante:
    """The school year in which it ended, and the whole of the next one."""

    def __str__(self) -> str:
        return "la fin de l’année scolaire qui suit la dernière inscription"

    def limite(self, le: date) -> date:
        """An inscription that ended before that day has had its following year."""
        return AnneeScolaire(AnneeScolaire.de(le).debut - 1).du


# A dossier, once its children no longer use the services.
DOSSIERS = Duree(2)
# Once decided, once answered.
DEMANDES, MESSAGES = Duree(2), Duree(2)
TRACES_DE_CONNEXION = Duree(1)
# What agents write between them of a famille.
NOTES = Duree(2)
# Sent by familles, once refused or no longer valid. Those that hold go with the dossier.
DOCUMENTS = Duree(2)
# A page that has been open longer than that has seen its session end: its forms are refused.
FORMULAIRES_ENVOYES = DureeEnJours(7)
# A file that somebody has sent, and has not imported.
FICHIERS_A_IMPORTER = DureeEnJours(1)
SANTE = AnneeSuivante()
# Who read what is confidential, as long as an unlawful reading may be prosecuted (Code de procédure pénale, art. 8).
JOURNAL_DES_LECTURES = Duree(6)
# The rules of public accounting. Longer than that too, for the portal: what was issued is never deleted.
OPERATIONS = Duree(10)


@dataclass(frozen=True)
class Reglable:
    """A time that the direction may set, in years. `loi`: where its bounds come from."""

    code: str
    titre: str
    depuis: str
    au_moins: int
    au_plus: int
    loi: str


CONSERVATION = "conservation"
REGLABLES = (
    Reglable(
        "dossiers",
        "Dossiers des familles",
        "après la dernière utilisation des services",
        1,
        5,
        "Le temps utile au service, et pas plus (RGPD, art. 5)\u00a0: cinq ans au plus, deux conseillés.",
    ),
    Reglable(
        "demandes",
        "Demandes et leurs pièces",
        "après la décision",
        1,
        5,
        "Un an au moins\u00a0: une décision se conteste pendant deux mois, et sert de preuve. Cinq au plus.",
    ),
    Reglable(
        "messages",
        "Messages et e-mails",
        "après le dernier de la conversation",
        1,
        5,
        "Le temps utile au service\u00a0: un an au moins, cinq au plus.",
    ),
    Reglable("notes", "Notes du centre", "après leur écriture", 1, 3, "Des notes de travail\u00a0: trois ans au plus."),
    Reglable(
        "documents",
        "Documents des familles",
        "après leur refus ou leur péremption",
        1,
        3,
        "Ils ne servent plus\u00a0: trois ans au plus. Ceux de santé s’effacent avec les données de santé.",
    ),
    Reglable(
        "traces",
        "Traces de connexion",
        "après l’essai",
        1,
        3,
        "La CNIL conseille un an (délibération 2021-122)\u00a0; trois au plus, si un risque le justifie.",
    ),
    Reglable(
        "journal",
        "Journal des lectures confidentielles",
        "après la lecture",
        3,
        6,
        "Tant qu’une lecture illégitime se poursuit\u00a0: six ans (Code de procédure pénale, art. 8), trois au moins.",
    ),
)


def origine(code: str) -> Duree:
    """What it is until the direction sets it."""
    return {
        "dossiers": DOSSIERS,
        "demandes": DEMANDES,
        "messages": MESSAGES,
        "notes": NOTES,
        "documents": DOCUMENTS,
        "traces": TRACES_DE_CONNEXION,
        "journal": JOURNAL_DES_LECTURES,
    }[code]


def duree(code: str) -> Duree:
    """What it is now."""
    annees = lire(CONSERVATION).get(code)
    return Duree(annees) if isinstance(annees, int) else origine(code)


def durees() -> dict[str, Duree | AnneeSuivante]:
    """For the page « Données personnelles »."""
    reglees: dict[str, Duree | AnneeSuivante] = {une.code: duree(une.code) for une in REGLABLES}
    return reglees | {"sante": SANTE, "operations": OPERATIONS}


def minuit(jour: date) -> datetime:
    """Its first instant, at the clock of the portal."""
    return timezone.make_aware(datetime.combine(jour, time.min))
