// Pages of requests for help: list, form, one request and its steps, the team, the start of the mission.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findOrganisation } from '#modules/identity/public.ts';
import { contractIsSigned, findContract, listContractsOf } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadeReachOf, organisationsHelped } from './brigade-access.rules.ts';
import { helpAddress, missionAddress } from './brigade-parts.pages.ts';
import { brigadesPermissions } from './brigades.permissions.ts';
import {
  contractForm,
  helpForm,
  helpPrefill,
  helpRequestsQuery,
  oneParams,
  proposalForm,
  stepForm,
  versionForm,
  withoutQuery,
} from './brigades.schemas.ts';
import { EXPERTISES } from './expertises.data.ts';
import {
  attachHelpContract,
  changeHelpRequest,
  helpRequestAt,
  proposeHelpTeam,
  sidesOf,
  startMission,
  submitHelpRequest,
  takePlainStep,
  teamFor,
} from './requests.actions.ts';
import {
  helpFormPage,
  helpRequestPage,
  helpRequestsPage,
  type NamedChoice,
  teamPage,
} from './requests.pages.ts';
import { listHelpEvents, listHelpRequests, listProposedMembers } from './requests.repository.ts';
import { helpTyped, mayStep, type TypedHelp } from './requests.rules.ts';
import { HELP_STATES, type HelpRequest, PLAIN_STEPS } from './requests.types.ts';

const PAGE_SIZE = 50;
const here = '/support/requests';
const { readHelpRequests, askForHelp, runBrigade } = brigadesPermissions;

/** `/support/requests` and what is under it. */
export function helpRequestsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  listRoutes(untyped, kernel);
  formRoutes(untyped, kernel);
  oneRoutes(untyped, kernel);
  teamRoutes(untyped, kernel);
}

function listRoutes(untyped: FastifyInstance, { db }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    here,
    { config: { permission: readHelpRequests }, schema: { querystring: helpRequestsQuery } },
    async (request, reply) => {
      const { state = '', cursor } = request.query;
      if (cursor !== undefined && !isUuid(cursor)) throw notFound();
      const actor = actorOf(request);
      const known = HELP_STATES.find((one) => one === state);
      const found = await listHelpRequests(db, brigadeReachOf(actor), known ? { state: known } : {}, {
        after: cursor ?? null,
        limit: PAGE_SIZE + 1,
      });
      const items = found.slice(0, PAGE_SIZE);
      return sendPage(
        reply,
        helpRequestsPage(request.locale, {
          items,
          state,
          next: found.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null,
          isFirst: cursor === undefined,
          mayAsk: organisationsHelped(actor).length > 0,
        }),
      );
    },
  );
}

const UNTYPED: TypedHelp = {
  organisationId: '',
  title: '',
  problem: '',
  subject: '',
  startsOn: '',
  endsOn: '',
  contractId: '',
  days: {},
};

/** A form's fields by their names, as the request that they make. */
function typedOf(body: Readonly<Record<string, unknown>>): TypedHelp {
  const text = (name: string) => String(body[name] ?? '');
  return {
    organisationId: text('organisationId'),
    title: text('title'),
    problem: text('problem'),
    subject: text('subject'),
    startsOn: text('startsOn'),
    endsOn: text('endsOn'),
    contractId: text('contractId'),
    days: Object.fromEntries(EXPERTISES.map((expertise) => [expertise, text(`days-${expertise}`)])),
  };
}

async function contractsOf(db: Kernel['db'], organisations: readonly string[]): Promise<NamedChoice[]> {
  const lists = await Promise.all(organisations.slice(0, 10).map((id) => listContractsOf(db, id)));
  return lists
    .flat()
    .filter(({ state }) => state !== 'abandoned')
    .map(({ id, terms }) => ({ id, name: terms.title }));
}

async function organisationsOf(db: Kernel['db'], actor: Actor): Promise<NamedChoice[]> {
  const found = await Promise.all(
    organisationsHelped(actor)
      .slice(0, 20)
      .map((id) => findOrganisation(db, id)),
  );
  return found.flatMap((one) => (one ? [{ id: one.id, name: one.name }] : []));
}

function formRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: askForHelp };

  async function show(
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
    changed: HelpRequest | null,
    typed: TypedHelp,
    faults: readonly FieldError[] = [],
  ) {
    const organisations = changed ? [] : await organisationsOf(db, actorOf(request));
    const contracts = await contractsOf(
      db,
      organisations.map(({ id }) => id),
    );
    const view = { csrf: csrfField(request), request: changed, typed, faults, organisations, contracts };
    return sendPage(reply, helpFormPage(request.locale, view), faults.length > 0 ? 422 : 200);
  }

  app.get(`${here}/new`, { config, schema: { querystring: helpPrefill } }, (request, reply) =>
    show({ request, reply }, null, { ...UNTYPED, ...request.query }),
  );

  app.post(`${here}/new`, { config, schema: { body: helpForm } }, async (request, reply) => {
    const typed = typedOf(request.body);
    const attempt = await attemptForm(() => submitHelpRequest(kernel, actorOf(request), helpTyped(typed)));
    if (attempt.done) return reply.redirect(helpAddress(attempt.result), 303);
    return show({ request, reply }, null, typed, attempt.faults);
  });

  app.get(`${here}/:id/edit`, { config, schema: { params: oneParams } }, async (request, reply) => {
    const actor = actorOf(request);
    const found = await helpRequestAt(db, actor, request.params.id);
    if (!mayStep('change', found, sidesOf(actor, found))) return reply.redirect(helpAddress(found.id), 303);
    const days = Object.fromEntries(
      found.needs.map((need) => [
        need.expertise,
        request.locale === 'fr' ? String(need.days).replace('.', ',') : String(need.days),
      ]),
    );
    return show({ request, reply }, found, { ...found, contractId: found.contractId ?? '', days });
  });

  app.post(
    `${here}/:id/edit`,
    { config, schema: { params: oneParams, body: helpForm } },
    async (request, reply) => {
      const actor = actorOf(request);
      const found = await helpRequestAt(db, actor, request.params.id);
      const typed = typedOf(request.body);
      const read = { id: found.id, version: request.body.version ?? 0 };
      const attempt = await attemptForm(() => changeHelpRequest(kernel, actor, read, helpTyped(typed)));
      if (attempt.done) return reply.redirect(helpAddress(found.id), 303);
      return show({ request, reply }, found, typed, attempt.faults);
    },
  );
}

/** Shows one request, again with what was typed where it was refused. */
async function showRequest(
  { db, config }: Kernel,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  id: string,
  {
    typed = { step: '', text: '' },
    faults = [],
  }: { typed?: { step: string; text: string }; faults?: readonly FieldError[] } = {},
) {
  const actor = actorOf(request);
  const found = await helpRequestAt(db, actor, id);
  const showsTeam = ['proposed', 'accepted', 'under-way', 'ended'].includes(found.state);
  const sides = sidesOf(actor, found);
  const [events, team, contract, contracts] = await Promise.all([
    listHelpEvents(db, found.id),
    showsTeam ? listProposedMembers(db, found.id) : [],
    found.contractId === null ? undefined : findContract(db, found.contractId),
    mayStep('attach-contract', found, sides) ? contractsOf(db, [found.organisationId]) : [],
  ]);
  const page = helpRequestPage(request.locale, {
    csrf: csrfField(request),
    request: found,
    sides,
    team,
    events,
    contract: contract
      ? { id: contract.id, name: contract.terms.title, isSigned: contractIsSigned(contract) }
      : null,
    contracts,
    typed,
    faults,
    timeZone: config.timeZone,
  });
  return sendPage(reply, page, faults.length > 0 ? 422 : 200);
}

function oneRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: readHelpRequests };

  app.get(`${here}/:id`, { config, schema: { params: oneParams } }, (request, reply) =>
    showRequest(kernel, { request, reply }, request.params.id),
  );

  app.post(
    `${here}/:id/steps`,
    { config, schema: { params: oneParams, body: stepForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, step: named, text } = request.body;
      const typed = { step: named, text };
      const step = PLAIN_STEPS.find((one) => one === named);
      if (!step) {
        const fault = {
          field: 'step',
          text: { fr: 'Choisissez ce que vous décidez.', en: 'Choose what you decide.' },
        };
        return showRequest(kernel, { request, reply }, id, { typed, faults: [fault] });
      }
      const read = { id, version };
      const attempt = await attemptForm(() => takePlainStep(kernel, actorOf(request), read, { step, text }));
      if (attempt.done) return reply.redirect(helpAddress(id), 303);
      return showRequest(kernel, { request, reply }, id, { typed, faults: attempt.faults });
    },
  );

  app.post(
    `${here}/:id/contract`,
    { config, schema: { params: oneParams, body: contractForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, contractId } = request.body;
      const attempt = await attemptForm(() =>
        attachHelpContract(kernel, actorOf(request), { id, version }, contractId),
      );
      if (attempt.done) return reply.redirect(helpAddress(id), 303);
      return showRequest(kernel, { request, reply }, id, { faults: attempt.faults });
    },
  );

  app.post(
    `${here}/:id/mission`,
    { config: { permission: runBrigade }, schema: { params: oneParams, body: versionForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version } = request.body;
      const attempt = await attemptForm(() => startMission(kernel, actorOf(request), { id, version }));
      if (attempt.done) return reply.redirect(missionAddress(attempt.result), 303);
      return showRequest(kernel, { request, reply }, id, { faults: attempt.faults });
    },
  );
}

function teamRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: runBrigade };

  app.get(
    `${here}/:id/proposal`,
    { config, schema: { params: oneParams, querystring: withoutQuery } },
    async (request, reply) => {
      const actor = actorOf(request);
      const found = await helpRequestAt(db, actor, request.params.id);
      if (!mayStep('propose', found, sidesOf(actor, found)))
        return reply.redirect(helpAddress(found.id), 303);
      const { without } = request.query;
      const today = dayIn(clock.now(), settings.timeZone);
      const attempt = await attemptForm(() => teamFor(db, found, { today, without }));
      if (!attempt.done) return showRequest(kernel, { request, reply }, found.id, { faults: attempt.faults });
      const { names, ...team } = attempt.result;
      const view = { csrf: csrfField(request), request: found, team, names, without };
      return sendPage(reply, teamPage(request.locale, view));
    },
  );

  app.post(
    `${here}/:id/proposal`,
    { config, schema: { params: oneParams, body: proposalForm } },
    async (request, reply) => {
      const { id } = request.params;
      const { version, without } = request.body;
      const attempt = await attemptForm(() =>
        proposeHelpTeam(kernel, actorOf(request), { id, version }, without),
      );
      if (attempt.done) return reply.redirect(helpAddress(id), 303);
      return showRequest(kernel, { request, reply }, id, { faults: attempt.faults });
    },
  );
}
