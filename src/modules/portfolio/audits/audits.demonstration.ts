// Loads the demonstration State's four audits through the actions that people use, each at its own past moment; nobody is
// written to. It is called once, on an empty database.
import { findActor, inventedId } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findDrawnFiles } from '../opinions/demonstration.repository.ts';
import {
  addFinding,
  auditAt,
  composeMission,
  concludeAudit,
  releasableTexts,
  releaseAudit,
} from './missions.actions.ts';
import { askForAudit } from './requests.actions.ts';

const DAY_MS = 86_400_000;

interface InventedAudit {
  readonly project: string;
  /** Code of the ministry in whose name an auditor wrote it down. */
  readonly requester: string;
  readonly ago: number;
  readonly scope: string;
  readonly questions: string;
  /** The first one leads. */
  readonly members: readonly string[];
  readonly findings: readonly (readonly ['minor' | 'major' | 'critical', string, string])[];
  readonly conclusions: string | null;
  readonly recommendations: readonly string[];
  /** A passage to strike out of the conclusions; null where the audit is not released. */
  readonly struckOut: string | null;
}

const INVENTED: readonly InventedAudit[] = [
  {
    project: 'ÉCOUTES JUDICIAIRES',
    requester: 'MJU',
    ago: 300,
    scope: 'Le coût complet du projet, sa dépendance à ses fournisseurs et la date à laquelle il peut finir.',
    questions: 'Le projet peut-il finir avant deux ans\u00A0? À quel coût\u00A0?',
    members: ['Françoise Ibarra', 'Loïc Tanguy'],
    findings: [
      [
        'critical',
        'Un seul fournisseur sait reprendre les données',
        'Le format n’est décrit nulle part et le marché ne le demande pas.',
      ],
      [
        'major',
        'Le coût de fonctionnement a doublé',
        'Les deux plateformes tournent ensemble depuis dix-huit mois.',
      ],
      ['minor', 'Le comité ne se réunit plus', 'Son dernier relevé date de sept mois.'],
    ],
    conclusions:
      'Le projet peut finir si la reprise des données devient sa première tâche. Le fournisseur Arcadine Conseil doit livrer la description du format. Sans cela, l’arrêt est préférable.',
    recommendations: [
      'Obtenir la description du format des données.',
      'Éteindre l’ancienne plateforme par juridiction.',
    ],
    struckOut: 'Arcadine Conseil',
  },
  {
    project: 'PAYE UNIE',
    requester: 'MAP',
    ago: 150,
    scope: 'La maîtrise du calendrier et la qualité des calculs de paie sur les services pilotes.',
    questions: 'La bascule peut-elle avoir lieu à la date prévue\u00A0?',
    members: ['Rémi Delaunay', 'Anaïs Kerbrat'],
    findings: [
      [
        'major',
        'Un calcul sur cent diffère',
        'La comparaison des deux chaînes porte sur trois mois et deux services.',
      ],
      [
        'minor',
        'Les agents ne savent pas où poser leurs questions',
        'Aucune assistance n’est prévue avant la bascule.',
      ],
    ],
    conclusions:
      'La bascule n’est pas possible à la date prévue. Elle le sera quand les écarts de calcul seront expliqués un par un.',
    recommendations: ['Expliquer chaque écart de calcul avant de fixer une date.'],
    struckOut: null,
  },
  {
    project: 'SYSTÈME D’ACHAT DE L’ÉTAT',
    requester: 'SPM',
    ago: 40,
    scope: 'Les raisons de la suspension et les conditions d’une reprise.',
    questions: 'Faut-il reprendre, réduire ou arrêter\u00A0?',
    members: ['Rémi Delaunay', 'Loïc Tanguy'],
    findings: [
      ['major', 'Le besoin a changé', 'Deux des cinq ministères pilotes ont acheté un autre outil depuis.'],
    ],
    conclusions: null,
    recommendations: [],
    struckOut: null,
  },
  {
    project: 'MOBILITÉ DES AGENTS',
    requester: 'SPM',
    ago: 6,
    scope: 'Le coût complet annoncé, dix fois celui des projets comparables.',
    questions: 'Le périmètre peut-il être découpé\u00A0?',
    members: [],
    findings: [],
    conclusions: null,
    recommendations: [],
    struckOut: null,
  },
];

/** Loads them. */
export async function loadDemonstrationAudits(kernel: Kernel): Promise<void> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const names = INVENTED.map(({ project }) => project);
  const files = new Map(
    (await findDrawnFiles(db, names, config.timeZone)).map((file) => [file.name, file.id]),
  );
  const actor = async (name: string): Promise<Actor> => {
    const found = await findActor(db, inventedId('person', name), now);
    if (!found) throw new Error(`The demonstration State has nobody named ${name}.`);
    return found;
  };
  const at = (days: number): Kernel => ({
    ...kernel,
    clock: { now: () => new Date(now.getTime() - days * DAY_MS) },
    mailer: { send: async () => {} },
  });
  const scribe = await actor('Solène Aubertin');
  for (const invented of INVENTED) {
    const fileId = files.get(invented.project);
    if (fileId === undefined) continue;
    const { id } = await askForAudit(at(invented.ago), scribe, {
      fileId,
      subject: '',
      organisationId: '',
      requesterId: inventedId('organisation', invented.requester),
      informedIds: [],
      scope: invented.scope,
      questions: invented.questions,
    });
    const [leader] = invented.members;
    if (leader === undefined) continue;
    const startsOn = dayIn(at(invented.ago - 10).clock.now(), config.timeZone);
    await composeMission(at(invented.ago - 4), scribe, id, {
      memberIds: invented.members.map((name) => inventedId('person', name)),
      leadId: inventedId('person', leader),
      startsOn,
      endsOn: dayAfter(startsOn, 75),
    });
    await carryOut(at, await actor(leader), id, invented);
  }
}

async function carryOut(
  at: (days: number) => Kernel,
  leader: Actor,
  id: string,
  { ago, findings, conclusions, recommendations, struckOut }: InventedAudit,
): Promise<void> {
  for (const [severity, title, text] of findings)
    await addFinding(at(ago - 30), leader, id, { severity, title, text });
  if (conclusions === null) return;
  const { clock, config } = at(ago - 80);
  const dueOn = dayAfter(dayIn(clock.now(), config.timeZone), 365);
  const advice = recommendations.map((text) => ({ text, dueOn }));
  await concludeAudit(at(ago - 80), leader, id, { conclusions, recommendations: advice });
  if (struckOut === null) return;
  const texts = releasableTexts(await auditAt(at(0).db, leader, id));
  await releaseAudit(at(ago - 110), leader, id, {
    ...texts,
    conclusions: conclusions.replace(struckOut, `[[${struckOut}]]`),
    ground: 'business-secret',
  });
}
