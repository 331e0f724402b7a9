"""Factories of words."""

from datetime import datetime

import factory

from famille.models import Compte, Famille, Responsable
from messagerie.envois.lancement import lancer
from messagerie.models import Document, Envoi, Fil, Information, Message, Piece
from tests.fabriques import CompteFactory, FamilleFactory, ResponsableFactory


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


def cinq_cents_fils(famille: Famille, agent: Compte, *, supprime_le: datetime | None = None) -> list[Fil]:
    """Years of conversations: a question, an answer that nobody has read, with a piece one time in two."""
    fils = [Fil(famille=famille, sujet=f"Sujet {n}", supprime_le=supprime_le) for n in range(500)]
    Fil.objects.bulk_create(fils)
    Message.objects.bulk_create(MessageFactory.build(fil=fil) for fil in fils)
    reponses = [Message(fil=fil, auteur=agent, signature="Alice MAIRIE", du_centre=True, texte="Oui.") for fil in fils]
    Message.objects.bulk_create(reponses)
    piece = {"nom": "a.pdf", "type_mime": "application/pdf", "taille": 1, "empreinte": "0" * 64}
    Piece.objects.bulk_create(Piece(message=reponse, **piece) for reponse in reponses[::2])
    return fils


def accorder_le_courriel(responsable: Responsable) -> None:
    """« Autorisation e-mail : Oui »."""
    responsable.autorisation_courriel = True
    responsable.save()


def preparer(agent, sorte: str = "toutes", **criteres: str) -> Envoi:
    """A mailing that was not launched yet."""
    return Envoi.objects.create(
        sujet="Grève de mercredi", texte="Le centre sera fermé.", sorte=sorte, criteres=criteres, cree_par=agent
    )


def adresses(nombre: int) -> list[str]:
    """Those of the familles of `envoi_lance_a`."""
    return [f"p{n:04}@example.org" for n in range(nombre)]


def envoi_lance_a(nombre: int) -> Envoi:
    """A mailing launched to so many familles who like e-mails. Who works at it is up to the test."""
    familles = Famille.objects.bulk_create(FamilleFactory.build() for _ in range(nombre))
    Responsable.objects.bulk_create(
        ResponsableFactory.build(famille=famille, email=email, autorisation_courriel=True)
        for famille, email in zip(familles, adresses(nombre), strict=True)
    )
    auteur = CompteFactory(is_staff=True, prenom="Alice", nom="MAIRIE")
    envoi = preparer(auteur)
    lancer(envoi, par=auteur, attendues=nombre)
    return envoi
