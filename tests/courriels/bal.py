"""A real SMTP server on loopback, that can also refuse, or keep a conversation waiting."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.controller import Controller


class Bal:
    """A mailbox of everything: counts what it accepted, and refuses as it is told."""

    def __init__(self) -> None:
        self.recus: list[Message] = []
        self.reponse: Callable[[list[str]], str] = lambda adresses: "250 OK"
        self.retenues = 0
        self._retenir: tuple[str, int] | None = None

    def retenir(self, commande: str, apres: int = 0) -> None:
        """From so many e-mails on, leave that command unanswered: « RCPT », before the e-mail; « DATA », after it."""
        self._retenir = (commande, apres)

    def relacher(self) -> None:
        self._retenir = None

    async def handle_DATA(self, server, session, envelope) -> str:
        reponse = self.reponse(envelope.rcpt_tos)
        if reponse.startswith("250"):
            self.recus.append(message_from_bytes(envelope.content, policy=default))
        await self._faire_attendre("DATA")
        return reponse

    async def handle_MAIL(self, server, session, envelope, address, mail_options) -> str:
        if address.startswith("refuse"):
            return "550 5.7.1 Sender not allowed"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address.startswith("inconnu"):
            return "550 5.1.1 Unknown mailbox"
        await self._faire_attendre("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def _faire_attendre(self, commande: str) -> None:
        if self._retenir and self._retenir[0] == commande and len(self.recus) >= self._retenir[1]:
            self.retenues += 1
            while self._retenir:
                await asyncio.sleep(0.01)

    @property
    def adresses(self) -> list[str]:
        return sorted(str(message["To"]) for message in self.recus)


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


@pytest.fixture
def smtp(settings) -> Iterator[Bal]:
    bal = Bal()
    serveur = Controller(bal, hostname="127.0.0.1", port=port_libre())
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield bal
    serveur.stop()
