// The pages on which contracts are read: the lists, one of them, and the lists as a file.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { contractPage } from './contract.pages.ts';
import {
  type ContractFilter,
  type ContractReach,
  contractsOf,
  organisationsOwnedBy,
} from './contract-access.rules.ts';
import { contractFormsRoutes } from './contract-forms.routes.ts';
import { contractsPage } from './contract-list.pages.ts';
import { seenContract } from './contract-view.ts';
import { contractsPermissions } from './contracts.permissions.ts';
import { countContracts, eachContract, listContracts } from './contracts.repository.ts';
import { contractParams, contractsQuery } from './contracts.schemas.ts';
import type { ContractState, Decision, NamedContract } from './contracts.types.ts';
import { findLatestReviews } from './reviews.repository.ts';

const PAGE_SIZE = 50;
const { browseContracts, followContracts } = contractsPermissions;

/** What a query narrows the list by; empty values narrow nothing. */
export function contractFilterOf(query: {
  search?: string;
  state?: '' | ContractState;
  decision?: '' | Decision;
}): ContractFilter {
  return {
    ...(query.search ? { search: query.search } : {}),
    ...(query.state ? { state: query.state } : {}),
    ...(query.decision ? { decision: query.decision } : {}),
  };
}

const COLUMNS = [
  'number',
  'title',
  'subject',
  'organisation',
  'state',
  'indicator',
  'unit',
  'origin',
  'baseline_value',
  'baseline_on',
  'target',
  'minimum_effect',
  'deadline',
  'method',
  'decision',
  'had_no_measure',
  'signed_at',
  'terms_hash',
];

async function* rowsOf(all: AsyncIterable<NamedContract>): AsyncGenerator<Cell[]> {
  for await (const { terms, ...one } of all) {
    yield [
      one.number,
      terms.title,
      terms.subject,
      one.organisationName,
      one.state,
      one.indicatorTitle,
      one.indicatorUnit,
      terms.origin,
      terms.baselineValue,
      terms.baselineOn,
      terms.target,
      terms.minimumEffect,
      one.deadline,
      terms.counterfactual,
      one.decision,
      String(one.noMeasureAt !== null),
      one.signedAt?.toISOString() ?? null,
      one.termsHash,
    ];
  }
}

/** `/impact/contracts` and what is under it. */
export function contractsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const open = { permission: browseContracts };

  async function showList(
    request: FastifyRequest<{ Querystring: Parameters<typeof contractFilterOf>[0] & { before?: number } }>,
    reply: FastifyReply,
    own: boolean,
    reach: ContractReach,
  ) {
    const filter = contractFilterOf(request.query);
    const before = request.query.before ?? null;
    const [found, total] = await Promise.all([
      listContracts(db, reach, filter, { before, limit: PAGE_SIZE + 1 }),
      countContracts(db, reach, filter),
    ]);
    const items = found.slice(0, PAGE_SIZE);
    const reviews = await findLatestReviews(
      db,
      items.map(({ id }) => id),
    );
    const { actor } = request;
    const page = contractsPage(request.locale, own, {
      filter,
      items,
      reviews,
      total,
      next: found.length > PAGE_SIZE ? (items.at(-1)?.number ?? null) : null,
      isFirst: before === null,
      mayDraft: actor !== null && organisationsOwnedBy(actor).length > 0,
      hasOwn: isAllowed(followContracts, actor),
    });
    return sendPage(reply, page);
  }

  app.get('/impact/contracts', { config: open, schema: { querystring: contractsQuery } }, (request, reply) =>
    showList(request, reply, false, 'public'),
  );

  app.get(
    '/impact/contracts/mine',
    { config: { permission: followContracts }, schema: { querystring: contractsQuery } },
    (request, reply) => showList(request, reply, true, contractsOf(actorOf(request))),
  );

  app.get(
    '/impact/contracts.csv',
    { config: open, schema: { querystring: contractsQuery } },
    (request, reply) =>
      sendCsv(
        reply,
        'contracts.csv',
        COLUMNS,
        rowsOf(eachContract(db, 'public', contractFilterOf(request.query))),
      ),
  );

  app.get(
    '/impact/contracts/:id',
    { config: open, schema: { params: contractParams } },
    async (request, reply) => {
      const view = await seenContract(kernel, request.actor, request.params.id);
      return sendPage(reply, contractPage(request.locale, { ...view, csrf: csrfField(request) }));
    },
  );

  contractFormsRoutes(untyped, kernel);
}
