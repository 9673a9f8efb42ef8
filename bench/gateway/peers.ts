// The peers of the benchmark and the producer behind all of them, each a process of its own on the processor that is told.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { childrenOf } from '../support/cpu-time.ts';

export const NGINX = '/usr/sbin/nginx';
export const HAPROXY = '/usr/sbin/haproxy';

/** Something that calls go through. */
export interface ProxyServer {
  readonly name: string;
  readonly url: string;
  /** The processes whose time is counted. */
  readonly pids: readonly number[];
}

/** One that was started here. */
export interface RunningProxy extends ProxyServer {
  stop(): Promise<void>;
}

/** First line of what a program says of its version. */
export function versionOf(program: string, option: string): string {
  const { stdout, stderr } = spawnSync(program, [option], { encoding: 'utf8' });
  return (stdout || stderr).split('\n', 1)[0] ?? '';
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer.`);
}

async function started(
  child: ChildProcess,
  { name, url }: { name: string; url: string },
): Promise<RunningProxy> {
  const ended = once(child, 'exit');
  await answers(url);
  const pid = child.pid ?? 0;
  return {
    name,
    url,
    pids: [pid, ...childrenOf(pid)],
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function nginxConfig(folder: string, name: string, http: string): string {
  return `daemon off; master_process off; worker_processes 1; pid ${join(folder, `${name}.pid`)}; error_log stderr crit;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
${http}
}`;
}

/** The JSON that the producer answers: 1,024 bytes, of which the scope lets out four fields. */
export function producerAnswer(): string {
  const answer = {
    quotient: 821,
    annee: 2026,
    foyer: { adresse: { rue: '1 rue de la Paix', ville: 'Valmarie' }, personnes: 4 },
    enfants: [
      { prenom: 'Ana', naissance: '2015-03-02', ecole: 'Jean Moulin' },
      { prenom: 'Luc', naissance: '2018-11-20', ecole: 'Jean Moulin' },
    ],
    interne: '',
  };
  answer.interne = 'x'.repeat(1_024 - JSON.stringify(answer).length);
  return JSON.stringify(answer);
}

/** A producer on processor 0. */
export async function startProducer(folder: string): Promise<RunningProxy> {
  const port = await freePort();
  const file = join(folder, 'producer.conf');
  const server = `server { listen 127.0.0.1:${port} backlog=4096; default_type application/json;
    location / { return 200 '${producerAnswer()}'; } }`;
  await writeFile(file, nginxConfig(folder, 'producer', server));
  const child = spawn('taskset', ['-c', '0', NGINX, '-c', file], { stdio: 'inherit' });
  return started(child, { name: 'producer', url: `http://127.0.0.1:${port}` });
}

/** nginx that forwards and does nothing else, on processor 1. */
export async function startNginxProxy(folder: string, producer: string): Promise<RunningProxy> {
  const port = await freePort();
  const file = join(folder, 'proxy.conf');
  const http = `upstream producer { server ${new URL(producer).host}; keepalive 64; keepalive_requests 1000000; }
    server { listen 127.0.0.1:${port} backlog=4096; location / { proxy_pass http://producer; proxy_http_version 1.1;
    proxy_set_header Connection ""; } }`;
  await writeFile(file, nginxConfig(folder, 'proxy', http));
  const child = spawn('taskset', ['-c', '1', NGINX, '-c', file], { stdio: 'inherit' });
  return started(child, { name: 'nginx, proxy_pass and nothing else', url: `http://127.0.0.1:${port}` });
}

/**
 * A proxy of the same HTTP server and client as the gateway, pipelined like it, without any step: what is left of the
 * processor's time when nothing is checked, filtered or recorded. On processor 1.
 */
export async function startBareProxy(folder: string, producer: string): Promise<RunningProxy> {
  const port = await freePort();
  const file = join(folder, 'bare-proxy.mjs');
  await writeFile(
    file,
    `import { createServer } from 'node:http';
import { buildConnector, Pool } from ${JSON.stringify(import.meta.resolve('undici'))};
const connector = buildConnector({});
const connect = (options, done) => connector(options, (error, socket) => {
  if (socket) {
    const write = socket.write.bind(socket);
    socket.write = (...given) => {
      if (!socket.writableCorked) {
        socket.cork();
        setImmediate(() => socket.uncork());
      }
      return write(...given);
    };
  }
  done(error, socket);
});
const pool = new Pool(${JSON.stringify(producer)}, { connections: 4, pipelining: 32, connect });
createServer({ noDelay: true, keepAliveTimeout: 65_000 }, (request, response) => {
  const chunks = [];
  pool.dispatch({ method: 'GET', path: request.url, headers: { accept: 'application/json' }, blocking: false }, {
    onRequestStart() {},
    onResponseStart() {},
    onResponseData(_controller, chunk) { chunks.push(chunk); },
    onResponseEnd() {
      const body = Buffer.concat(chunks);
      response.writeHead(200, ['content-type', 'application/json', 'content-length', body.length]);
      response.end(body);
    },
    onResponseError() { response.writeHead(502).end(); },
  });
}).listen(${port}, '127.0.0.1');`,
  );
  const child = spawn('taskset', ['-c', '1', process.execPath, '--max-semi-space-size=32', file], {
    stdio: 'inherit',
  });
  return started(child, {
    name: 'node:http and undici, and nothing else',
    url: `http://127.0.0.1:${port}`,
  });
}

/** HAProxy that verifies the token of each call and writes a line of log for it, on processor 1. */
export async function startHaproxy(
  folder: string,
  { alg, publicPem, producer }: { alg: 'ES256' | 'RS256'; publicPem: string; producer: string },
): Promise<RunningProxy> {
  const port = await freePort();
  const pem = join(folder, `${alg}.pem`);
  await writeFile(pem, publicPem);
  const file = join(folder, `haproxy-${alg}.cfg`);
  await writeFile(
    file,
    `global
  nbthread 1
  maxconn 4096
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout connect 3s
  timeout client 60s
  timeout server 10s
  http-reuse always
frontend calls
  bind 127.0.0.1:${port}
  http-request deny deny_status 401 unless { http_auth_bearer,jwt_header_query('$.alg') -m str ${alg} }
  http-request deny deny_status 401 unless { http_auth_bearer,jwt_verify("${alg}","${pem}") -m int 1 }
  default_backend producer
backend producer
  server one ${new URL(producer).host}
`,
  );
  const logFile = openSync(join(folder, `haproxy-${alg}.log`), 'a');
  const child = spawn('taskset', ['-c', '1', HAPROXY, '-db', '-f', file], {
    stdio: ['ignore', logFile, 'inherit'],
  });
  return started(child, { name: `HAProxy, jwt_verify ${alg} and a log`, url: `http://127.0.0.1:${port}` });
}
