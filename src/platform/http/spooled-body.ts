// A body kept in a temporary file, so that it is whole before anything is done with it and never in memory: a slow sender
// then holds no transaction open.
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A body that is kept until it is closed. */
export interface SpooledBody extends AsyncDisposable {
  /** How many bytes came, those beyond the bound included. */
  readonly length: number;
  /** More came than the bound: what is kept is not whole. */
  readonly isCut: boolean;
  /** What is kept, from its beginning. */
  read(): AsyncIterable<Buffer>;
}

/** Keeps at most `maxBytes` of a body; the rest is read and dropped, so that its sender hears the answer. */
export async function spoolBody(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<SpooledBody> {
  const path = join(tmpdir(), `socle-body-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    // Without a name from here on, so that nothing stays of it whatever ends the process.
    await unlink(path);
    let length = 0;
    for await (const chunk of body) {
      length += chunk.length;
      if (length <= maxBytes) await file.writeFile(chunk);
    }
    return {
      length,
      isCut: length > maxBytes,
      read: () => chunksOf(file),
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Keeps a body as `spoolBody` does, until `use` is done with it. */
export async function whileSpooled<T>(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  use: (kept: SpooledBody) => Promise<T>,
): Promise<T> {
  const kept = await spoolBody(body, maxBytes);
  try {
    return await use(kept);
  } finally {
    await kept[Symbol.asyncDispose]();
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(65_536), 0, 65_536, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
