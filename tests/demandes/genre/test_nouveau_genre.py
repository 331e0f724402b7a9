"""A new kind of request is one class: it appears in forms, list, desk and mails."""

from typing import Generic, TypeVar

import pytest
from django import forms
from django.urls import reverse

from demandes.genre.onglet import MON_COMPTE
from demandes.genre.type_demande import TypeDemande
from demandes.models import Demande
from demandes.types import GENRES

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisme(monkeypatch):
    monkeypatch.setattr(GENRES, "_genres", dict(GENRES._genres))

    class Organisme(TypeDemande):
        code, titre, onglet = "organisme", "Changer d’organisme", MON_COMPTE
        organisme = forms.CharField(label="Organisme", max_length=100)

        def depuis(self):
            return {"organisme": self.famille.organisme_rattachement}

        def appliquer(self, demande):
            self.famille.organisme_rattachement = self.cleaned_data["organisme"]
            self.famille.save(update_fields=["organisme_rattachement"])


@pytest.mark.usefixtures("organisme")
def test_un_nouveau_genre_est_partout(client, dupont, agent, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(dupont.compte)
    formulaire = reverse("demandes:nouvelle", args=["organisme"])
    assert 'value="0"' in client.get(formulaire).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(formulaire, {"organisme": "Mairie de Toulouse"})
    demande = Demande.objects.get()
    assert "Organisme\u00a0: Mairie de Toulouse" in client.get(reverse("demandes:liste")).content.decode()
    assert "Changer d’organisme" in mailoutbox[0].body
    client.force_login(agent)
    assert "Changer d’organisme" in client.get(reverse("admin:demandes_demande_changelist")).content.decode()
    vu = client.get(reverse("admin:demandes_demande_change", args=[demande.pk])).context["page"].vu
    client.post(reverse("admin:demandes_demande_acceptation", args=[demande.pk]), {"vu": vu})
    dupont.famille.refresh_from_db()
    assert dupont.famille.organisme_rattachement == "Mairie de Toulouse"


def test_un_nouveau_genre_peut_servir_a_plusieurs_tables():
    T = TypeVar("T")

    class Lignes(TypeDemande, Generic[T]):
        """Of any table."""

    class Tickets(Lignes[int]):
        """Of that one."""

    assert issubclass(Tickets, Lignes)
