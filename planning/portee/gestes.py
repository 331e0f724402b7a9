"""One verb on many days: tried first, in numbers; then done, and told to each famille, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, Famille
from planning.erreurs import EtatIncompatible, RefusPlanning
from planning.journees.journee import Journee
from planning.models import Derogation, Reservation
from planning.portee import chiffrage
from planning.portee.ecart import Ecart, JourAttendu, Lecture
from planning.portee.messager import NOMMES, ecrire, lister
from planning.regles.etats import EN_ATTENTE, OCCUPENT, Presence
from socle.verrous import verrouiller_toutes


@dataclass(frozen=True)
class Avis:
    """What a famille reads of it: the subject, what comes before its days, and after."""

    sujet: str
    raison: str
    suite: str


@dataclass(frozen=True, kw_only=True)
class Geste:
    """`nom`: the line of the menu. `compte`, `comptes`: « Annuler {} réservation », « Annuler {} réservations ».
    `fait`, `faits`: « annulée », « annulées ». To the famille: `avis`, of one day or of several."""

    nom: str
    compte: str
    comptes: str
    verbe: Callable[[Reservation, Compte], None]
    fait: str
    faits: str
    avis: Avis
    avis_de_plusieurs: Avis
    meme_en_attente: bool = False  # of a day on which the famille waits for an answer
    peut_deroger: bool = False

    def en_nombre(self, jours: int) -> str:
        """« Annuler 3 réservations »."""
        return (self.compte if jours < 2 else self.comptes).format(jours)

    def dire(self, jours: int) -> Avis:
        return self.avis if jours < 2 else self.avis_de_plusieurs


@dataclass
class Bilan:
    """What became of each day. `refus`: why some stay as they are, a sentence each. `derogations`: of those that went
    beyond the deadline or the places."""

    faites: list[Reservation] = field(default_factory=list)
    refus: list[str] = field(default_factory=list)
    ecart: Ecart = field(default_factory=lambda: Ecart({}, {}))
    derogations: list[Derogation] = field(default_factory=list)

    def dire(self, *, previent: bool = True) -> list[str]:
        """« 96 jours, du 08/04/2015 au 30/06/2015 : 12 familles, 14 enfants. », the euros, what stays as it is."""
        if not self.faites:
            return []
        jours = sorted(journee.jour for journee in self.faites)
        familles = {journee.inscription.famille_id for journee in self.faites}
        enfants = {journee.inscription.enfant_id for journee in self.faites}
        messages = francais.pluriel(len(familles), "famille sera prévenue", "familles seront prévenues")
        return [
            f"{francais.pluriel(len(jours), 'jour')}, {francais.periode(jours[0], jours[-1])}\u00a0: "
            f"{francais.pluriel(len(familles), 'famille')}, {francais.pluriel(len(enfants), 'enfant')}.",
            *self.ecart.dire_l_argent(),
            *self._dire_les_derogations(),
            *([f"{messages} par un message."] if previent else []),
            *self._dire_les_refus(),
        ]

    def _dire_les_derogations(self) -> list[str]:
        """« Hors délai : mercredi 8 avril. » « Au-delà des places : mercredi 8 avril, ALSH Mercredi journée. »"""
        dits: dict[str, list[str]] = {}
        for une in self.derogations:
            journee = une.reservation
            dits.setdefault(une.get_sorte_display(), []).append(
                f"{francais.jour_et_mois(journee.jour)} ({journee.inscription.prestation})"
            )
        return [f"{sorte}\u00a0: {francais.enumerer(dict.fromkeys(jours))}." for sorte, jours in sorted(dits.items())]

    def _dire_les_refus(self) -> list[str]:
        if not self.refus:
            return []
        restent = francais.pluriel(len(self.refus), "autre jour reste", "autres jours restent")
        autres = len(self.refus) - NOMMES
        suite = [f"Et {francais.pluriel(autres, 'autre')}."] if autres > 0 else []
        return [f"{restent} comme aujourd’hui\u00a0:", *self.refus[:NOMMES], *suite]


def essayer(geste: Geste, reservations: Iterable[Reservation], *, par: Compte) -> Bilan:
    """What `faire` would give, and nothing written."""
    with transaction.atomic():
        bilan = _appliquer(geste, reservations, par)
        transaction.set_rollback(True)
    return bilan


@transaction.atomic
def faire(geste: Geste, reservations: Iterable[Reservation], *, par: Compte, prevenir: bool = True) -> Bilan:
    """What cannot be says why, and stops nothing. Each famille has one message, unless the agent wants none."""
    bilan = _appliquer(geste, reservations, par)
    if prevenir:
        _prevenir(geste, bilan.faites, par)
    return bilan


def _appliquer(geste: Geste, reservations: Iterable[Reservation], par: Compte) -> Bilan:
    """In the order that the locks want. Days are judged as they are then, not as they were listed."""
    bilan, avant, apres = Bilan(), [], []
    choisies = sorted(reservations, key=lambda r: (r.inscription.enfant_id, r.prestation_id, r.jour))
    verrouiller_toutes(Enfant.objects, {journee.inscription.enfant_id for journee in choisies})
    debut = timezone.now()
    for journee in choisies:
        comme_avant = _effective(journee)
        try:
            if comme_avant.etat in EN_ATTENTE and not geste.meme_en_attente:
                raise EtatIncompatible("La famille attend une réponse\u00a0: décidez dans «\u00a0Demandes\u00a0».")
            geste.verbe(journee, par)
        except RefusPlanning as refus:
            bilan.refus.append(f"{journee.inscription.enfant}\u00a0: {refus}")
        else:
            bilan.faites.append(journee)
            avant.append(comme_avant)
            apres.append(_effective(journee))
    bilan.ecart = Ecart(_lire(avant, bilan.faites), _lire(apres, bilan.faites))
    if geste.peut_deroger:
        bilan.derogations = _derogations(bilan.faites, debut)
    return bilan


def _derogations(faites: list[Reservation], depuis: datetime) -> list[Derogation]:
    """Those that these very days have just taken."""
    par_cle = {journee.pk: journee for journee in faites}
    notees = list(
        Derogation.objects.filter(reservation__in=par_cle, le__gte=depuis).order_by("reservation__jour", "pk")
    )
    for une in notees:
        une.reservation = par_cle[une.reservation_id]
    return notees


def _effective(journee: Reservation) -> Journee:
    return journee.inscription.journee(journee.jour).journee


def _lire(journees: list[Journee], reservations: list[Reservation]) -> Lecture:
    """Those on which somebody is expected, or came, with their price."""
    couples = [
        (journee, reservation)
        for journee, reservation in zip(journees, reservations, strict=True)
        if journee.etat in OCCUPENT or journee.presence == Presence.PRESENT
    ]
    montants = chiffrage.montants([journee for journee, _ in couples])
    lus = (
        JourAttendu(journee, reservation.inscription.prestation.horaires, montant)
        for (journee, reservation), montant in zip(couples, montants, strict=True)
    )
    return {jour.cle: jour for jour in lus}


def message(geste: Geste, faites: Iterable[Reservation]) -> list[str]:
    """What a famille is told of its days, a paragraph each."""
    en_ordre = sorted(faites, key=lambda journee: (journee.jour, journee.inscription.enfant_id))
    avis = geste.dire(len(en_ordre))
    return [f"{avis.raison}\n{lister(map(_ligne, en_ordre))}", avis.suite]


def _prevenir(geste: Geste, faites: Iterable[Reservation], par: Compte) -> None:
    par_famille: dict[int, list[Reservation]] = {}
    for journee in faites:
        par_famille.setdefault(journee.inscription.famille_id, []).append(journee)
    familles = Famille.objects.avec_responsables().in_bulk(list(par_famille))
    for famille, journees in sorted(par_famille.items()):
        premier = min(journees, key=lambda journee: (journee.jour, journee.inscription.enfant_id))
        enfant = premier.inscription.enfant
        ecrire(
            familles[famille],
            geste.dire(len(journees)).sujet,
            message(geste, journees),
            chemin=reverse("planning:mois", args=[enfant.pk, premier.jour.year, f"{premier.jour.month:02}"]),
            bouton=f"Voir le planning de {enfant.prenom}",
            par=par,
        )


def _ligne(journee: Reservation) -> str:
    return (
        f"{francais.date_longue(journee.jour)}, {journee.inscription.enfant.prenom}, {journee.inscription.prestation}"
    )
