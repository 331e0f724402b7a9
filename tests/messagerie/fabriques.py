"""Factories of words."""

import factory

from famille.models import Responsable
from messagerie.models import Document, Fil, Information, Message
from tests.fabriques import ResponsableFactory


class FilFactory(factory.django.DjangoModelFactory):
    """A thread without a message: its verbs write them."""

    class Meta:
        model = Fil

    famille = factory.LazyFunction(lambda: ResponsableFactory().famille)
    sujet = "Goûter du mercredi"


class MessageFactory(factory.django.DjangoModelFactory):
    """A message of a parent, without an account."""

    class Meta:
        model = Message

    fil = factory.SubFactory(FilFactory)
    signature = "Claude DURAND"
    du_centre = False
    texte = "Bonjour, le goûter est-il fourni ?"


class InformationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Information

    titre = "Fermeture du pont de l’Ascension"
    texte = "Le centre est **fermé** le vendredi."


class DocumentFactory(factory.django.DjangoModelFactory):
    """A row whose file is not there: enough for a list."""

    class Meta:
        model = Document

    titre = "Menus de mai"
    categorie = Document.Categorie.MENUS
    nom = "menus-mai.pdf"
    type_mime = "application/pdf"
    taille = 348_160
    empreinte = "0" * 64


def accorder_le_courriel(responsable: Responsable) -> None:
    """« Autorisation courriel : Oui »."""
    responsable.autorisation_courriel = True
    responsable.save()
