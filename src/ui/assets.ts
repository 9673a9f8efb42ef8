// The table of static files that pages need, read once, each under an address that holds its content's hash.
// It serves nothing itself: the server answers from `allAssets()`. No component is written here.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A file as the server answers it; its address changes with its content, so it may be kept for ever. */
export interface Asset {
  readonly body: Buffer;
  readonly contentType: string;
}

const OWN_FOLDER = new URL('./assets/', import.meta.url);
const require = createRequire(import.meta.url);

const CONTENT_TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  woff2: 'font/woff2',
};

/** Files of packages that the browser loads, by the name that pages and style sheets use. */
const PACKAGED: Record<string, () => Buffer> = {
  'public-sans-latin.woff2': () => packaged('files/public-sans-latin-wght-normal.woff2'),
  'public-sans-latin-ext.woff2': () => packaged('files/public-sans-latin-ext-wght-normal.woff2'),
  'simplewebauthn-browser.js': simplewebauthn,
};

function packaged(file: string): Buffer {
  return readFileSync(require.resolve(`@fontsource-variable/public-sans/${file}`));
}

/** The package's single-file bundle sets a global; two lines more make it a module that others import from. */
function simplewebauthn(): Buffer {
  const entry = require.resolve('@simplewebauthn/browser');
  const root = entry.slice(0, entry.indexOf('@simplewebauthn/browser/') + '@simplewebauthn/browser/'.length);
  const bundle = readFileSync(`${root}dist/bundle/index.umd.min.js`, 'utf8').replace(
    /\n\/\/# sourceMappingURL=.*\s*$/,
    '\n',
  );
  const names =
    'startRegistration, startAuthentication, browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, platformAuthenticatorIsAvailable';
  return Buffer.from(`${bundle}\nexport const { ${names} } = globalThis.SimpleWebAuthnBrowser;\n`);
}

function readOwn(): Record<string, () => Buffer> {
  const names = readdirSync(OWN_FOLDER).filter((name) => /\.(css|js|svg|woff2)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, () => readFileSync(new URL(name, OWN_FOLDER))]));
}

const sources: Record<string, () => Buffer> = { ...PACKAGED, ...readOwn() };
const paths = new Map<string, string>();
const files = new Map<string, Asset>();

/**
 * Gives a file its address and returns it. A style sheet or script names another file as `/assets/<name>`; that is
 * replaced with the hashed address, so a changed font also changes the style sheet's own address.
 * Throws when two files name each other in a circle or a file names one that is not there.
 */
function place(name: string, trail: readonly string[] = []): string {
  const known = paths.get(name);
  if (known) return known;
  const read = sources[name];
  const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)];
  if (!read || !contentType) throw new Error(`There is no asset ${name} (named by ${trail.at(-1)}).`);
  if (trail.includes(name)) throw new Error(`Assets name each other in a circle: ${trail.join(', ')}.`);
  let body = read();
  if (name.endsWith('.css') || (name.endsWith('.js') && !(name in PACKAGED))) {
    const named = body
      .toString('utf8')
      .replace(/\/assets\/([a-z0-9-]+\.(?:css|js|svg|woff2))/g, (_, other: string) =>
        place(other, [...trail, name]),
      );
    body = Buffer.from(named);
  }
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const path = `/assets/${hash}/${name}`;
  paths.set(name, path);
  files.set(path, { body, contentType });
  return path;
}

for (const name of Object.keys(sources)) place(name);

/** Adds a file that a module's pages need, under a name of its own. Throws when the name is taken by another file. */
export function addAsset(name: string, file: URL): void {
  const body = readFileSync(file);
  if (name in sources && !sources[name]?.().equals(body)) throw new Error(`Two assets are named ${name}.`);
  sources[name] = () => body;
  place(name);
}

/** The address of a file by its name, such as `socle.css`. Throws when there is no such file. */
export function assetPath(name: string): string {
  const path = paths.get(name);
  if (!path) throw new Error(`There is no asset ${name}. Is it in src/ui/assets?`);
  return path;
}

/** Every file by its address, for the server to answer with a year of `immutable` cache. */
export function allAssets(): ReadonlyMap<string, Asset> {
  return files;
}
