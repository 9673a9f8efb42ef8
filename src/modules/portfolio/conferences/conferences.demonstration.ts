// Loads the demonstration State's conferences: one over, with its minutes; one prepared; one being drafted.
import { inventedId } from '#modules/identity/public.ts';
import { dayAfter, dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { PAST_CONFERENCE } from '../recommendations/recommendations.demonstration.ts';
import { listRecommendationsFrom } from '../recommendations/recommendations.repository.ts';
import { settingOn } from '../settings/settings.repository.ts';
import { candidatesOf } from './conferences.actions.ts';
import {
  findConference,
  insertConference,
  listConferenceItems,
  updateConference,
  updateItemDecision,
  updateItemText,
  writeAgenda,
  writeSheets,
} from './conferences.repository.ts';
import { proposedAgenda } from './conferences.rules.ts';
import { freezeMinutes } from './session.actions.ts';
import { sheetsOf } from './sheets.reading.ts';

const JUDGE: LedgerActor = {
  kind: 'person',
  personId: inventedId('person', 'Anaïs Kerbrat'),
  role: 'auditor',
};
const MOST = 6;
const LEAST = 3;

const COMMENTS: readonly string[] = [
  'Le calendrier tient si le marché d’intégration est notifié en janvier. Le ministère demande un appui sur la reprise des données.',
  'Le service pilote a confirmé le gain de temps pour les agents\u00A0; la mesure publiée suivra au prochain trimestre.',
  'Le départ de deux architectes pèse sur la livraison de printemps\u00A0: deux recrutements sont en cours.',
];
const CONCLUSIONS: readonly string[] = [
  'La conférence prend acte de l’écart et demande que la nouvelle référence soit proposée avant la fin du trimestre. Le périmètre de la première mise en service est réduit aux deux démarches les plus utilisées.',
  'Le projet avance comme prévu. La mesure d’impact reste à publier\u00A0: sans elle, la suite du financement ne sera pas examinée.',
  'La part externalisée est trop forte pour un projet de cette durée. Le ministère présente un plan d’internalisation sous deux mois.',
];

interface Loading {
  readonly trx: Trx;
  readonly now: Date;
  readonly today: string;
  readonly timeZone: string;
  readonly budgetOrganisationId: string | null;
  readonly thresholdCents: number;
}

/** Loads them. */
export async function loadDemonstrationConferences({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<void> {
  const now = clock.now();
  const { timeZone } = config;
  const today = dayIn(now, timeZone);
  await db.transaction().execute(async (trx) => {
    const budgetOrganisationId = await settingOn(trx, 'budget-directorate', today);
    const thresholdCents = (await settingOn(trx, 'opinion-threshold-cents', today)) ?? 0;
    const loading = { trx, now, today, timeZone, budgetOrganisationId, thresholdCents };
    const past = { ...PAST_CONFERENCE, heldOn: daysBefore(today, PAST_CONFERENCE.daysAgo) };
    if (await loadOne(loading, past)) await closeOne(loading, past);
    const prepared = {
      id: inventedId('request', 'portfolio/conference/prepared'),
      ministry: inventedId('organisation', 'MIN'),
      heldOn: dayAfter(today, 9),
    };
    if (await loadOne(loading, prepared)) await prepareOne(loading, prepared.id);
    await loadOne(loading, {
      id: inventedId('request', 'portfolio/conference/drafted'),
      ministry: inventedId('organisation', 'MEF'),
      heldOn: dayAfter(today, 37),
    });
  });
}

/** @returns false where the ministry has no project for an agenda. */
async function loadOne(
  { trx, now, today, budgetOrganisationId, thresholdCents }: Loading,
  { id, ministry, heldOn }: { readonly id: string; readonly ministry: string; readonly heldOn: string },
): Promise<boolean> {
  const candidates = await candidatesOf(trx, ministry, today);
  const proposed = proposedAgenda(candidates, { thresholdCents, most: MOST });
  // What it recommended on, and for a quiet ministry some projects all the same.
  const recommended = new Set((await listRecommendationsFrom(trx, id)).map(({ fileId }) => fileId));
  const others = candidates
    .filter(({ fileId }) => proposed.every((item) => item.fileId !== fileId))
    .sort((a, b) => Number(recommended.has(b.fileId)) - Number(recommended.has(a.fileId)));
  const more = others.filter(({ fileId }, at) => recommended.has(fileId) || at < LEAST - proposed.length);
  const agenda = [...proposed, ...more.map(({ fileId }) => ({ fileId, why: { kind: 'added' } as const }))];
  if (agenda.length === 0) return false;
  await insertConference(trx, now, { id, organisationId: ministry, budgetOrganisationId, heldOn });
  await writeAgenda(trx, id, agenda);
  await appendToLedger(trx, now, {
    kind: 'portfolio.conference-opened',
    subject: `portfolio/conference/${id}`,
    actor: JUDGE,
    data: { organisationId: ministry, heldOn, budgetOrganisationId, demonstration: true },
  });
  const items = await listConferenceItems(trx, id);
  for (const [at, item] of items.entries())
    if (at % 2 === 0)
      await updateItemText(trx, item.id, { comment: COMMENTS[(at / 2) % COMMENTS.length] ?? '' });
  return true;
}

async function prepareOne({ trx, now, timeZone }: Loading, id: string, at = now): Promise<void> {
  const items = await listConferenceItems(trx, id);
  const sheets = await sheetsOf(
    trx,
    items.map(({ fileId }) => fileId),
    { now: at, timeZone },
  );
  await writeSheets(
    trx,
    items.flatMap((item) => {
      const sheet = sheets.get(item.fileId);
      return sheet ? [{ id: item.id, sheet }] : [];
    }),
  );
  await updateConference(trx, at, id, { state: 'prepared' });
}

async function closeOne(
  loading: Loading,
  { id, heldOn }: { readonly id: string; readonly heldOn: string },
): Promise<void> {
  const { trx, now, timeZone } = loading;
  await prepareOne(loading, id, new Date(`${daysBefore(heldOn, 6)}T09:00:00Z`));
  const items = await listConferenceItems(trx, id);
  for (const [at, item] of items.entries()) {
    await updateItemText(trx, item.id, { conclusions: CONCLUSIONS[at % CONCLUSIONS.length] ?? '' });
    if (at === 0)
      await updateItemDecision(trx, item.id, {
        decision: 'support',
        reason: 'Une brigade aide l’équipe pendant trois mois à découper la reprise des données.',
        until: null,
      });
  }
  await updateConference(trx, now, id, {
    participants: [
      'Désiré Okoumé, directeur du numérique du ministère',
      'Anaïs Kerbrat, direction du numérique de l’État',
      'Rémi Delaunay, direction du numérique de l’État',
      'La sous-directrice des finances, direction du budget',
    ].join('\n'),
    summary:
      'La conférence constate que les projets qui mesurent leur impact tiennent mieux leur calendrier. Elle demande que les autres publient une première mesure avant la prochaine séance.',
  });
  const conference = await findConference(trx, 'all', id);
  if (conference)
    await freezeMinutes(
      trx,
      { now: new Date(`${heldOn}T16:20:00Z`), timeZone, recordedAt: now },
      conference,
      JUDGE,
    );
}
