// Prometheus figures of the process, on a port of their own that only the machine itself reaches.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of one process. */
export interface Metrics {
  /** Counts every answer of `app` by method, route and status. */
  watch(app: FastifyInstance): void;
  /** Adds a gauge that is read, labelled by key, when somebody asks. */
  gauge(name: string, help: string, label: string, read: () => Promise<Record<string, number>>): void;
  /** Serves `/metrics` on loopback. @returns the port, and how to stop. */
  listen(port: number): Promise<{ port: number; close(): Promise<void> }>;
}

/** Makes an empty set of figures. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });

  return {
    watch(app) {
      app.addHook('onResponse', async (request, reply) => {
        answers.observe(
          {
            method: request.method,
            // The pattern, not the address: the number of series stays bounded.
            route: request.is404 ? 'none' : (request.routeOptions.url ?? 'none'),
            status: String(reply.statusCode),
          },
          reply.elapsedTime / 1000,
        );
      });
    },
    gauge(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          this.reset();
          for (const [key, value] of Object.entries(await read())) this.set({ [label]: key }, value);
        },
      });
    },
    async listen(port) {
      const server = createServer((request, response) => {
        if (request.url !== '/metrics') {
          response.writeHead(404).end();
          return;
        }
        registry.metrics().then(
          (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
          () => response.writeHead(503).end(),
        );
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      return {
        port: (server.address() as AddressInfo).port,
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    },
  };
}
