// What is written down when a request of the protocol has ended: a sign-in with its session, or its refusal.
import type { EventEmitter } from 'node:events';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { subjectRootOf } from './accounts.actions.ts';
import { insertConnection, saveAcknowledgement } from './connections.repository.ts';
import type { UpstreamResult } from './federation.types.ts';
import { tellFirstSignIn } from './first-sign-in.ts';
import { insertSignIn } from './hub-sessions.repository.ts';
import { isOwnClient } from './own-service.ts';
import type { Realm } from './realms.ts';
import { sealFor } from './sealed.ts';

/** Seals what ends a session at the upstream, bound to the session's uid. */
export const ID_TOKEN_SEAL = 'hub/upstream-id-token';

/** The library's events of a refusal, one for each endpoint. */
const REFUSALS = [
  'authorization.error',
  'pushed_authorization_request.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'end_session.error',
  'end_session_confirm.error',
];
/** The routes of which a refusal stands in the history of the service: it keeps somebody from signing in. */
const SIGN_IN_ROUTES = new Set([
  'authorization',
  'resume',
  'pushed_authorization_request',
  'token',
  'userinfo',
]);

/** Writes to the log why requests of the protocol are refused, and what fails. In every realm. */
export function logRefusals({ log }: Pick<Kernel, 'log'>, realm: Realm, provider: Provider): void {
  const refused = (ctx: KoaContextWithOIDC, error: Error) => {
    ctx.state.refusal = error;
    const { error_detail: detail } = error as { error_detail?: string };
    const { route, client } = ctx.oidc ?? {};
    log.info({ realm, route, clientId: client?.clientId, err: error, detail }, 'the hub refused a request');
  };
  // The library's types leave some of its events out.
  for (const event of REFUSALS) (provider as EventEmitter).on(event, refused);
  provider.on('server_error', (ctx, error) => {
    ctx.state.refusal = error;
    log.error({ realm, route: ctx.oidc?.route, err: error }, 'the hub failed');
  });
}

/** Keeps the journal of `provider`. The answer leaves once the line is on the disk. */
export function keepJournal(kernel: Kernel, realm: Realm, provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const context = ctx as unknown as KoaContextWithOIDC;
    if (!context.oidc?.route) return;
    const { route } = context.oidc;
    if ((route === 'authorization' || route === 'resume') && context.oidc.entities.AuthorizationCode) {
      await recordSignIn(kernel, realm, context);
    } else if (context.state.refusal && context.oidc.client && SIGN_IN_ROUTES.has(route)) {
      await recordRefusal(kernel, realm, context);
    }
  });
}

async function recordSignIn(kernel: Kernel, realm: Realm, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, client, result } = ctx.oidc;
  const accountId = session?.accountId;
  if (!session || !accountId || !client) return;
  const { db, clock, secret } = kernel;
  const upstream = result?.upstream as UpstreamResult | undefined;
  const now = clock.now();
  const { clientId } = client;
  await insertSignIn(
    db,
    {
      uid: session.uid,
      realm,
      accountId,
      clientId,
      acr: session.acr ?? null,
      upstream: upstream
        ? {
            id: upstream.upstreamId,
            sealedIdToken: sealFor(secret, ID_TOKEN_SEAL, upstream.idToken, session.uid),
            sid: upstream.sid,
          }
        : null,
      userAgent: String(ctx.get('user-agent')),
    },
    now,
  );
  if (!isOwnClient(clientId)) return;
  // For other services this was recorded when the person was told what is passed on.
  const subjectRoot = await subjectRootOf(db, accountId);
  await db.transaction().execute(async (trx) => {
    if (!(await saveAcknowledgement(trx, { subjectRoot, clientId, claims: [] }, now))) return;
    await tellFirstSignIn(kernel, trx, { accountId, clientId, serviceName: 'Socle' });
  });
}

async function recordRefusal(kernel: Kernel, realm: Realm, ctx: KoaContextWithOIDC): Promise<void> {
  const { client, session } = ctx.oidc;
  const refusal = String((ctx.state.refusal as { error?: string }).error ?? 'server_error').slice(0, 100);
  if (!client) return;
  const { clientId } = client;
  // A silent request that finds nobody signed in is no refusal of anybody.
  if (refusal === 'login_required' && ctx.oidc.params?.prompt === 'none') return;
  const line = {
    realm,
    clientId,
    accountId: session?.accountId ?? null,
    upstreamId: null,
    acr: null,
    refusal,
  };
  await insertConnection(kernel.db, line, kernel.clock.now());
}
