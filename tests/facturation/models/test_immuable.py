"""What was issued never changes, even by raw SQL, even from the role that owns the tables: triggers see to it."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from facturation.models import Affectation, Avoir, DocumentFacture, Facture, Ligne, Reglement
from tests.facturation import fabriques

pytestmark = pytest.mark.usefixtures("par_le_proprietaire")

AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
LE = date(2015, 4, 8)


@pytest.fixture
def operations(regie, dupont) -> Facture:
    """An invoice with its document, paid, then reduced by an avoir."""
    facture = fabriques.facture(regie, dupont.famille, "120.60", *AVRIL)
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal("100"), Reglement.Mode.CHEQUE, le=LE, par=None)
    facture.etablir_avoir(Decimal("5.00"), motif="Geste", le=LE, par=None)
    DocumentFacture.objects.create(facture=facture, fichier="AL-1.pdf", empreinte="0" * 64)
    return facture


@contextmanager
def jusqu_au_bout():
    """A transaction with what is checked at its end."""
    with transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def refuse():
    """PostgreSQL refuses, at once or at the end of the transaction."""
    with pytest.raises(IntegrityError), jusqu_au_bout():
        yield


def executer(sql: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(sql)


@pytest.mark.parametrize(
    ("modele", "champ"),
    [
        (Facture, "montant = montant + 1"),
        (Facture, "famille_id = famille_id"),
        (Ligne, "libelle = 'autre'"),
        (Reglement, "mode = 'especes'"),
        (Avoir, "motif = 'autre'"),
        (Affectation, "montant = 1"),
        (DocumentFacture, "empreinte = ''"),
    ],
)
def test_rien_d_emis_ne_se_modifie_en_sql(operations, modele, champ):
    with refuse():
        executer(f"UPDATE {modele._meta.db_table} SET {champ}")


@pytest.mark.parametrize("modele", [Facture, Ligne, Reglement, Avoir, Affectation, DocumentFacture])
def test_rien_d_emis_ne_se_supprime_en_sql(operations, modele):
    with refuse():
        executer(f"DELETE FROM {modele._meta.db_table}")


@pytest.mark.parametrize("modele", [Facture, Ligne, Reglement, Avoir, Affectation, DocumentFacture])
def test_rien_d_emis_ne_se_vide_en_sql(operations, modele):
    connection.check_constraints()
    with refuse():
        executer(f"TRUNCATE {modele._meta.db_table} CASCADE")


def test_vider_les_familles_ne_vide_pas_leurs_comptes(operations):
    connection.check_constraints()
    with refuse():
        executer("TRUNCATE famille_famille CASCADE")


def test_un_avoir_au_dela_de_la_facture_est_refuse_en_sql(operations):
    """120,60 € billed, 5,00 € taken back: 115,61 € more is a centime too much."""
    with refuse():
        _un_avoir_de("115.61")


def test_un_avoir_sur_la_facture_d_une_autre_famille_est_refuse_en_sql(operations, martin):
    with refuse():
        _un_avoir_de("1.00", famille_id=martin.famille.pk)


def _un_avoir_de(montant: str, **autrement: object) -> None:
    """As no verb would write it."""
    ancien = Avoir.objects.get()
    champs = ("regie_id", "famille_id", "facture_id", "date", "motif")
    valeurs = {champ: getattr(ancien, champ) for champ in champs} | autrement
    avoir = Avoir.objects.create(numero=99, montant=Decimal(montant), **valeurs)
    Ligne.objects.create(avoir=avoir, libelle="Trop", quantite=1, prix_unitaire=-avoir.montant, montant=-avoir.montant)


@pytest.mark.parametrize("modele", [Facture, Reglement])
def test_la_porte_de_service_de_pgtrigger_est_fermee(operations, modele):
    noms = ",".join(declencheur.get_pgid(modele) for declencheur in modele._meta.triggers)
    executer(f"SELECT set_config('pgtrigger.ignore', '{{{noms}}}', true)")
    with refuse():
        modele.objects.update(montant=Decimal(1))


def test_une_ligne_ne_s_ajoute_pas_a_une_facture_emise(operations):
    with refuse():
        Ligne.objects.create(facture=operations, libelle="Oubli", quantite=1, prix_unitaire=1, montant=1)


def test_une_facture_sans_ses_lignes_est_refusee(operations):
    with refuse():
        executer(
            "INSERT INTO facturation_facture (regie_id, numero, famille_id, date, echeance, montant, creee_le, du, au, "
            "payeur, avance, resident) SELECT regie_id, 99, famille_id, date, echeance, 7, creee_le, '2015-05-01', "
            "'2015-05-31', '', 0, true FROM facturation_facture"
        )


def test_une_affectation_au_dela_du_reglement_est_refusee(operations):
    with refuse():
        Affectation.objects.create(reglement=Reglement.objects.get(), facture=operations, montant=Decimal("0.01"))


def test_une_affectation_a_une_autre_famille_est_refusee(operations, regie, martin):
    Reglement.objects.enregistrer(martin.famille, regie, Decimal(5), Reglement.Mode.ESPECES, le=LE, par=None)
    with refuse():
        Affectation.objects.create(
            reglement=martin.famille.reglements.get(), facture=operations, montant=Decimal("1.00")
        )


def test_une_famille_n_a_qu_une_facture_par_regie_et_periode(operations, regie, dupont):
    with refuse():
        fabriques.facture(regie, dupont.famille, "1.00", date(2015, 4, 30), date(2015, 5, 31))


def test_une_autre_regie_et_une_autre_famille_facturent_la_meme_periode(operations, regie, dupont, martin):
    fabriques.facture(fabriques.RegieFactory(code="RS", nom="Régie restauration"), dupont.famille, "1.00", *AVRIL)
    fabriques.facture(regie, martin.famille, "1.00", *AVRIL)
    assert Facture.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("papier", [Facture, Avoir])
def test_rien_ne_s_ajoute_a_ce_qui_est_emis_meme_si_la_somme_reste_juste(sans_pdf, operations, papier):
    """Two lines that cancel each other would bill other days for the same amount."""
    emis = papier.objects.get()
    champ = {papier._meta.model_name: emis}
    with refuse():
        for montant in (Decimal("3.60"), Decimal("-3.60")):
            Ligne.objects.create(libelle="Après coup", quantite=1, prix_unitaire=montant, montant=montant, **champ)
    assert emis.lignes.count() == 1


@pytest.mark.django_db(transaction=True)
def test_une_facture_et_ses_lignes_s_ecrivent_par_points_de_reprise_d_une_transaction(sans_pdf, regie, dupont):
    with transaction.atomic(), transaction.atomic():
        with transaction.atomic():
            due = fabriques.facture(regie, dupont.famille, "120.60", *AVRIL)
        with transaction.atomic():
            Ligne.objects.create(facture=due, libelle="Gratuit", quantite=1, prix_unitaire=0, montant=0)
    assert due.lignes.count() == 2
