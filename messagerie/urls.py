"""Addresses of « Boîte de réception » and « Infos/Documents »."""

from django.urls import path

from messagerie import views, views_infos

app_name = "messagerie"

urlpatterns = [
    path("messages/", views.Messages.as_view(), name="messages"),
    path("messages/envoyes/", views.Envoyes.as_view(), name="envoyes"),
    path("messages/supprimes/", views.Supprimes.as_view(), name="supprimes"),
    path("messages/nouveau/", views.NouveauMessage.as_view(), name="nouveau"),
    path("messages/<int:pk>/", views.Conversation.as_view(), name="fil"),
    path("messages/<int:pk>/suppression/", views.Suppression.as_view(), name="suppression"),
    path("messages/<int:pk>/restauration/", views.Restauration.as_view(), name="restauration"),
    path("messages/<int:pk>/lecture/", views.LectureDeFil.as_view(), name="lecture"),
    path("messages/pieces/<int:pk>/", views.PieceDeMessage.as_view(), name="piece"),
    path("infos/", views_infos.Infos.as_view(), name="infos"),
    path("infos/archives/", views_infos.Archives.as_view(), name="archives"),
    path("infos/formulaires/", views_infos.Formulaires.as_view(), name="formulaires"),
    path("infos/documents/<int:pk>/", views_infos.FichierDeDocument.as_view(), name="document"),
]
