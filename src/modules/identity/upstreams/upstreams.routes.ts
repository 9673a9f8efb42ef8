// Pages of sign-in providers: everyone sees how each fares, administrators record and change them.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { originAsked, originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import { publicClientKey, unsealedClientKey } from './client-credentials.ts';
import { daysSince, lastFaults } from './upstream-checks.repository.ts';
import { lookAtProvider } from './upstream-discovery.ts';
import { providerPage, statusPage } from './upstream-status.pages.ts';
import { LONGEST_SPAN, statusOf, type UpstreamStatus } from './upstream-status.rules.ts';
import { changeUpstream, recordUpstream } from './upstreams.actions.ts';
import { settingsPart, upstreamFormPage } from './upstreams.pages.ts';
import { upstreamsPermissions } from './upstreams.permissions.ts';
import {
  domainsServedByOthers,
  findUpstream,
  listUpstreams,
  organisationsNamed,
  pageOfUpstreams,
  sealedCredentialsOf,
} from './upstreams.repository.ts';
import { effectiveIssuer } from './upstreams.rules.ts';
import { idParams, statusQuery, upstreamForm } from './upstreams.schemas.ts';
import type { Upstream, UpstreamInput } from './upstreams.types.ts';

const PAGE_SIZE = 50;
const FAULTS_SHOWN = 20;

const COLUMNS = [
  'id',
  'realm',
  'name',
  'state',
  'state_since',
  'checked_at',
  'uptime_7_days',
  'uptime_30_days',
  'uptime_90_days',
  'checks_90_days',
];

const EMPTY_FORM: UpstreamInput = {
  realm: '',
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  clientAuthentication: 'private_key_jwt',
  scopes: 'openid profile email',
  domains: '',
  organisations: '',
  vouchesForOrganisation: false,
  vouchesForSecondFactor: false,
  bestAssurance: 'eidas1',
  isEnabled: true,
};

type Typed = Omit<UpstreamInput, 'vouchesForOrganisation' | 'vouchesForSecondFactor' | 'isEnabled'> & {
  vouchesForOrganisation?: string;
  vouchesForSecondFactor?: string;
  isEnabled?: string;
};

function inputOf(typed: Typed): UpstreamInput {
  return {
    ...typed,
    vouchesForOrganisation: typed.vouchesForOrganisation === 'on',
    vouchesForSecondFactor: typed.vouchesForSecondFactor === 'on',
    isEnabled: typed.isEnabled === 'on',
  };
}

/** Who acts, where only administrators may. */
export function administratorOf(request: FastifyRequest): LedgerActor {
  return { kind: 'person', personId: actorOf(request).personId, role: 'administrator' };
}

/** How these providers fare, in two queries whatever their number. */
export async function statusesOf(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  upstreams: readonly Upstream[],
): Promise<UpstreamStatus[]> {
  const now = clock.now();
  const { timeZone } = config;
  const firstDay = daysBefore(dayIn(now, timeZone), LONGEST_SPAN - 1);
  const ids = upstreams.map(({ id }) => id);
  const byUpstream = Map.groupBy(await daysSince(db, ids, firstDay), ({ upstreamId }) => upstreamId);
  return upstreams.map((upstream) =>
    statusOf(upstream, byUpstream.get(upstream.id) ?? [], { now, timeZone }),
  );
}

/** `/sign-in-providers`, what is under it, and the hub's public keys for each provider. */
export function upstreamsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config } = kernel;
  const { timeZone } = config;
  const read = { permission: upstreamsPermissions.readSignInProviders };
  const manage = { permission: upstreamsPermissions.manageSignInProviders };
  const mayManage = (request: FastifyRequest) =>
    isAllowed(upstreamsPermissions.manageSignInProviders, request.actor);

  async function upstreamAt(id: string): Promise<Upstream> {
    const upstream = isUuid(id) ? await findUpstream(db, id) : undefined;
    if (!upstream) throw notFound();
    return upstream;
  }

  app.get(
    '/sign-in-providers',
    { config: read, schema: { querystring: statusQuery } },
    async (request, reply) => {
      const realm = (request.query.realm || undefined) as PeopleRealm | undefined;
      const number = request.query.page ?? 1;
      const isManager = mayManage(request);
      const filter = { ...(realm && { realm }), enabledOnly: !isManager };
      const { items, total } = await pageOfUpstreams(db, filter, { number, size: PAGE_SIZE });
      const page = statusPage(request.locale, {
        items: await statusesOf(kernel, items),
        total,
        page: { number, size: PAGE_SIZE },
        realm,
        mayManage: isManager,
        disabled: new Set(items.filter(({ isEnabled }) => !isEnabled).map(({ id }) => id)),
        timeZone,
      });
      return sendPage(reply, page);
    },
  );

  app.get(
    '/sign-in-providers.csv',
    { config: read, schema: { querystring: statusQuery } },
    async (request, reply) => {
      const realm = (request.query.realm || undefined) as PeopleRealm | undefined;
      const upstreams = await listUpstreams(db, { ...(realm && { realm }), enabledOnly: true });
      const rows = (await statusesOf(kernel, upstreams)).map(csvRow);
      return sendCsv(reply, 'sign-in-providers.csv', COLUMNS, rows);
    },
  );

  async function settingsOf(request: FastifyRequest, upstream: Upstream) {
    const origin = originAsked(request, config);
    const issuer = effectiveIssuer(upstream, origin ?? '');
    const [organisations, sharedDomains, faults, look] = await Promise.all([
      organisationsNamed(db, upstream.organisationIds),
      domainsServedByOthers(db, upstream.id),
      lastFaults(db, upstream.id, FAULTS_SHOWN),
      lookAtProvider(kernel.outgoing, issuer, { mayBeInsecure: config.demo }),
    ]);
    return settingsPart(request.locale, {
      upstream,
      organisations,
      sharedDomains,
      lastFaults: faults,
      look,
      origin,
      timeZone,
    });
  }

  app.get(
    '/sign-in-providers/:id',
    { config: read, schema: { params: idParams } },
    async (request, reply) => {
      const upstream = await upstreamAt(request.params.id);
      const isManager = mayManage(request);
      if (!upstream.isEnabled && !isManager) throw notFound();
      const [status] = await statusesOf(kernel, [upstream]);
      const page = providerPage(request.locale, {
        status: status as UpstreamStatus,
        isEnabled: upstream.isEnabled,
        timeZone,
        settings: isManager ? await settingsOf(request, upstream) : null,
      });
      return sendPage(reply, page);
    },
  );

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    before: Upstream | null,
    { typed, faults }: { typed: UpstreamInput; faults: FormFaults },
  ) {
    const page = upstreamFormPage(request.locale, { csrf: csrfField(request), before, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/sign-in-providers/new', { config: manage }, async (request, reply) =>
    showForm(request, reply, null, { typed: EMPTY_FORM, faults: [] }),
  );

  app.post(
    '/sign-in-providers/new',
    { config: manage, schema: { body: upstreamForm } },
    async (request, reply) => {
      const typed = inputOf(request.body);
      const origin = originOf(request, config);
      const attempt = await attemptForm(() =>
        recordUpstream(kernel, administratorOf(request), typed, { origin }),
      );
      if (attempt.done) return reply.redirect(`/sign-in-providers/${attempt.result.id}`, 303);
      return showForm(request, reply, null, { typed, faults: attempt.faults });
    },
  );

  app.get(
    '/sign-in-providers/:id/edit',
    { config: manage, schema: { params: idParams } },
    async (request, reply) => {
      const before = await upstreamAt(request.params.id);
      const organisations = await organisationsNamed(db, before.organisationIds);
      const typed = {
        ...before,
        clientSecret: '',
        domains: before.domains.join('\n'),
        organisations: organisations.map(({ id, code, siret }) => code ?? siret ?? id).join('\n'),
      };
      return showForm(request, reply, before, { typed, faults: [] });
    },
  );

  app.post(
    '/sign-in-providers/:id/edit',
    { config: manage, schema: { params: idParams, body: upstreamForm } },
    async (request, reply) => {
      const before = await upstreamAt(request.params.id);
      const typed = inputOf(request.body);
      const origin = originOf(request, config);
      const attempt = await attemptForm(() =>
        changeUpstream(kernel, administratorOf(request), before.id, typed, { origin }),
      );
      if (attempt.done) return reply.redirect(`/sign-in-providers/${before.id}`, 303);
      return showForm(request, reply, before, { typed, faults: attempt.faults });
    },
  );

  app.get('/connect/keys/:id', { config: read, schema: { params: idParams } }, async (request, reply) => {
    const { id } = request.params;
    const credentials = isUuid(id) ? await sealedCredentialsOf(db, id) : undefined;
    const key = unsealedClientKey(kernel.secret, id.toLowerCase(), credentials?.sealedClientKey ?? null);
    if (!key) throw notFound();
    return reply
      .type('application/jwk-set+json')
      .header('cache-control', 'public, max-age=600')
      .send(JSON.stringify({ keys: [publicClientKey(key)] }));
  });
}

function csvRow(status: UpstreamStatus): Cell[] {
  const { id, realm, name, state, stateSince, checkedAt, uptimes } = status;
  return [
    id,
    realm,
    name,
    state,
    stateSince?.toISOString() ?? null,
    checkedAt?.toISOString() ?? null,
    ...uptimes.map(({ share }) => share),
    uptimes.at(-1)?.checks ?? 0,
  ];
}
