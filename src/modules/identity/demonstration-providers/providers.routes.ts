// Mounts the demonstration's identity providers and their sign-in pages. Where no demonstration was loaded, they are not there.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type Provider from 'oidc-provider';
import { notFound } from '#platform/errors.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { originOf } from '#platform/http/origin.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { demonstrationIsLoaded } from '../demonstration.repository.ts';
import { mountProvider } from '../hub/mount-provider.ts';
import { accountsOf } from './accounts.ts';
import { findAgent, findAgentByEmail, searchAgents } from './agents.repository.ts';
import { waysOfAgent } from './agents.rules.ts';
import { INVENTED_CITIZENS } from './citizens.data.ts';
import { levelProposed, levelsAsked, waysOfLevel } from './citizens.rules.ts';
import { openDemonstrationProvider } from './provider.ts';
import { signInExpired } from './providers.errors.ts';
import { demonstrationProviderPermissions } from './providers.permissions.ts';
import { DEMONSTRATION_PROVIDERS, type DemonstrationProvider } from './providers.types.ts';
import { agentsPage, citizensPage, expectedAgentPage } from './sign-in.pages.ts';
import { signInForm, signInParams, signInQuery } from './sign-in.schemas.ts';
import { prefixOf } from './upstreams.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** People shown at once; a search finds the others. */
const SHOWN = 20;
/** Instances kept: one for each provider and address under which this process is reached. */
const INSTANCES = 8;

/** `/demonstration/ministry` and `/demonstration/citizen`, and what is under them. */
export function demonstrationProvidersRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db, clock, config: settings } = kernel;
  const permission = demonstrationProviderPermissions.demonstrationProviders;
  const config = { permission };
  const instances = new LRUCache<string, Promise<Provider>>({ max: INSTANCES });
  let isLoaded = false;

  async function assertDemonstration(): Promise<void> {
    // Once loaded, it is so for good.
    isLoaded ||= settings.demo && (await demonstrationIsLoaded(db));
    if (!isLoaded) throw notFound();
  }

  async function providerFor(name: DemonstrationProvider, request: FastifyRequest): Promise<Provider> {
    await assertDemonstration();
    const origin = originOf(request, settings);
    const key = `${name} ${origin}`;
    let instance = instances.get(key);
    if (!instance) {
      instance = openDemonstrationProvider(kernel, name, origin);
      instances.set(key, instance);
    }
    return instance;
  }

  /** The sign-in that the address names and this browser began. Throws `identity.demonstration-sign-in-expired`. */
  async function signInOf(
    name: DemonstrationProvider,
    request: FastifyRequest<{ Params: { uid: string } }>,
    reply: FastifyReply,
  ): Promise<{ provider: Provider; interaction: Interaction }> {
    const provider = await providerFor(name, request);
    let interaction: Interaction;
    try {
      interaction = await provider.interactionDetails(request.raw, reply.raw);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SessionNotFound') throw error;
      throw signInExpired({ detail: error.message, cause: error });
    }
    if (interaction.uid !== request.params.uid)
      throw signInExpired({ detail: 'the cookie names another one' });
    return { provider, interaction };
  }

  /** Ends the sign-in: back to the provider, which goes on to the service. */
  async function finish(
    { provider, interaction }: { provider: Provider; interaction: Interaction },
    request: FastifyRequest,
    reply: FastifyReply,
    result: { login: { accountId: string; acr: string; amr: string[] } } | { error: string },
  ): Promise<FastifyReply> {
    const { session } = interaction;
    if ('login' in result && session && session.accountId !== result.login.accountId) {
      // Another person takes over this browser. The library would end the old session by way of a page of its own.
      await (await provider.Session.findByUid(session.uid))?.destroy();
      interaction.session = undefined;
      await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
    }
    const returnTo = await provider.interactionResult(request.raw, reply.raw, result, {
      mergeWithLastSubmission: false,
    });
    return reply.redirect(returnTo, 303);
  }

  for (const name of DEMONSTRATION_PROVIDERS) {
    mountProvider(app, {
      prefix: prefixOf(name),
      permission,
      providerFor: (request) => providerFor(name, request),
    });
  }

  const ministrySignIn = `${prefixOf('ministry')}/sign-in/:uid`;
  const ministryAccounts = accountsOf(kernel, 'ministry');

  app.get(
    ministrySignIn,
    { config, schema: { params: signInParams, querystring: signInQuery } },
    async (request, reply) => {
      const { interaction } = await signInOf('ministry', request, reply);
      const page = { action: `${prefixOf('ministry')}/sign-in/${interaction.uid}`, csrf: csrfField(request) };
      const { q } = request.query;
      const hint = q === undefined ? interaction.params.login_hint : undefined;
      const expected = typeof hint === 'string' && hint.length <= 254 ? hint : null;
      const agent = expected === null ? undefined : await findAgentByEmail(db, clock.now(), expected);
      if (agent) return sendPage(reply, expectedAgentPage(request.locale, { ...page, agent }));
      const search = q ?? '';
      const { agents, forTrial } = await searchAgents(db, clock.now(), search, SHOWN + 1);
      return sendPage(
        reply,
        agentsPage(request.locale, {
          ...page,
          search,
          notKnown: expected,
          agents: agents.slice(0, SHOWN),
          more: agents.length > SHOWN,
          forTrial,
        }),
      );
    },
  );

  app.post(
    ministrySignIn,
    { config, schema: { params: signInParams, body: signInForm } },
    async (request, reply) => {
      const signIn = await signInOf('ministry', request, reply);
      const { person, cancel } = request.body;
      if (cancel) return finish(signIn, request, reply, { error: 'access_denied' });
      const agent = person === undefined ? undefined : await findAgent(db, clock.now(), person);
      if (!agent) throw notFound();
      const login = {
        accountId: ministryAccounts.subjectOf(agent.id),
        acr: 'eidas1',
        amr: waysOfAgent(agent),
      };
      return finish(signIn, request, reply, { login });
    },
  );

  const citizenSignIn = `${prefixOf('citizen')}/sign-in/:uid`;
  const citizenAccounts = accountsOf(kernel, 'citizen');

  app.get(citizenSignIn, { config, schema: { params: signInParams } }, async (request, reply) => {
    const { interaction } = await signInOf('citizen', request, reply);
    const { acr_values: acrValues, login_hint: hint } = interaction.params;
    // One address may serve a household: all its people are shown.
    const expected = INVENTED_CITIZENS.filter(({ email }) => email === hint);
    const page = citizensPage(request.locale, {
      action: `${prefixOf('citizen')}/sign-in/${interaction.uid}`,
      csrf: csrfField(request),
      proposed: levelProposed(acrValues),
      asked: levelsAsked(acrValues).length > 0,
      citizens: expected.length > 0 ? expected : INVENTED_CITIZENS,
    });
    return sendPage(reply, page);
  });

  app.post(
    citizenSignIn,
    { config, schema: { params: signInParams, body: signInForm } },
    async (request, reply) => {
      const signIn = await signInOf('citizen', request, reply);
      const { person, level = 'eidas1', cancel } = request.body;
      if (cancel) return finish(signIn, request, reply, { error: 'access_denied' });
      const citizen = INVENTED_CITIZENS.find(({ id }) => id === person);
      if (!citizen) throw notFound();
      const accountId = citizenAccounts.subjectOf(citizen.id);
      return finish(signIn, request, reply, { login: { accountId, acr: level, amr: waysOfLevel(level) } });
    },
  );
}
