// Where a process's time went, from the profile that node writes: by who wrote the code that ran.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Whose code a frame is. */
function partOf(url: string, name: string): string | null {
  if (name === '(garbage collector)') return 'garbage collection';
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (library) return library;
  const [, part] = /src\/modules\/exchange\/gateway\/([\w-]+)/.exec(url) ?? [];
  if (part) return `gateway/${part}`;
  if (url.includes('/src/platform/ledger/')) return 'gateway/log';
  if (/^node:(_http|http|internal\/http)/.test(url)) return 'node:http';
  if (/^node:(net|internal\/stream|internal\/streams)/.test(url)) return 'node:net and streams';
  return null;
}

/** Prints the share of each part of the time in which the process did something. */
export async function printProfile(folder: string): Promise<void> {
  const parts = new Map<string, number>();
  let total = 0;
  for (const file of await readdir(folder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(await readFile(join(folder, file), 'utf8')) as Profile;
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const parents = new Map(
      nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
    );
    for (const [at, id] of samples.entries()) {
      if (byId.get(id)?.callFrame.functionName === '(idle)') continue;
      let part: string | null = null;
      for (let next: number | undefined = id; part === null && next !== undefined; next = parents.get(next)) {
        const { url, functionName } = byId.get(next)?.callFrame ?? { url: '', functionName: '' };
        part = partOf(url, functionName);
      }
      const microseconds = timeDeltas[at] ?? 0;
      total += microseconds;
      parts.set(part ?? 'the rest of node', (parts.get(part ?? 'the rest of node') ?? 0) + microseconds);
    }
  }
  console.table(
    [...parts]
      .sort(([, one], [, other]) => other - one)
      .slice(0, 14)
      .map(([part, microseconds]) => ({ part, percent: Number(((100 * microseconds) / total).toFixed(1)) })),
  );
}
