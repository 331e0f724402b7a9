"""The guide of those who run the portal says what is: variables, commands, checks, limits. Blocks: test_suivi.py."""

import ast
import io
import logging
import re
import shlex
import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from messagerie.models.document import TAILLE_MAX as DOCUMENT_MAX
from portail.installation.secours import PAGES
from socle.fichiers.examen import poids
from socle.fichiers.pieces import ENVOI_MAX
from tests.installation.guide import GUIDE, RACINE, blocs, fichier, premiere_colonne

# Said elsewhere: what production refuses, or never reads.
POUR_LE_DEVELOPPEMENT = {"PGDATA", "TIPI_FACTICE", "TIPI_FACTICE_RETARD"}
NGINX = "/etc/nginx/sites-available/portail"
CRON = "/etc/cron.d/portail"


def variables_lues() -> set[str]:
    """Those that the settings ask of the environment: `env.str("…")`, and those that they name beside."""
    appels = [n for n in ast.walk(ast.parse((RACINE / "portail/settings.py").read_text())) if isinstance(n, ast.Call)]
    lectures = [a for a in appels if isinstance(a.func, ast.Attribute) and getattr(a.func.value, "id", "") == "env"]
    return {str(a.args[0].value) for a in lectures if a.args and isinstance(a.args[0], ast.Constant)}


def commandes_nommees() -> set[str]:
    """« portail purger --appliquer » and « manage.py db_worker »: each command that the guide names."""
    texte = GUIDE.read_text()
    en_debut_de_ligne = re.findall(r"^portail ([a-z_]+)\b", texte, re.MULTILINE)
    dans_le_texte = re.findall(r"(?:`portail\s|/usr/local/bin/portail )([a-z_]+)\b|python manage\.py ([a-z_]+)", texte)
    return {nom for noms in [en_debut_de_ligne, *dans_le_texte] for nom in noms if nom}


def lignes_de_cron() -> list[tuple[str, list[str]]]:
    """The command of each line, those that wait for an agreement too; and its arguments."""
    lignes = [ligne.lstrip("#") for ligne in fichier(CRON).splitlines() if re.match(r"#?[*\d]", ligne)]
    mots = [shlex.split(ligne.split("root", 1)[1]) for ligne in lignes]
    return [(m[1], m[2:]) for m in mots if m[0] == "/usr/local/bin/portail"]


def test_chaque_variable_lue_est_dans_la_table_et_chaque_variable_de_la_table_est_lue():
    assert set(premiere_colonne("variable")) == variables_lues() - POUR_LE_DEVELOPPEMENT


def test_le_fichier_des_reglages_ne_nomme_que_des_variables_de_la_table():
    blocs_des_reglages = [bloc.texte for bloc in blocs() if "cat > /etc/portail.env" in bloc.texte]
    nommees = set(re.findall(r"^([A-Z_]+)=", "".join(blocs_des_reglages), re.MULTILINE))
    assert nommees < set(premiere_colonne("variable"))


def test_chaque_commande_nommee_existe():
    nommees = commandes_nommees()
    assert {"migrate", "db_worker", "purger", "importer_calendrier", "pages_de_secours"} <= nommees
    assert nommees - set(get_commands()) == set()


def test_chaque_verification_est_dans_la_table_et_inversement():
    modules = ["portail/installation/verifications.py", "socle/cles.py", "socle/roles/verification.py"]
    modules += ["planning/calendrier/manques.py", "planning/calendrier/fuseau.py"]
    dites = {m for module in modules for m in re.findall(r'id="([\w.]+)"', (RACINE / module).read_text())}
    assert set(premiere_colonne("id")) == dites


def test_chaque_fichier_du_projet_que_le_guide_nomme_existe():
    liens = re.findall(r"\]\(([^)#]+)\)", GUIDE.read_text())
    assert [lien for lien in liens if not (GUIDE.parent / lien).exists()] == []


def test_cron_lance_ce_qui_reprend_ce_qui_nettoie_et_ce_qui_sauve():
    assert {"reprendre_envois", "reprendre_factures", "clearsessions", "purger"} <= {nom for nom, _ in lignes_de_cron()}
    assert "/usr/local/bin/portail-sauvegarde" in fichier(CRON)


@pytest.mark.parametrize(("nom", "arguments"), lignes_de_cron())
def test_une_commande_de_cron_se_tait_quand_il_n_y_a_rien_a_dire(db, nom, arguments, settings, caplog):
    """Cron posts whatever is said: two hundred e-mails a day would hide the one that matters."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    caplog.set_level(logging.INFO)
    sortie, erreurs = io.StringIO(), io.StringIO()
    with redirect_stdout(sortie), redirect_stderr(erreurs):
        call_command(nom, *arguments)
    assert (sortie.getvalue(), erreurs.getvalue(), caplog.messages) == ("", "", [])


def test_nginx_laisse_passer_ce_que_les_pages_promettent():
    (limite,) = re.findall(r"client_max_body_size (\d+)m;", fichier(NGINX))
    assert int(limite) * 1024 * 1024 > max(ENVOI_MAX, DOCUMENT_MAX) * 1.1
    for promis in (ENVOI_MAX, DOCUMENT_MAX):
        assert poids(promis).replace("\u00a0", " ") in GUIDE.read_text()


def test_nginx_montre_les_pages_que_le_portail_ecrit():
    assert set(re.findall(r"error_page [\d ]+/([\w-]+\.html);", fichier(NGINX))) == set(PAGES)
    (dossier,) = set(re.findall(r"root (/srv/[\w/]+);", fichier(NGINX)))
    assert f"portail pages_de_secours {dossier}" in "".join(bloc.commande for bloc in blocs())


@pytest.mark.skipif(not shutil.which("nginx") or not shutil.which("openssl"), reason="sans nginx ni openssl")
def test_nginx_comprend_son_fichier(tmp_path: Path):
    cle, certificat = tmp_path / "cle.pem", tmp_path / "certificat.pem"
    faire = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=essai", "-days", "2"]
    subprocess.run([*faire, "-keyout", cle, "-out", certificat], check=True, capture_output=True)
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificat};", fichier(NGINX))
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {cle};", site)
    # Ports that need no root, and that nobody holds while it is only read.
    site = re.sub(r"(listen (?:\[::\]:)?)80;", r"\g<1>18080;", site)
    site = re.sub(r"(listen (?:\[::\]:)?)443 ", r"\g<1>18443 ", site)
    principal = tmp_path / "nginx.conf"
    # Folders of its own too: those of the package are root's.
    corps = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    dossiers = " ".join(f"{nom}_temp_path {tmp_path / nom};" for nom in corps)
    http = f"access_log off; {dossiers}\n{site}"
    principal.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {http} }}")
    essai = subprocess.run(["nginx", "-t", "-c", principal], capture_output=True, text=True, check=False)
    assert essai.returncode == 0, essai.stderr


@pytest.mark.parametrize("unite", ["portail", "portail-taches"])
def test_une_unite_dit_a_systemd_de_ne_jamais_renoncer(unite: str):
    texte = fichier(f"/etc/systemd/system/{unite}.service")
    assert "StartLimitIntervalSec=0" in texte.split("[Service]")[0]
    assert {"Restart=always", "User=portail", "EnvironmentFile=/etc/portail.env"} <= set(texte.splitlines())


def test_chaque_programme_est_installe_par_l_etape_qui_s_en_sert():
    """A bare Debian has neither sudo nor rsync."""
    paquets = {"git": "git", "rsync": "rsync", "nginx": "nginx", "certbot": "certbot", "runuser": None}
    installes: set[str] = set()
    for bloc in blocs():
        if bloc.fichier and bloc.fichier != "/usr/local/bin/portail-sauvegarde":
            continue
        for ligne in bloc.commande.replace("\\\n", " ").splitlines():
            if ligne.startswith("apt-get install"):
                installes |= set(ligne.split())
            programme = ligne.split()[0] if ligne.split() else ""
            paquet = paquets.get(programme)
            assert paquet is None or bloc.fichier or paquet in installes, ligne
    assert "rsync" in installes
    assert "cron" in installes
    assert not re.search(r"\bsudo\b", GUIDE.read_text())
