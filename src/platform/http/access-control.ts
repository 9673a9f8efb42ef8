// The door of every route: who is calling, and does the route's declared permission let them in. It refuses by
// default: a route that declares none stops the start.
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Actor, isAllowed, type Permission } from '../access.ts';
import type { Clock } from '../clock.ts';
import { defineError } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route asks of its caller. Compulsory. */
    permission?: Permission;
  }
  interface FastifyRequest {
    /** Who is signed in; null for nobody. */
    actor: Actor | null;
  }
}

/** Nobody is signed in, and the route asks that somebody be. */
export const signInRequired = defineError('sign-in-required', 'unauthenticated', {
  fr: 'Connectez-vous pour continuer.',
  en: 'Sign in to continue.',
});

/** The actor of a route whose permission asks for one. Throws `sign-in-required` for nobody. */
export function actorOf({ actor }: Pick<FastifyRequest, 'actor'>): Actor {
  if (actor === null) throw signInRequired();
  return actor;
}

/** The person signed in may not do this. */
export const roleRequired = defineError('role-required', 'forbidden', {
  fr: 'Votre rôle ne permet pas cette action. Un administrateur de votre organisation peut vous en donner un autre.',
  en: 'Your role does not allow this. An administrator of your organisation can give you another one.',
});

/** Throws unless each route of `app` from here on declares its permission; call it before any route is added. */
export function requireDeclaredPermissions(app: FastifyInstance): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (!route.config?.permission) {
      throw new Error(`The route ${String(route.method)} ${route.url} declares no permission.`);
    }
  });
}

/** Who is signed in, and whether a second factor stands behind this very session. */
export interface SignedIn {
  readonly personId: string;
  readonly secondFactorVouched: boolean;
}

/**
 * Finds who calls (`findActor`, from the session's person) and refuses whoever the route's permission does not allow,
 * before the body is read. Needs the session, and `actor` on the request.
 */
export function registerAccessControl(
  app: FastifyInstance,
  { clock, findActor }: { clock: Clock; findActor: (who: SignedIn, now: Date) => Promise<Actor | null> },
): void {
  app.addHook('onRequest', async (request) => {
    const { personId, secondFactorVouched = false } = request.session;
    if (personId !== undefined) {
      request.actor = await findActor({ personId, secondFactorVouched }, clock.now());
      // Whoever left the administration since is nobody from this very request on.
      if (request.actor === null) await request.session.regenerate();
    }
    const { permission } = request.routeOptions.config;
    if (request.is404 || (permission && isAllowed(permission, request.actor))) return;
    throw request.actor === null ? signInRequired() : roleRequired({ detail: { asks: permission?.name } });
  });
}
