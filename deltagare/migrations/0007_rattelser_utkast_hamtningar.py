"""Rättelser, begäran om felregistrering, utkast and hämtningar; children belong to the insats of their deltagande."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

I_SAMMA_INSATS = """
ALTER TABLE deltagare_rattelse ADD CONSTRAINT rattelse_i_samma_insats
  FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id);
ALTER TABLE deltagare_felregistreringsbegaran ADD CONSTRAINT felregistreringsbegaran_i_samma_insats
  FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id);
ALTER TABLE deltagare_utkast ADD CONSTRAINT utkast_gar_med_deltagandet
  FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id) ON DELETE CASCADE;
"""
UTAN = """
ALTER TABLE deltagare_utkast DROP CONSTRAINT utkast_gar_med_deltagandet;
ALTER TABLE deltagare_felregistreringsbegaran DROP CONSTRAINT felregistreringsbegaran_i_samma_insats;
ALTER TABLE deltagare_rattelse DROP CONSTRAINT rattelse_i_samma_insats;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("deltagare", "0006_svar"),
        ("insatser", "0004_arsredogorelse_historik_volym_avser"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Felregistreringsbegaran",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begard", models.DateTimeField(auto_now_add=True, verbose_name="begärd")),
            ],
            options={
                "verbose_name": "begäran om felregistrering",
                "verbose_name_plural": "begäranden om felregistrering",
            },
        ),
        migrations.CreateModel(
            name="Hamtning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("traff", models.BooleanField(verbose_name="träff")),
                ("tid", models.DateTimeField(auto_now_add=True, verbose_name="tid")),
            ],
            options={
                "verbose_name": "hämtning",
                "verbose_name_plural": "hämtningar",
            },
        ),
        migrations.CreateModel(
            name="Rattelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("andringar", models.JSONField(verbose_name="ändringar")),
                ("tid", models.DateTimeField(auto_now_add=True, verbose_name="tid")),
            ],
            options={
                "verbose_name": "rättelse",
                "verbose_name_plural": "rättelser",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Utkast",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "sida",
                    models.CharField(
                        choices=[("registrera", "Registrera deltagare"), ("ut", "Registrera ut deltagare"), ("ratta", "Rätta uppgifter")],
                        max_length=10,
                        verbose_name="sida",
                    ),
                ),
                ("uppslag", models.BinaryField(max_length=32, null=True, verbose_name="uppslagsvärde")),
                ("innehall", models.BinaryField(max_length=40000, verbose_name="innehåll (krypterat)")),
                ("sparat", models.DateTimeField(auto_now=True, verbose_name="sparat")),
            ],
            options={
                "verbose_name": "utkast",
                "verbose_name_plural": "utkast",
            },
        ),
        migrations.AddField(
            model_name="deltagande",
            name="att_kontrollera",
            field=models.BooleanField(db_default=False, editable=False, verbose_name="ska kontrolleras mot folkbokföringen"),
        ),
        migrations.AddField(
            model_name="samtycke",
            name="original_mottaget",
            field=models.DateField(blank=True, null=True, verbose_name="originalet mottaget av Försäkringskassan"),
        ),
        migrations.AddConstraint(
            model_name="samtycke",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("original_mottaget", None),
                    models.Q(("original_mottaget__gte", models.F("original_skickat")), ("original_skickat__isnull", False)),
                    _connector="OR",
                ),
                name="samtycke_mottaget_efter_skickat",
                violation_error_message="Originalet kan inte ha kommit fram innan det skickades.",
            ),
        ),
        migrations.AddField(
            model_name="felregistreringsbegaran",
            name="begard_av",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="begärd av"
            ),
        ),
        migrations.AddField(
            model_name="felregistreringsbegaran",
            name="deltagande",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="felregistreringsbegaran",
                to="deltagare.deltagande",
                verbose_name="deltagande",
            ),
        ),
        migrations.AddField(
            model_name="felregistreringsbegaran",
            name="insats",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insatser.insats", verbose_name="insats"
            ),
        ),
        migrations.AddField(
            model_name="hamtning",
            name="anvandare",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="hamtning",
            name="insats",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insatser.insats", verbose_name="insats"
            ),
        ),
        migrations.AddField(
            model_name="rattelse",
            name="av",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="av"
            ),
        ),
        migrations.AddField(
            model_name="rattelse",
            name="deltagande",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rattelser", to="deltagare.deltagande", verbose_name="deltagande"
            ),
        ),
        migrations.AddField(
            model_name="rattelse",
            name="insats",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insatser.insats", verbose_name="insats"
            ),
        ),
        migrations.AddField(
            model_name="utkast",
            name="anvandare",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="utkast",
            name="deltagande",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="deltagare.deltagande",
                verbose_name="deltagande",
            ),
        ),
        migrations.AddField(
            model_name="utkast",
            name="insats",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insatser.insats", verbose_name="insats"
            ),
        ),
        migrations.AddIndex(
            model_name="hamtning",
            index=models.Index(fields=["anvandare", "tid"], name="deltagare_h_anvanda_9b2941_idx"),
        ),
        migrations.AddConstraint(
            model_name="utkast",
            constraint=models.UniqueConstraint(
                fields=("anvandare", "insats", "sida", "deltagande"), name="utkast_ett_per_formular", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="utkast",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deltagande", None), ("sida", "registrera")),
                    models.Q(("deltagande__isnull", False), ("sida__in", ["ut", "ratta"])),
                    _connector="OR",
                ),
                name="utkast_om_ratt_sak",
            ),
        ),
        migrations.RunSQL(I_SAMMA_INSATS, UTAN),
    ]
