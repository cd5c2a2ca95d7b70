// Bundle the front end into apps/web/static: app.js and run.js (entries), chunks/ (shared and lazy code), app.css,
// map.css, map-worker-*.js (MapLibre's worker) and fonts/. Entry names are stable because templates name them; all else
// carries a hash. Nothing points outside: fonts, worker and styles are served by the program itself.
//
// phone/ holds the app for the phone, which is written out with `backward phone build`.
//
//   node build.mjs          bundle
//   node build.mjs --test   bundle test/*.test.ts and run them with Node's own runner

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "../src/backward_running/apps/web/static");
const NOTICES = "third-party-notices.txt";
const MAPLIBRE = join(HERE, "node_modules/maplibre-gl/dist");

const common = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "linked",
  logLevel: "warning",
};

/** MapLibre's worker is a module of its own; it is minified here and named by its content. */
async function buildWorker() {
  const built = await esbuild.build({
    ...common,
    entryPoints: [join(MAPLIBRE, "maplibre-gl-worker.mjs")],
    format: "esm",
    legalComments: "inline",
    write: false,
  });
  const text = built.outputFiles[0].contents;
  const name = `map-worker-${createHash("sha256").update(text).digest("hex").slice(0, 10)}.js`;
  writeFileSync(join(OUT, name), text);
  return name;
}

async function buildScripts(worker) {
  const built = await esbuild.build({
    ...common,
    entryPoints: { app: "src/main.ts", run: "src/run.ts" },
    outdir: OUT,
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    define: { MAP_WORKER: JSON.stringify(worker) },
    metafile: true,
  });
  writeFileSync(join(OUT, "preload.json"), JSON.stringify(preloads(built.metafile.outputs)));
}

/** The app for the phone: few files without a hash, for its own service worker names and keeps them. */
async function buildPhone() {
  await esbuild.build({
    ...common,
    entryPoints: { app: "src/phone/main.ts", sw: "src/phone/sw.ts", style: "src/phone/phone.css" },
    outdir: join(OUT, "phone"),
    // Its licences are in the notices, which are written out beside it.
    legalComments: "none",
    format: "iife",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  });
}

/** What each entry imports at once: the page asks for it together with the entry instead of after having read it. */
function preloads(outputs) {
  const name = (path) => relative(OUT, join(HERE, path)).replaceAll("\\", "/");
  const entries = Object.entries(outputs).filter(([path, one]) => one.entryPoint && dirname(join(HERE, path)) === OUT);
  return Object.fromEntries(
    entries.map(([path, one]) => [
      name(path),
      one.imports.filter((wanted) => wanted.kind === "import-statement").map((wanted) => name(wanted.path)),
    ]),
  );
}

async function buildStyles() {
  await esbuild.build({
    ...common,
    entryPoints: { app: "src/app.css", map: join(MAPLIBRE, "maplibre-gl.css") },
    outdir: OUT,
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    assetNames: "fonts/[name]",
    target: ["chrome111", "firefox113", "safari16.4"],
  });
}

async function build() {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const worker = await buildWorker();
  await Promise.all([buildScripts(worker), buildStyles(), buildPhone()]);
  copyIcons();
  writeFileSync(join(OUT, NOTICES), notices());
}

/** The licences of all that is shipped in the bundles, as their authors ask; a package without one stops the build. */
function notices() {
  const locked = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8")).packages;
  const shipped = Object.entries(locked).filter(([path, one]) => path && !one.dev && !one.optional);
  const parts = shipped
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, one]) => {
      const folder = join(HERE, path);
      const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|ofl)/i.test(name));
      const said = files.map((name) => readFileSync(join(folder, name), "utf8").trim()).join("\n\n");
      if (!said && !one.license) throw new Error(`${path} does not say under which licence it is`);
      const name = `${path.split("node_modules/").at(-1)} ${one.version} (${one.license})`;
      return `${name}\n${"=".repeat(name.length)}\n\n${said || `Licence: ${one.license}`}\n`;
    });
  return `What the pages of Backward are made with, and under which licences.\n\n${parts.join("\n\n")}`;
}

/** Favicons and the like, where there are any, keep their names. */
function copyIcons() {
  const from = join(HERE, "public");
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) writeFileSync(join(OUT, name), readFileSync(join(from, name)));
}

async function test() {
  const out = mkdtempSync(join(HERE, "node_modules", ".test-"));
  try {
    const tests = readdirSync(join(HERE, "test")).filter((name) => name.endsWith(".test.ts"));
    await esbuild.build({
      ...common,
      minify: false,
      sourcemap: "inline",
      entryPoints: tests.map((name) => join(HERE, "test", name)),
      outdir: out,
      outExtension: { ".js": ".mjs" },
      format: "esm",
      platform: "node",
    });
    const files = tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
    const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
    process.exitCode = run.status ?? 1;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

await (process.argv.includes("--test") ? test() : build());
