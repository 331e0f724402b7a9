from django.urls import path

app_name = "messagerie"

urlpatterns = []
