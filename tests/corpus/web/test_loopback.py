"""The door against a real server that misbehaves: cut off by time, by size and by hops."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.web import exchange
from corpus.web.door import Door
from corpus.web.outcomes import Fetched, Trouble, Unmodified
from tests.corpus.web.fakes import article, no_proxy
from tests.corpus.web.site import Site, local_door, serving

SECONDS = 0.5


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.mark.parametrize("path", ["slow-head", "slow-body", "silent"])
def test_a_server_that_takes_its_time_is_cut_off_in_time(site: Site, path: str) -> None:
    door = local_door(SECONDS)
    door.fetch(f"{site.url}/nothing")  # robots.txt has a time of its own
    began = time.monotonic()
    outcome = door.fetch(f"{site.url}/{path}")
    assert time.monotonic() - began < SECONDS + 1.0
    assert isinstance(outcome, Trouble)
    assert outcome.reason.startswith("took longer than 0.")


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_too_much_is_cut_off_without_being_held(site: Site, path: str) -> None:
    door = local_door()
    door.fetch(f"{site.url}/nothing")
    before = psutil.Process().memory_info().rss
    outcome = door.fetch(f"{site.url}/{path}")
    assert isinstance(outcome, Trouble)
    assert outcome.reason == f"more than {10 * 2**20:,} bytes"
    if path == "endless":  # the bomb is made in this process
        assert psutil.Process().memory_info().rss - before < 60 * 2**20


def test_a_film_is_not_downloaded(site: Site) -> None:
    outcome = local_door(5.0).fetch(f"{site.url}/film")
    assert isinstance(outcome, Trouble)
    assert "video/mp4" in outcome.reason


def test_a_redirect_loop_ends_after_three_hops(site: Site) -> None:
    site.asked.clear()
    outcome = local_door().fetch(f"{site.url}/loop")
    assert isinstance(outcome, Trouble)
    assert "redirected more than 3 times" in outcome.reason
    assert len(site.statuses_of("/loop")) == 4


@pytest.mark.parametrize("path", ["broken", "nonsense"])
def test_a_reply_that_is_none_is_trouble(site: Site, path: str) -> None:
    outcome = local_door().fetch(f"{site.url}/{path}")
    assert isinstance(outcome, Trouble)
    assert outcome.reason.startswith("a broken reply")


def test_a_page_is_fetched_once_and_then_only_asked_after(site: Site) -> None:
    url = site.put("/page", article("Repair café"))
    door = local_door()
    found = door.fetch(url)
    assert isinstance(found, Fetched)
    assert b"Repair" in found.body
    assert door.fetch(url, etag=found.etag) == Unmodified(url)
    assert site.statuses_of("/page") == [200, 304]


def test_a_port_where_nobody_listens_is_out_of_reach() -> None:
    outcome = local_door().fetch("http://127.0.0.1:9/")
    assert isinstance(outcome, Trouble)
    assert outcome.is_out_of_reach


def test_this_machine_is_not_asked_unless_allowed(site: Site) -> None:
    site.asked.clear()
    assert isinstance(Door(proxy_for=no_proxy).fetch(site.url), Trouble)
    assert site.asked == []


def test_a_certificate_has_to_be_for_the_name_though_the_connection_is_to_an_ip_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for("city.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    exchange._tls.cache_clear()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    asked: list[str | None] = []
    context.sni_callback = lambda connection, name, context: asked.append(name)
    try:
        with serving(context) as site:
            site.put("/", article("Repair café"))
            port = site.url.rpartition(":")[2]
            door = local_door()
            assert isinstance(door.fetch(f"https://city.example:{port}/"), Fetched)
            outcome = door.fetch(f"https://other.example:{port}/")
    finally:
        exchange._tls.cache_clear()
    assert isinstance(outcome, Trouble)
    assert "certificate" in outcome.reason
    assert set(asked) == {"city.example", "other.example"}


def certificate_for(name: str, folder: Path) -> Path:
    """A file with a key and a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
