// How passwords are kept: scrypt with its parameters beside it, compared in constant time. It never logs or stores.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { tooBusy } from './identity.errors.ts';
import { passwordAsCompared } from './password.rules.ts';

/** OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3 is one of its equal settings and takes 32 MiB. */
const COST = { ln: 15, r: 8, p: 3 };
const KEY_BYTES = 32;

/** Of the 4 threads that Node gives to such work, sign-in takes 2, so that files and names are still looked up. */
const AT_ONCE = 2;
const IN_LINE = 60;
let running = 0;
const line: (() => void)[] = [];

/** Waits for one of the places, and refuses when the line is long: the answer would come after the reader has left. */
async function withPlace<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (line.length >= IN_LINE) throw tooBusy();
    await new Promise<void>((resolve) => line.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place goes to the next in line without being given back, so nobody slips in between.
    const next = line.shift();
    if (next) next();
    else running -= 1;
  }
}

function derive(password: string, salt: Buffer, { ln, r, p }: typeof COST, bytes: number): Promise<Buffer> {
  const options = { N: 2 ** ln, r, p, maxmem: 2 ** 20 + 256 * 2 ** ln * r };
  return withPlace(
    () =>
      new Promise((resolve, reject) => {
        scrypt(passwordAsCompared(password), salt, bytes, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
}

function written({ ln, r, p }: typeof COST, salt: Buffer, key: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${ln},r=${r},p=${p}$${text(salt)}$${text(key)}`;
}

/** The hash to store for `password`, in the PHC string format. Throws `identity.too-busy` when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return written(COST, salt, await derive(password, salt, COST, KEY_BYTES));
}

/** A hash that no password has, so that an unknown account takes as much work as a known one. */
const NOBODYS_HASH = written(COST, Buffer.alloc(16), Buffer.alloc(KEY_BYTES));

/**
 * Tells whether `password` is the one that was hashed. Without a hash (nobody has this account) it does the same work
 * and tells false. Throws `identity.too-busy` when too many wait.
 */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, scheme, parameters, salt, key] = (hash ?? NOBODYS_HASH).split('$');
  const numbers = /^ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})$/.exec(parameters ?? '');
  if (scheme !== 'scrypt' || !numbers || !salt || !key)
    throw new Error('A stored password hash is not readable.');
  const [ln, r, p] = numbers.slice(1).map(Number) as [number, number, number];
  const expected = Buffer.from(key, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), { ln, r, p }, expected.length);
  return timingSafeEqual(found, expected) && hash !== null;
}

/** Tells whether `hash` was made with other parameters than today's, so that it should be made anew at next sign-in. */
export function isHashedTheOldWay(hash: string): boolean {
  return !hash.startsWith(`$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$`);
}
