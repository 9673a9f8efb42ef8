// A small HTTP server that this machine alone reaches: what a demonstration has beside it. Nothing of Socle itself is served so.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback while it runs. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** Ends it, and every connection to it. */
  stop(): Promise<void>;
}

/** Starts a server on 127.0.0.1; port 0 takes a free one. Rejects with the system's error (`EADDRINUSE`) when the port is taken. */
export async function serveOnLoopback(listener: RequestListener, port: number): Promise<LoopbackServer> {
  const server = createServer(listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
