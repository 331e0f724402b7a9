"""Factories: boring and explicit. The cast itself is in conftest.py."""

from datetime import date
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from famille.models import (
    Assurance,
    Compte,
    Ecole,
    Enfant,
    Famille,
    FicheSanitaire,
    InformationsBancaires,
    InformationsCaf,
    InformationsFiscales,
    QuotientFamilial,
    Rattachement,
    Responsable,
    Tiers,
    Vaccination,
)

MOT_DE_PASSE = "Plombieres21"


class CompteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Compte
        skip_postgeneration_save = True

    identifiant = factory.Sequence(lambda n: f"compte{n}")

    @classmethod
    def _create(cls, model_class, *args, password: str = MOT_DE_PASSE, **champs):
        return model_class.objects.create(*args, password=_empreinte(password), **champs)


@cache
def _empreinte(mot_de_passe: str) -> str:
    """As slow as in production, hence made once: half the tests open an account."""
    return make_password(mot_de_passe)


class FamilleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Famille


class ResponsableFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Responsable

    famille = factory.SubFactory(FamilleFactory)
    nom = "DURAND"
    prenom = "Claude"
    adresse = "1 rue des Lilas"
    code_postal = "31400"
    ville = "Saint-Jean"
    email = factory.Sequence(lambda n: f"parent{n}@example.org")
    contact_choisi_le = factory.LazyFunction(timezone.now)


class EcoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ecole
        django_get_or_create = ["nom"]

    nom = "École Jean-Moulin"


class EnfantFactory(factory.django.DjangoModelFactory):
    """A child; `famille=` ties it to one."""

    class Meta:
        model = Enfant
        skip_postgeneration_save = True

    nom = "DURAND"
    prenom = factory.Sequence(lambda n: f"Camille {n}")
    date_naissance = date(2008, 5, 17)

    @factory.post_generation
    def famille(self, create, famille, **options):
        if create and famille:
            RattachementFactory(enfant=self, famille=famille)


class RattachementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rattachement

    famille = factory.SubFactory(FamilleFactory)
    enfant = factory.SubFactory(EnfantFactory)


class TiersFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tiers

    enfant = factory.SubFactory(EnfantFactory)
    nom = "BERNARD"
    prenom = factory.Sequence(lambda n: f"Odile {n}")


class FicheSanitaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FicheSanitaire

    enfant = factory.SubFactory(EnfantFactory)


class VaccinationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vaccination

    fiche = factory.SubFactory(FicheSanitaireFactory)
    vaccin = "DTP"
    date = date(2014, 3, 12)


class AssuranceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assurance

    enfant = factory.SubFactory(EnfantFactory)
    compagnie = "Assurance scolaire"
    expire_le = date(2015, 8, 31)


class InformationsFiscalesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InformationsFiscales

    famille = factory.SubFactory(FamilleFactory)
    annee = 2013
    revenu_fiscal_reference = 24_350
    parts = 3


class InformationsCafFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InformationsCaf

    famille = factory.SubFactory(FamilleFactory)
    numero_allocataire = "1234567"
    regime = InformationsCaf.Regime.GENERAL


class QuotientFamilialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuotientFamilial

    famille = factory.SubFactory(FamilleFactory)
    valeur = 612
    date_effet = date(2014, 9, 1)


class InformationsBancairesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InformationsBancaires

    famille = factory.SubFactory(FamilleFactory)
    titulaire = "DUPONT JEAN"
    banque = "Banque postale"
    iban = "FR14 2004 1010 0505 0001 3M02 606"
    bic = "PSSTFRPPTOU"
