"""A web on this machine, and a guard that lets it be asked."""

import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_web import NAME, SmallWeb

from catalogue.outside.guard import read_guard


@pytest.fixture
def web():
    small = SmallWeb()
    yield small
    small.close()


@pytest.fixture
def elsewhere():
    """A second machine, told from the first by its port."""
    small = SmallWeb()
    yield small
    small.close()


@pytest.fixture
def guard():
    """Asks loopback alone: a test that would leave this machine looks nothing up."""
    return read_guard("127.0.0.1")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The files of a key and of a certificate for `NAME`, which nobody but itself vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed: apt install openssl")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2".split()
    names = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    subprocess.run([*command, *names, "-keyout", key, "-out", made], check=True, capture_output=True, timeout=30)
    return key, made


@pytest.fixture
def tls_web(certificate):
    """A web that speaks TLS as `NAME`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    small = SmallWeb(context)
    yield small
    small.close()


@pytest.fixture
def trust(certificate):
    """What a machine has that trusts the certificate."""
    return ssl.create_default_context(cafile=certificate[1])
