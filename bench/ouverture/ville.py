"""The town of an opening day: one prestation of a hundred places, a day of it, and a child of each parent enrolled."""

import shutil
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from famille.models import Compte, Rattachement, Responsable
from planning.models import Inscription, Prestation, Reservation, Structure, lire_calendrier
from planning.regles.etats import OCCUPENT
from planning.regles.jours import SEMAINE
from portail.base_embarquee.serveur import Serveur
from portail.peuplement.foyers import PREMIER_NUMERO
from socle.roles.proprietaire import en_proprietaire

PLACES = 100
NOM = "Sortie d’été"


def effacer(dossier: Path) -> None:
    """What a former run left: its server is stopped, its folder goes."""
    if (dossier / "postgres").exists() and not Serveur(dossier / "postgres").rendre():
        raise SystemExit(f"{dossier} sert à un autre programme.")
    shutil.rmtree(dossier, ignore_errors=True)


@dataclass(frozen=True)
class Ouverture:
    """The day that all want. `parents`: (identifiant, child, code of the day in a form)."""

    prestation: Prestation
    jour: date
    parents: list[tuple[str, int, str]]

    def vendues(self) -> list[str]:
        """Who holds a place, in the database."""
        prises = Reservation.objects.filter(prestation=self.prestation, jour=self.jour, etat__in=OCCUPENT)
        titulaires = Responsable.objects.filter(role="titulaire").values_list("famille", "compte__identifiant")
        par_famille = dict(titulaires)
        return [par_famille[famille] for famille in prises.values_list("inscription__famille", flat=True)]


def preparer(parents: int) -> Ouverture:
    """A fresh database of `parents` familles and a school year."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("peupler", familles=parents, annees=1, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    ouverture = _ouvrir(parents)
    # The papers of the town's past are not what this day measures.
    DBTaskResult.objects.all().delete()
    with en_proprietaire(connection), connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")
    return ouverture


def _ouvrir(nombre: int) -> Ouverture:
    structure = Structure.objects.get(nom="Accueil de Loisirs")
    prestation = Prestation.objects.create(
        structure=structure,
        nom=NOM,
        ordre=8,
        jours_scolaires=SEMAINE,
        jours_petites_vacances=SEMAINE,
        jours_grandes_vacances=SEMAINE,
        # In the evening: what else the children have booked does not meet it.
        heure_debut=time(18, 30),
        heure_fin=time(21),
        places=PLACES,
        validation=Prestation.Validation.AUTOMATIQUE,
    )
    jour = _premier_jour(prestation)
    numeros = [str(PREMIER_NUMERO + rang) for rang in range(nombre)]
    liens = Rattachement.objects.filter(famille__numero__in=numeros).order_by("famille_id", "pk").distinct("famille_id")
    inscriptions = Inscription.objects.bulk_create(
        Inscription(enfant_id=lien.enfant_id, famille_id=lien.famille_id, prestation=prestation, du=jour.replace(day=1))
        for lien in liens
    )
    comptes = dict(
        Compte.objects.filter(responsable__famille__numero__in=numeros).values_list(
            "responsable__famille", "identifiant"
        )
    )
    parents = [(comptes[i.famille_id], i.enfant_id, f"{i.pk}:{jour.isoformat()}") for i in inscriptions]
    return Ouverture(prestation, jour, parents)


def _premier_jour(prestation: Prestation) -> date:
    """In three weeks or a little more: well before the deadline, whatever is closed."""
    au = timezone.localdate() + timedelta(days=21)
    calendrier = lire_calendrier(au, au + timedelta(days=60))
    jours = (au + timedelta(days=rang) for rang in range(60))
    return next(j for j in jours if calendrier.accueille(j, prestation.structure_id, prestation.ouverture))
