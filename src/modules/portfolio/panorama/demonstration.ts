// Loads the demonstration State's panorama through the same import as published files, marked as demonstration.
import { listOrganisations } from '#modules/identity/public.ts';
import { clockStandingAt } from '#platform/clock.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { DEMONSTRATION_MONTHS, type DrawnState, declaredOf, drawEditions } from './demonstration.rules.ts';
import type { Phase } from './editions.types.ts';
import { importDeclaredFigures } from './figures.actions.ts';
import { importPanorama } from './import.actions.ts';
import { acceptMatch, rejectMatch } from './matches.actions.ts';
import { listWaitingMatches } from './matches.repository.ts';

const BY_DEMONSTRATION: LedgerActor = { kind: 'system', name: 'demonstration' };

/** A carrier ministry, as the table names it. */
export interface Carrier {
  readonly short: string;
  readonly name: string;
}

const HEADERS = [
  'Ministère porteur',
  'Ministère nom complet',
  'Nom du projet',
  'Projet interministériel',
  'Description et objectifs du projet',
  'Début',
  'Durée prévisionnelle en année',
  'Phase du projet en cours',
  'Coût estimé',
  'Coût estimé par tranche',
  'Zone fonctionnelle',
  'Financement [programme(s)]',
  'Date de publication',
];

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  scoping: 'Cadrage',
  build: 'Conception / Réalisation',
  pilot: 'Expérimentation',
  rollout: 'Déploiement',
  finished: 'Terminé',
};

/** New names that are decided to be an old project's, and one that is not; the others wait for a decision. */
const ACCEPTED = new Set(['RCE', 'RH ÉDUCATION', 'SYSTÈME D’ACHAT DE L’ÉTAT']);
const REJECTED = new Set(['GREFFE 3']);

/** Loads the demonstration's panorama, with the ministries of the demonstration's organisations. */
export async function loadDemonstration(kernel: Kernel): Promise<void> {
  const ministries = await listOrganisations(kernel.db, { kind: 'ministry' });
  await loadPanorama(
    kernel,
    ministries.map(({ code, name }) => ({ short: code ?? name, name })),
  );
}

/** The same, for any ministries: a project whose ministry is not among them carries its code as the name. */
export async function loadPanorama(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  ministries: readonly Carrier[],
): Promise<void> {
  const names = new Map(ministries.map(({ short, name }) => [short, name]));
  const latest = new Date(`${DEMONSTRATION_MONTHS.at(-1)}-30T12:00:00Z`);
  // The demonstration's months are fixed; a machine whose clock stands before them must load them all the same.
  const now = clock.now() > latest ? clock.now() : latest;
  const parts = { db, clock: clockStandingAt(now) };
  const editions = drawEditions();
  for (const { month, states } of editions) {
    const rows = states.map((state) => cellsOf(state, names, month));
    await importPanorama(parts, {
      source: { name: 'demonstration', bytes: asFile([HEADERS, ...rows]) },
      edition: month,
      origin: 'demonstration',
      importedBy: BY_DEMONSTRATION,
    });
  }
  const figures = editions.map((edition, index) => {
    const declared = declaredOf(edition);
    // As once happened in earnest, one headline counts two projects fewer than its own table.
    const projects = index === 4 ? declared.projects - 2 : declared.projects;
    const { totalBillions, meanDurationYears, scheduleGapPercent, budgetGapPercent } = declared;
    return [
      edition.month,
      projects,
      totalBillions,
      meanDurationYears,
      scheduleGapPercent,
      budgetGapPercent,
    ].map(String);
  });
  await importDeclaredFigures(parts, {
    source: {
      name: 'demonstration',
      bytes: asFile([
        [
          'edition',
          'projects',
          'total_billion_eur',
          'mean_duration_years',
          'mean_schedule_slip_pct',
          'mean_budget_slip_pct',
        ],
        ...figures,
      ]),
    },
    origin: 'demonstration',
    importedBy: BY_DEMONSTRATION,
  });
  await decideSome(parts);
}

async function decideSome(parts: Pick<Kernel, 'db' | 'clock'>): Promise<void> {
  for (const { id, row } of await listWaitingMatches(parts.db, { origin: 'demonstration', limit: 200 })) {
    if (ACCEPTED.has(row.name)) await acceptMatch(parts, id, BY_DEMONSTRATION);
    if (REJECTED.has(row.name)) await rejectMatch(parts, id, BY_DEMONSTRATION);
  }
}

function cellsOf(state: DrawnState, ministries: ReadonlyMap<string, string>, month: string): string[] {
  const { project } = state;
  const amount = (value: number | null) => (value === null ? 'En cadrage' : String(value).replace('.', ','));
  return [
    project.ministry,
    ministries.get(project.ministry) ?? project.ministry,
    state.name,
    project.interministerial ? 'Oui' : 'Non',
    project.description,
    state.startedOn,
    amount(state.durationYears),
    PHASE_WORDS[state.phase],
    amount(state.costMeur),
    state.costMeur === null ? 'En cadrage' : '',
    project.zone,
    project.programme,
    `${month}-15`,
  ];
}

async function* asFile(rows: readonly (readonly string[])[]): AsyncGenerator<Uint8Array> {
  const lines = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  yield Buffer.from(`${lines.join('\n')}\n`);
}
