"""A certificate that a test server signs itself."""

import subprocess
from pathlib import Path
from shutil import which

from tests import needs


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """The files of a private key and of a certificate for 127.0.0.1, made in this folder."""
    openssl = which("openssl") or needs.missing("openssl is not installed, so TLS was not tested")
    key, certificate = folder / "private.key", folder / "public.crt"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=store",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate
