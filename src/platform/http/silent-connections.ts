// Connections that a client opened and has not spoken on: a server that closes waits for them, since node counts them as
// busy (from its accept on, so that slow clients are timed) and no longer looks for late ones once it closes.
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Watches `server`. A connection is silent until one of `events` names it: a server that takes requests by other events says so.
 * @returns what closes the connections on which no request has begun, and any to come: browsers open some ahead.
 */
export function watchSilentConnections(
  server: Server,
  events: readonly ('request' | 'checkExpectation' | 'connect')[] = ['request'],
): { close(): void } {
  const silent = new Set<Socket>();
  let closing = false;
  server.on('connection', (socket) => {
    if (closing) socket.destroy();
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  for (const event of events) {
    server.on(event, ({ socket }: IncomingMessage) => silent.delete(socket));
  }
  return {
    close() {
      closing = true;
      for (const socket of silent) socket.destroy();
    },
  };
}
