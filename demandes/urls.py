from django.urls import path

app_name = "demandes"

urlpatterns = []
