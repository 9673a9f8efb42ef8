// A sign-in at the hub, page by page: whose address, which provider, there and back, what is passed on.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isSocleError } from '#platform/errors.ts';
import { originOf } from '#platform/http/origin.ts';
import type { Page } from '#platform/http/page.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { emailAsStored, isEmail } from '../people.rules.ts';
import { citizenUpstreams, findUpstream, upstreamsForDomain } from '../upstreams/upstreams.repository.ts';
import type { Upstream } from '../upstreams/upstreams.types.ts';
import { assuranceAsked } from './asked.rules.ts';
import { domainOf } from './asserted-identity.rules.ts';
import { isSecure } from './cookies.ts';
import { FEDERATION_SECONDS, finishFederation, startFederation } from './federation.actions.ts';
import { interactionIsOver } from './hub.errors.ts';
import { hubMessages } from './hub.messages.ts';
import { hubPermissions } from './hub.permissions.ts';
import type { Hub } from './hub.ts';
import {
  agentChoicePage,
  citizenChoicePage,
  emailPage,
  type InteractionView,
  passedOnPage,
  refusalPage,
} from './interaction.pages.ts';
import { type OpenInteraction, openInteraction, passedOn, rememberTold } from './interactions.actions.ts';
import { allowFormsToLeave } from './leaving-forms.ts';
import type { PeopleRealm } from './realms.ts';

const params = Type.Object({ uid: Type.String({ minLength: 1, maxLength: 100 }) });
const emailForm = Type.Object({ email: Type.String({ maxLength: 1000, default: '' }) });
const providerForm = Type.Object({
  upstream: Type.String({ maxLength: 40 }),
  email: Type.String({ maxLength: 254, default: '' }),
});
const abortForm = Type.Object({ reason: Type.String({ maxLength: 60, default: '' }) });

/** Why somebody who is signed in already is asked to sign in at their provider again. */
const ASKED_ANEW = new Set(['login_prompt', 'assurance_too_low', 'not_in_test']);

/** The cookie that binds a provider's answer to the browser that asked; one for each sign-in under way. */
function bindingCookie(state: string): string {
  return `hub-answer-${state.slice(0, 12)}`;
}

/** `/connect/<realm>/interaction/:uid` and what is under it, and `/connect/<realm>/callback`. */
export function interactionRoutes(
  untyped: FastifyInstance,
  kernel: Kernel,
  hub: Hub,
  realm: PeopleRealm,
): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, config: settings } = kernel;
  // The interaction's cookie and the secret in its address prove together that the form is this browser's own.
  const config = { permission: hubPermissions.useTheHub, csrf: 'protocol' } as const;
  const base = `/connect/${realm}`;
  const hidden = { hide: true };

  function show(reply: FastifyReply, page: Page, status = 200) {
    allowFormsToLeave(reply, settings);
    return sendPage(reply.header('cache-control', 'no-store'), page, status);
  }

  const opened = (request: FastifyRequest<{ Params: { uid: string } }>, reply: FastifyReply) =>
    openInteraction(kernel, hub, {
      realm,
      uid: request.params.uid,
      origin: originOf(request, settings),
      raw: { request: request.raw, reply: reply.raw },
    });

  function viewOf(
    request: FastifyRequest,
    { base, service }: Pick<OpenInteraction, 'base' | 'service'>,
  ): InteractionView {
    return { locale: request.locale, base, serviceName: service.name, isTest: service.state === 'test' };
  }

  async function goTo(
    request: FastifyRequest,
    reply: FastifyReply,
    open: OpenInteraction,
    upstream: Upstream,
    email: string,
  ) {
    const { params: asked, prompt } = open.details;
    const maxAge = Number(asked.max_age);
    const { url, state, binding } = await startFederation(kernel, upstream, {
      realm: open.realm,
      uid: open.uid,
      origin: originOf(request, settings),
      ...(email && { loginHint: email }),
      ...(typeof asked.acr_values === 'string' && { acrValues: asked.acr_values }),
      ...(asked.max_age !== undefined && Number.isFinite(maxAge) && { maxAge }),
      // Asked to prove themselves anew, the person must not slip through the provider's own session.
      forceLogin: prompt.reasons.some((reason) => ASKED_ANEW.has(reason)),
    });
    reply.setCookie(bindingCookie(state), binding, {
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(settings),
      path: `${base}/callback`,
      maxAge: FEDERATION_SECONDS,
    });
    return reply.redirect(url.href, 303);
  }

  app.get(`${base}/interaction/:uid`, { config, schema: { params, ...hidden } }, async (request, reply) => {
    const open = await opened(request, reply);
    const view = viewOf(request, open);
    const { details, service } = open;
    if (details.prompt.name === 'consent') {
      const { organisationName, passed } = await passedOn(kernel, open);
      return show(reply, passedOnPage(view, { organisationName, screen: service.screen, passed }));
    }
    if (realm === 'citizens') {
      const asked = assuranceAsked(details.params.acr_values, service.leastAssurance);
      return show(reply, citizenChoicePage(view, { upstreams: await citizenUpstreams(db), asked }));
    }
    const hint = String(details.params.login_hint ?? '').slice(0, 254);
    return show(reply, emailPage(view, { email: isEmail(emailAsStored(hint)) ? hint : '', faults: [] }));
  });

  app.post(
    `${base}/interaction/:uid/email`,
    { config, schema: { params, body: emailForm, ...hidden } },
    async (request, reply) => {
      const open = await opened(request, reply);
      const view = viewOf(request, open);
      const email = emailAsStored(request.body.email);
      if (!isEmail(email)) {
        const text = { fr: hubMessages('fr').signIn.emailWrong, en: hubMessages('en').signIn.emailWrong };
        return show(
          reply,
          emailPage(view, { email: request.body.email, faults: [{ field: 'email', text }] }),
          422,
        );
      }
      const domain = domainOf(email);
      const upstreams = await upstreamsForDomain(db, domain);
      const [only, another] = upstreams;
      if (only && !another) return goTo(request, reply, open, only, email);
      return show(reply, agentChoicePage(view, { email, domain, upstreams }), only ? 200 : 404);
    },
  );

  app.post(
    `${base}/interaction/:uid/provider`,
    { config, schema: { params, body: providerForm, ...hidden } },
    async (request, reply) => {
      const open = await opened(request, reply);
      const { upstream: id, email } = request.body;
      const upstream = isUuid(id) ? await findUpstream(db, id) : undefined;
      if (!upstream?.isEnabled || upstream.realm !== open.realm) {
        throw interactionIsOver({ detail: 'the provider chosen is not one of this realm' });
      }
      return goTo(request, reply, open, upstream, isEmail(email) ? email : '');
    },
  );

  app.get(`${base}/callback`, { config, schema: hidden }, async (request, reply) => {
    const origin = originOf(request, settings);
    const callbackUrl = new URL(request.raw.url ?? '', origin);
    const cookie = bindingCookie(callbackUrl.searchParams.get('state') ?? '');
    const binding = request.cookies[cookie];
    reply.clearCookie(cookie, { path: `${base}/callback` });
    try {
      const outcome = await finishFederation(kernel, hub, { realm, origin, callbackUrl, binding });
      if (outcome.kind === 'signed-in') return reply.redirect(outcome.returnTo, 303);
      const { uid, clientId, refusal, text, organisationName } = outcome;
      const view = await viewAfter(request, { realm, origin, uid, clientId });
      const sentence = text?.[request.locale] ?? null;
      return show(reply, refusalPage(view, { refusal, text: sentence, organisationName }), 403);
    } catch (error) {
      if (isSocleError(error))
        request.log.info({ code: error.code, detail: error.detail, realm }, 'a sign-in failed');
      throw error;
    }
  });

  async function viewAfter(
    request: FastifyRequest,
    { realm, origin, uid, clientId }: { realm: PeopleRealm; origin: string; uid: string; clientId: string },
  ): Promise<InteractionView> {
    const service = await hub.services.find(clientId, { realm, origin });
    return {
      locale: request.locale,
      base: `${base}/interaction/${uid}`,
      serviceName: service?.name ?? clientId,
      isTest: service?.state === 'test',
    };
  }

  app.post(
    `${base}/interaction/:uid/accept`,
    { config, schema: { params, ...hidden } },
    async (request, reply) => {
      const open = await opened(request, reply);
      if (open.details.prompt.name !== 'consent') throw interactionIsOver({ detail: 'nothing to accept' });
      await rememberTold(kernel, open);
      return reply.redirect(await open.finish({ consent: {} }), 303);
    },
  );

  app.post(
    `${base}/interaction/:uid/abort`,
    { config, schema: { params, body: abortForm, ...hidden } },
    async (request, reply) => {
      const open = await opened(request, reply);
      const returnTo = await open.finish(
        request.body.reason === 'assurance-too-low'
          ? {
              error: 'unmet_authentication_requirements',
              error_description: 'the level of assurance asked for was not reached',
            }
          : { error: 'access_denied', error_description: 'the person did not sign in' },
      );
      return reply.redirect(returnTo, 303);
    },
  );
}
