"""What the demo town books: the guide's seven prestations, its spring of 2015, and a school year alive today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import StringIO
from math import ceil
from random import Random

from django.core.management import call_command
from django.utils import timezone

from famille.models import Compte, Famille, Rattachement
from planning.models import Inscription, Prestation, Reservation, Structure, Vacances, lire_calendrier
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat, Presence
from planning.regles.jours import SEMAINE, Jours, jours_entre
from portail.peuplement.guide import NUMERO_DUPONT
from portail.peuplement.hasard import hasard
from socle.annee_scolaire import AnneeScolaire

LOT = 5000  # réservations written at once
A_VENIR = timedelta(days=60)  # how far ahead the town has booked
ECOLE = Jours.LUNDI | Jours.MARDI | Jours.JEUDI | Jours.VENDREDI
Reglages = dict[str, object]
SUR_PLACE: Reglages = {"repas": Prestation.Repas.SUR_PLACE}
SANS_VACANCES: Reglages = {"jours_petites_vacances": 0, "jours_grandes_vacances": 0}
VACANCES: Reglages = {
    "jours_scolaires": 0,
    "jours_petites_vacances": SEMAINE,
    "jours_grandes_vacances": SEMAINE,
}

# The rows of the guide's grid, in its order. Times and places are ours: the guide does not give them.
PRESTATIONS: tuple[tuple[str, str, time, time, int | None, Reglages], ...] = (
    ("Accueil de Loisirs", "ALSH Mercredi après-midi", time(13, 30), time(18), 40,
     {"jours_scolaires": Jours.MERCREDI, **SANS_VACANCES, "validation": "automatique"}),
    ("Accueil de Loisirs", "ALSH Mercredi journée", time(8), time(18), 60,
     {"jours_scolaires": Jours.MERCREDI, **SANS_VACANCES, **SUR_PLACE}),
    ("Accueil de Loisirs", "ALSH Vacances après-midi", time(13, 30), time(18), 30, VACANCES),
    ("Accueil de Loisirs", "ALSH Vacances journée", time(8), time(18), 60, VACANCES | SUR_PLACE),
    ("Accueil de Loisirs", "ALSH Vacances matin", time(8), time(13, 30), 30, VACANCES),
    ("Garderie périscolaire", "Garderie matin", time(7, 30), time(8, 30), None,
     {"jours_scolaires": ECOLE, **SANS_VACANCES, "hors_delai_autorise": True, "validation": "automatique"}),
    ("Garderie périscolaire", "Restauration scolaire", time(11, 45), time(13, 30), 120,
     {"jours_scolaires": ECOLE, **SANS_VACANCES, "repas": Prestation.Repas.A_L_ECOLE}),
)  # fmt: skip

MERCREDI, VACANCES_JOURNEE, GARDERIE, CANTINE = (
    "ALSH Mercredi journée",
    "ALSH Vacances journée",
    "Garderie matin",
    "Restauration scolaire",
)
PLACES_MAX = 32_767  # what the column holds: beyond, a city of the benchmarks shares them
# The four days on which the guide shows the child present.
PAQUES_2015 = [date(2015, 4, quantieme) for quantieme in (13, 14, 15, 16)]


def peupler_plannings(au: date, annees: int, familles: int) -> int:
    """Calendar, prestations, inscriptions and réservations that are missing. Returns how many réservations.

    `familles`: the size of the town, so that it has places enough.
    """
    prestations = _prestations(ceil(familles / 60))
    _calendriers(au, annees)
    _printemps_2015(prestations)
    agent = Compte.objects.get(identifiant="agent")
    debut = AnneeScolaire(AnneeScolaire.de(au).debut - annees + 1).du
    calendrier = lire_calendrier(debut, au + A_VENIR)
    sans_inscription = Rattachement.objects.exclude(enfant__classe="COLLEGE").exclude(
        enfant__inscriptions__du__gte=debut, enfant__inscriptions__prestation__nom=CANTINE
    )
    liens = sans_inscription.select_related("enfant", "famille").order_by("pk")
    fin = AnneeScolaire.de(au).au
    lignes = (ligne for lien in liens.iterator() for ligne in _inscriptions(lien, prestations, debut, fin, agent))
    Inscription.objects.bulk_create(lignes, batch_size=LOT)
    return _reservations(prestations, calendrier, au, agent)


def _prestations(taille: int) -> dict[str, Prestation]:
    trouvees = {}
    for ordre, (structure, nom, debut, fin, places, reste) in enumerate(PRESTATIONS, 1):
        lieu, _ = Structure.objects.get_or_create(nom=structure, defaults={"ordre": 1 + structure.startswith("G")})
        bornes = {"ordre": ordre, "heure_debut": debut, "heure_fin": fin, "age_min": 3, "age_max": 12}
        bornes["places"] = places and min(places * taille, PLACES_MAX)
        trouvees[nom], _ = Prestation.objects.get_or_create(structure=lieu, nom=nom, defaults=bornes | reste)
    return trouvees


def _calendriers(au: date, annees: int) -> None:
    """The guide's school year, and those of the town. The published data lack a bridge or two: warnings for agents."""
    annee = AnneeScolaire.de(au)
    if Vacances.objects.filter(du__lte=au, au__gte=annee.du).exists():
        return
    for depuis, nombre in ((2014, 1), (annee.debut - annees + 1, annees + 1)):
        call_command("importer_calendrier", depuis=depuis, annees=nombre, stdout=StringIO(), stderr=StringIO())


def _printemps_2015(prestations: dict[str, Prestation]) -> None:
    """The guide's April 2015: seven rows, and four days of the Easter holidays booked and attended."""
    famille = Famille.objects.get(responsables__compte__identifiant="dupont")
    lea = famille.enfants.get(prenom="Léa")
    if lea.inscriptions.exists():
        return
    rentree, fin = date(2014, 9, 1), date(2015, 8, 31)
    inscriptions = {
        nom: Inscription(enfant=lea, famille=famille, prestation=prestation, du=rentree, au=fin)
        for nom, prestation in prestations.items()
    }
    Inscription.objects.bulk_create(inscriptions.values())
    vacances = inscriptions[VACANCES_JOURNEE]
    Reservation.objects.bulk_create(
        _reservation(vacances, jour, Etat.RESERVEE, _le(jour - timedelta(days=20)), presence=Presence.PRESENT)
        for jour in PAQUES_2015
    )


def _inscriptions(
    lien: Rattachement, prestations: dict[str, Prestation], debut: date, fin: date, agent: Compte
) -> Iterator[Inscription]:
    """A child of school age: to everything, with the canteen and sometimes the garderie every week.

    The garderie is asked for again each year, and ends with it; the rest goes on.
    """
    chance = hasard(f"inscription {lien.famille.numero} {lien.enfant.prenom}")
    alternee = lien.enfant.rattachements.count() > 1
    parite = int(lien.famille.numero) % 2 if alternee else None
    rythmes = {
        CANTINE: chance.choice([ECOLE, Jours.LUNDI | Jours.MARDI, Jours.JEUDI | Jours.VENDREDI]),
        GARDERIE: chance.choice([0, 0, ECOLE, Jours.MARDI]),
        MERCREDI: chance.choice([0, 0, Jours.MERCREDI]),
    }
    a_tout = lien.famille.numero == NUMERO_DUPONT or chance.random() < 0.7
    noms = prestations if a_tout else (CANTINE, GARDERIE)
    for nom in noms:
        jours = rythmes.get(nom, 0)
        yield Inscription(
            enfant=lien.enfant,
            famille=lien.famille,
            prestation=prestations[nom],
            du=debut,
            au=fin if nom == GARDERIE else None,
            jours=jours,
            parite=parite if jours else None,
            par=agent,
        )


def _reservations(prestations: dict[str, Prestation], calendrier: Calendrier, au: date, agent: Compte) -> int:
    """Bookings past and to come, presences called until yesterday, a few absences."""
    alsh = [prestations[MERCREDI], prestations[VACANCES_JOURNEE]]
    vides = Inscription.objects.filter(prestation__in=alsh, jours=0, reservations=None, du__gt=date(2016, 1, 1))
    total = 0
    lot: list[Reservation] = []
    for inscription in vides.select_related("prestation", "enfant", "famille").order_by("pk").iterator():
        lot += _reservations_de(inscription, calendrier, au, agent)
        if len(lot) >= LOT:
            total += len(Reservation.objects.bulk_create(lot))
            lot = []
    return total + len(Reservation.objects.bulk_create(lot))


def _reservations_de(
    inscription: Inscription, calendrier: Calendrier, au: date, agent: Compte
) -> Iterator[Reservation]:
    chance = hasard(f"réservations {inscription.famille.numero} {inscription.enfant.prenom} {inscription.prestation}")
    prestation = inscription.prestation
    assidu = chance.uniform(0.1, 0.6)
    for jour in jours_entre(inscription.du, au + A_VENIR):
        if chance.random() > assidu or not calendrier.accueille(jour, prestation.structure_id, prestation.ouverture):
            continue
        yield _journee(chance, inscription, jour, au, agent)


def _journee(chance: Random, inscription: Inscription, jour: date, au: date, agent: Compte) -> Reservation:
    depuis = _le(min(jour, au) - timedelta(days=chance.randint(5, 30)))
    if jour < au:
        etat, presence = chance.choices(
            [
                (Etat.RESERVEE, Presence.PRESENT),
                (Etat.ABSENT_EXCUSE, Presence.ABSENT),
                (Etat.ABSENT_FACTURE, Presence.ABSENT),
                (Etat.REFUSEE, Presence.NON_POINTEE),
            ],
            [90, 5, 3, 2],
        )[0]
    else:
        etat, presence = chance.choices([Etat.RESERVEE, Etat.CONGE], [97, 3])[0], Presence.NON_POINTEE
    motif = "Plus de place ce jour-là." if etat == Etat.REFUSEE else ""
    return _reservation(inscription, jour, etat, depuis, presence=presence, par=agent, motif=motif)


def _reservation(
    inscription: Inscription,
    jour: date,
    etat: Etat,
    depuis: datetime,
    *,
    presence: Presence = Presence.NON_POINTEE,
    par: Compte | None = None,
    motif: str = "",
) -> Reservation:
    return Reservation(
        inscription=inscription,
        prestation=inscription.prestation,
        jour=jour,
        etat=etat,
        presence=presence,
        depuis=depuis,
        par=par,
        motif=motif,
    )


def _le(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time(18, 30)))
