"""The web app on a store, in a process of its own: prints its port and key, and serves until it is ended."""

from __future__ import annotations

import sys

from benchmarks._years import NOW


def main() -> None:
    """Serve the store at the address that is given."""
    import uvicorn

    from backward_running.apps.web import sockets
    from backward_running.apps.web.server import create_app
    from backward_running.store import open_store
    from benchmarks.start import free_port

    app, port = create_app(open_store(sys.argv[1]), now=lambda: NOW), free_port()
    print(port, app.state.keys.launch, flush=True)
    uvicorn.Server(uvicorn.Config(app, **sockets.settings("127.0.0.1", port))).run()


if __name__ == "__main__":
    main()
