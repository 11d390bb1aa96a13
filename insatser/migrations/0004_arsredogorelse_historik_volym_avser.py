"""Årsredogörelser, what amounts were before, what a volym counts, goals, and halves of a mixed activity."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insatser", "0003_volymjournal"),
        ("organisations", "0004_fragor_historik_sammanslagning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Arsredogorelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("andrad_tid", models.DateTimeField(editable=False, null=True, verbose_name="ändrad")),
                (
                    "ar",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1993), django.core.validators.MaxValueValidator(2100)],
                        verbose_name="år",
                    ),
                ),
                ("rubrik", models.CharField(max_length=150, verbose_name="rubrik")),
                ("text", models.TextField(max_length=6000, verbose_name="text")),
                ("klar_tid", models.DateTimeField(editable=False, null=True, verbose_name="klar")),
            ],
            options={
                "verbose_name": "årsredogörelse",
                "verbose_name_plural": "årsredogörelser",
                "ordering": ["-ar"],
            },
        ),
        migrations.CreateModel(
            name="InsatsBudgetandring",
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
                "verbose_name": "ändring av insatsbudget",
                "verbose_name_plural": "ändringar av insatsbudget",
                "ordering": ["-tid", "-pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="insats",
            name="hor_ihop_med",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="hor_ihop_fran",
                to="insatser.insats",
                verbose_name="hör ihop med",
            ),
        ),
        migrations.AddField(
            model_name="insats",
            name="mal",
            field=models.TextField(blank=True, default="", db_default="", max_length=1000, verbose_name="mål"),
        ),
        migrations.AddField(
            model_name="insats",
            name="volym_avser",
            field=models.CharField(
                blank=True,
                choices=[("personer", "Personer"), ("tillfallen", "Tillfällen")],
                default="",
                db_default="",
                max_length=10,
                verbose_name="vad som räknas",
            ),
        ),
        migrations.AddConstraint(
            model_name="insats",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("volym_avser", ""),
                    models.Q(("deltagarregistrering", "volym"), ("volym_avser__in", ["personer", "tillfallen"])),
                    _connector="OR",
                ),
                name="insats_volym_avser_bara_for_volyminsats",
            ),
        ),
        migrations.AddConstraint(
            model_name="insats",
            constraint=models.CheckConstraint(
                condition=models.Q(("hor_ihop_med", None), models.Q(("hor_ihop_med", models.F("pk")), _negated=True), _connector="OR"),
                name="insats_hor_inte_ihop_med_sig_sjalv",
            ),
        ),
        migrations.AddField(
            model_name="arsredogorelse",
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
            model_name="arsredogorelse",
            name="insats",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="arsredogorelser", to="insatser.insats", verbose_name="insats"
            ),
        ),
        migrations.AddField(
            model_name="arsredogorelse",
            name="klar_av",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="klar av",
            ),
        ),
        migrations.AddField(
            model_name="insatsbudgetandring",
            name="av",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="av"
            ),
        ),
        migrations.AddField(
            model_name="insatsbudgetandring",
            name="insatsar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="andringar", to="insatser.insatsar", verbose_name="insatsår"
            ),
        ),
        migrations.AddConstraint(
            model_name="arsredogorelse",
            constraint=models.UniqueConstraint(fields=("insats", "ar"), name="arsredogorelse_en_per_ar"),
        ),
        migrations.AddConstraint(
            model_name="arsredogorelse",
            constraint=models.CheckConstraint(condition=models.Q(("ar__gte", 1993), ("ar__lte", 2100)), name="arsredogorelse_rimligt_ar"),
        ),
        migrations.AddConstraint(
            model_name="insatsbudgetandring",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("efter__isnull", False), ("fore__isnull", True)),
                    models.Q(("efter__isnull", True), ("fore__isnull", False)),
                    models.Q(("fore", models.F("efter")), _negated=True),
                    _connector="OR",
                ),
                name="insatsbudgetandring_andrar_nagot",
            ),
        ),
    ]
