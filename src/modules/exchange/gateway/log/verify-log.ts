// Verifies what somebody has of a gateway's log: its folder, or a file of slices. It needs no installation.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKPOINT_FILE } from './log-files.ts';
import type { LogVerdict, VerifyLogOptions } from './log-verdict.types.ts';
import { verifyLogFolder } from './verify-log-folder.ts';
import { LONGEST_PROOF, PROOF_START, verifyProof } from './verify-proof.ts';
import { verifySlices } from './verify-slice.ts';

const SLICE_START = '{"type":"slice"';

/**
 * Verifies the log in a folder (a gateway's own, or that of its log), the slices in a file, or the proof of one entry; null when `path` is a file
 * of another kind. Throws what the file system throws.
 */
export async function verifyGatewayLog(path: string, options: VerifyLogOptions): Promise<LogVerdict | null> {
  if (statSync(path).isDirectory()) {
    const inner = join(path, 'log');
    const isGateways = !existsSync(join(path, CHECKPOINT_FILE)) && existsSync(inner);
    return verifyLogFolder(isGateways ? inner : path, options);
  }
  const start = createReadStream(path, { encoding: 'utf8', end: SLICE_START.length - 1 });
  let text = '';
  for await (const some of start) text += some;
  if (text === PROOF_START.slice(0, SLICE_START.length)) return verifyProof(await startOf(path), options);
  if (text !== SLICE_START) return null;
  const stream = createReadStream(path, 'utf8');
  try {
    return await verifySlices(
      createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }),
      options,
    );
  } finally {
    stream.destroy();
  }
}

/** A proof's text; of a longer file no more than shows that it is none. */
async function startOf(path: string): Promise<string> {
  let text = '';
  for await (const some of createReadStream(path, { encoding: 'utf8', end: LONGEST_PROOF })) text += some;
  return text;
}
