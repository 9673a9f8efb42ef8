// Puts the application together: each step of a request's way in, in order, on one screen. No business word.
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import session from '@fastify/session';
import Fastify, { type FastifyInstance, LogController, type RouteOptions } from 'fastify';
import { findActor } from '#modules/identity/public.ts';
import type { DatabaseAddress } from '#platform/database/connection.ts';
import { registerAccessControl, requireDeclaredPermissions } from '#platform/http/access-control.ts';
import { registerAssets } from '#platform/http/assets.ts';
import { registerCsrf } from '#platform/http/csrf.ts';
import { registerHealth } from '#platform/http/health.ts';
import type { Metrics } from '#platform/http/metrics.ts';
import { isOwnOrigin } from '#platform/http/origin.ts';
import { PublicCache, registerPublicCache } from '#platform/http/public-cache.ts';
import { registerRateLimit } from '#platform/http/rate-limit.ts';
import { registerRequestContext, requestId, requestLogger } from '#platform/http/request-context.ts';
import { registerSecurityHeaders } from '#platform/http/security-headers.ts';
import { sessionStore } from '#platform/http/session-store.ts';
import { watchSilentConnections } from '#platform/http/silent-connections.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import { addAsset } from '#ui/assets.ts';
import { apiDocsRoutes, registerOpenApi } from './api-docs/api-docs.routes.ts';
import { deskRoutes } from './desk/desk.routes.ts';
import { frameFor } from './frame.ts';
import { galleryRoutes } from './gallery/gallery.routes.ts';
import { homeRoutes } from './home/home.routes.ts';
import { registerErrorAnswers, registerNotFound } from './http-errors.ts';
import { informationRoutes } from './information/information.routes.ts';
import { jobRoutes } from './jobs/jobs.routes.ts';
import { languageRoutes } from './language/language.routes.ts';
import { ledgerRoutes } from './ledger/ledger.routes.ts';
import { modules } from './modules.ts';
import { outboxRoutes } from './outbox/outbox.routes.ts';
import { sessionApi } from './session/session.api.ts';
import { statusRoutes } from './status/status.routes.ts';

const MEGABYTE = 1024 * 1024;
/** Bound of any upload; a route that takes less says so itself, in words of its own. */
const LARGEST_UPLOAD = 60 * MEGABYTE;
/** For pages made anew each time: a few percent larger than the best, in a tenth of the time. */
const FAST_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
/** Name of the session's cookie. */
const SESSION_COOKIE = 'socle';

/** What the application is made of. */
export interface AppParts {
  readonly kernel: Kernel;
  readonly address: DatabaseAddress;
  readonly signer: LedgerSigner;
  readonly metrics?: Metrics;
  /** Told of each route as it is mounted, for the test that walks over all of them. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** Builds the application, ready to listen or to be injected requests. Closing it ends what it opened. */
export async function buildApp({
  kernel,
  address,
  signer,
  metrics,
  onRoute,
}: AppParts): Promise<FastifyInstance> {
  const { config, db, clock, log } = kernel;
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    // Every answer is logged below, with the route and never the address.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    childLoggerFactory: requestLogger,
    trustProxy: config.trustProxy === null ? false : [...config.trustProxy],
    bodyLimit: MEGABYTE,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: 'array',
        allErrors: false,
        // So that 1e400, which is read as Infinity, is out of bounds like any other number too large.
        strictNumbers: false,
      },
    },
  });
  const cache = new PublicCache();
  const silent = watchSilentConnections(app.server);
  app.addHook('preClose', async () => silent.close());

  // Every answer.
  requireDeclaredPermissions(app);
  if (onRoute) app.addHook('onRoute', onRoute);
  registerAnswerLog(app);
  metrics?.watch(app);
  registerSecurityHeaders(app, { secure });
  registerRequestContext(app);
  await registerRateLimit(app, config.rateLimit);
  await registerOpenApi(app);
  app.decorate('frame', await frameFor(kernel, modules));
  app.decorateRequest('actor', null);
  registerErrorAnswers(app);

  // Answers that know nobody.
  for (const { scripts = {} } of modules) {
    for (const [name, file] of Object.entries(scripts)) addAsset(name, file);
  }
  registerAssets(app);
  registerHealth(app, db);
  for (const module of modules) module.protocols?.(app, kernel);

  // Answers that may know who asks.
  await app.register(async (site) => {
    await site.register(cookie);
    registerPublicCache(site, cache, { sessionCookie: SESSION_COOKIE });
    // Form tokens are masked anew in each page, so compressing them gives nothing away (BREACH).
    await site.register(compress, {
      encodings: ['br', 'gzip'],
      threshold: 1_024,
      brotliOptions: FAST_BROTLI,
    });
    await site.register(session, {
      secret: kernel.secret.keyFor('session-cookie').toString('base64'),
      cookieName: SESSION_COOKIE,
      store: sessionStore(db, clock, { hours: config.sessionHours }),
      saveUninitialized: false,
      rolling: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: config.sessionHours * 3_600_000 },
    });
    registerAccessControl(site, { clock, findActor: (who, now) => findActor(db, who.personId, now, who) });
    await site.register(formbody, { bodyLimit: MEGABYTE });
    await site.register(multipart, {
      limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: LARGEST_UPLOAD },
    });
    registerCsrf(site);
    registerNotFound(site);

    homeRoutes(site, kernel, modules);
    deskRoutes(site, kernel, modules);
    languageRoutes(site, { secure });
    sessionApi(site);
    statusRoutes(site, kernel);
    informationRoutes(site);
    galleryRoutes(site);
    apiDocsRoutes(site);
    jobRoutes(site, kernel);
    outboxRoutes(site, kernel);
    ledgerRoutes(site, { kernel, signer });
    for (const module of modules) module.routes?.(site, kernel);
  });

  kernel.outgoing.answerOwn(app, (origin) => {
    const listening = app.server.address();
    return isOwnOrigin(origin, config, typeof listening === 'object' && listening ? listening.port : null);
  });
  const follower = cache.follow(address, log);
  app.addHook('onClose', () => follower.stop());
  return app;
}

/** One line of log for each answer. It names the route and not the address: addresses may hold secrets. */
function registerAnswerLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.is404 ? null : request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'answered',
    );
  });
}
