"""The certificate authority of this installation alone: made once, and what it may vouch for is a private network.

A phone gives a page motion, position and a service worker only over a connection it trusts, and nobody sells a
certificate for an address at home. So this installation signs its own. Whoever installs the authority on a phone lets
it vouch for private addresses and one local name, and for no site of the internet: that is written in it (name
constraints, RFC 5280 section 4.2.1.10), and phones hold it to that. Its key never leaves the folder of the store.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import TYPE_CHECKING

from backward_running.apps.lan.addresses import PRIVATE, local_name
from backward_running.core.errors import Stopped, StoreError
from backward_running.store import private

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

#: Our own proposals. The server's certificate: shorter than the 825 days that phones allow those of an own authority.
AUTHORITY_LASTS, SERVER_LASTS = timedelta(days=5 * 365), timedelta(days=397)
#: It is made anew when so much is left: nobody has to do anything about it.
RENEWED_BEFORE = timedelta(days=60)
#: A phone whose clock is a little slow still finds it valid.
BEGINS_BEFORE = timedelta(days=1)
_AUTHORITY, _SERVER = "backward.authority", "backward.phone-server"
RENEW = "`backward phone certificate --renew` makes one, and every phone has to install it anew"


@dataclass(frozen=True, slots=True)
class Authority:
    """What phones are asked to trust."""

    certificate: bytes  #: DER
    fingerprint: str  #: SHA-256, as phones show it: pairs of hexadecimal digits with colons
    begins_at: datetime
    ends_at: datetime


def authority(folder: Path, *, now: datetime) -> Authority:
    """Return the authority that lies in a folder, made where there is none.

    Raises
    ------
    Stopped
        It has expired, or begins later than now: the clock of this machine is not what it was.
    StoreError
        It cannot be read or written.
    """
    if not _paths(folder, _AUTHORITY)[0].exists():
        _make_authority(folder, now)
    found = _told(_certificate(folder, _AUTHORITY))
    if now >= found.ends_at:
        raise Stopped(f"The certificate of this installation expired on {_day(found.ends_at)}: {RENEW}.")
    if now < found.begins_at:
        raise Stopped(
            f"The certificate of this installation begins on {_day(found.begins_at)}, and the clock of this "
            f"machine says {_day(now)}: set the clock. Where the clock is right, {RENEW}."
        )
    return found


def known(folder: Path) -> Authority | None:
    """Return the authority that lies in a folder, whatever its dates; None where there is none. Raises StoreError."""
    return _told(_certificate(folder, _AUTHORITY)) if _paths(folder, _AUTHORITY)[0].exists() else None


def written_at(folder: Path) -> int | None:
    """Return when the authority in a folder was written, in ns of the disk's clock; None where there is none."""
    try:
        return _paths(folder, _AUTHORITY)[0].stat().st_mtime_ns
    except OSError:
        return None


def renew(folder: Path, *, now: datetime) -> Authority:
    """Make the authority anew: no phone trusts it until it is installed there. Raises StoreError.

    The old one is written over: a server that runs sees one or the other, and never none.
    """
    _make_authority(folder, now)
    return authority(folder, now=now)


def revoke(folder: Path) -> None:
    """Delete the authority and its key: nothing can be signed with it any more.

    Raises
    ------
    StoreError
        A file cannot be deleted.
    """
    for name in (_SERVER, _AUTHORITY):
        for path in reversed(_paths(folder, name)):  # the certificate last: where none lies, nothing does
            try:
                path.unlink(missing_ok=True)
            except OSError as problem:
                raise StoreError(f"{path} cannot be deleted ({problem.strerror}); delete it by hand.") from problem


def server_files(folder: Path, address: str, *, now: datetime) -> tuple[Path, Path]:
    """Return certificate and key of the server at an address, made or renewed where that is due.

    Raises
    ------
    Stopped, StoreError
        As of :func:`authority`.
    """
    authority(folder, now=now)
    if not _still_good(folder, address, now):
        _make_server(folder, address, now)
    return _paths(folder, _SERVER)


def _still_good(folder: Path, address: str, now: datetime) -> bool:
    from cryptography import x509

    with suppress(StoreError, FileNotFoundError):
        found = _certificate(folder, _SERVER)
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        fits = IPv4Address(address) in names.get_values_for_type(x509.IPAddress)
        signed = found.issuer == _certificate(folder, _AUTHORITY).subject
        return fits and signed and found.not_valid_before_utc <= now < found.not_valid_after_utc - RENEWED_BEFORE
    return False


def _make_authority(folder: Path, now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    # Two installations on one phone are told apart, and one that was made anew from what it was before.
    name = _named(f"Backward on this computer {os.urandom(3).hex()}")
    allowed = [*(x509.IPAddress(network) for network in PRIVATE), x509.DNSName(local_name())]
    made = (
        _begun(name, key, now, AUTHORITY_LASTS)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=_newer_internet()), critical=True
        )
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    _keep(folder, _AUTHORITY, made, key, key)


def _newer_internet() -> list[x509.GeneralName]:
    """Return all addresses of the newer internet, which this server does not listen on."""
    from ipaddress import IPv6Network

    from cryptography import x509

    return [x509.IPAddress(IPv6Network("::/0"))]


def _make_server(folder: Path, address: str, now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signer = _certificate(folder, _AUTHORITY)
    try:
        signing = serialization.load_pem_private_key(_paths(folder, _AUTHORITY)[1].read_bytes(), None)
    except (OSError, ValueError) as problem:
        raise StoreError(f"The key of this installation’s certificate cannot be read: {RENEW}.") from problem
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(address)), x509.DNSName(_name_in(signer))])
    lasts = min(SERVER_LASTS, signer.not_valid_after_utc - now)
    made = (
        _begun(_named("Backward"), key, now, lasts)
        .issuer_name(signer.subject)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),  # type: ignore[arg-type]
            critical=False,
        )
    )
    _keep(folder, _SERVER, made, key, signing)  # type: ignore[arg-type]


def _name_in(signer: x509.Certificate) -> str:
    """Return the local name that an authority may vouch for: that of when it was made, whatever the machine is now."""
    from cryptography import x509

    allowed = signer.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    return next(name.value for name in allowed if isinstance(name, x509.DNSName))


def _begun(name: x509.Name, key: EllipticCurvePrivateKey, now: datetime, lasts: timedelta) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEGINS_BEFORE)
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(words: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, words)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _keep(
    folder: Path,
    name: str,
    made: x509.CertificateBuilder,
    key: EllipticCurvePrivateKey,
    signing: EllipticCurvePrivateKey,
) -> None:
    from cryptography.hazmat.primitives import hashes, serialization

    certificate, key_path = _paths(folder, name)
    packed = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        private.write(key_path, packed)
        private.write(certificate, made.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    except OSError as problem:
        raise StoreError(f"{certificate} cannot be written ({problem.strerror}); nothing was changed.") from problem


def _certificate(folder: Path, name: str) -> x509.Certificate:
    from cryptography import x509

    path, key = _paths(folder, name)
    private.close_to_others(key)
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise StoreError(f"{path} holds no certificate that can be read: {RENEW}.") from problem


def _told(certificate: x509.Certificate) -> Authority:
    from cryptography.hazmat.primitives import hashes, serialization

    return Authority(
        certificate.public_bytes(serialization.Encoding.DER),
        certificate.fingerprint(hashes.SHA256()).hex(":").upper(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def _paths(folder: Path, name: str) -> tuple[Path, Path]:
    """Return where a certificate and its key lie."""
    return folder / f"{name}.pem", folder / f"{name}.key"


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
