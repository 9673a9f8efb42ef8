// Reading a document that somebody sent: JSON here, YAML in a thread of its own, since a small text can take YAML minutes.
import { Worker } from 'node:worker_threads';
import { LARGEST_DOCUMENT, type ReadDocument, readOpenApi, UNREADABLE } from './openapi-text.rules.ts';

const LONGEST_READING_MS = 10_000;
const MEMORY_MB = 256;

/** Reads a document as `readOpenApi` does. One that takes more than `timeoutMs` (10 s unless told) or 256 MB is refused as unreadable. */
export async function readDocument(
  text: string,
  { timeoutMs = LONGEST_READING_MS }: { readonly timeoutMs?: number } = {},
): Promise<ReadDocument> {
  if (isJson(text) || Buffer.byteLength(text) > LARGEST_DOCUMENT) return readOpenApi(text);
  const worker = new Worker(new URL('./openapi-reader.worker.ts', import.meta.url), {
    workerData: text,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const limit = AbortSignal.timeout(timeoutMs);
  return new Promise<ReadDocument>((resolve, reject) => {
    const giveUp = () => resolve(UNREADABLE);
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? giveUp() : reject(error),
    );
    limit.addEventListener('abort', giveUp, { once: true });
  }).finally(() => worker.terminate());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}
