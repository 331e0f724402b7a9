"""`manage.py importer_familles`: tried unless « --ecrire » is said; the sample file of the docs."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from famille.models import CorrespondanceDeColonnes, Enfant, Famille
from portail.importation.modele import documenter, exemple

EXEMPLE = Path(settings.BASE_DIR) / "docs" / "exemples" / "familles.csv"
EXPLOITATION = Path(settings.BASE_DIR) / "docs" / "exploitation.md"


@pytest.fixture
def importer(commune, directrice):
    def _importer(fichier: Path, *options: str) -> str:
        sortie = StringIO()
        call_command("importer_familles", str(fichier), *options, par="directrice", stdout=sortie, stderr=sortie)
        return sortie.getvalue().replace("\u00a0", " ")

    return _importer


def test_l_exemple_s_importe_puis_ne_change_plus_rien(importer):
    assert "Essai : rien n’est écrit." in importer(EXEMPLE)
    assert not Famille.objects.exists()
    assert "Familles : 2 nouvelles." in importer(EXEMPLE, "--ecrire")
    assert Enfant.objects.count() == 3
    assert "rien ne change" in importer(EXEMPLE, "--ecrire")


def test_l_exemple_et_la_table_des_colonnes_sont_a_jour():
    assert EXEMPLE.read_bytes().decode() == exemple()
    assert [ligne for ligne in documenter() if ligne not in EXPLOITATION.read_text()] == []


def test_les_fautes_se_disent_une_par_ligne(importer, tmp_path):
    fichier = tmp_path / "f.csv"
    fichier.write_text(
        "Référence famille;Titulaire nom;Titulaire prénom;Titulaire ville\nF-1;12;Jean;\nF-2;Durand;Jean;7\n"
    )
    with pytest.raises(CommandError, match="2\u00a0erreurs : rien n’est écrit"):
        importer(fichier)


def test_une_correspondance_enregistree_comprend_un_autre_logiciel(importer, tmp_path):
    CorrespondanceDeColonnes.objects.create(
        nom="Avant", colonnes={"CODE": "famille.reference", "PARENT": "titulaire.nom"}
    )
    fichier = tmp_path / "f.csv"
    fichier.write_text("CODE;PARENT;Titulaire prénom;COULEUR\nF-1;Durand;Jean;bleu\n")
    dit = importer(fichier, "--correspondance", "Avant", "--ecrire")
    assert "Colonne laissée de côté : « COULEUR »." in dit
    assert Famille.objects.get().reference == "F-1"
    with pytest.raises(CommandError, match="Aucune correspondance ne s’appelle « Autre »"):
        importer(fichier, "--correspondance", "Autre")


def test_ce_qui_ne_se_lit_pas_se_dit(importer, tmp_path):
    with pytest.raises(CommandError, match="ne se lit pas"):
        importer(tmp_path / "absent.csv")
    (tmp_path / "vide.csv").write_text("")
    with pytest.raises(CommandError, match=r"Ce fichier est vide\."):
        importer(tmp_path / "vide.csv")


def test_une_importation_est_au_nom_d_un_agent(commune, agent, db):
    with pytest.raises(CommandError, match="au nom d’un agent"):
        call_command("importer_familles", str(EXEMPLE))


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_une_barre_avance_devant_qui_regarde(commune, directrice):
    ecran = Terminal()
    call_command("importer_familles", str(EXEMPLE), "--ecrire", par="directrice", stdout=StringIO(), stderr=ecran)
    assert f"Écriture     [{'█' * 30}]" in ecran.getvalue()
    muet = Terminal()
    call_command("importer_familles", str(EXEMPLE), par="directrice", stdout=StringIO(), stderr=muet, verbosity=0)
    assert muet.getvalue() == ""
