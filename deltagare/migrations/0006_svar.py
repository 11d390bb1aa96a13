"""Answers to kompletterande frågor, in the insats of their deltagande."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deltagare", "0005_atertaget_utan_spar"),
        ("insatser", "0004_arsredogorelse_historik_volym_avser"),
        ("organisations", "0004_fragor_historik_sammanslagning"),
    ]

    operations = [
        migrations.CreateModel(
            name="Svar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "typ",
                    models.CharField(
                        choices=[("in", "Inregistrering"), ("ut", "Utregistrering")], max_length=2, verbose_name="mättillfälle"
                    ),
                ),
                (
                    "alternativ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="svar",
                        to="organisations.svarsalternativ",
                        verbose_name="svar",
                    ),
                ),
                (
                    "deltagande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="svar",
                        to="deltagare.deltagande",
                        verbose_name="deltagande",
                    ),
                ),
                (
                    "fraga",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="svar",
                        to="organisations.kompletterandefraga",
                        verbose_name="fråga",
                    ),
                ),
                (
                    "insats",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insatser.insats", verbose_name="insats"
                    ),
                ),
            ],
            options={
                "verbose_name": "svar",
                "verbose_name_plural": "svar",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("deltagande", "typ", "alternativ"), name="svar_en_gang"),
                    models.CheckConstraint(condition=models.Q(("typ__in", ["in", "ut"])), name="svar_kand_typ"),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE deltagare_svar ADD CONSTRAINT svar_i_samma_insats "
            "FOREIGN KEY (deltagande_id, insats_id) REFERENCES deltagare_deltagande (id, insats_id)",
            "ALTER TABLE deltagare_svar DROP CONSTRAINT svar_i_samma_insats",
        ),
    ]
