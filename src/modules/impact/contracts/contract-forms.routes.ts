// The forms of contracts: their terms, and the short ones by which they are signed, returned, abandoned, judged, followed.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findOrganisation } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { FieldError } from '#platform/errors.ts';
import { actorOf, roleRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { indicatorsSeenBy } from '../indicators/indicator-access.rules.ts';
import { listIndicators } from '../indicators/indicators.repository.ts';
import { organisationsOwnedBy, ownsContract } from './contract-access.rules.ts';
import { ASKS, type Ask, askPage } from './contract-asks.pages.ts';
import { contractAt } from './contract-at.ts';
import { contractAddress } from './contract-parts.pages.ts';
import { nothingToDraftPage, type TermsView, termsPage } from './contract-terms.pages.ts';
import { assertMove, seenContract } from './contract-view.ts';
import { contractsPermissions } from './contracts.permissions.ts';
import { askForm, contractParams, termsForm } from './contracts.schemas.ts';
import type { NamedContract } from './contracts.types.ts';
import {
  abandonContract,
  changeDraft,
  draftContract,
  peopleFor,
  proposeAmendment,
  returnForChanges,
} from './drafts.actions.ts';
import { recordGuardrail, recordSaving, savingsRecordedBy } from './follow-up.actions.ts';
import { judgeContract, takeReview } from './reviews.actions.ts';
import { signContract } from './signatures.actions.ts';
import { emptyTerms, type TermsInput, termsAsInput } from './terms.rules.ts';
import { type UnitColumns, unitsOfRows } from './typed-units.rules.ts';

type Typed = {
  readonly typed: TermsInput;
  readonly reason?: string;
  readonly faults?: readonly FieldError[];
};

type TypedForm = TermsInput & UnitColumns;

/** The terms as the form sends them: what it does not hold, as the rule of an amendment, is as in an empty one. */
function typedTerms({ unit, unitLike, unitStart, ...typed }: TypedForm): TermsInput {
  const units = unitsOfRows({ unit, unitLike, unitStart }, typed.counterfactual);
  return { ...emptyTerms(), ...typed, units };
}

/** The forms under `/impact/contracts`. */
export function contractFormsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  termsRoutes(untyped, kernel);
  askRoutes(untyped, kernel);
}

function termsRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: contractsPermissions.draftContracts };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    about: Pick<TermsView, 'purpose' | 'contract' | 'organisation'>,
    { typed, reason = '', faults = [] }: Typed,
  ) {
    const [people, indicators] = await Promise.all([
      peopleFor(db, about.organisation.id, clock.now()),
      listIndicators(db, { reach: indicatorsSeenBy(request.actor), state: 'open', limit: 500 }),
    ]);
    if (indicators.length === 0) return sendPage(reply, nothingToDraftPage(request.locale, 'indicator'));
    const csrf = csrfField(request);
    const page = termsPage(request.locale, { ...about, csrf, typed, reason, faults, indicators, ...people });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  /** The organisation for which the actor drafts: the one typed where it is theirs, else their first. */
  async function organisationOf(actor: Actor, typed: string) {
    const own = organisationsOwnedBy(actor);
    const id = own.includes(typed) ? typed : own[0];
    return id === undefined ? undefined : findOrganisation(db, id);
  }

  app.get('/impact/contracts/new', { config }, async (request, reply) => {
    const organisation = await organisationOf(actorOf(request), '');
    if (!organisation) return sendPage(reply, nothingToDraftPage(request.locale, 'organisation'));
    return show(request, reply, { purpose: 'draft', contract: null, organisation }, { typed: emptyTerms() });
  });

  app.post('/impact/contracts/new', { config, schema: { body: termsForm } }, async (request, reply) => {
    const actor = actorOf(request);
    const typed = typedTerms(request.body as unknown as TypedForm);
    const { organisationId } = request.body;
    const attempt = await attemptForm(() => draftContract(kernel, actor, organisationId, typed));
    if (attempt.done) return reply.redirect(contractAddress(attempt.result.id), 303);
    const organisation = await organisationOf(actor, organisationId);
    if (!organisation) return sendPage(reply, nothingToDraftPage(request.locale, 'organisation'), 422);
    const about = { purpose: 'draft', contract: null, organisation } as const;
    return show(request, reply, about, { typed, faults: attempt.faults });
  });

  const aboutOf = (purpose: 'edit' | 'amend', contract: NamedContract) => ({
    purpose,
    contract,
    organisation: { id: contract.organisationId, name: contract.organisationName },
  });

  for (const purpose of ['edit', 'amend'] as const) {
    const path = `/impact/contracts/:id/${purpose}`;
    app.get(path, { config, schema: { params: contractParams } }, async (request, reply) => {
      const seen = await seenContract(kernel, actorOf(request), request.params.id);
      assertMove(actorOf(request), seen, purpose);
      const { contract, versions } = seen;
      const proposed = versions.find(({ state }) => purpose === 'amend' && state === 'proposed');
      return show(request, reply, aboutOf(purpose, contract), {
        typed: termsAsInput((proposed ?? contract).terms),
        reason: proposed?.reason ?? '',
      });
    });
    app.post(
      path,
      { config, schema: { params: contractParams, body: termsForm } },
      async (request, reply) => {
        const actor = actorOf(request);
        const contract = await contractAt(db, actor, request.params.id);
        if (!ownsContract(actor, contract)) throw roleRequired();
        const typed = typedTerms(request.body as unknown as TypedForm);
        const { reason } = request.body;
        const attempt = await attemptForm(() =>
          purpose === 'edit'
            ? changeDraft(kernel, actor, contract.id, typed)
            : proposeAmendment(kernel, actor, contract.id, typed, reason),
        );
        if (attempt.done) return reply.redirect(contractAddress(contract.id), 303);
        return show(request, reply, aboutOf(purpose, contract), { typed, reason, faults: attempt.faults });
      },
    );
  }
}

function askRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const { draftContracts, signContracts, reviewContracts, recordSavings } = contractsPermissions;
  type Form = Record<
    | 'termsHash'
    | 'reviewId'
    | 'decision'
    | 'reason'
    | 'extendedUntil'
    | 'guardrail'
    | 'state'
    | 'kind'
    | 'amountEuros'
    | 'evidence',
    string
  >;
  const asks: Record<
    Ask,
    {
      readonly permission: (typeof contractsPermissions)['signContracts'];
      readonly work: (actor: Actor, id: string, typed: Form) => Promise<unknown>;
    }
  > = {
    sign: {
      permission: signContracts,
      work: (actor, id, typed) => signContract(kernel, actor, id, typed.termsHash),
    },
    return: {
      permission: signContracts,
      work: (actor, id, typed) => returnForChanges(kernel, actor, id, typed.reason),
    },
    abandon: {
      permission: draftContracts,
      work: (actor, id, typed) => abandonContract(kernel, actor, id, typed.reason),
    },
    judge: {
      permission: reviewContracts,
      work: (actor, id, typed) => judgeContract(kernel, actor, id, typed),
    },
    guardrails: {
      permission: reviewContracts,
      work: (actor, id, typed) => recordGuardrail(kernel, actor, id, typed),
    },
    savings: {
      permission: recordSavings,
      work: (actor, id, typed) => recordSaving(kernel, actor, id, typed),
    },
  };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { contract, versions, reviews, names, units }: Awaited<ReturnType<typeof seenContract>>,
    ask: Ask,
    { typed = {}, faults = [] }: { typed?: Partial<Form>; faults?: readonly FieldError[] } = {},
  ) {
    const page = askPage(request.locale, {
      csrf: csrfField(request),
      contract,
      ask,
      typed,
      faults,
      versions,
      names,
      units,
      review: reviews[0] ?? null,
      savingKinds: savingsRecordedBy(actorOf(request), contract),
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  for (const ask of ASKS) {
    const { permission, work } = asks[ask];
    const config = { permission };
    const path = `/impact/contracts/:id/${ask}`;
    app.get(path, { config, schema: { params: contractParams } }, async (request, reply) => {
      const seen = await seenContract(kernel, actorOf(request), request.params.id);
      assertMove(actorOf(request), seen, ask);
      return show(request, reply, seen, ask);
    });
    app.post(path, { config, schema: { params: contractParams, body: askForm } }, async (request, reply) => {
      const actor = actorOf(request);
      const contract = await contractAt(db, actor, request.params.id);
      const attempt = await attemptForm(() => work(actor, contract.id, request.body));
      if (attempt.done) return reply.redirect(contractAddress(contract.id), 303);
      const seen = await seenContract(kernel, actor, contract.id);
      return show(request, reply, seen, ask, { typed: request.body, faults: attempt.faults });
    });
  }

  app.post(
    '/impact/contracts/:id/review',
    { config: { permission: reviewContracts }, schema: { params: contractParams } },
    async (request, reply) => {
      const { id } = request.params;
      await takeReview(kernel, actorOf(request), isUuid(id) ? id : '');
      return reply.redirect(contractAddress(id), 303);
    },
  );
}
