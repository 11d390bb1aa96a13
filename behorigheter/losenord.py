"""Hash of local accounts' passwords: Argon2id over a keyed fingerprint, so that a hash read out of the database cannot be guessed at."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from sus.core.kryptering import uppslag


class NyckladArgon2(Argon2PasswordHasher):
    """The key lies in the application's environment and never in the database."""

    algorithm = "argon2nyckel"

    def encode(self, password, salt):
        return super().encode(_fingeravtryck(password), salt)

    def verify(self, password, encoded):
        return super().verify(_fingeravtryck(password), encoded)


def _fingeravtryck(losenord: str) -> str:
    return uppslag(f"lösenord|{losenord}").hex()
