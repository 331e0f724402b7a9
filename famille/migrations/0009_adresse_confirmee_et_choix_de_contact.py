"""An address that is there has been trusted so far, and stays so. Whoever said yes to e-mails was asked."""

import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone


def deja_demande(apps, schema_editor):
    responsables = apps.get_model("famille", "Responsable").objects
    responsables.filter(autorisation_courriel=True).update(contact_choisi_le=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('famille', '0008_noms_replies'),
    ]

    operations = [
        migrations.AddField(
            model_name='compte',
            name='email_confirme_le',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='adresse confirmée le'),
        ),
        migrations.AddField(
            model_name='responsable',
            name='contact_choisi_le',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='choix de contact le'),
        ),
        migrations.AddField(
            model_name='responsable',
            name='email_confirme_le',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='adresse confirmée le'),
        ),
        migrations.RunPython(deja_demande, migrations.RunPython.noop),
    ]
