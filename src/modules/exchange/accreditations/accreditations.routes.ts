// The pages of accreditations: their list, one of them, and what is done to it and to its clients.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findPeopleNames } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { accreditationPage } from './accreditation.pages.ts';
import { accreditationsSeenBy, isDistributor, managesConsumer } from './accreditation-access.rules.ts';
import { accreditationAddress } from './accreditation-address.ts';
import { accreditationAt, accreditationFilterOf } from './accreditation-at.ts';
import { restoreScope, revokeAccreditation, withdrawScope } from './accreditation-changes.actions.ts';
import { addClient, removeClient } from './accreditation-clients.actions.ts';
import { listMachinesOf } from './accreditation-clients.repository.ts';
import { addClientPage, type Question, questionPage } from './accreditation-forms.pages.ts';
import { accreditationsPage } from './accreditation-list.pages.ts';
import { accreditationsPermissions } from './accreditations.permissions.ts';
import {
  eachAccreditation,
  listAccreditations,
  listEventsOf,
  listFilterChoices,
} from './accreditations.repository.ts';
import {
  accreditationsQuery,
  clientForm,
  clientParams,
  numberParams,
  reasonForm,
  scopeParams,
} from './accreditations.schemas.ts';
import type { ListedAccreditation, WholeAccreditation } from './accreditations.types.ts';
import { restoreClient, revokeClient } from './revoked-clients.actions.ts';

const PAGE_SIZE = 50;
const { readAccreditations, decideAccreditations, manageClients, revokeClients } = accreditationsPermissions;

const COLUMNS = [
  'number',
  'organisation',
  'purpose',
  'apis',
  'stage',
  'state',
  'legal_basis',
  'valid_from',
  'valid_until',
  'ended_at',
  'clients',
];

async function* rowsOf(all: AsyncIterable<ListedAccreditation>): AsyncGenerator<Cell[]> {
  for await (const one of all) {
    yield [
      one.number,
      one.organisationName,
      one.purpose,
      one.apiNames.join(' ; '),
      one.stage,
      one.state,
      one.legalBasis,
      one.validFrom.toISOString(),
      one.validUntil?.toISOString() ?? null,
      one.endedAt?.toISOString() ?? null,
      one.clientCount,
    ];
  }
}

/** `/exchange/accreditations` and what is under it. */
export function accreditationsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
  accreditationForms(untyped, kernel);
  clientForms(untyped, kernel);
  addingRoutes(untyped, kernel);
}

function readingRoutes(untyped: FastifyInstance, { db, config: settings }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { timeZone } = settings;
  const config = { permission: readAccreditations };

  app.get(
    '/exchange/accreditations',
    { config, schema: { querystring: accreditationsQuery } },
    async (request, reply) => {
      const reach = accreditationsSeenBy(actorOf(request));
      const filter = accreditationFilterOf(request.query);
      const page = { number: request.query.page ?? 1, size: PAGE_SIZE };
      const [found, choices] = await Promise.all([
        listAccreditations(db, reach, filter, page),
        listFilterChoices(db, reach),
      ]);
      return sendPage(
        reply,
        accreditationsPage(request.locale, { ...found, ...choices, filter, page, timeZone }),
      );
    },
  );

  app.get(
    '/exchange/accreditations.csv',
    { config, schema: { querystring: accreditationsQuery } },
    (request, reply) => {
      const reach = accreditationsSeenBy(actorOf(request));
      const all = eachAccreditation(db, reach, accreditationFilterOf(request.query));
      return sendCsv(reply, 'accreditations.csv', COLUMNS, rowsOf(all));
    },
  );

  app.get(
    '/exchange/accreditations/:number',
    { config, schema: { params: numberParams } },
    async (request, reply) => {
      const { actor, accreditation } = await accreditationAt({ db }, request, request.params.number);
      const events = await listEventsOf(db, accreditation.id);
      const people = [accreditation.decidedBy, ...events.map(({ byPerson }) => byPerson)];
      const decides = isDistributor(actor);
      // Consumers and producers are told what was decided; who did it is between the distributor's people.
      const names = decides
        ? await findPeopleNames(
            db,
            people.filter((id) => id !== null),
          )
        : new Map<string, string>();
      const manages = managesConsumer(actor, accreditation.organisationId);
      const page = accreditationPage(request.locale, {
        accreditation,
        events,
        names,
        decides,
        keepsClients: manages,
        revokesAs: decides ? 'distributor' : manages ? 'consumer' : null,
        timeZone,
      });
      return sendPage(reply, page);
    },
  );
}

interface Asked {
  readonly question: Question;
  readonly about: string;
  readonly path: string;
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  accreditation: WholeAccreditation,
  asked: Asked,
  { reason = '', faults = [] }: { reason?: string; faults?: readonly FieldError[] } = {},
): FastifyReply {
  const csrf = csrfField(request);
  const page = questionPage(request.locale, { csrf, accreditation, ...asked, reason, faults });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  accreditation: WholeAccreditation,
  asked: Asked,
  work: (reason: string) => Promise<void>,
): Promise<FastifyReply> {
  const { reason } = request.body as { reason: string };
  const attempt = await attemptForm(() => work(reason));
  if (attempt.done) return reply.redirect(accreditationAddress(accreditation.number), 303);
  return show(request, reply, accreditation, asked, { reason, faults: attempt.faults });
}

function accreditationForms(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: decideAccreditations };
  const revoking = ({ number }: WholeAccreditation): Asked => ({
    question: 'revoke',
    about: String(number),
    path: '/revoke',
  });

  app.get(
    '/exchange/accreditations/:number/revoke',
    { config, schema: { params: numberParams } },
    async (request, reply) => {
      const { accreditation } = await accreditationAt(kernel, request, request.params.number);
      return show(request, reply, accreditation, revoking(accreditation));
    },
  );

  app.post(
    '/exchange/accreditations/:number/revoke',
    { config, schema: { params: numberParams, body: reasonForm } },
    async (request, reply) => {
      const { actor, accreditation } = await accreditationAt(kernel, request, request.params.number);
      return answer(request, reply, accreditation, revoking(accreditation), (reason) =>
        revokeAccreditation(kernel, actor, accreditation.id, reason),
      );
    },
  );

  const changes = { withdraw: withdrawScope, restore: restoreScope };
  for (const question of ['withdraw', 'restore'] as const) {
    const asked = ({ grants }: WholeAccreditation, scopeId: string): Asked => {
      const grant = grants.find((one) => one.scopeId === scopeId);
      if (!grant) throw notFound();
      return { question, about: grant.scopeTitle, path: `/scopes/${scopeId}/${question}` };
    };
    app.get(
      `/exchange/accreditations/:number/scopes/:scopeId/${question}`,
      { config, schema: { params: scopeParams } },
      async (request, reply) => {
        const { number, scopeId } = request.params;
        const { accreditation } = await accreditationAt(kernel, request, number);
        return show(request, reply, accreditation, asked(accreditation, scopeId));
      },
    );
    app.post(
      `/exchange/accreditations/:number/scopes/:scopeId/${question}`,
      { config, schema: { params: scopeParams, body: reasonForm } },
      async (request, reply) => {
        const { number, scopeId } = request.params;
        const { actor, accreditation } = await accreditationAt(kernel, request, number);
        return answer(request, reply, accreditation, asked(accreditation, scopeId), (reason) =>
          changes[question](kernel, actor, { id: accreditation.id, scopeId, reason }),
        );
      },
    );
  }
}

function clientForms(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  type Work = (actor: Actor, id: string, clientId: string, reason: string) => Promise<void>;
  const changes: readonly (readonly [string, Question, typeof manageClients, Work])[] = [
    ['remove', 'remove', manageClients, (actor, id, clientId) => removeClient(kernel, actor, id, clientId)],
    [
      'revoke',
      'revokeClient',
      revokeClients,
      (a, _, clientId, why) => revokeClient(kernel, a, clientId, why),
    ],
    [
      'restore',
      'restoreClient',
      revokeClients,
      (a, _, clientId, why) => restoreClient(kernel, a, clientId, why),
    ],
  ];
  for (const [path, question, permission, work] of changes) {
    const asked = ({ clients }: WholeAccreditation, clientId: string): Asked => {
      const client = clients.find((one) => one.clientId === clientId);
      if (!client) throw notFound();
      return { question, about: client.name, path: `/clients/${encodeURIComponent(clientId)}/${path}` };
    };
    app.get(
      `/exchange/accreditations/:number/clients/:clientId/${path}`,
      { config: { permission }, schema: { params: clientParams } },
      async (request, reply) => {
        const { number, clientId } = request.params;
        const { accreditation } = await accreditationAt(kernel, request, number);
        return show(request, reply, accreditation, asked(accreditation, clientId));
      },
    );
    app.post(
      `/exchange/accreditations/:number/clients/:clientId/${path}`,
      { config: { permission }, schema: { params: clientParams, body: reasonForm } },
      async (request, reply) => {
        const { number, clientId } = request.params;
        const { actor, accreditation } = await accreditationAt(kernel, request, number);
        return answer(request, reply, accreditation, asked(accreditation, clientId), (reason) =>
          work(actor, accreditation.id, clientId, reason),
        );
      },
    );
  }
}

function addingRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: manageClients };

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    number: string,
    typed = '',
    faults: readonly FieldError[] = [],
  ) {
    const { actor, accreditation } = await accreditationAt(kernel, request, number);
    if (!managesConsumer(actor, accreditation.organisationId)) throw notFound();
    const all = await listMachinesOf(kernel.db, accreditation.organisationId);
    const there = new Set(accreditation.clients.map(({ clientId }) => clientId));
    const machines = all.filter(({ clientId }) => !there.has(clientId));
    const csrf = csrfField(request);
    const page = addClientPage(request.locale, { csrf, accreditation, machines, typed, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    '/exchange/accreditations/:number/clients/new',
    { config, schema: { params: numberParams } },
    (request, reply) => showForm(request, reply, request.params.number),
  );

  app.post(
    '/exchange/accreditations/:number/clients/new',
    { config, schema: { params: numberParams, body: clientForm } },
    async (request, reply) => {
      const { number } = request.params;
      const { clientId } = request.body;
      const { actor, accreditation } = await accreditationAt(kernel, request, number);
      const attempt = await attemptForm(() => addClient(kernel, actor, accreditation.id, clientId));
      if (attempt.done) return reply.redirect(accreditationAddress(accreditation.number), 303);
      return showForm(request, reply, number, clientId, attempt.faults);
    },
  );
}
