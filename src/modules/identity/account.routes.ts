// One's own account: details, roles, password, second factors, sessions.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { endSessionsOf, hashSessionId, listSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { isUuid } from '#platform/typed-text.ts';
import { accountPage, changePasswordPage, removeFactorPage } from './account.pages.ts';
import { listMembershipsOf } from './memberships.repository.ts';
import { givesItsRole, needsSecondFactor } from './memberships.rules.ts';
import { removePasskey } from './passkeys.actions.ts';
import { assertOwnPassword, changePassword } from './password.actions.ts';
import { findPassword } from './password.repository.ts';
import { findPerson, findPersonWithRoles } from './people.repository.ts';
import { permissions } from './permissions.ts';
import { renewRecoveryCodes } from './recovery-codes.actions.ts';
import { recoveryCodesPage } from './second-factors.pages.ts';
import { findSecondFactors } from './second-factors.repository.ts';
import { changePasswordForm, confirmationForm } from './sign-in.schemas.ts';
import { removeTotp } from './totp.actions.ts';

/** `/account` and what is under it. */
export function accountRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock } = kernel;
  const config = { permission: permissions.ownAccount };

  app.get('/account', { config }, async (request, reply) => {
    const { personId } = actorOf(request);
    const now = clock.now();
    const [person, held, factors, password, sessions, withRoles] = await Promise.all([
      findPerson(db, personId),
      listMembershipsOf(db, [personId]),
      findSecondFactors(db, personId),
      findPassword(db, personId),
      listSessionsOf(db, personId, now),
      findPersonWithRoles(db, personId, now),
    ]);
    if (!person || !withRoles) throw notFound();
    const page = accountPage(request.locale, {
      csrf: csrfField(request),
      person,
      memberships: held.filter((membership) => givesItsRole(membership, now)),
      rolesAreHeldBack: !withRoles.secondFactorIsSettled && needsSecondFactor(withRoles.roles),
      factors,
      passwordChangedAt: password?.changedAt ?? null,
      sessions,
      thisSession: hashSessionId(request.session.sessionId).toString('hex'),
    });
    return sendPage(reply, page);
  });

  const showPassword = (request: FastifyRequest, reply: FastifyReply, faults: FormFaults) =>
    sendPage(
      reply,
      changePasswordPage(request.locale, { csrf: csrfField(request), faults }),
      faults.length > 0 ? 422 : 200,
    );

  app.get('/account/password', { config }, async (request, reply) => showPassword(request, reply, []));

  app.post('/account/password', { config, schema: { body: changePasswordForm } }, async (request, reply) => {
    const { personId } = actorOf(request);
    const { sessionId } = request.session;
    const attempt = await attemptForm(() => changePassword(kernel, personId, { ...request.body, sessionId }));
    return attempt.done ? reply.redirect('/account', 303) : showPassword(request, reply, attempt.faults);
  });

  const params = Type.Object({ factor: Type.String({ maxLength: 40 }) });

  /** The name of the factor in the address: `totp`, or a passkey's id. Throws when the person has no such factor. */
  async function nameOfFactor(personId: string, factor: string): Promise<string | null> {
    const { totpSince, passkeys } = await findSecondFactors(db, personId);
    if (factor === 'totp' && totpSince !== null) return null;
    const passkey = passkeys.find(({ id }) => id === factor);
    if (!passkey) throw notFound();
    return passkey.name;
  }

  async function showRemoval(
    request: FastifyRequest,
    reply: FastifyReply,
    factor: string,
    faults: FormFaults,
  ) {
    const { personId } = actorOf(request);
    const passkeyName = await nameOfFactor(personId, factor);
    const asksPassword = (await findPassword(db, personId)) !== undefined;
    const options = { csrf: csrfField(request), factor, passkeyName, asksPassword, faults };
    return sendPage(reply, removeFactorPage(request.locale, options), faults.length > 0 ? 422 : 200);
  }

  app.get('/account/second-factors/:factor/remove', { config, schema: { params } }, async (request, reply) =>
    showRemoval(request, reply, request.params.factor, []),
  );

  app.post(
    '/account/second-factors/:factor/remove',
    { config, schema: { params, body: confirmationForm } },
    async (request, reply) => {
      const { personId } = actorOf(request);
      const { factor } = request.params;
      const attempt = await attemptForm(async () => {
        await assertOwnPassword(kernel, personId, request.body.current);
        if (factor === 'totp') return removeTotp(kernel, personId);
        if (!isUuid(factor)) throw notFound();
        return removePasskey(kernel, personId, factor);
      });
      return attempt.done
        ? reply.redirect('/account', 303)
        : showRemoval(request, reply, factor, attempt.faults);
    },
  );

  app.post('/account/recovery-codes', { config }, async (request, reply) => {
    const codes = await renewRecoveryCodes(kernel, actorOf(request).personId);
    return sendPage(
      reply.header('cache-control', 'no-store'),
      recoveryCodesPage(request.locale, codes, '/account'),
    );
  });

  const sessionForm = Type.Object({
    session: Type.Union([Type.Literal('others'), Type.String({ pattern: '^[0-9a-f]{64}$' })]),
  });

  app.post('/account/sessions/end', { config, schema: { body: sessionForm } }, async (request, reply) => {
    const { personId } = actorOf(request);
    const { session } = request.body;
    const which = session === 'others' ? { except: request.session.sessionId } : { idHash: session };
    await endSessionsOf(db, personId, which);
    return reply.redirect('/account', 303);
  });
}
