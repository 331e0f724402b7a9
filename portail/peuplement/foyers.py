"""The households drawn by chance: as many as asked, written by bulk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from famille.models import (
    Assurance,
    Compte,
    Ecole,
    Enfant,
    Famille,
    FicheSanitaire,
    InformationsCaf,
    QuotientFamilial,
    Rattachement,
    Responsable,
    Tiers,
)
from famille.scolarite.echelle import classe_de_l_age
from portail.peuplement import hasard as tirage
from socle.annee_scolaire import AnneeScolaire

PREMIER_NUMERO = 1001001900000
LOT = 500  # familles written at once


@dataclass
class Foyer:
    """The rows of one household, before they are written."""

    famille: Famille
    comptes: list[Compte] = field(default_factory=list)
    responsables: list[Responsable] = field(default_factory=list)
    enfants: list[Enfant] = field(default_factory=list)
    dependances: list[Model] = field(default_factory=list)


def peupler_foyers(nombre: int, au: date, mot_de_passe: str) -> int:
    """Write the households that are missing, up to `nombre`; returns how many were. `au`: the town's today."""
    deja = Famille.objects.filter(numero__gte=str(PREMIER_NUMERO), numero__lt=str(PREMIER_NUMERO + 100_000)).count()
    ecoles = [Ecole.objects.get_or_create(nom=nom, defaults={"ville": "Saint-Jean"})[0] for nom in tirage.ECOLES]
    # One hash for all: 20,000 Argon2 hashes would take ten minutes, and every demo account has the same password.
    empreinte = make_password(mot_de_passe)
    foyers = (_tirer(rang, au, ecoles, empreinte) for rang in range(deja, nombre))
    while lot := list(islice(foyers, LOT)):
        _ecrire(lot)
    _gardes_alternees(deja, nombre)
    return max(0, nombre - deja)


def _tirer(rang: int, au: date, ecoles: list[Ecole], empreinte: str) -> Foyer:
    chance = tirage.hasard(f"foyer {rang}")
    foyer = Foyer(Famille(numero=str(PREMIER_NUMERO + rang)))
    nom = chance.choice(tirage.NOMS)
    foyer.comptes.append(Compte(identifiant=f"famille{rang:05}", password=empreinte))
    civilites = chance.sample(["M", "MME"], 2)
    foyer.responsables.append(_responsable(chance, foyer, nom, "titulaire", civilites[0], rang))
    if chance.random() < 0.65:
        foyer.responsables.append(_responsable(chance, foyer, nom, "conjoint", civilites[1], rang))
    _argent(chance, foyer, au)
    for _ in range(chance.choices([1, 2, 3], [4, 5, 1])[0]):
        _enfant(chance, foyer, nom, ecoles, au)
    return foyer


def _responsable(chance: Random, foyer: Foyer, nom: str, role: str, civilite: str, rang: int) -> Responsable:
    prenom = chance.choice(tirage.PRENOMS_ADULTES[civilite])
    titulaire = role == "titulaire"
    return Responsable(
        famille=foyer.famille,
        role=role,
        compte=foyer.comptes[0] if titulaire else None,
        civilite=civilite,
        prenom=prenom,
        nom=nom,
        qualite="pere" if civilite == "M" else "mere",
        situation=chance.choice(["marie", "pacse", "union_libre", "separe", "divorce", "celibataire"]),
        adresse=f"{chance.randint(1, 80)} {chance.choice(tirage.RUES)}",
        code_postal="31400",
        ville="Saint-Jean",
        mobile=f"+336{chance.randint(10_000_000, 99_999_999)}",
        email=f"famille{rang:05}@example.org" if titulaire else "",
        profession=chance.choice(tirage.METIERS),
        autorisation_courriel=chance.random() < 0.8,
        contact_choisi_le=timezone.now(),
    )


def _argent(chance: Random, foyer: Foyer, au: date) -> None:
    """Nine familles in ten have a known QF, one in three of them two in a row."""
    foyer.dependances.append(
        InformationsCaf(famille=foyer.famille, numero_allocataire=str(chance.randint(10**6, 10**7)), regime="general")
    )
    if chance.random() < 0.9:
        rentree = AnneeScolaire.de(au).du
        valeur = chance.randint(250, 2200)
        foyer.dependances.append(QuotientFamilial(famille=foyer.famille, valeur=valeur, date_effet=rentree))
        if chance.random() < 0.3:
            avant = AnneeScolaire(rentree.year - 1).du
            foyer.dependances.append(QuotientFamilial(famille=foyer.famille, valeur=valeur + 85, date_effet=avant))


def _enfant(chance: Random, foyer: Foyer, nom: str, ecoles: list[Ecole], au: date) -> None:
    sexe = chance.choice("FG")
    rentree = AnneeScolaire.de(au).du
    naissance = date(rentree.year - chance.randint(3, 10), chance.randint(1, 12), chance.randint(1, 28))
    classe = classe_de_l_age(naissance, AnneeScolaire.de(au))
    deja = {enfant.prenom for enfant in foyer.enfants}
    enfant = Enfant(
        nom=nom,
        prenom=chance.choice([p for p in tirage.PRENOMS_ENFANTS[sexe] if p not in deja]),
        sexe=sexe,
        date_naissance=naissance,
        ecole=ecoles[0] if classe in {"PS", "MS", "GS"} else chance.choice(ecoles[1:]),
        classe=_classe_notee(foyer, classe),
        regime=chance.choices(Enfant.Regime.values, [80, 8, 5, 5, 2])[0],
        autorise_image=chance.random() < 0.8,
        autorise_sortie_seul=rentree.year - naissance.year >= 9 and chance.random() < 0.5,
        autorise_transport=True,
        autorise_hospitalisation=True,
    )
    foyer.enfants.append(enfant)
    foyer.dependances.append(Rattachement(famille=foyer.famille, enfant=enfant))
    _dossier_enfant(chance, foyer, enfant, au)


def _classe_notee(foyer: Foyer, classe: str) -> str:
    """In one famille of forty, a child in ULIS; in another, one whose class nobody has written: la rentrée asks."""
    premier = not foyer.enfants
    return {13: "ULIS", 27: ""}.get(int(foyer.famille.numero) % 40, classe) if premier else classe


def _dossier_enfant(chance: Random, foyer: Foyer, enfant: Enfant, au: date) -> None:
    fin = AnneeScolaire.de(au).au
    # One insurance in twelve has run out: the portal has something to say about it.
    expire_le = fin if chance.random() < 0.92 else au - timedelta(days=chance.randint(5, 60))
    foyer.dependances.append(Assurance(enfant=enfant, compagnie="Assurance scolaire du Midi", expire_le=expire_le))
    if chance.random() < 0.2:
        foyer.dependances.append(FicheSanitaire(enfant=enfant, allergies=chance.choice(tirage.ALLERGIES)))
    if chance.random() < 0.5:
        prenom = chance.choice(tirage.PRENOMS_ADULTES["MME"])
        foyer.dependances.append(Tiers(enfant=enfant, nom=chance.choice(tirage.NOMS), prenom=prenom, lien="Grand-mère"))


@transaction.atomic
def _ecrire(foyers: list[Foyer]) -> None:
    def de_tous(nom: str) -> Iterator:
        return (ligne for foyer in foyers for ligne in getattr(foyer, nom))

    Famille.objects.bulk_create(foyer.famille for foyer in foyers)
    Compte.objects.bulk_create(de_tous("comptes"))
    Responsable.objects.bulk_create(de_tous("responsables"))
    Enfant.objects.bulk_create(de_tous("enfants"))
    modeles: tuple[type[Model], ...] = (
        InformationsCaf,
        QuotientFamilial,
        Rattachement,
        Assurance,
        FicheSanitaire,
        Tiers,
    )
    for modele in modeles:
        modele._default_manager.bulk_create([ligne for ligne in de_tous("dependances") if type(ligne) is modele])


def _gardes_alternees(de: int, a: int) -> None:
    """In one famille of fifteen, the first child also lives with the next famille."""
    rangs = [rang for rang in range(de, a - 1) if rang % 15 == 7]
    numeros = [str(PREMIER_NUMERO + rang) for rang in rangs]
    suivantes = {f.numero: f for f in Famille.objects.filter(numero__in=[str(int(n) + 1) for n in numeros])}
    premiers = (
        Rattachement.objects.filter(famille__numero__in=numeros).order_by("famille_id", "pk").distinct("famille_id")
    )
    Rattachement.objects.bulk_create(
        Rattachement(famille=suivantes[str(int(lien.famille.numero) + 1)], enfant_id=lien.enfant_id)
        for lien in premiers
    )
