// Adding a second factor: by whoever must before they may enter, and by whoever is signed in.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { enter, keepChallenge, pendingPerson, siteOf, takeChallenge } from './entry.ts';
import { wrongPasskey } from './identity.errors.ts';
import { addPasskey, offerPasskey } from './passkeys.actions.ts';
import { permissions } from './permissions.ts';
import { addFactorPage, recoveryCodesPage } from './second-factors.pages.ts';
import { findSecondFactors } from './second-factors.repository.ts';
import { nextStepOf } from './sign-in.actions.ts';
import { passkeyAnswer } from './sign-in.routes.ts';
import { codeForm, passkeyForm } from './sign-in.schemas.ts';
import { addTotp, beginTotp } from './totp.actions.ts';

/** Where the pages stand, whose factor is added, and what follows. */
interface Way {
  /** `/account/second-factors`, for one. */
  readonly path: string;
  readonly permission: Permission;
  readonly isAtTheDoor: boolean;
  /** The person who may add a factor here; null sends the reader to the sign-in page. */
  whose(request: FastifyRequest): Promise<string | null>;
  /** Called once the factor is added. @returns where to go. */
  afterwards(request: FastifyRequest, reply: FastifyReply, personId: string): Promise<string>;
}

/** `/sign-in/second-factor/add` and `/account/second-factors/add`, with what they post to. */
export function addFactorRoutes(app: FastifyInstance, kernel: Kernel): void {
  addRoutes(app, kernel, {
    path: '/sign-in/second-factor',
    permission: permissions.signIn,
    isAtTheDoor: true,
    async whose(request) {
      const personId = pendingPerson(request, kernel.clock.now());
      // Whoever has a factor gives it: a password alone must not add another.
      return personId !== null && (await nextStepOf(kernel, personId)) === 'set-up-second-factor'
        ? personId
        : null;
    },
    afterwards: (request, reply, personId) => enter(request, reply, kernel, personId),
  });
  addRoutes(app, kernel, {
    path: '/account/second-factors',
    permission: permissions.ownAccount,
    isAtTheDoor: false,
    whose: async (request) => actorOf(request).personId,
    afterwards: async () => '/account',
  });
}

function addRoutes(untyped: FastifyInstance, kernel: Kernel, way: Way): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: way.permission };

  async function show(request: FastifyRequest, reply: FastifyReply, personId: string, faults: FormFaults) {
    const { totpSince } = await findSecondFactors(kernel.db, personId);
    const totp = totpSince === null ? await beginTotp(kernel, personId) : null;
    const options = await offerPasskey(kernel, personId, siteOf(request, kernel));
    keepChallenge(request, personId, options.challenge, kernel.clock.now());
    const page = await addFactorPage(request.locale, {
      csrf: csrfField(request),
      path: way.path,
      isAtTheDoor: way.isAtTheDoor,
      totp,
      passkeyOptions: JSON.stringify(options),
      faults,
    });
    // The page shows a secret: nothing may keep it.
    return sendPage(reply.header('cache-control', 'no-store'), page, faults.length > 0 ? 422 : 200);
  }

  async function added(
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    codes: string[] | null,
  ) {
    const next = await way.afterwards(request, reply, personId);
    if (codes === null) return reply.redirect(next, 303);
    return sendPage(
      reply.header('cache-control', 'no-store'),
      recoveryCodesPage(request.locale, codes, next),
    );
  }

  app.get(`${way.path}/add`, { config }, async (request, reply) => {
    const personId = await way.whose(request);
    return personId === null ? reply.redirect('/sign-in', 303) : show(request, reply, personId, []);
  });

  app.post(`${way.path}/add/totp`, { config, schema: { body: codeForm } }, async (request, reply) => {
    const personId = await way.whose(request);
    if (personId === null) return reply.redirect('/sign-in', 303);
    const { sessionId } = request.session;
    const attempt = await attemptForm(() =>
      addTotp(kernel, personId, { code: request.body.code, sessionId }),
    );
    if (!attempt.done) return show(request, reply, personId, attempt.faults);
    return added(request, reply, personId, attempt.result);
  });

  app.post(`${way.path}/add/passkey`, { config, schema: { body: passkeyForm } }, async (request, reply) => {
    const personId = await way.whose(request);
    if (personId === null) return reply.redirect('/sign-in', 303);
    const challenge = takeChallenge(request, personId);
    const { sessionId } = request.session;
    const attempt = await attemptForm(async () => {
      if (challenge === null) throw wrongPasskey({ detail: 'the session has no challenge' });
      const { response, name } = request.body;
      const answer = {
        site: siteOf(request, kernel),
        challenge,
        response: passkeyAnswer(response),
        name,
        sessionId,
      };
      return addPasskey(kernel, personId, answer);
    });
    if (!attempt.done) return show(request, reply, personId, attempt.faults);
    return added(request, reply, personId, attempt.result);
  });
}
