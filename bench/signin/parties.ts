// The programs of the sign-in benchmark's other parties: an identity provider that signs everyone in without a page,
// and the peer, a hub made of the bare protocol libraries with their state in memory. Text of ES modules to be run.

/** Where the libraries stand, for programs that run from another folder. */
const LIBRARIES = {
  provider: JSON.stringify(import.meta.resolve('oidc-provider')),
  client: JSON.stringify(import.meta.resolve('openid-client')),
  jose: JSON.stringify(import.meta.resolve('jose')),
};

const COMMON = `
  import { createServer } from 'node:http';
  import { generateKeyPair, exportJWK } from ${LIBRARIES.jose};
  import Provider from ${LIBRARIES.provider};
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'k' }] };
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = 'http://localhost:' + server.address().port;
  // Whatever is asked is granted: the benchmark measures sign-ins and no screen about them.
  const loadExistingGrant = async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope(ctx.oidc.params.scope);
    await grant.save();
    return grant;
  };
  const claims = { openid: ['sub', 'acr', 'amr'], profile: ['given_name', 'usual_name'], email: ['email'],
    siret: ['siret'], organization: ['siret'] };
  const common = { jwks, claims, loadExistingGrant, pkce: { required: () => true }, responseTypes: ['code'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: ['bench'] }, interactions: { url: (ctx, { uid }) => '/interaction/' + uid } };
`;

/** An identity provider whose everyone is \`login_hint\`, signed in at once. */
export function upstreamProgram(secret: string, siret: string): string {
  return `${COMMON}
  const provider = new Provider(origin, { ...common,
    clients: [{ client_id: 'hub', client_secret: ${JSON.stringify(secret)}, redirect_uris: ['http://localhost/placeholder'] }],
    features: { devInteractions: { enabled: false } },
    findAccount: (ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, email: id, given_name: 'Bench',
      usual_name: 'Agent', siret: ${JSON.stringify(siret)} }) }),
  });
  // Its clients come with the addresses of hubs that start later.
  provider.Client.prototype.redirectUriAllowed = () => true;
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
    const { params } = await provider.interactionDetails(request, response);
    await provider.interactionFinished(request, response, { login: { accountId: params.login_hint, remember: false } });
  });
  console.log(origin);`;
}

/** The peer: oidc-provider with its in-memory adapter as the hub, openid-client towards the provider. */
export function bareHubProgram(upstream: string, upstreamSecret: string, secret: string): string {
  return `${COMMON}
  import * as client from ${LIBRARIES.client};
  const upstream = await client.discovery(new URL(${JSON.stringify(upstream)}), 'hub', {
    id_token_signed_response_alg: 'ES256' }, client.ClientSecretBasic(${JSON.stringify(upstreamSecret)}),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] });
  const accounts = new Map();
  const pending = new Map();
  const provider = new Provider(origin, { ...common,
    clients: [{ client_id: 'bench-service', client_secret: ${JSON.stringify(secret)},
      redirect_uris: ['http://localhost/bench-callback'] }],
    features: { devInteractions: { enabled: false } },
    findAccount: (ctx, id) => accounts.has(id) ? { accountId: id, claims: async () => ({ ...accounts.get(id), sub: id }) } : undefined,
  });
  server.on('request', async (request, response) => {
    const url = new URL(request.url, origin);
    if (url.pathname.startsWith('/interaction/') && request.method === 'GET') {
      // The person types their address here as well, on a page of one form.
      const { uid } = await provider.interactionDetails(request, response);
      response.writeHead(200, { 'content-type': 'text/html' }).end(
        '<form method="post" action="/interaction/' + uid + '/email"><input name="email"><button>Continue</button></form>');
    } else if (url.pathname.startsWith('/interaction/')) {
      const { uid } = await provider.interactionDetails(request, response);
      let form = '';
      for await (const chunk of request) form += chunk;
      const params = { login_hint: new URLSearchParams(form).get('email') };
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      pending.set(state, { uid, nonce, verifier });
      const to = client.buildAuthorizationUrl(upstream, { redirect_uri: origin + '/back', scope: 'openid profile email siret',
        state, nonce, login_hint: params.login_hint,
        code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' });
      response.writeHead(303, { location: to.href }).end();
    } else if (url.pathname === '/back') {
      const state = url.searchParams.get('state');
      const { uid, nonce, verifier } = pending.get(state);
      pending.delete(state);
      const tokens = await client.authorizationCodeGrant(upstream, url, {
        expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier });
      const { sub } = tokens.claims();
      const info = await client.fetchUserInfo(upstream, tokens.access_token, sub);
      accounts.set(sub, info);
      const interaction = await provider.Interaction.find(uid);
      interaction.result = { login: { accountId: sub, remember: false } };
      await interaction.save(600);
      response.writeHead(303, { location: interaction.returnTo }).end();
    } else await provider.callback()(request, response);
  });
  console.log(origin);`;
}
