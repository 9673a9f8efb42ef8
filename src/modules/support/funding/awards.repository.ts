// Queries that modules above ask of funding: what a contract, or an organisation, was awarded, and what came of it.
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { isUuid } from '#platform/typed-text.ts';
import type { ApplicationState, Balance } from './funding.types.ts';

/** An award of a window, in whole euro cents: committed and paid add up to at most what was awarded. */
export interface Award extends Balance {
  readonly applicationId: string;
  readonly title: string;
  readonly windowId: string;
  readonly windowTitle: string;
  readonly organisationId: string;
  /** The success contract that it was given against; null while none is named. */
  readonly contractId: string | null;
  /** `awarded` before the agreement, `agreed` under it, `closed` or `cancelled` after. */
  readonly state: Extract<ApplicationState, 'awarded' | 'agreed' | 'closed' | 'cancelled'>;
  readonly awardedCents: number;
  /** When both sides had signed the agreement; null before. */
  readonly agreedAt: Date | null;
}

/** The awards given against a contract, or to an organisation, the newest first; at most 1,000. None for an unknown id. */
export async function listAwards(
  db: Db,
  of: { readonly contractId: string } | { readonly organisationId: string },
): Promise<Award[]> {
  const id = 'contractId' in of ? of.contractId : of.organisationId;
  if (!isUuid(id)) return [];
  const { rows } = await sql<Award>`
    select a.id as "applicationId", a.title, a.window_id as "windowId", w.title as "windowTitle",
      a.organisation_id as "organisationId", a.contract_id as "contractId", a.state, a.awarded_cents as "awardedCents",
      a.committed_cents as "committedCents", a.paid_cents as "paidCents", a.organisation_signed_at as "agreedAt"
    from support.applications a join support.windows w on w.id = a.window_id
    where ${'contractId' in of ? sql`a.contract_id = ${id}` : sql`a.organisation_id = ${id}`} and a.awarded_cents > 0
    order by a.created_at desc, a.id desc limit 1000`.execute(db);
  return rows;
}
