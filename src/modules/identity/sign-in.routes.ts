// The door: password, second factor, invitation, one click in the demonstration, and the way out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#platform/errors.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { originAsked } from '#platform/http/origin.ts';
import { isSafeReturnPath } from '#platform/http/return-path.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { endSession } from '#platform/http/session.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm, type FormFaults } from '#platform/refused-form.ts';
import { demonstrationIsLoaded, listDemonstrationPeople } from './demonstration.repository.ts';
import { DEVICE_COOKIE } from './device-cookie.ts';
import { awaitSecondFactor, enter, keepChallenge, pendingPerson, siteOf, takeChallenge } from './entry.ts';
import { ownSignOutUrl } from './hub/own-sign-in.ts';
import { wrongPasskey } from './identity.errors.ts';
import { acceptInvitation, invitedBy } from './invitations.actions.ts';
import { askForPasskey, provePasskey } from './passkeys.actions.ts';
import { findPerson } from './people.repository.ts';
import { permissions } from './permissions.ts';
import { findSecondFactors } from './second-factors.repository.ts';
import { nextStepOf, proveCode, provePassword } from './sign-in.actions.ts';
import { invitationPage, secondFactorPage, signInPage } from './sign-in.pages.ts';
import {
  codeForm,
  demonstrationForm,
  invitationParams,
  newPasswordForm,
  passkeyForm,
  signInForm,
  signInQuery,
} from './sign-in.schemas.ts';
import { realmsServed } from './upstreams/upstreams.repository.ts';

/** Sign-in attempts a minute from one address: a person mistypes a few times, a guesser many. */
const AT_THE_DOOR = { max: 30, timeWindow: 60_000 };

/** `/sign-in` and what is under it, and `/sign-out`. */
export function signInRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const config = { permission: permissions.signIn };
  const guarded = { ...config, rateLimit: AT_THE_DOOR };

  const isDemonstration = async () => settings.demo && (await demonstrationIsLoaded(db));

  /** After a password: in, or on to the second factor. */
  async function goOn(request: FastifyRequest, reply: FastifyReply, personId: string) {
    const step = await nextStepOf(kernel, personId);
    if (step === 'enter') return reply.redirect(await enter(request, reply, kernel, personId), 303);
    await awaitSecondFactor(request, personId, clock.now());
    const path = step === 'give-second-factor' ? '/sign-in/second-factor' : '/sign-in/second-factor/add';
    return reply.redirect(path, 303);
  }

  async function showSignIn(request: FastifyRequest, reply: FastifyReply, email: string, faults: FormFaults) {
    const people = (await isDemonstration()) ? await listDemonstrationPeople(db, clock.now()) : [];
    const realms = await realmsServed(db);
    const page = signInPage(request.locale, { csrf: csrfField(request), email, people, realms, faults });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/sign-in', { config, schema: { querystring: signInQuery } }, async (request, reply) => {
    const { back } = request.query;
    if (back !== undefined && isSafeReturnPath(back)) request.session.back = back;
    return showSignIn(request, reply, '', []);
  });

  app.post('/sign-in', { config: guarded, schema: { body: signInForm } }, async (request, reply) => {
    const { email, password } = request.body;
    const deviceCookie = request.cookies[DEVICE_COOKIE];
    const proof = await attemptForm(() => provePassword(kernel, { email, password, deviceCookie }));
    if (!proof.done) return showSignIn(request, reply, email, proof.faults);
    return goOn(request, reply, proof.result.personId);
  });

  app.post(
    '/sign-in/demonstration',
    { config, schema: { body: demonstrationForm } },
    async (request, reply) => {
      const person = (await isDemonstration()) ? await findPerson(db, request.body.personId) : undefined;
      if (!person?.isFictitious || person.closedAt !== null) throw notFound();
      return reply.redirect(await enter(request, reply, kernel, person.id), 303);
    },
  );

  async function showSecondFactor(
    request: FastifyRequest,
    reply: FastifyReply,
    personId: string,
    faults: FormFaults,
  ) {
    const { passkeys } = await findSecondFactors(db, personId);
    let passkeyOptions: string | null = null;
    if (passkeys.length > 0) {
      const options = await askForPasskey(kernel, personId, siteOf(request, kernel));
      keepChallenge(request, personId, options.challenge, clock.now());
      passkeyOptions = JSON.stringify(options);
    }
    const page = secondFactorPage(request.locale, {
      csrf: csrfField(request),
      passkeyOptions,
      faults,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.get('/sign-in/second-factor', { config }, async (request, reply) => {
    const personId = pendingPerson(request, clock.now());
    if (personId === null) return reply.redirect('/sign-in', 303);
    return showSecondFactor(request, reply, personId, []);
  });

  app.post(
    '/sign-in/second-factor',
    { config: guarded, schema: { body: codeForm } },
    async (request, reply) => {
      const personId = pendingPerson(request, clock.now());
      if (personId === null) return reply.redirect('/sign-in', 303);
      const proof = await attemptForm(() => proveCode(kernel, personId, request.body.code));
      if (!proof.done) return showSecondFactor(request, reply, personId, proof.faults);
      return reply.redirect(await enter(request, reply, kernel, personId), 303);
    },
  );

  app.post(
    '/sign-in/second-factor/passkey',
    { config: guarded, schema: { body: passkeyForm } },
    async (request, reply) => {
      const personId = pendingPerson(request, clock.now());
      if (personId === null) return reply.redirect('/sign-in', 303);
      const challenge = takeChallenge(request, personId);
      const proof = await attemptForm(async () => {
        if (challenge === null) throw wrongPasskey({ detail: 'the session has no challenge' });
        const response = passkeyAnswer(request.body.response);
        await provePasskey(kernel, personId, { site: siteOf(request, kernel), challenge, response });
      });
      if (!proof.done) return showSecondFactor(request, reply, personId, proof.faults);
      return reply.redirect(await enter(request, reply, kernel, personId), 303);
    },
  );

  const invitation = '/sign-in/invitation/:token';
  // The address is the key: nothing may keep it or pass it on.
  const secretAddress = (reply: FastifyReply) =>
    reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');

  app.get(invitation, { config: guarded, schema: { params: invitationParams } }, async (request, reply) => {
    const { token } = request.params;
    const { name, email } = await invitedBy(kernel, token);
    const page = invitationPage(request.locale, { csrf: csrfField(request), token, name, email, faults: [] });
    return sendPage(secretAddress(reply), page);
  });

  app.post(
    invitation,
    { config: guarded, schema: { params: invitationParams, body: newPasswordForm } },
    async (request, reply) => {
      const { token } = request.params;
      const attempt = await attemptForm(() => acceptInvitation(kernel, token, request.body));
      if (attempt.done) return goOn(request, reply, attempt.result);
      const { name, email } = await invitedBy(kernel, token);
      const { faults } = attempt;
      const page = invitationPage(request.locale, { csrf: csrfField(request), token, name, email, faults });
      return sendPage(secretAddress(reply), page, 422);
    },
  );

  app.post('/sign-out', { config }, async (request, reply) => {
    const { hub } = request.session;
    await endSession(request);
    const origin = originAsked(request, settings);
    if (!hub || origin === null) return reply.redirect('/', 303);
    // Whoever came by the hub is asked there whether to end everything that they entered by it.
    const url = await ownSignOutUrl(kernel, { realm: hub.realm, origin, idToken: hub.idToken });
    return reply.redirect(url.href, 303);
  });
}

/** What a passkey answered, out of its hidden field. Throws `identity.wrong-passkey` when it is no JSON object. */
export function passkeyAnswer(field: string): unknown {
  try {
    const answer: unknown = JSON.parse(field);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Told like any other wrong answer, below.
  }
  throw wrongPasskey({ detail: 'the answer is not a JSON object' });
}
