"""Addresses of « Boîte de réception » and « Infos/Documents »."""

from django.urls import path

from messagerie.views import infos, messages

app_name = "messagerie"

urlpatterns = [
    path("messages/", messages.Messages.as_view(), name="messages"),
    path("messages/envoyes/", messages.Envoyes.as_view(), name="envoyes"),
    path("messages/supprimes/", messages.Supprimes.as_view(), name="supprimes"),
    path("messages/nouveau/", messages.NouveauMessage.as_view(), name="nouveau"),
    path("messages/<int:pk>/", messages.Conversation.as_view(), name="fil"),
    path("messages/<int:pk>/suppression/", messages.Suppression.as_view(), name="suppression"),
    path("messages/<int:pk>/restauration/", messages.Restauration.as_view(), name="restauration"),
    path("messages/<int:pk>/lecture/", messages.LectureDeFil.as_view(), name="lecture"),
    path("messages/pieces/<int:pk>/", messages.PieceDeMessage.as_view(), name="piece"),
    path("infos/", infos.Infos.as_view(), name="infos"),
    path("infos/archives/", infos.Archives.as_view(), name="archives"),
    path("infos/formulaires/", infos.Formulaires.as_view(), name="formulaires"),
    path("infos/documents/<int:pk>/", infos.FichierDeDocument.as_view(), name="document"),
]
