"""Addresses of « Boîte de réception »."""

from django.urls import path

from messagerie import views

app_name = "messagerie"

urlpatterns = [path("messages/", views.Messages.as_view(), name="messages")]
