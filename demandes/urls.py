"""Addresses of « Liste des demandes »."""

from django.urls import path

from demandes import views

app_name = "demandes"

urlpatterns = [path("demandes/", views.Liste.as_view(), name="liste")]
