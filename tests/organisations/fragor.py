"""How the tests of kompletterande frågor ask for their pages, fill in a question and read what came of it."""

import uuid

from django.urls import reverse

KRYSSA = "Kryssa för att frågan inte gäller känsliga personuppgifter. Gäller den sådana får den inte ställas."


def adress(sida, rad):
    return reverse(f"organisations:{sida}", args=[rad.pk])


def post(client, sida, rad, **data):
    version = getattr(rad, "version", 1) if sida not in {"fraga_create", "fraga_flytta"} else 0
    return client.post(adress(sida, rad), {"nyckel": str(uuid.uuid4()), "version": version, "spara": ""} | data)


def knapp(client, sida, rad, **data):
    return client.post(adress(sida, rad), {"nyckel": str(uuid.uuid4()), "version": 1} | data)


def ifylld(**andring):
    return {
        "namn": "Initiativ", "fragetext": "Vem tog initiativ till insatsen?", "hjalptext": "", "fran": "2012-01-01", "till": "",
        "mattillfalle": "in", "slag": "ett", "antal": "3", "alternativ_1": "Deltagaren", "alternativ_2": "Handläggaren", "alternativ_3": "",
    } | andring  # fmt: skip


def fel(svar):
    return {falt: list(texter) for falt, texter in svar.context["form"].errors.items()}


def alternativ(fraga):
    return [str(rad) for rad in fraga.alternativ.all()]


def ordningen(forbund):
    return [str(fraga) for fraga in forbund.fragor.all()]


def visade(svar):
    return [falt.value() or "" for falt in svar.context["form"].alternativfalt()]
