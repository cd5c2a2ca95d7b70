from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from backward_running.apps.lan import authority
from backward_running.apps.lan.authority import RENEWED_BEFORE, SERVER_LASTS
from backward_running.core.errors import Stopped, StoreError

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HOME = "192.168.1.20"


def vouched(folder, name, at=NOW):
    """Whether a phone that trusts the authority takes what the server shows for a name."""
    chain = x509.load_pem_x509_certificates((folder / "backward.phone-server.pem").read_bytes())
    trusted = x509.load_pem_x509_certificate((folder / "backward.authority.pem").read_bytes())
    builder = PolicyBuilder().store(Store([trusted])).time(at)
    try:
        builder.build_server_verifier(name).verify(chain[0], [])
    except VerificationError:
        return False
    return True


def test_the_server_is_trusted_at_its_address_and_nowhere_else(tmp_path):
    authority.server_files(tmp_path, HOME, now=NOW)
    assert vouched(tmp_path, x509.IPAddress(ip_address(HOME)))
    assert not vouched(tmp_path, x509.IPAddress(ip_address("192.168.1.21")))
    assert not vouched(tmp_path, x509.DNSName("example.org"))


@pytest.mark.parametrize("stolen", ["8.8.8.8", "2001:db8::1", "example.org", "other.local"])
def test_who_steals_the_key_can_speak_for_no_site_of_the_internet(tmp_path, stolen):
    """Signed with the key by hand: the constraints in the authority refuse it all the same."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority.authority(tmp_path, now=NOW)
    signer = x509.load_pem_x509_certificate((tmp_path / "backward.authority.pem").read_bytes())
    key = serialization.load_pem_private_key((tmp_path / "backward.authority.key").read_bytes(), None)
    own = ec.generate_private_key(ec.SECP256R1())
    is_name = stolen[0].isalpha()
    name = x509.DNSName(stolen) if is_name else x509.IPAddress(ip_address(stolen))
    forged = authority._begun(authority._named("x"), own, NOW, timedelta(days=9)).issuer_name(signer.subject)
    forged = forged.add_extension(x509.SubjectAlternativeName([name]), critical=False)
    forged = forged.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    forged = forged.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
    )
    made = forged.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "backward.phone-server.pem").write_bytes(made)
    assert not vouched(tmp_path, name)


def test_it_is_made_once_and_its_keys_are_of_their_owner_alone(tmp_path):
    first = authority.authority(tmp_path, now=NOW)
    authority.server_files(tmp_path, HOME, now=NOW)
    assert authority.authority(tmp_path, now=NOW + timedelta(days=100)) == first
    for name in ("backward.authority.key", "backward.phone-server.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_servers_own_renews_itself_and_follows_the_address(tmp_path):
    def shown(at, address=HOME):
        return authority.server_files(tmp_path, address, now=at)[0].read_bytes()

    first = shown(NOW)
    assert shown(NOW + SERVER_LASTS - RENEWED_BEFORE - timedelta(hours=1)) == first
    late = NOW + SERVER_LASTS - RENEWED_BEFORE + timedelta(hours=1)
    second = shown(late)
    assert second != first and vouched(tmp_path, x509.IPAddress(ip_address(HOME)), late)
    assert shown(late, "10.0.0.4") != second
    assert vouched(tmp_path, x509.IPAddress(ip_address("10.0.0.4")), late)


def test_one_that_expired_or_begins_later_is_said_in_a_sentence(tmp_path):
    made = authority.authority(tmp_path, now=NOW)
    with pytest.raises(Stopped, match=r"expired on 29 November 2031: `backward phone certificate --renew`"):
        authority.server_files(tmp_path, HOME, now=made.ends_at)
    with pytest.raises(Stopped, match="set the clock"):
        authority.server_files(tmp_path, HOME, now=NOW - timedelta(days=2))


def test_a_machine_that_is_renamed_is_still_trusted(tmp_path, monkeypatch):
    authority.authority(tmp_path, now=NOW)
    monkeypatch.setattr("socket.gethostname", lambda: "another-name")
    authority.server_files(tmp_path, HOME, now=NOW)
    assert vouched(tmp_path, x509.IPAddress(ip_address(HOME)))


def test_anew_is_another_one_and_revoked_leaves_no_key(tmp_path):
    first = authority.authority(tmp_path, now=NOW)
    authority.server_files(tmp_path, HOME, now=NOW)
    second = authority.renew(tmp_path, now=NOW)
    assert second.fingerprint != first.fingerprint
    authority.server_files(tmp_path, HOME, now=NOW)
    assert vouched(tmp_path, x509.IPAddress(ip_address(HOME)))
    authority.revoke(tmp_path)
    assert list(tmp_path.iterdir()) == [] and authority.known(tmp_path) is None


def test_a_file_that_holds_none_is_said(tmp_path):
    (tmp_path / "backward.authority.pem").write_text("no certificate")
    with pytest.raises(StoreError, match="--renew"):
        authority.authority(tmp_path, now=NOW)
