// The person's room: the accesses to one's own data, one of them with its proof, and asking about it.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#platform/access.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { proofText } from '../gateway/log/verify-proof.ts';
import { findAccessProof } from './access-proof.ts';
import { accessesAddress, accessPage, MY_DATA, ownAccessesPage, unverifiedPage } from './accesses.pages.ts';
import { eachOwnAccess, findOwnAccess, listOwnAccesses } from './own-accesses.repository.ts';
import { ownSubjectHash } from './own-subject.ts';
import { peoplePermissions } from './people.permissions.ts';
import { accessPlaceOf, groupedAccesses, pageOfDays, type TypedQuestion } from './people.rules.ts';
import { accessesQuery, accessParams, questionForm } from './people.schemas.ts';
import type { OwnAccess, WholeAccess } from './people.types.ts';
import { askAboutAccess } from './questions.actions.ts';
import { askPage, QUESTION_LISTS } from './questions.pages.ts';
import { findQuestionOnAccess } from './questions.repository.ts';

const PAGE_SIZE = 200;

const COLUMNS = ['at', 'consumer', 'purpose', 'producer', 'api', 'verdict', 'log', 'index'];

async function* rowsOf(lists: readonly AsyncIterable<OwnAccess>[]): AsyncGenerator<Cell[]> {
  for (const accesses of lists) {
    for await (const access of accesses) {
      const { at, organisationName, purpose, producerName, apiName, verdict, log, index } = access;
      yield [at.toISOString(), organisationName, purpose, producerName, apiName, verdict, log, index];
    }
  }
}

/** The access that an address names, when it concerns the actor. Throws `not-found` otherwise. */
export async function ownAccessAt(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  { personId }: Actor,
  word: string,
): Promise<WholeAccess> {
  const place = accessPlaceOf(word);
  const hash = place && (await ownSubjectHash(kernel, personId));
  const access = hash && (await findOwnAccess(kernel.db, hash, place));
  if (!access) throw notFound();
  return access;
}

/** `/exchange/my-data` and the accesses under it. */
export function ownAccessesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  const { timeZone } = settings;
  const config = { permission: peoplePermissions.readOwnAccesses };

  app.get(MY_DATA, { config, schema: { querystring: accessesQuery } }, async (request, reply) => {
    const { before: from, show: outcome = 'allowed' } = request.query;
    const before = from === undefined ? null : accessPlaceOf(from);
    const hash = await ownSubjectHash(kernel, actorOf(request).personId);
    if (hash === null) return sendPage(reply, unverifiedPage(request.locale));
    const found = await listOwnAccesses(db, hash, outcome, { before, limit: PAGE_SIZE + 1 });
    const { shown, next } = pageOfDays(found, PAGE_SIZE, timeZone);
    const page = ownAccessesPage(request.locale, {
      groups: groupedAccesses(shown, timeZone),
      outcome,
      nextHref: next && accessesAddress(outcome, next),
      isFirst: before === null,
      timeZone,
    });
    return sendPage(reply, page);
  });

  app.get(`${MY_DATA}.csv`, { config, schema: { hide: true } }, async (request, reply) => {
    const hash = await ownSubjectHash(kernel, actorOf(request).personId);
    const lists =
      hash === null ? [] : [eachOwnAccess(db, hash, 'allowed'), eachOwnAccess(db, hash, 'denied')];
    return sendCsv(reply, 'my-data.csv', COLUMNS, rowsOf(lists));
  });

  app.get(
    `${MY_DATA}/accesses/:access`,
    { config, schema: { params: accessParams } },
    async (request, reply) => {
      const actor = actorOf(request);
      const access = await ownAccessAt(kernel, actor, request.params.access);
      const [question, proof] = await Promise.all([
        findQuestionOnAccess(db, actor.personId, access),
        findAccessProof(db, access),
      ]);
      const page = accessPage(request.locale, {
        access,
        proof,
        questionId: question?.id ?? null,
        mayAsk: question === undefined || question.answeredAt !== null,
        timeZone,
      });
      return sendPage(reply, page);
    },
  );

  app.get(
    `${MY_DATA}/accesses/:access/proof.json`,
    { config, schema: { params: accessParams, hide: true } },
    async (request, reply) => {
      const access = await ownAccessAt(kernel, actorOf(request), request.params.access);
      const proof = await findAccessProof(db, access);
      if (!proof) throw notFound();
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="preuve.json"')
        .send(proofText(proof));
    },
  );

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    access: WholeAccess,
    typed: TypedQuestion,
    faults: readonly FieldError[] = [],
  ) {
    const page = askPage(request.locale, { csrf: csrfField(request), access, typed, faults, timeZone });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get(
    `${MY_DATA}/accesses/:access/ask`,
    { config, schema: { params: accessParams } },
    async (request, reply) =>
      showForm(request, reply, await ownAccessAt(kernel, actorOf(request), request.params.access), {}),
  );

  app.post(
    `${MY_DATA}/accesses/:access/ask`,
    { config, schema: { params: accessParams, body: questionForm } },
    async (request, reply) => {
      const actor = actorOf(request);
      const access = await ownAccessAt(kernel, actor, request.params.access);
      const attempt = await attemptForm(() => askAboutAccess(kernel, actor, access, request.body));
      if (attempt.done) return reply.redirect(`${QUESTION_LISTS.person}/${attempt.result}?done=sent`, 303);
      return showForm(request, reply, access, request.body, attempt.faults);
    },
  );
}
