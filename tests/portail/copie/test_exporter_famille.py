"""The copy of a famille's data, made at the desk."""

import json
import stat
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from famille.models import LectureConfidentielle
from tests.portail.copie.outils import les_donnees


def test_au_guichet_la_commande_ecrit_la_meme_copie_pour_les_yeux_de_son_auteur(dupont, remplir, tmp_path, capsys):
    remplir(dupont)
    fichier = tmp_path / "dupont.zip"
    call_command("exporter_famille", dupont.famille.numero, str(fichier))
    assert "1001001818331, 3\u00a0fichiers joints." in capsys.readouterr().out
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    au_guichet = json.loads(ZipFile(fichier).read("donnees.json"))
    chez_soi = les_donnees(dupont)
    lectures = "lectures de ses données confidentielles par un agent"
    assert [len(d["enfants"][0].pop(lectures)) for d in (au_guichet, chez_soi)] == [2, 2]
    assert au_guichet.pop("copie")["faite le"] <= chez_soi.pop("copie")["faite le"]
    assert au_guichet.pop("votre compte")["identifiant"] == chez_soi.pop("votre compte")["identifiant"]
    assert au_guichet == chez_soi


def test_la_commande_laisse_une_trace_au_journal_des_lectures(dupont, tmp_path):
    call_command("exporter_famille", dupont.famille.numero, str(tmp_path / "a.zip"))
    lecture = LectureConfidentielle.objects.get()
    assert (lecture.enfant_nom, lecture.par, lecture.par_identifiant) == ("Léa DUPONT", None, "exporter_famille")


def test_la_commande_n_ecrase_rien_et_dit_ce_qui_manque(dupont, martin, tmp_path):
    fichier = tmp_path / "a.zip"
    fichier.write_bytes(b"autre chose")
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        call_command("exporter_famille", dupont.famille.numero, str(fichier))
    assert fichier.read_bytes() == b"autre chose"
    with pytest.raises(CommandError, match="Aucune famille"):
        call_command("exporter_famille", "0000000000000", str(tmp_path / "b.zip"))
    with pytest.raises(CommandError, match="pas de conjoint"):
        call_command("exporter_famille", martin.famille.numero, str(tmp_path / "c.zip"), pour="conjoint")
    assert list(tmp_path.glob("[bc].zip")) == []
    assert LectureConfidentielle.objects.count() == 0
