// An oidc-provider under a path of the site: Fastify keeps its headers, limits and log, the provider answers.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { Permission } from '#platform/access.ts';

/**
 * Mounts what `providerFor` gives at `prefix/*`. Requests of the protocol bear no form token of ours: the provider
 * checks its own (state, PKCE, its cookies), and reads the body itself, within its bound of 56 kB.
 */
export function mountProvider(
  app: FastifyInstance,
  {
    prefix,
    permission,
    providerFor,
  }: {
    prefix: string;
    permission: Permission;
    providerFor: (request: FastifyRequest) => Promise<Provider>;
  },
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: `${prefix}/*`,
      config: { permission, csrf: 'protocol' },
      schema: { hide: true },
      async handler(request, reply) {
        const provider = await providerFor(request);
        reply.hijack();
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value);
        }
        // The provider routes on the path below its own and writes addresses from these; what a proxy or a caller said
        // in their place is not believed: the issuer says it all.
        const { protocol, host, answer } = mountedOf(provider);
        const { raw } = request;
        raw.url = raw.url?.slice(prefix.length) || '/';
        Object.assign(raw, { baseUrl: prefix });
        // Only a proxy of ours may say who stands at the other end of TLS. More than one address is known exactly where the
        // peer is such a proxy and said whom it speaks for (X-Forwarded-For).
        // (Asked first: an object that a name was deleted from is slow ever after.)
        if (raw.headers['client-cert'] !== undefined && (request.ips?.length ?? 0) < 2) {
          delete raw.headers['client-cert'];
        }
        raw.headers['x-forwarded-proto'] = protocol;
        raw.headers['x-forwarded-host'] = host;
        await answer(raw, reply.raw);
      },
    });
  });
}

interface Mounted {
  readonly protocol: string;
  readonly host: string;
  readonly answer: ReturnType<Provider['callback']>;
}

// Put together once for each provider, and not at each request.
const mounted = new WeakMap<Provider, Mounted>();

function mountedOf(provider: Provider): Mounted {
  const known = mounted.get(provider);
  if (known) return known;
  const { protocol, host } = new URL(provider.issuer);
  const made = { protocol: protocol.slice(0, -1), host, answer: provider.callback() };
  mounted.set(provider, made);
  return made;
}
