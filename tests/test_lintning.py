"""The repository's own law: locks, reasons, and that the linters refuse what they should."""

import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sus.lokalpg import ROT

LAS = ["requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"]
BIN = Path(sys.executable).parent


@pytest.mark.parametrize("fil", LAS)
def test_every_locked_python_package_has_a_hash(fil):
    poster = re.split(r"\n(?=\S)", (ROT / fil).read_text().strip())

    assert poster
    assert [post.splitlines()[0] for post in poster if "==" not in post or "--hash=sha256:" not in post] == []


@pytest.mark.parametrize("fil", [*LAS, "package-lock.json", ".npmrc", "pyproject.toml"])
def test_no_lock_names_an_address(fil):
    text = re.sub(r'"funding": (?:\{[^}]*\}|\[[^\]]*\])', "", (ROT / fil).read_text())  # npm notes where to support a package's author

    assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", text) == []


def test_every_locked_npm_package_has_a_hash_and_no_address():
    paket = {namn: post for namn, post in json.loads((ROT / "package-lock.json").read_text())["packages"].items() if namn}

    assert paket
    assert [namn for namn, post in paket.items() if "integrity" not in post or "resolved" in post] == []


def test_every_package_of_production_has_the_same_version_in_development():
    def versioner(fil):
        return set(re.findall(r"^([\w.-]+==\S+)", (ROT / fil).read_text(), re.M))

    assert versioner("requirements.txt") <= versioner("requirements-dev.txt")


def test_every_dependency_is_locked_and_says_why():
    text = (ROT / "pyproject.toml").read_text()
    projekt = tomllib.loads(text)["project"]
    krav = projekt["dependencies"] + [krav for grupp in projekt["optional-dependencies"].values() for krav in grupp]
    lasta = set(re.findall(r"^([\w.-]+)==", "".join((ROT / fil).read_text() for fil in LAS), re.M))

    assert [ett for ett in krav if not re.search(rf'"{re.escape(ett)}",\s+# \w', text)] == []
    assert [ett for ett in krav if re.match(r"[\w-]+", ett)[0] not in lasta] == []


@pytest.mark.parametrize(
    "kod",
    [
        "from django.dispatch import receiver\n\nprint(receiver)\n",
        "from django.db.models import signals\n\nprint(signals)\n",
        "from django.contrib.auth.models import User\n\nprint(User)\n",
        "from django.utils.safestring import mark_safe\n\nprint(mark_safe)\n",
        "from . import models\n\nprint(models)\n",
        "def f():\n    import os\n\n    return os\n",
    ],
)
def test_ruff_refuses_what_we_never_write(kod):
    svar = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--stdin-filename", "insatser/prov.py", "-"],
        input=kod, capture_output=True, text=True, cwd=ROT, check=False,
    )  # fmt: skip

    assert svar.returncode == 1
    assert re.search(r"TID25\d|PLC0415", svar.stdout)


def test_no_test_reaches_the_network():
    with pytest.raises(UserWarning, match="tried to use socket"):  # warnings are errors here
        socket.create_connection(("192.0.2.1", 80), timeout=1)


APPAR = ["sus", "organisations", "insatser", "deltagare", "behorigheter", "rapporter"]


@pytest.mark.parametrize(
    ("fil", "rad", "kontrakt"),
    [
        ("behorigheter/roller.py", "import insatser.models", "Apps depend downwards only"),
        ("sus/core/formatering.py", "import behorigheter.roller", "Apps depend downwards only"),
        ("organisations/models/__init__.py", "import organisations.views", "Inside an app the web depends on the domain"),
        ("deltagare/actions/__init__.py", "import weasyprint", "Only renderers know file formats"),
        ("rapporter/renderare/to_csv.py", "import insatser.models", "Renderers know only the table"),
    ],
)
def test_import_contract_breaks_when_an_import_goes_the_wrong_way(tmp_path, fil, rad, kontrakt):
    shutil.copy(ROT / "pyproject.toml", tmp_path)
    for app in APPAR:
        shutil.copytree(ROT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__"))
    felaktig = tmp_path / fil
    felaktig.write_text(f"{felaktig.read_text()}\n{rad}\n")

    svar = subprocess.run([BIN / "lint-imports", "--no-cache"], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert svar.returncode == 1
    assert re.search(rf"{kontrakt}.* BROKEN", svar.stdout)
