"""Both doors on real sockets: a program that trusts the authority gets in, and one that does not is kept out."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from datetime import UTC, datetime

import pytest
from tests.apps.lan.conftest import Clock

from backward_running.apps.lan import authority
from backward_running.apps.lan import listening as door
from backward_running.apps.lan.listening import bound, listening
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.core.errors import NotFound, StoreError
from backward_running.store import open_store

pytestmark = pytest.mark.slow
HERE = "127.0.0.1"


def test_who_trusts_the_authority_gets_in_and_nobody_else(new_home):
    store = open_store(new_home)
    plain, secure = bound(HERE, 0), bound(HERE, 0)
    # The certificate is of the real day: who checks it has no other clock.
    ports = plain.getsockname()[1], secure.getsockname()[1]
    lan = LocalNetwork(store, new_home, HERE, *ports, Clock(datetime.now(UTC)))
    with plain, secure, listening(lan, plain, secure):
        clear = http.client.HTTPConnection(HERE, ports[0], timeout=60)
        clear.request("GET", "/backward-authority.cer")
        told = ssl.DER_cert_to_PEM_cert(clear.getresponse().read())
        trusting = ssl.create_default_context(cadata=told)
        phone = http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=trusting)
        phone.request("GET", "/manifest.webmanifest")
        assert phone.getresponse().status == 200
        clear.close()
        phone.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=ssl.create_default_context()).connect()
    assert not [thread for thread in threading.enumerate() if thread.name == "local network"]
    store.close()


def test_a_certificate_that_was_renewed_or_revoked_is_shown_no_more_without_a_restart(new_home, monkeypatch):
    monkeypatch.setattr(door, "LOOKED_AT_EVERY_S", 0.02)
    store, plain, secure = open_store(new_home), bound(HERE, 0), bound(HERE, 0)
    ports = plain.getsockname()[1], secure.getsockname()[1]
    clock = Clock(datetime.now(UTC))
    lan = LocalNetwork(store, new_home, HERE, *ports, clock)

    def trusting():
        told = authority.authority(new_home, now=clock())
        return ssl.create_default_context(cadata=ssl.DER_cert_to_PEM_cert(told.certificate))

    def gets_in(context):
        phone = http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=context)
        try:
            phone.request("GET", "/manifest.webmanifest")
            return phone.getresponse().status == 200
        except (OSError, http.client.HTTPException):  # a refused certificate is an OSError, too
            return False
        finally:
            phone.close()

    def until(holds):
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    with plain, secure, listening(lan, plain, secure):
        first = trusting()
        until(lambda: gets_in(first))
        stays = http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=first)
        stays.request("GET", "/manifest.webmanifest")
        stays.getresponse().read()
        authority.renew(new_home, now=clock())
        second = trusting()
        until(lambda: gets_in(second))
        assert not gets_in(first)
        stays.auto_open = 0
        with pytest.raises((OSError, http.client.HTTPException)):
            stays.request("GET", "/manifest.webmanifest")
            stays.getresponse()
        stays.close()
        authority.revoke(new_home)
        until(lambda: authority.known(new_home) is not None and not gets_in(second) and gets_in(trusting()))
    store.close()


def test_an_address_or_a_port_that_cannot_be_had_is_said():
    with pytest.raises(NotFound, match="name an address of this machine"):
        bound("10.255.255.1", 0)
    with bound(HERE, 0) as taken:
        taken.listen()
        with pytest.raises(StoreError, match="is taken"):
            bound(HERE, taken.getsockname()[1])
