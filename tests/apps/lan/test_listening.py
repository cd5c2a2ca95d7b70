"""Both doors on real sockets: a program that trusts the authority gets in, and one that does not is kept out."""

from __future__ import annotations

import http.client
import ssl
import threading
from datetime import UTC, datetime

import pytest
from tests.apps.lan.conftest import Clock

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
        authority = ssl.DER_cert_to_PEM_cert(clear.getresponse().read())
        trusting = ssl.create_default_context(cadata=authority)
        phone = http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=trusting)
        phone.request("GET", "/manifest.webmanifest")
        assert phone.getresponse().status == 200
        clear.close()
        phone.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            http.client.HTTPSConnection(HERE, ports[1], timeout=60, context=ssl.create_default_context()).connect()
    assert not [thread for thread in threading.enumerate() if thread.name == "local network"]
    store.close()


def test_an_address_or_a_port_that_cannot_be_had_is_said():
    with pytest.raises(NotFound, match="name an address of this machine"):
        bound("10.255.255.1", 0)
    with bound(HERE, 0) as taken:
        taken.listen()
        with pytest.raises(StoreError, match="is taken"):
            bound(HERE, taken.getsockname()[1])
