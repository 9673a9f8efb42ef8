// The page on which proposed matches are decided.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isSocleError } from '#platform/errors.ts';
import { signInRequired } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { acceptMatch, type Decided, type DecidingParts, rejectMatch, undoMatch } from './matches.actions.ts';
import { matchesPage } from './matches.pages.ts';
import { countWaitingMatches, listDecidedMatches, listWaitingMatches } from './matches.repository.ts';
import { panoramaPermissions } from './panorama.permissions.ts';

/** The surest proposals at a time: the next ones come as these are decided. */
const WAITING_SHOWN = 10;
const DECIDED_SHOWN = 20;

/** A decision by the last part of its address. */
export const DECISIONS = { accept: acceptMatch, reject: rejectMatch, undo: undoMatch } as const;

/** The number of a proposal in an address. */
export const MatchId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** Who decides, for the ledger. @throws SocleError `sign-in-required`. */
export function decidedBy({ actor }: FastifyRequest): LedgerActor {
  if (actor === null) throw signInRequired();
  return { kind: 'person', personId: actor.personId };
}

/** Mounts `/panorama/matches…`. */
export function matchRoutes(app: FastifyInstance, kernel: Kernel): void {
  const { db, config } = kernel;
  const site = app.withTypeProvider<TypeBoxTypeProvider>();
  const { decideMatch } = panoramaPermissions;

  async function showMatches(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: string | null,
    status = 200,
  ) {
    const [waiting, waitingCount, decided] = await Promise.all([
      listWaitingMatches(db, { limit: WAITING_SHOWN }),
      countWaitingMatches(db),
      listDecidedMatches(db, { limit: DECIDED_SHOWN }),
    ]);
    const view = {
      waiting,
      waitingCount,
      decided,
      csrf: csrfField(request),
      timeZone: config.timeZone,
      refusal,
    };
    return sendPage(reply, matchesPage(request.locale, view), status);
  }

  site.get('/panorama/matches', { config: { permission: decideMatch } }, (request, reply) =>
    showMatches(request, reply, null),
  );

  for (const [name, decide] of Object.entries<
    (p: DecidingParts, id: number, by: LedgerActor) => Promise<Decided>
  >(DECISIONS)) {
    site.post(
      `/panorama/matches/:id/${name}`,
      { config: { permission: decideMatch }, schema: { params: Type.Object({ id: MatchId }) } },
      async (request, reply) => {
        try {
          await decide(kernel, request.params.id, decidedBy(request));
        } catch (error) {
          // Somebody else decided in the meantime: the page says so and shows how things stand now.
          if (!isSocleError(error) || error.kind !== 'conflict') throw error;
          return showMatches(request, reply, error.publicText(request.locale), 409);
        }
        return reply.redirect('/panorama/matches', 303);
      },
    );
  }
}
