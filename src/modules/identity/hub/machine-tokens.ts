// What a machine's access token may be for: a resource that the service was granted (RFC 8707), as a JWT (RFC 9068).
import type { Configuration, errors as ProtocolErrors } from 'oidc-provider';
import type { RealmServices } from './service-lookup.ts';

type ResourceIndicators = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;

/** Resource indicators of the machines' realm: only granted resources, with the scopes granted, signed with ES256. */
export function machineResource(services: RealmServices, errors: typeof ProtocolErrors): ResourceIndicators {
  return {
    enabled: true,
    // A service with one resource need not name it. Where none is meant, the library gives a token that is for nothing.
    async defaultResource(ctx, _client, oneOf) {
      if (oneOf) return oneOf;
      const service = ctx.oidc.client && (await services.find(ctx.oidc.client.clientId));
      const [only, another] = service?.resources ?? [];
      if (only && !another) return only.identifier;
      throw new errors.InvalidTarget(
        only
          ? 'this service was granted several resources: name one as `resource`'
          : 'no resource was granted to this service',
      );
    },
    useGrantedResource: () => false,
    async getResourceServerInfo(ctx, identifier, client) {
      const service = await services.find(client.clientId);
      const granted = service?.resources.find((resource) => resource.identifier === identifier);
      if (!granted)
        throw new errors.InvalidTarget('this resource is unknown or was not granted to this service');
      // The library leaves out what was not granted, without a word: a program then fails later, where nobody sees why.
      const asked = String(ctx.oidc.params?.scope ?? '').split(' ');
      const missing = asked.filter((scope) => scope !== '' && !granted.scopes.includes(scope)).join(' ');
      if (missing !== '') throw new errors.InvalidScope('not granted to this service', missing);
      return {
        scope: granted.scopes.join(' '),
        audience: granted.identifier,
        accessTokenTTL: granted.tokenSeconds,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
}
