"""Which rentrée is prepared: the next one; in autumn, the one that has just been."""

from datetime import date, timedelta

from socle.annee_scolaire import AnneeScolaire

ETE = timedelta(days=92)
AUTOMNE = (9, 10)  # months in which one still finishes the rentrée that has begun
SAISON = range(6, 11)  # months in which the first page of the agents tells of it


def annees_a_preparer(le: date) -> list[AnneeScolaire]:
    """The year that runs, and the next one."""
    en_cours = AnneeScolaire.de(le)
    return [en_cours, AnneeScolaire(en_cours.debut + 1)]


def annee_par_defaut(le: date) -> AnneeScolaire:
    en_cours, prochaine = annees_a_preparer(le)
    return en_cours if le.month in AUTOMNE else prochaine


def lire_annee(texte: str, le: date) -> AnneeScolaire | None:
    """« 2027-2028 », if it is one that is prepared now."""
    annee = AnneeScolaire.lire(texte)
    return annee if annee in annees_a_preparer(le) else None


def periode_de(annee: AnneeScolaire) -> tuple[date, date]:
    """What is asked for a year is asked from the summer before it to its end."""
    return annee.du - ETE, annee.au
