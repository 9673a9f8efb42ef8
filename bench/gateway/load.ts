// The load of the benchmark: wrk on processor 0, with 64 connections that take the tokens in turn.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const CONNECTIONS = 64;

/** What is called, with which tokens. */
export interface Load {
  readonly folder: string;
  readonly path: string;
  readonly tokens: readonly string[];
}

/** What came of it; latencies in milliseconds. */
export interface LoadResult {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const SCRIPT = `
local tokens = {}
for line in io.lines(os.getenv("BENCH_TOKENS")) do tokens[#tokens + 1] = line end
local path = os.getenv("BENCH_PATH")
local requests = {}
local at = 0
init = function()
  for i, token in ipairs(tokens) do
    requests[i] = wrk.format("GET", path, { ["authorization"] = "Bearer " .. token })
  end
end
request = function()
  at = at % #requests + 1
  return requests[at]
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %f %f\\n", summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
`;

/** Calls for `seconds`. Throws when wrk is not there. */
export async function runLoad(url: string, load: Load, seconds: number): Promise<LoadResult> {
  const script = join(load.folder, 'load.lua');
  const tokens = join(load.folder, 'tokens.txt');
  await writeFile(script, SCRIPT);
  await writeFile(tokens, load.tokens.join('\n'));
  const { stdout, stderr } = spawnSync(
    'taskset',
    ['-c', '0', 'wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '-s', script, url],
    {
      encoding: 'utf8',
      env: { ...process.env, BENCH_TOKENS: tokens, BENCH_PATH: load.path },
      timeout: (seconds + 30) * 1000,
    },
  );
  const match = /RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)/.exec(stdout ?? '');
  if (!match) throw new Error(`wrk (Debian package wrk) did not run: ${stderr || stdout}`);
  const [requests = 0, failed = 0, microseconds = 0, p50 = 0, p99 = 0] = match.slice(1).map(Number);
  return { requests, failed, seconds: microseconds / 1e6, p50: round3(p50), p99: round3(p99) };
}

function round3(value: number): number {
  return Number(value.toFixed(3));
}
