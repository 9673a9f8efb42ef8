// Contracts over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '#platform/access.ts';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { contractsSeenBy } from './contract-access.rules.ts';
import { contractAt } from './contract-at.ts';
import { seenContract } from './contract-view.ts';
import { contractsPermissions } from './contracts.permissions.ts';
import { listContracts } from './contracts.repository.ts';
import { contractFilterOf } from './contracts.routes.ts';
import {
  amendmentBody,
  contractParams,
  contractsApiQuery,
  guardrailBody,
  judgementBody,
  newContractBody,
  reasonBody,
  savingBody,
  signatureBody,
  termsBody,
} from './contracts.schemas.ts';
import type { ContractTerms, NamedContract } from './contracts.types.ts';
import {
  abandonContract,
  changeDraft,
  draftContract,
  proposeAmendment,
  returnForChanges,
} from './drafts.actions.ts';
import { recordGuardrail, recordSaving } from './follow-up.actions.ts';
import { judgeContract, takeReview } from './reviews.actions.ts';
import { findLatestReviews } from './reviews.repository.ts';
import type { ContractReview } from './reviews.types.ts';
import { signContract } from './signatures.actions.ts';
import { termsAsInput } from './terms.rules.ts';

const path = '/api/v1/impact/contracts';
const tags = ['impact'];
const { browseContracts, draftContracts, signContracts, reviewContracts, recordSavings } =
  contractsPermissions;

// Contracts are plain data whose every part is public or the reader's own: what is sent is what is there.
const whole = Type.Record(Type.String(), Type.Unknown(), { description: 'A success contract.' });

function asJson(contract: NamedContract, review: ContractReview | undefined) {
  // The names of the people who sign and judge are part of the contract; their ids stay in.
  return JSON.parse(JSON.stringify({ ...contract, latestReview: review ?? null })) as Record<string, unknown>;
}

/** `/api/v1/impact/contracts` and what is under it. */
export function contractsApi(untyped: FastifyInstance, kernel: Kernel): void {
  readingApi(untyped, kernel);
  writingApi(untyped, kernel);
  deedsApi(untyped, kernel);
}

function readingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: browseContracts };

  app.get(
    path,
    {
      config,
      schema: {
        summary: 'List the contracts that the caller sees, the newest first, each with its last review',
        tags,
        querystring: contractsApiQuery,
        response: {
          200: Type.Object({ items: Type.Array(whole), next: Type.Union([Type.Integer(), Type.Null()]) }),
        },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const reach = contractsSeenBy(request.actor);
      const page = { before: cursor ?? null, limit: limit + 1 };
      const found = await listContracts(db, reach, contractFilterOf(query), page);
      const shown = found.slice(0, limit);
      const reviews = await findLatestReviews(
        db,
        shown.map(({ id }) => id),
      );
      return {
        items: shown.map((one) => asJson(one, reviews.get(one.id))),
        next: found.length > limit ? (shown.at(-1)?.number ?? null) : null,
      };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config,
      schema: {
        summary: 'A contract with its versions, signatures, reviews, savings and measures',
        tags,
        params: contractParams,
        response: { 200: whole },
      },
    },
    async (request) => {
      const seen = await seenContract(kernel, request.actor, request.params.id);
      const { contract, versions, signatures, reviews, savings, series } = seen;
      const { before, after } = series;
      return {
        ...asJson(contract, reviews[0]),
        versions,
        signatures,
        reviews,
        savings,
        series: { before, after },
      };
    },
  );
}

function writingApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: draftContracts };
  const inputOf = (terms: unknown) => termsAsInput(terms as ContractTerms);

  app.post(
    path,
    {
      config,
      schema: { summary: 'Draft a contract', tags, body: newContractBody, response: { 201: whole } },
    },
    async (request, reply) => {
      const { organisationId, terms } = request.body;
      const made = await draftContract(kernel, actorOf(request), organisationId, inputOf(terms));
      return reply.status(201).send(asJson(made, undefined));
    },
  );

  app.put(
    `${path}/:id/terms`,
    {
      config,
      schema: {
        summary: 'Write a draft’s terms anew',
        tags,
        params: contractParams,
        body: termsBody,
        response: { 200: whole },
      },
    },
    async (request) => {
      const changed = await changeDraft(kernel, actorOf(request), request.params.id, inputOf(request.body));
      return asJson(changed, undefined);
    },
  );

  app.post(
    `${path}/:id/amendments`,
    {
      config,
      schema: {
        summary: 'Propose a new version of the terms, which both parties sign',
        tags,
        params: contractParams,
        body: amendmentBody,
        response: { 201: whole },
      },
    },
    async (request, reply) => {
      const { terms, reason } = request.body;
      const { id } = request.params;
      const changed = await proposeAmendment(kernel, actorOf(request), id, inputOf(terms), reason);
      return reply.status(201).send(asJson(changed, undefined));
    },
  );
}

function deedsApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;

  async function done(
    request: FastifyRequest<{ Params: { id: string } }>,
    work: (actor: Actor, id: string) => Promise<unknown>,
  ) {
    const actor = actorOf(request);
    const { id } = request.params;
    await work(actor, id);
    const [contract, reviews] = await Promise.all([contractAt(db, actor, id), findLatestReviews(db, [id])]);
    return asJson(contract, reviews.get(id));
  }

  const schemaOf = <B extends object>(summary: string, body: B) => ({
    summary,
    tags,
    params: contractParams,
    body,
    response: { 200: whole },
  });

  app.post(
    `${path}/:id/signatures`,
    {
      config: { permission: signContracts },
      schema: schemaOf('Sign the terms that wait, as the party that the caller is', signatureBody),
    },
    (request) => done(request, (actor, id) => signContract(kernel, actor, id, request.body.termsHash)),
  );

  app.post(
    `${path}/:id/returns`,
    {
      config: { permission: signContracts },
      schema: schemaOf('Return terms that one party signed to drafting', reasonBody),
    },
    (request) => done(request, (actor, id) => returnForChanges(kernel, actor, id, request.body.reason)),
  );

  app.post(
    `${path}/:id/abandonment`,
    { config: { permission: draftContracts }, schema: schemaOf('Give a contract up', reasonBody) },
    (request) => done(request, (actor, id) => abandonContract(kernel, actor, id, request.body.reason)),
  );

  app.post(
    `${path}/:id/reviews`,
    {
      config: { permission: reviewContracts },
      schema: {
        summary: 'Take a review: compute the verdict from what was measured so far',
        tags,
        params: contractParams,
        response: { 200: whole },
      },
    },
    (request) => done(request, (actor, id) => takeReview(kernel, actor, id)),
  );

  app.post(
    `${path}/:id/judgements`,
    { config: { permission: reviewContracts }, schema: schemaOf('Judge the last review', judgementBody) },
    (request) => done(request, (actor, id) => judgeContract(kernel, actor, id, request.body)),
  );

  app.post(
    `${path}/:id/guardrails`,
    {
      config: { permission: reviewContracts },
      schema: schemaOf('Record whether a guardrail holds', guardrailBody),
    },
    (request) => done(request, (actor, id) => recordGuardrail(kernel, actor, id, request.body)),
  );

  app.post(
    `${path}/:id/savings`,
    {
      config: { permission: recordSavings },
      schema: schemaOf('Record a figure of savings beside those before it', savingBody),
    },
    (request) =>
      done(request, (actor, id) =>
        recordSaving(kernel, actor, id, { ...request.body, amountEuros: String(request.body.amountEuros) }),
      ),
  );
}
