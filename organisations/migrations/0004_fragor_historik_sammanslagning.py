"""Kompletterande frågor, what amounts were before, and which samverkansorganisation another went into."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_med_typ"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Budgetandring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rad", models.CharField(max_length=300, verbose_name="rad")),
                (
                    "falt",
                    models.CharField(
                        choices=[("belopp", "Belopp"), ("budget", "Budget"), ("utfall", "Utfall")], max_length=20, verbose_name="belopp"
                    ),
                ),
                ("fore", models.BigIntegerField(null=True, verbose_name="före")),
                ("efter", models.BigIntegerField(null=True, verbose_name="efter")),
                ("skal", models.CharField(blank=True, default="", max_length=300, verbose_name="skäl")),
                ("tid", models.DateTimeField(auto_now_add=True, verbose_name="tid")),
            ],
            options={
                "verbose_name": "budgetändring",
                "verbose_name_plural": "budgetändringar",
                "ordering": ["-tid", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KompletterandeFraga",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("andrad_tid", models.DateTimeField(editable=False, null=True, verbose_name="ändrad")),
                ("namn", models.CharField(max_length=60, verbose_name="frågans namn")),
                ("fragetext", models.CharField(max_length=300, verbose_name="fråga")),
                ("hjalptext", models.CharField(blank=True, default="", max_length=500, verbose_name="hjälptext")),
                ("fran", models.DateField(verbose_name="från och med")),
                ("till", models.DateField(blank=True, null=True, verbose_name="till och med")),
                (
                    "mattillfalle",
                    models.CharField(
                        choices=[("in", "Vid inregistrering"), ("ut", "Vid utregistrering"), ("bada", "Vid båda")],
                        max_length=4,
                        verbose_name="mättillfälle",
                    ),
                ),
                (
                    "slag",
                    models.CharField(
                        choices=[("ett", "Ett alternativ"), ("flera", "Flera alternativ"), ("ja_nej", "Ja eller nej")],
                        max_length=6,
                        verbose_name="sorts svar",
                    ),
                ),
                ("obligatorisk", models.BooleanField(default=False, verbose_name="måste besvaras")),
                ("ordning", models.PositiveSmallIntegerField(default=0, verbose_name="ordning")),
                ("publicerad", models.DateTimeField(editable=False, null=True, verbose_name="publicerad")),
            ],
            options={
                "verbose_name": "kompletterande fråga",
                "verbose_name_plural": "kompletterande frågor",
                "ordering": ["ordning", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Svarsalternativ",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=100, verbose_name="alternativ")),
                ("ordning", models.PositiveSmallIntegerField(verbose_name="ordning")),
            ],
            options={
                "verbose_name": "svarsalternativ",
                "verbose_name_plural": "svarsalternativ",
                "ordering": ["ordning"],
            },
        ),
        migrations.AddField(
            model_name="samverkansorganisation",
            name="uppgick_i",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="foregangare",
                to="organisations.samverkansorganisation",
                verbose_name="uppgick i",
            ),
        ),
        migrations.AddConstraint(
            model_name="samverkansorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uppgick_i", None),
                    models.Q(("slutdatum__isnull", False), models.Q(("uppgick_i", models.F("pk")), _negated=True)),
                    _connector="OR",
                ),
                name="samverkansorganisation_uppgick_nar_den_slutade",
            ),
        ),
        migrations.AddField(
            model_name="budgetandring",
            name="av",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="av"
            ),
        ),
        migrations.AddField(
            model_name="budgetandring",
            name="budgetar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="andringar", to="organisations.budgetar", verbose_name="budgetår"
            ),
        ),
        migrations.AddField(
            model_name="kompletterandefraga",
            name="andrad_av",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ändrad av",
            ),
        ),
        migrations.AddField(
            model_name="kompletterandefraga",
            name="publicerad_av",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="publicerad av",
            ),
        ),
        migrations.AddField(
            model_name="kompletterandefraga",
            name="samverkansorganisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fragor",
                to="organisations.samverkansorganisation",
                verbose_name="samverkansorganisation",
            ),
        ),
        migrations.AddField(
            model_name="svarsalternativ",
            name="fraga",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alternativ",
                to="organisations.kompletterandefraga",
                verbose_name="fråga",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetandring",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("efter__isnull", False), ("fore__isnull", True)),
                    models.Q(("efter__isnull", True), ("fore__isnull", False)),
                    models.Q(("fore", models.F("efter")), _negated=True),
                    _connector="OR",
                ),
                name="budgetandring_andrar_nagot",
            ),
        ),
        migrations.AddConstraint(
            model_name="kompletterandefraga",
            constraint=models.UniqueConstraint(
                fields=("samverkansorganisation", "namn"),
                name="fraga_unikt_namn",
                violation_error_message="Det finns redan en fråga med det namnet. Välj ett annat namn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kompletterandefraga",
            constraint=models.CheckConstraint(
                condition=models.Q(("till", None), ("till__gte", models.F("fran")), _connector="OR"),
                name="fraga_slutar_inte_fore_start",
                violation_error_message="Sista dagen kan inte vara tidigare än första dagen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kompletterandefraga",
            constraint=models.CheckConstraint(
                condition=models.Q(("mattillfalle__in", ["in", "ut", "bada"])), name="fraga_kant_mattillfalle"
            ),
        ),
        migrations.AddConstraint(
            model_name="kompletterandefraga",
            constraint=models.CheckConstraint(condition=models.Q(("slag__in", ["ett", "flera", "ja_nej"])), name="fraga_kant_slag"),
        ),
        migrations.AddConstraint(
            model_name="svarsalternativ",
            constraint=models.UniqueConstraint(
                fields=("fraga", "text"), name="svarsalternativ_en_gang", violation_error_message="Alternativet finns redan."
            ),
        ),
    ]
