"""The guide of those who run the portal, followed word for word on a bare Debian, from its first line to its last.

Only by `bin/test --complet`: it takes minutes. The machine is asked what a town would: do pages, mail, cron, the
backup, the upgrade and new keys work?
"""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.installation.acteurs import CERTBOT, facteur
from tests.installation.debian import ATELIER, DEPOT, Machine, debian, empechement, suite
from tests.installation.guide import blocs, fichier

INSTALLER = ["1. The code", "2. The database", "3. The settings", "4. The tables, the calendar, the first account"]
SERVIR = ["5. The services", "6. HTTPS", "7. What runs by itself"]
EXPLOITER = ["Restore", "Upgrade", "Rotate keys"]
PORTAIL = "https://famille.ville.example"
# What `createsuperuser` asks, and what is answered.
REPONSES = [("Identifiant", "admin"), ("Password", "Bonbons-2026"), ("again", "Bonbons-2026")]
DELAI = 900  # seconds, of a whole part of the guide
UN_SECRET = "FR1420041010050500013M02606"

pytestmark = [pytest.mark.long, pytest.mark.lent, pytest.mark.skipif(empechement() != "", reason=empechement())]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """Installed by the guide, and by nothing else but those who play Let's Encrypt and the town's mail server."""
    with debian() as machine:
        preparer(machine)
        boite = ATELIER / "boite"
        boite.unlink(missing_ok=True)
        smtp = machine.racine / "etc/letsencrypt/live/smtp.ville.example"
        postier = facteur(machine.pid, smtp / "fullchain.pem", smtp / "privkey.pem", boite)
        try:
            dit = suivre(machine, suite(INSTALLER))
            assert "System check identified no issues (0 silenced)." in dit
            assert boite.read_text() == "informatique@ville.example\n"
            suivre(machine, suite(SERVIR))
            yield machine
        finally:
            postier.kill()
            postier.wait()


def preparer(machine: Machine) -> None:
    certbot = machine.racine / "usr/local/bin/certbot"
    certbot.write_text(CERTBOT)
    certbot.chmod(0o755)
    machine.demander("echo 127.0.0.1 famille.ville.example smtp.ville.example >> /etc/hosts")
    # As the package's own would be, if it could be reached.
    machine.demander("apt-get install --yes --no-install-recommends ca-certificates openssl >/dev/null 2>&1")
    machine.demander("mkdir -p /var/www/html; certbot --domain smtp.ville.example")


def suivre(machine: Machine, script: str) -> str:
    """At a terminal, as a person would, until the last line. Raises with the end of what was said if one fails."""
    script = re.sub(r"^depot=\S+", f"depot={DEPOT}", script, flags=re.MULTILINE)
    (machine.racine / "root/suite.sh").write_text(script)  # where a command of the machine begins
    maitre, esclave = pty.openpty()
    fait = subprocess.Popen(
        machine.commande("bash", "suite.sh"),
        stdin=esclave,
        stdout=esclave,
        stderr=esclave,
        start_new_session=True,
    )
    os.close(esclave)
    dit, lu, reponses, limite = "", 0, list(REPONSES), time.monotonic() + DELAI
    while time.monotonic() < limite:
        pret, _, _ = select.select([maitre], [], [], 1)
        try:
            dit += os.read(maitre, 65536).decode(errors="replace") if pret else ""
        except OSError:  # nobody holds the other end any more
            break
        (ATELIER / "suivi.log").write_text(dit)
        if reponses and not pret and re.search(f"(?:{reponses[0][0]})[^\n]*: ?$", dit[lu:]):
            lu = len(dit)
            os.write(maitre, f"{reponses.pop(0)[1]}\n".encode())
    os.close(maitre)
    assert fait.wait(timeout=60) == 0, dit[-6000:]
    return dit


def page(machine: Machine, demande: str) -> str:
    """The code, then what curl's elder brother would show: asked from the machine itself, by the name of the portal."""
    programme = f"""
import ssl, urllib.error, urllib.request
class Ici(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
ouvreur = urllib.request.build_opener(Ici)
try: reponse = ouvreur.open(urllib.request.Request({demande}), timeout=60)
except urllib.error.HTTPError as erreur: reponse = erreur
print(reponse.status, *[f"{{nom}}: {{valeur}}" for nom, valeur in reponse.headers.items()], sep="\\n")
print(reponse.read().decode())
"""
    return machine.demander(f"python3 - <<'PYTHON'\n{programme}\nPYTHON")


def attendre(machine: Machine, debut: str) -> None:
    """Until the portal's door answers so: services take a moment to come back."""
    limite = time.monotonic() + 60
    while not (dit := page(machine, f"'{PORTAIL}/sante/'")).startswith(debut):
        assert time.monotonic() < limite, dit
        time.sleep(0.5)


def ecrire(machine: Machine, code: str) -> str:
    """By the portal itself."""
    return machine.demander(f'portail shell --verbosity 0 --command "{code}"').strip()


def test_le_guide_suivi_a_la_lettre_fait_un_portail_qui_marche(machine: Machine):
    """One test for one machine: several workers would each make theirs."""
    chaque_bloc_du_guide_est_suivi(machine)
    les_services_tournent_et_systemd_n_y_trouve_rien_a_redire(machine)
    les_pages_se_servent_en_https(machine)
    le_premier_compte_entre_et_relie_d_abord_son_telephone(machine)
    un_envoi_trop_lourd_recoit_notre_page(machine)
    pendant_une_panne_les_parents_lisent_une_page_en_francais(machine)
    postgresql_revient_et_tout_revient_avec_lui(machine)
    cron_n_a_rien_a_poster(machine)
    sauvegarder_restaurer_mettre_a_jour_et_changer_les_cles_ne_perd_rien(machine)


def chaque_bloc_du_guide_est_suivi(machine: Machine):
    assert {bloc.titre for bloc in blocs() if bloc.commande} == {*INSTALLER, *SERVIR, *EXPLOITER}


def les_services_tournent_et_systemd_n_y_trouve_rien_a_redire(machine: Machine):
    assert machine.demander("systemctl is-active portail portail-taches nginx cron").split() == ["active"] * 4
    unites = [bloc.fichier for bloc in blocs() if bloc.fichier.endswith(".service")]
    assert machine.demander(f"systemd-analyze verify {' '.join(unites)} 2>&1 | grep portail || true") == ""


def les_pages_se_servent_en_https(machine: Machine):
    attendre(machine, "200")
    assert page(machine, "'http://famille.ville.example/'").startswith("301\n")
    connexion = page(machine, f"'{PORTAIL}/connexion/'")
    assert connexion.startswith("200\n")
    assert "Strict-Transport-Security: max-age=" in connexion
    assert "Se connecter" in connexion
    (feuille,) = set(re.findall(r"/static/css/[\w.-]+\.css", connexion))
    assert page(machine, f"'{PORTAIL}{feuille}'").startswith("200\n")


def le_premier_compte_entre_et_relie_d_abord_son_telephone(machine: Machine):
    attendre(machine, "200")
    programme = f"""
import http.cookiejar, re, urllib.parse, urllib.request
bocal = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
ouvreur = urllib.request.build_opener(bocal)
ouvreur.addheaders = [("Referer", "{PORTAIL}/connexion/")]
page = ouvreur.open("{PORTAIL}/connexion/?next=/admin/").read().decode()
champs = dict(re.findall(r'name="(\\w+)" value="([^"]*)"', page))
champs |= {{"username": "admin", "password": "Bonbons-2026"}}
reponse = ouvreur.open("{PORTAIL}/connexion/?next=/admin/", urllib.parse.urlencode(champs).encode())
print(reponse.url, "Reliez-le pour continuer" in reponse.read().decode())
"""
    assert machine.demander(f"python3 - <<'PYTHON'\n{programme}\nPYTHON") == f"{PORTAIL}/second-facteur/ True\n"


def un_envoi_trop_lourd_recoit_notre_page(machine: Machine):
    attendre(machine, "200")
    refus = page(machine, f"'{PORTAIL}/connexion/', data=b'x' * 31 * 1024 * 1024")
    assert refus.startswith("413\n")
    assert "Vos fichiers sont trop lourds" in refus
    assert "25 Mo en tout" in refus.replace("\u00a0", " ")
    longue = page(machine, f"'{PORTAIL}/' + '9' * 9000")
    assert longue.startswith("414\n")
    assert "Cette adresse est trop longue" in longue


def pendant_une_panne_les_parents_lisent_une_page_en_francais(machine: Machine):
    machine.demander("systemctl stop portail")
    panne = page(machine, f"'{PORTAIL}/releve/'")
    assert panne.startswith("502\n")
    assert "Retry-After: 120" in panne
    assert "Le portail est fermé un moment" in panne
    assert "Centre social de Ville" in panne
    machine.demander("systemctl start portail")
    attendre(machine, "200")


def postgresql_revient_et_tout_revient_avec_lui(machine: Machine):
    machine.demander("systemctl stop postgresql; sleep 12; systemctl start postgresql")
    attendre(machine, "200")
    time.sleep(6)  # RestartSec
    assert machine.demander("systemctl is-active portail portail-taches").split() == ["active"] * 2


def cron_n_a_rien_a_poster(machine: Machine):
    lignes = [ligne for ligne in fichier("/etc/cron.d/portail").splitlines() if not ligne.startswith("#")]
    assert {ligne: machine.demander(ligne.split("root", 1)[1]) for ligne in lignes if "sauvegarde" not in ligne} == {
        ligne: "" for ligne in lignes if "sauvegarde" not in ligne
    }
    assert machine.demander("portail-sauvegarde; portail-sauvegarde") == ""


def sauvegarder_restaurer_mettre_a_jour_et_changer_les_cles_ne_perd_rien(machine: Machine):
    attendre(machine, "200")
    ecrire(
        machine,
        "from famille.models import *; f = Famille.objects.create(); "
        f"InformationsBancaires.objects.create(famille=f, titulaire='DUPONT', iban='{UN_SECRET}', bic='PSSTFRPP')",
    )
    piece = "/srv/portail/etat/fichiers/essai.pdf"
    machine.demander(f"echo avant > {piece}; portail-sauvegarde; rm {piece}")
    avant = machine.demander("grep -E '^(CLES|SECRET|DATABASE)' /etc/portail.env")
    suivre(machine, suite(EXPLOITER))
    apres = machine.demander("grep -E '^(CLES|SECRET|DATABASE)' /etc/portail.env")
    assert not set(avant.splitlines()) & set(apres.splitlines())
    attendre(machine, "200")
    assert machine.demander(f"cat {piece}") == "avant\n"
    lu = ecrire(machine, "from famille.models import *; print(InformationsBancaires.objects.get().iban)")
    assert lu == UN_SECRET
    assert "no issues" in machine.demander("portail check --deploy")
    assert machine.demander("systemctl is-active portail portail-taches cron").split() == ["active"] * 3
