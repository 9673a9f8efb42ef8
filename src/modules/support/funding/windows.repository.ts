// Queries on windows, their criteria, juries and money. They decide nothing: rules and the table's constraints do.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type {
  FundingWindow,
  Jury,
  MoneyMove,
  MoveKind,
  NewWindow,
  WindowCriterion,
  WindowState,
} from './funding.types.ts';
import { changeOf } from './money.rules.ts';

const WINDOW = sql`
  w.id, w.title, w.subject, w.state, w.opens_on as "opensOn", w.closes_on as "closesOn",
  w.jury_until as "juryUntil", w.budget_cents as "budgetCents", w.committed_cents as "committedCents",
  w.paid_cents as "paidCents", w.left_cents as "leftCents", coalesce(a.applications, 0) as applications,
  coalesce(a.financed, 0) as financed
  from support.windows w left join lateral (
    select count(*) filter (where state <> 'draft') as applications, count(*) filter (where awarded_cents > 0) as financed
    from support.applications where window_id = w.id
  ) a on true`;

const seen = (drafts: boolean): RawBuilder<unknown> => (drafts ? sql`true` : sql`w.state <> 'draft'`);

/** At most 200 windows, the newest first; drafts only for whoever runs windows. */
export async function listWindows(
  db: Db,
  { drafts }: { readonly drafts: boolean },
): Promise<FundingWindow[]> {
  const { rows } = await sql<FundingWindow>`
    select ${WINDOW} where ${seen(drafts)} order by w.opens_on desc, w.id desc limit 200`.execute(db);
  return rows;
}

/** The window with this id (a UUID), when whoever asks may see it. */
export async function findWindow(
  db: Db,
  id: string,
  { drafts }: { readonly drafts: boolean },
): Promise<FundingWindow | undefined> {
  const { rows } = await sql<FundingWindow>`select ${WINDOW} where w.id = ${id} and ${seen(drafts)}`.execute(
    db,
  );
  return rows[0];
}

/** What is locked of a window: nobody else changes its state or balance until `trx` ends. */
export type LockedWindow = Pick<
  FundingWindow,
  'id' | 'state' | 'opensOn' | 'closesOn' | 'budgetCents' | 'committedCents' | 'paidCents'
>;

/** Locks a window. */
export async function lockWindow(trx: Trx, id: string): Promise<LockedWindow | undefined> {
  const { rows } = await sql<LockedWindow>`
    select id, state, opens_on as "opensOn", closes_on as "closesOn", budget_cents as "budgetCents",
      committed_cents as "committedCents", paid_cents as "paidCents"
    from support.windows where id = ${id} for update`.execute(trx);
  return rows[0];
}

/** Records a window with its criteria and juries. @returns its id. */
export async function insertWindow(trx: Trx, now: Date, window: NewWindow): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.windows (title, subject, budget_cents, opens_on, closes_on, jury_until, created_at)
    values (${window.title}, ${window.subject}, ${window.budgetCents}, ${window.opensOn}, ${window.closesOn},
      ${window.juryUntil}, ${now}) returning id`.execute(trx);
  const id = rows[0]?.id ?? '';
  await sql`
    insert into support.window_criteria (window_id, position, title, weight)
    select ${id}, (n - 1)::int, c.title, c.weight
    from unnest(${window.criteria.map(({ title }) => title)}::text[], ${window.criteria.map(({ weight }) => weight)}::int[])
      with ordinality as c (title, weight, n)`.execute(trx);
  const made = await sql<{ id: string; name: string }>`
    insert into support.juries (window_id, name)
    select ${id}, name from unnest(${window.juries.map(({ name }) => name)}::text[]) as name
    returning id, name`.execute(trx);
  const members = made.rows.flatMap((jury) =>
    (window.juries.find(({ name }) => name === jury.name)?.memberIds ?? []).map((person) => ({
      jury: jury.id,
      person,
    })),
  );
  await sql`
    insert into support.jury_members (jury_id, person_id)
    select * from unnest(${members.map(({ jury }) => jury)}::uuid[], ${members.map(({ person }) => person)}::uuid[])
    on conflict do nothing`.execute(trx);
  return id;
}

/** Puts a window in a state. */
export async function updateWindowState(trx: Trx, id: string, state: WindowState): Promise<void> {
  await sql`update support.windows set state = ${state} where id = ${id}`.execute(trx);
}

/** The criteria of a window, in their order. */
export async function listCriteria(db: Db, windowId: string): Promise<WindowCriterion[]> {
  const { rows } = await sql<WindowCriterion>`
    select position, title, weight from support.window_criteria where window_id = ${windowId} order by position`.execute(
    db,
  );
  return rows;
}

/** The juries of a window with their people, by name. */
export async function listJuries(db: Db, windowId: string): Promise<Jury[]> {
  const { rows } = await sql<Jury>`
    select j.id, j.name, coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name)
      filter (where p.id is not null), '[]') as members
    from support.juries j left join support.jury_members m on m.jury_id = j.id
    left join identity.people p on p.id = m.person_id
    where j.window_id = ${windowId} group by j.id order by j.name`.execute(db);
  return rows;
}

/**
 * Moves money of an application and of its window, both locked by the updates themselves, and appends the movement.
 * @returns false when the window's budget, or what the application has, does not hold it: nothing is changed then.
 */
export async function moveMoney(
  trx: Trx,
  now: Date,
  move: {
    readonly windowId: string;
    readonly applicationId: string;
    readonly kind: MoveKind;
    readonly cents: number;
    readonly reason: string;
  },
): Promise<boolean> {
  const { committedCents, paidCents } = changeOf(move.kind, move.cents);
  const awarded = move.kind === 'awarded' ? move.cents : 0;
  const window = await sql`
    update support.windows set committed_cents = committed_cents + ${committedCents}, paid_cents = paid_cents + ${paidCents}
    where id = ${move.windowId} and committed_cents + ${committedCents} >= 0 and paid_cents + ${paidCents} >= 0
      and left_cents >= ${committedCents + paidCents} returning 1`.execute(trx);
  if (window.rows.length === 0) return false;
  const application = await sql`
    update support.applications set committed_cents = committed_cents + ${committedCents},
      paid_cents = paid_cents + ${paidCents}, awarded_cents = awarded_cents + ${awarded}
    where id = ${move.applicationId} and window_id = ${move.windowId}
      and committed_cents + ${committedCents} >= 0 and paid_cents + ${paidCents} >= 0 returning 1`.execute(
    trx,
  );
  if (application.rows.length === 0) {
    await sql`
      update support.windows set committed_cents = committed_cents - ${committedCents}, paid_cents = paid_cents - ${paidCents}
      where id = ${move.windowId}`.execute(trx);
    return false;
  }
  await sql`
    insert into support.money_moves (window_id, application_id, kind, committed_cents, paid_cents, reason, at)
    values (${move.windowId}, ${move.applicationId}, ${move.kind}, ${committedCents}, ${paidCents}, ${move.reason},
      ${now})`.execute(trx);
  return true;
}

/** The movements of an application, in their order; at most 200. */
export async function listMoves(db: Db, applicationId: string): Promise<MoneyMove[]> {
  const { rows } = await sql<MoneyMove>`
    select kind, committed_cents as "committedCents", paid_cents as "paidCents", reason, at
    from support.money_moves where application_id = ${applicationId} order by id limit 200`.execute(db);
  return rows;
}
