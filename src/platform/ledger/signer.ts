// The key that signs the ledger: made once, kept in a file that its owner alone reads.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { defineError } from '../errors.ts';
import {
  type Checkpoint,
  formatCheckpoint,
  formatVerifier,
  signNote,
  type Verifier,
  verifierOf,
} from './signed-note.ts';

const ledgerKeyUnusable = defineError<[file: string]>('ledger-key-unusable', 'unavailable', {
  fr: (file) => `${file} ne contient pas une clé privée Ed25519 au format PEM : remettez la clé du registre.`,
  en: (file) => `${file} does not hold an Ed25519 private key in PEM: put the ledger’s key back.`,
});

/** Signs the checkpoints of one ledger. */
export interface LedgerSigner {
  /** Name of the log, first line of its checkpoints. */
  readonly origin: string;
  readonly verifier: Verifier;
  /** The public key as verifiers take it. */
  readonly verifierKey: string;
  /** The signed note of a checkpoint. */
  sign(checkpoint: Omit<Checkpoint, 'origin'>): string;
  /** The signed note of any other text; its first line must be no log's name. */
  signText(text: string): string;
}

/** Makes a signer from a private Ed25519 key in PEM. */
export function ledgerSigner(pem: string, origin: string): LedgerSigner {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Error('The ledger is signed with an Ed25519 key.');
  }
  const verifier = verifierOf(origin, createPublicKey(privateKey));
  const signText = (text: string) => signNote(text, verifier, privateKey);
  return {
    origin,
    verifier,
    verifierKey: formatVerifier(verifier),
    sign: (checkpoint) => signText(formatCheckpoint({ origin, ...checkpoint })),
    signText,
  };
}

/** A new private key in PEM (PKCS #8). */
export function newLedgerKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Reads the key from `keyFile`, and makes it (mode 0600) where there is none.
 * @throws SocleError when the file holds something else.
 */
export function loadLedgerSigner({ keyFile, origin }: { keyFile: string; origin: string }): LedgerSigner {
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two processes that start at once, one makes the key and the other reads it.
    writeFileSync(keyFile, newLedgerKey(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    return ledgerSigner(readFileSync(keyFile, 'utf8'), origin);
  } catch (cause) {
    throw ledgerKeyUnusable({ cause }, keyFile);
  }
}
