// A server that closes although somebody opened a connection and said nothing.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { watchSilentConnections } from './silent-connections.ts';

test('a connection without a request does not hold up the end', { timeout: 5_000 }, async () => {
  const server = createServer((_request, response) => response.end());
  const silent = watchSilentConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await Promise.all([once(client, 'connect'), once(server, 'connection')]);
  const [closed, ended] = [once(server, 'close'), once(client, 'close')];
  server.close();
  silent.close();
  await Promise.all([closed, ended]);
});
