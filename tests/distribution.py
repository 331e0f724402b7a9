"""The cast, the same in every test: the DUPONTs of the guide, the MARTINs next door, three agents, a newcomer."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from famille.models import Compte, Enfant, Famille, Responsable
from socle.octroi.table import ACCUEIL, ANIMATION, DIRECTION, REGIE

from . import fabriques


@dataclass
class Foyer:
    """A famille of the cast, with its people at hand."""

    famille: Famille
    titulaire: Responsable
    compte: Compte
    conjoint: Responsable | None = None
    enfants: list[Enfant] = field(default_factory=list)


@pytest.fixture
def dupont(db) -> Foyer:
    """Jean DUPONT, as the guide shows him, Jeanne, and their daughter Léa."""
    famille = fabriques.FamilleFactory(numero="1001001818331")
    compte = fabriques.CompteFactory(identifiant="dupont")
    titulaire = fabriques.ResponsableFactory(
        famille=famille,
        compte=compte,
        civilite="M",
        nom="DUPONT",
        prenom="Jean",
        qualite="pere",
        situation="separe",
        adresse="12 RUE DES BONBONS",
        ville="SAINT - JEAN",
        telephone_domicile="01.02.03.04.05",
        email="jean.dupont@wanadoo.fr",
        autorisation_courriel=True,
    )
    conjoint = fabriques.ResponsableFactory(
        famille=famille,
        role="conjoint",
        civilite="MME",
        nom="DUPONT",
        prenom="Jeanne",
        adresse="Lotissement les bons bonbons",
        ville="SAINT - JEAN",
        email="",
        autorisation_courriel=True,
    )
    fabriques.InformationsBancairesFactory(famille=famille)
    fabriques.InformationsCafFactory(famille=famille)
    fabriques.QuotientFamilialFactory(famille=famille)
    fabriques.InformationsFiscalesFactory(famille=famille)
    lea = fabriques.EnfantFactory(
        famille=famille,
        nom="DUPONT",
        prenom="Léa",
        sexe="F",
        ecole=fabriques.EcoleFactory(),
        classe="CE1",
        date_naissance=date(2007, 6, 3),
    )
    fiche = fabriques.FicheSanitaireFactory(enfant=lea, allergies="Arachide", medecin_nom="Dr PETIT")
    fabriques.VaccinationFactory(fiche=fiche)
    fabriques.AssuranceFactory(enfant=lea)
    fabriques.TiersFactory(enfant=lea, nom="BERNARD", prenom="Odile", lien="Grand-mère")
    return Foyer(famille, titulaire, compte, conjoint, [lea])


@pytest.fixture
def martin(db) -> Foyer:
    """The famille next door, who must see nothing of the DUPONTs'; with data of its own that could leak."""
    famille = fabriques.FamilleFactory(numero="1001001818332")
    compte = fabriques.CompteFactory(identifiant="martin")
    titulaire = fabriques.ResponsableFactory(
        famille=famille,
        compte=compte,
        civilite="MME",
        nom="MARTIN",
        prenom="Sophie",
        email="sophie.martin@example.org",
        mobile="06 11 22 33 44",
    )
    fabriques.InformationsBancairesFactory(famille=famille, titulaire="MARTIN SOPHIE", iban="DE89370400440532013000")
    fabriques.QuotientFamilialFactory(famille=famille, valeur=1340)
    tom = fabriques.EnfantFactory(famille=famille, nom="MARTIN", prenom="Tom", date_naissance=date(2009, 1, 20))
    fabriques.FicheSanitaireFactory(enfant=tom, allergies="Pénicilline")
    return Foyer(famille, titulaire, compte, None, [tom])


def _agent(identifiant: str, groupe: str, prenom: str) -> Compte:
    agent = fabriques.CompteFactory(identifiant=identifiant, prenom=prenom, nom="MAIRIE", is_staff=True)
    agent.groups.add(Group.objects.get(name=groupe))
    return agent


@pytest.fixture
def agent(db) -> Compte:
    """The front desk."""
    return _agent("agent", ACCUEIL, "Alice")


@pytest.fixture
def animateur(db) -> Compte:
    return _agent("animateur", ANIMATION, "Ali")


@pytest.fixture
def regisseur(db) -> Compte:
    return _agent("regie", REGIE, "Rémi")


@pytest.fixture
def directrice(db) -> Compte:
    return _agent("directrice", DIRECTION, "Diane")


@pytest.fixture
def agent_sans_droit(db) -> Compte:
    """An agent whom nobody has given any right."""
    return fabriques.CompteFactory(identifiant="stagiaire", is_staff=True)


@pytest.fixture
def nouveau(db) -> Foyer:
    """A parent who has just received the courrier: the first login must change the password."""
    famille = fabriques.FamilleFactory()
    titulaire = fabriques.ResponsableFactory(famille=famille, nom="NOUVEAU", prenom="Noé", contact_choisi_le=None)
    expire = timezone.now() + timedelta(days=settings.MOT_DE_PASSE_PROVISOIRE_JOURS)
    compte = fabriques.CompteFactory(identifiant="nouveau", password="Provisoire1", provisoire_jusqu_au=expire)
    titulaire.compte = compte
    titulaire.save()
    return Foyer(famille, titulaire, compte)
