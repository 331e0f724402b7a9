"""What each famille is told of its days to come that a change takes away, or brings: one message, with all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Compte, Enfant, Famille
from planning.models import Prestation
from planning.portee.ecart import Ecart, JourAttendu, par_famille
from planning.portee.messager import ecrire, lister


@dataclass(frozen=True)
class JoursDUneFamille:
    """In order of day."""

    tombes: list[JourAttendu] = field(default_factory=list)
    venus: list[JourAttendu] = field(default_factory=list)

    @property
    def premier(self) -> JourAttendu:
        return (self.tombes or self.venus)[0]

    @property
    def sujet(self) -> str:
        if self.tombes and self.venus:
            return "Vos jours réservés changent"
        if self.tombes:
            return _accorder(self.tombes, "Un jour réservé n’aura pas lieu", "Des jours réservés n’auront pas lieu")
        return _accorder(self.venus, "Un jour s’ajoute à votre planning", "Des jours s’ajoutent à votre planning")


def a_annoncer(ecart: Ecart) -> dict[int, JoursDUneFamille]:
    """By famille. Of what is past, the invoices speak."""
    tombes, venus = par_famille(_a_venir(ecart.tombes)), par_famille(_a_venir(ecart.venus))
    return {
        famille: JoursDUneFamille(tombes.get(famille, []), venus.get(famille, []))
        for famille in sorted({*tombes, *venus})
    }


def annoncer(des_familles: Mapping[int, JoursDUneFamille], raison: str, *, par: Compte) -> None:
    """One message to each famille: which of its days do not take place, which do, and what is billed of them."""
    familles = Famille.objects.avec_responsables().in_bulk(list(des_familles))
    lus = [jour.journee.enfant for jours in des_familles.values() for jour in (*jours.tombes, *jours.venus)]
    enfants = Enfant.objects.in_bulk(set(lus))
    noms = dict(Prestation.objects.values_list("pk", "nom"))

    def nommer(titre: str, jours: Sequence[JourAttendu]) -> str:
        lignes = [
            f"{francais.date_longue(jour.journee.jour)}, {enfants[jour.journee.enfant].prenom}, "
            f"{noms[jour.journee.prestation]}"
            for jour in jours
        ]
        return f"{titre}\u00a0:\n{lister(lignes)}"

    for famille, jours in des_familles.items():
        premier = jours.premier.journee
        phrases = [raison]
        if jours.tombes:
            phrases += [
                nommer(_accorder(jours.tombes, "N’aura pas lieu", "N’auront pas lieu"), jours.tombes),
                _accorder(jours.tombes, "Ce jour ne vous sera pas facturé.", "Ces jours ne vous seront pas facturés."),
            ]
        if jours.venus:
            phrases += [
                nommer(_accorder(jours.venus, "Aura lieu", "Auront lieu"), jours.venus),
                _accorder(jours.venus, "Ce jour vous sera facturé. ", "Ces jours vous seront facturés. ")
                + "Si un enfant ne vient pas, déclarez son absence depuis son planning.",
            ]
        ecrire(
            familles[famille],
            jours.sujet,
            phrases,
            chemin=reverse("planning:mois", args=[premier.enfant, premier.jour.year, f"{premier.jour.month:02}"]),
            bouton=f"Voir le planning de {enfants[premier.enfant].prenom}",
            par=par,
        )


def _accorder(jours: Sequence[JourAttendu], un: str, plusieurs: str) -> str:
    return un if len(jours) == 1 else plusieurs


def _a_venir(jours: list[JourAttendu]) -> list[JourAttendu]:
    return [jour for jour in jours if jour.journee.jour >= timezone.localdate()]
