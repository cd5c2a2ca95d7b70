// Keeps the app on the phone, so that it starts at the track without any network. What is kept and under which name is
// written before this file when the app is built.

declare const KEPT: { readonly name: string; readonly files: readonly string[] };
const worker = self as unknown as {
  addEventListener(kind: string, listener: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

interface WorkerEvent {
  readonly request: Request;
  waitUntil(what: Promise<unknown>): void;
  respondWith(what: Promise<Response>): void;
}

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(KEPT.name)
      .then((cache) => cache.addAll(KEPT.files.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith("backward-") && name !== KEPT.name).map((name) => caches.delete(name)),
        ),
      )
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));
});
