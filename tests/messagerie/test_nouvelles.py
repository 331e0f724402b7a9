"""What is new for a parent: unread threads, informations, documents, in one query."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messagerie.models import Document, Fil
from messagerie.nouvelles import lire_nouvelles
from planning.models import Inscription, Structure
from tests import fabriques
from tests.planning.fabriques import prestation

from .fabriques import DocumentFactory, InformationFactory

AUJOURD_HUI = date(2015, 4, 8)


@pytest.fixture(autouse=True)
def mercredi_8_avril():
    with time_machine.travel("2015-04-08T10:00:00+02:00", tick=False) as voyage:
        yield voyage


def lire(foyer):
    return lire_nouvelles(foyer.famille, foyer.compte, au=AUJOURD_HUI)


def test_les_conversations_non_lues_la_plus_recente_d_abord(dupont, martin, agent, mercredi_8_avril):
    ancien = Fil.ecrire_a(dupont.famille, "Goûter", "Bonjour", agent)
    Fil.ecrire_a(martin.famille, "Affaire des MARTIN", "Bonjour", agent)
    lu = Fil.ecrire_a(dupont.famille, "Déjà lu", "Bonjour", agent)
    lu.lire(dupont.compte, lu.messages.get())
    Fil.ecrire_a(dupont.famille, "Supprimé", "Bonjour", agent).supprimer()
    mercredi_8_avril.shift(60)
    Fil.ecrire_a(dupont.famille, "Sortie", "Bonjour", agent)
    ancien.completer("Merci", par=dupont.titulaire)
    Fil.ecrire_au_centre(dupont.titulaire, "Ma question", "Bonjour")
    mercredi_8_avril.shift(60)
    ancien.repondre("Un mot de plus", par=agent)
    fils = lire(dupont).fils
    assert [(ligne.fil.sujet, ligne.combien, ligne.jour) for ligne in fils] == [
        ("Goûter", "2\N{NO-BREAK SPACE}nouveaux messages", AUJOURD_HUI),
        ("Sortie", "1\N{NO-BREAK SPACE}nouveau message", AUJOURD_HUI),
    ]
    assert fils[0].fil.get_absolute_url() == ancien.get_absolute_url()


def test_les_trois_dernieres_informations_celle_a_la_une_d_abord(dupont):
    for jours in range(4):
        InformationFactory(titre=f"Il y a {jours} jours", publiee_le=AUJOURD_HUI - timedelta(days=jours))
    InformationFactory(titre="À la une", publiee_le=date(2015, 1, 5), epinglee=True)
    InformationFactory(titre="Demain", publiee_le=AUJOURD_HUI + timedelta(days=1))
    InformationFactory(titre="Passée", publiee_le=date(2015, 4, 1), jusqu_au=date(2015, 4, 7))
    informations = lire(dupont).informations
    assert [info.titre for info in informations] == ["À la une", "Il y a 0 jours", "Il y a 1 jours"]
    assert [info.epinglee for info in informations] == [True, False, False]


def test_une_information_d_une_structure_va_a_ceux_qui_y_sont_inscrits(dupont, martin, agent):
    Inscription.objects.inscrire(dupont.enfants[0], prestation(), dupont.famille, du=date(2014, 9, 1), par=agent)
    info = InformationFactory(titre="Garderie")
    info.structures.set([prestation().structure, Structure.objects.create(nom="Accueil de Loisirs")])
    assert [i.titre for i in lire(dupont).informations] == ["Garderie"]
    assert lire(martin).informations == []


def test_les_trois_derniers_documents_de_toutes_les_categories(dupont):
    for rang, categorie in enumerate(Document.Categorie):
        DocumentFactory(titre=categorie.label, categorie=categorie, publiee_le=AUJOURD_HUI - timedelta(days=rang))
    DocumentFactory(titre="Passé", publiee_le=date(2015, 4, 1), jusqu_au=date(2015, 4, 7))
    documents = lire(dupont).documents
    assert [document.titre for document in documents] == ["Menus", "Programmes d’activités", "NAP"]
    assert (documents[0].genre, documents[0].poids) == ("PDF", "340\N{NO-BREAK SPACE}Ko")


def test_une_seule_requete_avec_cinq_cents_conversations(dupont, agent):
    fils = Fil.objects.bulk_create(Fil(famille=dupont.famille, sujet=f"Sujet {n}") for n in range(500))
    fils[0].messages.model.objects.bulk_create(
        fil.messages.model(fil=fil, du_centre=True, texte="Bonjour") for fil in fils
    )
    fabriques.EnfantFactory(famille=dupont.famille)
    with CaptureQueriesContext(connection) as requetes:
        assert len(lire(dupont).fils) == 3
    assert len(requetes) == 1
