"""The two axes of a day as PostgreSQL keeps them: booking (`Etat`) and attendance (`Presence`)."""

from django.db.models import TextChoices


class Etat(TextChoices):
    """Booking axis, as stored. AUCUN: nobody has said anything, the weekly pattern speaks. ANNULEE: an agent has taken
    the day back, whatever the pattern says."""

    AUCUN = "aucun", "Sans réservation"
    DEMANDEE = "demandee", "Demande en attente"
    EN_COURS = "en_cours", "Réservation en cours de traitement"
    RESERVEE = "reservee", "Réservé"
    REGULIERE = "reguliere", "Régulier"
    REFUSEE = "refusee", "Réservation refusée"
    ABSENCE_DEMANDEE = "absence_demandee", "Absence demandée"
    ABSENCE_EN_COURS = "absence_en_cours", "Absence en cours de traitement"
    ABSENT_EXCUSE = "absent_excuse", "Absent excusé"
    ABSENT_FACTURE = "absent_facture", "Absent facturé"
    CONGE = "conge", "Congé"
    ANNULEE = "annulee", "Réservation annulée"


class Presence(TextChoices):
    """Attendance axis, as stored."""

    NON_POINTEE = "", "Non pointé"
    PRESENT = "present", "Présent"
    ABSENT = "absent", "Absent"


# A pending request holds its place; so does an absence until it is excused, and a billed one: it is paid for.
OCCUPENT = frozenset({
    Etat.DEMANDEE, Etat.EN_COURS, Etat.RESERVEE, Etat.REGULIERE,
    Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS, Etat.ABSENT_FACTURE,
})  # fmt: skip

EN_ATTENTE = frozenset({Etat.DEMANDEE, Etat.EN_COURS, Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS})

LIBRES = frozenset(Etat) - OCCUPENT

# Nobody is expected, and no page has anything to show.
SANS_RESERVATION = frozenset({Etat.AUCUN, Etat.ANNULEE})

ACQUISES = frozenset({Etat.RESERVEE, Etat.REGULIERE})

ABSENCES_DECIDEES = frozenset({Etat.ABSENT_EXCUSE, Etat.ABSENT_FACTURE, Etat.CONGE})

# Who comes, or may come: an absence keeps its child expected until an agent has decided.
ATTENDUS = OCCUPENT - ABSENCES_DECIDEES

DEMANDES = frozenset({Etat.DEMANDEE, Etat.EN_COURS})

ABSENCES = ABSENCES_DECIDEES | {Etat.ABSENCE_DEMANDEE, Etat.ABSENCE_EN_COURS}


def etat_effectif(etat: Etat, *, regulier: bool) -> Etat:
    """The booking axis once the weekly pattern has spoken: it fills in what nobody has said."""
    return Etat.REGULIERE if regulier and etat == Etat.AUCUN else etat
