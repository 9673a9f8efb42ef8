// Socle's own door through its hub: out to the realm that the person chooses, back with who they are, and out again.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { invalidInput } from '#platform/errors.ts';
import { originOf } from '#platform/http/origin.ts';
import { isSafeReturnPath } from '#platform/http/return-path.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { endSessionsOfUpstream } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { button } from '#ui/components/button.ts';
import { html } from '#ui/html.ts';
import { awaitSecondFactor, enter } from '../entry.ts';
import { permissions } from '../permissions.ts';
import { nextStepOf } from '../sign-in.actions.ts';
import { signInFailed } from './hub.errors.ts';
import { hubMessages } from './hub.messages.ts';
import { OWN_CALLBACK, OWN_LOGOUT_CALLBACK, OWN_SIGNED_OUT } from './own-service.ts';
import { receivePerson } from './own-sign-in.actions.ts';
import { finishOwnSignIn, readOwnLogoutToken, startOwnSignIn } from './own-sign-in.ts';

const params = Type.Object({ realm: Type.Enum(['agents', 'citizens']) });
const hide = true;

/** `/sign-in/with/:realm`, `/sign-in/callback/:realm`, `/sign-in/ended/:realm` and `/signed-out`. */
export function ownSignInRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { config: settings, db } = kernel;
  const config = { permission: permissions.signIn };

  app.get(
    '/sign-in/with/:realm',
    {
      config,
      schema: {
        params,
        querystring: Type.Object({ back: Type.Optional(Type.String({ maxLength: 2_000 })) }),
        hide,
      },
    },
    async (request, reply) => {
      const { back } = request.query;
      if (back !== undefined && isSafeReturnPath(back)) request.session.back = back;
      const origin = originOf(request, settings);
      const { url, kept } = await startOwnSignIn(kernel, request.params.realm, origin);
      request.session.hubSignIn = kept;
      return reply.redirect(url.href, 303);
    },
  );

  app.get(`${OWN_CALLBACK}/:realm`, { config, schema: { params, hide } }, async (request, reply) => {
    const kept = request.session.hubSignIn;
    // Forgotten before it is used, so that one answer counts once.
    request.session.hubSignIn = undefined;
    if (kept?.realm !== request.params.realm)
      throw signInFailed({ detail: 'no sign-in of this session waits' });
    const origin = originOf(request, settings);
    const callbackUrl = new URL(request.raw.url ?? '', origin);
    const error = callbackUrl.searchParams.get('error');
    // The person turned back: they are where they began.
    if (error === 'access_denied') return reply.redirect('/sign-in', 303);
    const result = await finishOwnSignIn(kernel, kept, { origin, callbackUrl }).catch((cause: unknown) => {
      throw signInFailed({ detail: String(cause), cause });
    });
    const { subject, claims, sid, idToken, secondFactor } = result;
    const person = await receivePerson(kernel, {
      realm: kept.realm,
      subject,
      claims,
      locale: request.locale,
    });
    const hub = { realm: kept.realm, sid, idToken };
    const step = secondFactor ? 'enter' : await nextStepOf(kernel, person.id);
    if (step === 'enter')
      return reply.redirect(await enter(request, reply, kernel, person.id, { hub, secondFactor }), 303);
    await awaitSecondFactor(request, person.id, kernel.clock.now(), hub);
    return reply.redirect(
      step === 'give-second-factor' ? '/sign-in/second-factor' : '/sign-in/second-factor/add',
      303,
    );
  });

  app.post(
    `${OWN_LOGOUT_CALLBACK}/:realm`,
    {
      config: { ...config, csrf: 'protocol' },
      schema: {
        params,
        body: Type.Object({ logout_token: Type.String({ minLength: 1, maxLength: 16_000 }) }),
        hide,
      },
    },
    async (request, reply) => {
      const { realm } = request.params;
      const origin = originOf(request, settings);
      const token = await readOwnLogoutToken(kernel, { realm, origin, token: request.body.logout_token });
      if (!token) throw invalidInput({ detail: 'the logout token is not good' });
      await endSessionsOfUpstream(db, token.sid);
      return reply.header('cache-control', 'no-store').code(200).send();
    },
  );

  app.get(OWN_SIGNED_OUT, { config, schema: { hide } }, async (request, reply) => {
    const words = hubMessages(request.locale).signOut;
    return sendPage(reply, {
      title: words.done,
      main: html`<h1>${words.done}</h1>
<p>${words.doneEverywhere}</p>
${button({ text: words.again, href: '/sign-in' })}`,
    });
  });
}
