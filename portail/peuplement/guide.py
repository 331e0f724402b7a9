"""The people of the guide: the DUPONTs exactly as it shows them, the famille next door, and the demo's logins."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
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
from famille.scolarite.echelle import classe_de_l_age
from portail.peuplement.hasard import ECOLES
from socle.annee_scolaire import AnneeScolaire
from socle.octroi.table import ACCUEIL, REGIE

NUMERO_DUPONT, NUMERO_MARTIN, NUMERO_NOUVEAU = "1001001818331", "1001001818332", "1001001818333"


@transaction.atomic
def peupler_guide(au: date, mot_de_passe: str, provisoire: str) -> None:
    """Make the logins of the demo and their familles, those that are missing."""
    _agents(mot_de_passe)
    for numero, faire in ((NUMERO_DUPONT, _dupont), (NUMERO_MARTIN, _martin), (NUMERO_NOUVEAU, _nouveau)):
        if not Famille.objects.filter(numero=numero).exists():
            faire(Famille.objects.create(numero=numero), au, provisoire if faire is _nouveau else mot_de_passe)


def _agents(mot_de_passe: str) -> None:
    for identifiant, prenom, nom, groupe in (
        ("agent", "Alice", "BONNET", ACCUEIL),
        ("regie", "Rémi", "GARNIER", REGIE),
        ("direction", "Diane", "LAMBERT", None),
    ):
        if Compte.objects.filter(identifiant=identifiant).exists():
            continue
        compte = Compte.objects.create_user(
            identifiant, mot_de_passe, prenom=prenom, nom=nom, is_staff=True, is_superuser=groupe is None
        )
        if groupe:
            compte.groups.add(Group.objects.get(name=groupe))


def _dupont(famille: Famille, au: date, mot_de_passe: str) -> None:
    _les_dupont(famille, mot_de_passe)
    InformationsBancaires.objects.create(famille=famille, titulaire="DUPONT JEAN", iban="FR1420041010050500013M02606")
    InformationsCaf.objects.create(famille=famille, numero_allocataire="1234567", regime="general")
    rentree = AnneeScolaire.de(au).du
    for valeur, date_effet in ((612, date(2014, 9, 1)), (745, rentree)):
        QuotientFamilial.objects.create(famille=famille, valeur=valeur, date_effet=date_effet)
    for annee, revenu in ((2013, 24_350), (rentree.year - 1, 27_900)):
        InformationsFiscales.objects.create(famille=famille, annee=annee, revenu_fiscal_reference=revenu, parts="2.5")
    # Léa goes to the centre in the guide's spring of 2015, Hugo goes today.
    _enfant(famille, "DUPONT", "Léa", "F", date(2011, 6, 3), au)
    hugo = _enfant(famille, "DUPONT", "Hugo", "G", date(rentree.year - 7, 2, 12), au)
    fiche = FicheSanitaire.objects.create(
        enfant=hugo,
        medecin_nom="Docteur Anne PETIT",
        medecin_telephone="05 61 11 22 33",
        allergies="Arachide\u00a0: pas de trace tolérée.",
        pai="PAI du 15 septembre\u00a0: trousse d’urgence à l’infirmerie.",
        lunettes="À porter en permanence.",
    )
    for vaccin, jour in (("DTP", date(rentree.year - 1, 3, 12)), ("ROR", date(rentree.year - 5, 6, 8))):
        Vaccination.objects.create(fiche=fiche, vaccin=vaccin, date=jour)
    Tiers.objects.create(enfant=hugo, nom="BERNARD", prenom="Odile", lien="Grand-mère", telephone="0561445566")
    Tiers.objects.create(enfant=hugo, nom="DUMAS", prenom="Rémy", lien="Voisin", telephone="0612131415")


def _les_dupont(famille: Famille, mot_de_passe: str) -> None:
    """Word for word the two tables of the guide."""
    Responsable.objects.create(
        famille=famille,
        compte=Compte.objects.create_user("dupont", mot_de_passe),
        civilite="M",
        nom="DUPONT",
        prenom="Jean",
        qualite="pere",
        situation="separe",
        adresse="12 RUE DES BONBONS",
        code_postal="31400",
        ville="SAINT - JEAN",
        telephone_domicile="01.02.03.04.05",
        email="jean.dupont@wanadoo.fr",
        autorisation_courriel=True,
        contact_choisi_le=timezone.now(),
    )
    Responsable.objects.create(
        famille=famille,
        role="conjoint",
        nom="DUPONT",
        prenom="Jeanne",
        adresse="Lotissement les bons bonbons",
        code_postal="31400",
        ville="SAINT - JEAN",
        autorisation_courriel=True,
        contact_choisi_le=timezone.now(),
    )


def _martin(famille: Famille, au: date, mot_de_passe: str) -> None:
    Responsable.objects.create(
        famille=famille,
        compte=Compte.objects.create_user("martin", mot_de_passe),
        civilite="MME",
        nom="MARTIN",
        prenom="Sophie",
        qualite="mere",
        situation="divorce",
        adresse="8 allée des Mésanges",
        code_postal="31400",
        ville="Saint-Jean",
        mobile="0611223344",
        email="sophie.martin@example.org",
        contact_choisi_le=timezone.now(),
    )
    InformationsBancaires.objects.create(famille=famille, titulaire="MARTIN SOPHIE", iban="FR7630006000011234567890189")
    QuotientFamilial.objects.create(famille=famille, valeur=1340, date_effet=AnneeScolaire.de(au).du)
    _enfant(famille, "MARTIN", "Tom", "G", date(AnneeScolaire.de(au).debut - 5, 1, 20), au)


def _nouveau(famille: Famille, au: date, mot_de_passe: str) -> None:
    """The first login: a temporary password, that must be changed."""
    compte = Compte.objects.create_user("nouveau")
    compte.rendre_provisoire(mot_de_passe)
    Responsable.objects.create(
        famille=famille, compte=compte, civilite="M", nom="NOUVEAU", prenom="Noé", email="noe.nouveau@example.org"
    )


def _enfant(famille: Famille, nom: str, prenom: str, sexe: str, naissance: date, au: date) -> Enfant:
    classe = classe_de_l_age(naissance, AnneeScolaire.de(au))
    ecole, _ = Ecole.objects.get_or_create(nom=ECOLES[1], defaults={"ville": "Saint-Jean"})
    enfant = Enfant.objects.create(
        nom=nom,
        prenom=prenom,
        sexe=sexe,
        date_naissance=naissance,
        classe=classe,
        ecole=None if classe == "COLLEGE" else ecole,
        autorise_image=True,
        autorise_transport=True,
        autorise_hospitalisation=True,
    )
    Rattachement.objects.create(famille=famille, enfant=enfant)
    Assurance.objects.create(
        enfant=enfant,
        compagnie="Assurance scolaire du Midi",
        numero_contrat=f"AS-{enfant.pk:06}",
        expire_le=AnneeScolaire.de(au).au,
    )
    return enfant
