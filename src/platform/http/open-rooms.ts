// Which of a module's rooms are shown to whoever asks.
import type { FastifyInstance } from 'fastify';
import { type Actor, isAllowed, type Permission } from '../access.ts';

/** Who may enter a room. One whose address is not served is not shown. */
export interface Guarded {
  readonly href: string;
  readonly allows: Permission['allows'];
}

/** The rooms that `actor` may enter and that are served. */
export function openRooms<R extends Guarded>(
  app: FastifyInstance,
  rooms: readonly R[],
  actor: Actor | null,
): R[] {
  return rooms.filter(
    ({ href, allows }) =>
      isAllowed({ name: href, allows }, actor) && app.hasRoute({ method: 'GET', url: href }),
  );
}
