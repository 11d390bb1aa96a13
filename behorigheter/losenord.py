"""Hash of local accounts' passwords: Argon2id over a keyed fingerprint, so that a hash read out of the database cannot be guessed at."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from sus.core.kryptering import uppslag, uppslagsvarden


class NyckladArgon2(Argon2PasswordHasher):
    """The key lies in the application's environment and never in the database.

    The salt begins with a mark of the key. A hash with another mark is made anew at the next login: only then is the password known.
    """

    algorithm = "argon2nyckel"

    def salt(self):
        return _marke() + super().salt()

    def encode(self, password, salt):
        return super().encode(_fingeravtryck(password)[0], salt)

    def verify(self, password, encoded):
        stammer = super().verify
        return any(stammer(fingeravtryck, encoded) for fingeravtryck in _fingeravtryck(password))

    def must_update(self, encoded):
        return super().must_update(encoded) or self.har_gammal_nyckel(encoded)

    def har_gammal_nyckel(self, encoded) -> bool:
        return not self.decode(encoded)["salt"].startswith(_marke())


def _fingeravtryck(losenord: str) -> list[str]:
    return [varde.hex() for varde in uppslagsvarden(f"lösenord|{losenord}")]


def _marke() -> str:
    return uppslag("nyckelns märke").hex()[:8]
