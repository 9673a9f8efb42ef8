// A port for a server whose address must be known before it listens.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** A port on loopback that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
