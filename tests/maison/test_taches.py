"""Every task of the queue may run twice: that of a killed worker goes back to it, half done or wholly."""

import pkgutil
from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.core import mail
from django_tasks.base import Task

from courriels.depot import deposer
from courriels.models import Courriel
from courriels.taches import distribuer
from facturation.campagne.emission import Emission
from facturation.campagne.taches import calculer_apercu, emettre_campagne
from facturation.models import ApercuDeCampagne, CampagneDeFacturation
from facturation.papiers.rendu import rendre
from facturation.papiers.taches import relier_campagne, rendre_factures
from famille.taches import envoyer_liens_de_mot_de_passe
from messagerie.envois.taches import expedier
from planning.models import Reconduction
from planning.portee.taches import prevenir_de_la_rentree
from tests.courriels.fabriques import avis
from tests.depart import photographier
from tests.fabriques import CompteFactory
from tests.facturation.ville import LE, batir, foyer, inscrire, reserver
from tests.maison.test_coherence import APPLICATIONS
from tests.messagerie.fabriques import envoi_lance_a


def un_courriel() -> list:
    deposer([Courriel.a("jean.dupont@wanadoo.fr", avis())])
    return []


def un_oubli() -> list:
    CompteFactory(email="jean.dupont@wanadoo.fr")
    return ["jean.dupont@wanadoo.fr"]


def un_envoi() -> list:
    return [envoi_lance_a(3).pk]


def une_campagne() -> CampagneDeFacturation:
    ville = batir()
    for _ in range(2):
        famille, enfant = foyer()
        reserver(inscrire(famille, enfant, ville.cantine), [1])
    return ville.campagne()


def un_apercu() -> list:
    return [ApercuDeCampagne.objects.recommencer(une_campagne(), au=date(2026, 11, 2)).pk]


def une_emission() -> list:
    return [une_campagne().pk, "2026-11-02", CompteFactory(is_staff=True).pk]


def des_factures() -> list:
    campagne = Emission(une_campagne(), le=date(2026, 11, 2), par=None).emettre()
    return [list(campagne.factures.values_list("pk", flat=True))]


def des_factures_dessinees() -> list:
    (factures,) = des_factures()
    rendre(factures)
    return [CampagneDeFacturation.objects.get().pk]


def une_rentree() -> list:
    ville, agent = batir(), CompteFactory(is_staff=True)
    for _ in range(2):
        inscription = inscrire(*foyer(), ville.cantine)
        Reconduction.objects.create(inscription=inscription, annee=2026, sorte=Reconduction.Sorte.RECONDUITE)
    return [2026, agent.pk]


# Each task, and what there is for it to do.
TACHES: dict[Task, Callable[[], list]] = {
    distribuer: un_courriel,
    envoyer_liens_de_mot_de_passe: un_oubli,
    expedier: un_envoi,
    calculer_apercu: un_apercu,
    emettre_campagne: une_emission,
    rendre_factures: des_factures,
    relier_campagne: des_factures_dessinees,
    prevenir_de_la_rentree: une_rentree,
}


def test_aucune_tache_n_est_oubliee_ici():
    trouvees = {
        f"{module.__name__}.{nom}"
        for module in _modules_de_taches()
        for nom, objet in vars(module).items()
        if isinstance(objet, Task) and objet.func.__module__ == module.__name__
    }
    assert trouvees == {tache.module_path for tache in TACHES}


def _modules_de_taches():
    for application in APPLICATIONS:
        paquet = import_module(application)
        for module in pkgutil.walk_packages(paquet.__path__, f"{application}."):
            if module.name.endswith(".taches"):
                yield import_module(module.name)


@pytest.mark.parametrize("tache", TACHES, ids=lambda tache: tache.name)
def test_une_tache_faite_deux_fois_ne_change_rien_de_plus(db, time_machine, tache):
    time_machine.move_to(LE, tick=False)
    avant, arguments = photographier(), TACHES[tache]()
    depart = photographier()
    tache.call(*arguments)
    faite, partis = photographier(), len(mail.outbox)
    assert faite != depart != avant
    tache.call(*arguments)
    assert photographier() == faite
    assert len(mail.outbox) == partis
