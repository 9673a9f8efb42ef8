// Pages of one's own sign-ins through the hub. Every query takes the accounts of the person signed in.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { endSession } from '#platform/http/session.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Hub } from '../hub/hub.ts';
import { OWN_SIGNED_OUT } from '../hub/own-service.ts';
import { hubAccountsPermissions } from './hub-accounts.permissions.ts';
import {
  blockProvider,
  endOwnHubSessions,
  findOwnProvider,
  findProviderOfUnblockLink,
  unblockProvider,
} from './own-connections.actions.ts';
import { addressOfCitizen } from './own-connections.mail.ts';
import {
  OWN_CONNECTIONS,
  type OwnDone,
  ownConnectionsPage,
  providerPage,
  serviceName,
  unblockLinkPage,
} from './own-connections.pages.ts';
import { connectionsOfAccounts, eachConnectionOfAccounts } from './own-connections.repository.ts';
import type { OwnConnection } from './own-connections.types.ts';
import { ownHubSessions } from './own-hub-sessions.ts';
import { providersOfCitizen } from './own-providers.repository.ts';
import { accountsOfPerson } from './person-accounts.repository.ts';
import type { OwnAccount } from './person-accounts.types.ts';
import { refusalSentence } from './refusal-sentence.ts';
import { UNBLOCK_PATH } from './unblock-link.ts';

const PAGE_SIZE = 50;

const COLUMNS = ['at', 'realm', 'service', 'organisation', 'provider', 'acr', 'outcome', 'code', 'reason'];

const query = Type.Object({
  // A moment in milliseconds and a line's number: where the page before ended.
  before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}-[0-9]{1,15}$' })),
  done: Type.Optional(Type.Enum(['blocked', 'unblocked', 'ended'])),
});

const sessionForm = Type.Object({ session: Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$' }) });

const providerParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

function cursorOf(text: string | undefined): Pick<OwnConnection, 'at' | 'id'> | null {
  if (text === undefined) return null;
  const [at = 0, id = 0] = text.split('-').map(Number);
  return { at: new Date(at), id };
}

/** `/account/connections` and what is under it. */
export function ownConnectionsRoutes(untyped: FastifyInstance, kernel: Kernel, hub: Hub): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  const { timeZone } = settings;
  const config = { permission: hubAccountsPermissions.ownConnections };

  const requestOf = (request: FastifyRequest) => ({
    personId: actorOf(request).personId,
    origin: originOf(request, settings),
    present: request.session.hub,
  });

  /** Back to the page; or out, where the session that the reader's own stands on has ended. */
  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { endedPresent }: { endedPresent: boolean },
    done: OwnDone,
  ) {
    if (!endedPresent) return reply.redirect(`${OWN_CONNECTIONS}?done=${done}`, 303);
    await endSession(request);
    return reply.redirect(OWN_SIGNED_OUT, 303);
  }

  app.get(OWN_CONNECTIONS, { config, schema: { querystring: query } }, async (request, reply) => {
    const { personId } = actorOf(request);
    const accounts = await accountsOfPerson(db, personId);
    const ids = accounts.map(({ id }) => id);
    const citizen = accounts.filter(({ realm }) => realm === 'citizens');
    const before = cursorOf(request.query.before);
    const [found, sessions, providers] = await Promise.all([
      connectionsOfAccounts(db, ids, { before, limit: PAGE_SIZE + 1 }),
      ownHubSessions(kernel, ids, request.session.hub),
      citizen.length === 0 ? null : providersOfCitizen(db, citizen),
    ]);
    const connections = found.slice(0, PAGE_SIZE);
    const last = found.length > PAGE_SIZE ? connections.at(-1) : undefined;
    const page = ownConnectionsPage(request.locale, {
      csrf: csrfField(request),
      timeZone,
      hasAccounts: accounts.length > 0,
      connections,
      nextHref: last ? `${OWN_CONNECTIONS}?before=${last.at.getTime()}-${last.id}` : null,
      isFirst: before === null,
      sessions,
      providers,
      done: request.query.done ?? null,
    });
    return sendPage(reply, page);
  });

  app.get(`${OWN_CONNECTIONS}.csv`, { config, schema: { hide: true } }, async (request, reply) => {
    const accounts = await accountsOfPerson(db, actorOf(request).personId);
    const lines = eachConnectionOfAccounts(
      db,
      accounts.map(({ id }) => id),
    );
    return sendCsv(reply, 'connections.csv', COLUMNS, rowsOf(request.locale, lines));
  });

  app.post(
    `${OWN_CONNECTIONS}/sessions/end`,
    { config, schema: { body: sessionForm } },
    async (request, reply) => {
      const { session } = request.body;
      const which = session === 'others' ? 'others' : { uid: session };
      return goOn(request, reply, await endOwnHubSessions(kernel, hub, requestOf(request), which), 'ended');
    },
  );

  for (const doing of ['block', 'unblock'] as const) {
    app.get(
      `${OWN_CONNECTIONS}/providers/:id/${doing}`,
      { config, schema: { params: providerParams } },
      async (request, reply) => {
        const { personId } = actorOf(request);
        const { provider, accounts } = await findOwnProvider(kernel, personId, request.params.id);
        // Nothing to ask where it is done already.
        if ((provider.blockedAt === null) !== (doing === 'block'))
          return reply.redirect(OWN_CONNECTIONS, 303);
        const sessions = await ownHubSessions(
          kernel,
          accounts.map(({ id }) => id),
          request.session.hub,
        );
        const page = providerPage(request.locale, {
          csrf: csrfField(request),
          provider,
          doing,
          isPresent: sessions.some(({ isPresent, upstreamId }) => isPresent && upstreamId === provider.id),
          isOnly: !(await hasAnotherWayIn(accounts, provider.id)),
          getsMail: (await addressOfCitizen(kernel, accounts)) !== null,
        });
        return sendPage(reply, page);
      },
    );
  }

  /** Tells whether the citizen came in by another provider too that is on offer and not blocked. */
  async function hasAnotherWayIn(accounts: readonly OwnAccount[], upstreamId: string): Promise<boolean> {
    const providers = await providersOfCitizen(db, accounts);
    return providers.some(
      ({ id, isEnabled, blockedAt, lastUsedAt }) =>
        id !== upstreamId && isEnabled && blockedAt === null && lastUsedAt !== null,
    );
  }

  app.post(
    `${OWN_CONNECTIONS}/providers/:id/block`,
    { config, schema: { params: providerParams } },
    async (request, reply) =>
      goOn(
        request,
        reply,
        await blockProvider(kernel, hub, requestOf(request), request.params.id),
        'blocked',
      ),
  );

  app.post(
    `${OWN_CONNECTIONS}/providers/:id/unblock`,
    { config, schema: { params: providerParams } },
    async (request, reply) => {
      await unblockProvider(kernel, actorOf(request).personId, request.params.id);
      return reply.redirect(`${OWN_CONNECTIONS}?done=unblocked`, 303);
    },
  );
}

const unblockParams = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{1,1000}$' }) });

/** `/identity-providers/unblock/:token`: the way back for who blocked the only provider that they come in by. */
export function unblockLinkRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: hubAccountsPermissions.useUnblockLink };
  const schema = { params: unblockParams, hide: true };

  app.get(`${UNBLOCK_PATH}/:token`, { config, schema }, async (request, reply) => {
    const { token } = request.params;
    const { provider } = await findProviderOfUnblockLink(kernel, token);
    const action = `${UNBLOCK_PATH}/${token}`;
    const page = unblockLinkPage(request.locale, { csrf: csrfField(request), provider, action });
    return sendPage(reply.header('cache-control', 'no-store'), page);
  });

  app.post(`${UNBLOCK_PATH}/:token`, { config, schema }, async (request, reply) => {
    const { provider, personId } = await findProviderOfUnblockLink(kernel, request.params.token);
    await unblockProvider(kernel, personId, provider.id);
    return reply.redirect('/sign-in', 303);
  });
}

async function* rowsOf(locale: Locale, lines: AsyncIterable<OwnConnection>) {
  for await (const line of lines) {
    const { at, realm, organisationName, upstreamName, acr, refusal } = line;
    yield [
      at.toISOString(),
      realm,
      serviceName(locale, line),
      organisationName,
      upstreamName,
      acr,
      refusal === null ? 'signed-in' : 'refused',
      refusal,
      refusal === null ? null : refusalSentence(locale, refusal),
    ];
  }
}
