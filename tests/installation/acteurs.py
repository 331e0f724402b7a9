"""Who a bare machine lacks: Let's Encrypt, and a mail server. They are played; all the rest is the real thing."""

import ssl
import subprocess
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

# An authority of its own, that the machine trusts; then, for each name asked for, a certificate as certbot leaves it.
CERTBOT = """#!/bin/sh
set -eu
nom=famille.ville.example
while [ $# -gt 0 ]; do
    [ "$1" != --domain ] || nom=$2
    [ "$1" != --webroot-path ] || test -d "$2"
    shift
done
autorite=/etc/letsencrypt/autorite
mkdir -p $autorite "/etc/letsencrypt/live/$nom"
if [ ! -e $autorite/cle.pem ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Essai -keyout $autorite/cle.pem \\
        -out /usr/local/share/ca-certificates/essai.crt 2> /dev/null
    update-ca-certificates > /dev/null
fi
cd "/etc/letsencrypt/live/$nom"
openssl req -newkey rsa:2048 -nodes -subj "/CN=$nom" -keyout privkey.pem -out demande.pem 2> /dev/null
printf 'subjectAltName=DNS:%s' "$nom" > noms
openssl x509 -req -in demande.pem -days 2 -extfile noms -CA /usr/local/share/ca-certificates/essai.crt \\
    -CAkey $autorite/cle.pem -CAcreateserial -out fullchain.pem 2> /dev/null
"""


class Boite:
    """Takes whatever comes to a file, one line an e-mail: its recipients."""

    def __init__(self, fichier: Path) -> None:
        self.fichier = fichier

    async def handle_DATA(self, serveur: SMTP, session: Session, enveloppe: Envelope) -> str:
        with self.fichier.open("a") as boite:
            boite.write(" ".join(enveloppe.rcpt_tos) + "\n")
        return "250 OK"


def authentifier(*_: object) -> AuthResult:
    return AuthResult(success=True)


def servir(certificat: str, cle: str, boite: str) -> None:
    """A mail server that wants TLS and a password, until it is killed."""
    contexte = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    contexte.load_cert_chain(certificat, cle)
    Controller(
        Boite(Path(boite)),
        hostname="127.0.0.1",
        port=587,
        tls_context=contexte,
        require_starttls=True,
        auth_required=True,
        authenticator=authentifier,
    ).start()
    threading.Event().wait()


def facteur(pid: int, certificat: Path, cle: Path, boite: Path) -> subprocess.Popen[bytes]:
    """The mail server, on the network of the machine whose systemd has that number."""
    programme = (
        f"from tests.installation.acteurs import servir; servir({str(certificat)!r}, {str(cle)!r}, {str(boite)!r})"
    )
    return subprocess.Popen(["nsenter", "--target", str(pid), "--net", sys.executable, "-c", programme])
