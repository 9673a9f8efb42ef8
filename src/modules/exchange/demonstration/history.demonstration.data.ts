// What is invented of the demonstration's last weeks: stops, anomalies, questions. Data alone.
import type { QuestionKind } from '../people/people.types.ts';

/** A question of a citizen about an access to their data. */
export interface InventedQuestion {
  readonly by: string;
  /** API of the access. */
  readonly slug: string;
  readonly daysAgo: number;
  readonly kind: QuestionKind;
  readonly text: string;
  readonly answered: { readonly by: string; readonly text: string } | null;
}

interface InventedStop {
  readonly by: string;
  /** The client and the API whose flow is closed. */
  readonly client: string;
  readonly slug: string;
  readonly closes: 'api' | 'organisation' | 'accreditation';
  readonly daysAgo: number;
  /** Null: it still is in force. */
  readonly hours: number | null;
  readonly reason: string;
  /** Null: it ended by itself, or has not. */
  readonly resumeReason: string | null;
}

interface InventedAnomaly {
  readonly client: string;
  readonly slug: string;
  readonly daysAgo: number;
  /** UTC. */
  readonly hour: number;
  readonly count: number;
  readonly isDenied: boolean;
  readonly acknowledged: { readonly by: string; readonly note: string } | null;
}

/** All of it, each list in the order of time. `editions`: months of open data that are frozen. */
export const INVENTED_HISTORY: {
  readonly editions: number;
  readonly stops: readonly InventedStop[];
  readonly anomalies: readonly InventedAnomaly[];
  readonly questions: readonly InventedQuestion[];
} = {
  editions: 3,
  stops: [
    {
      by: 'Cédric Dumoulin',
      client: 'demonstration-machine',
      slug: 'quotient-familial',
      closes: 'organisation',
      daysAgo: 32,
      hours: 29,
      reason:
        'Le secret du programme a été vu dans un journal public. Changez-le au portail, puis écrivez-nous\u00A0: le flux reprendra aussitôt.',
      resumeReason: 'Le secret a été changé et l’ancien est révoqué.',
    },
    {
      by: 'Anaïs Kerbrat',
      client: 'demonstration-preremplissage',
      slug: 'attestation-fiscale',
      closes: 'api',
      daysAgo: 19,
      hours: 24,
      reason:
        'Des attestations périmées étaient données pour valables. La direction générale des impôts reprend ses données pendant la journée.',
      resumeReason: null,
    },
    {
      by: 'Grégoire Maçon',
      client: 'demonstration-logement',
      slug: 'impot-revenu',
      closes: 'accreditation',
      daysAgo: 6,
      hours: null,
      reason:
        'L’homologation de sécurité de ce téléservice n’est plus valable depuis un mois. Le flux reprendra quand vous aurez transmis la nouvelle.',
      resumeReason: null,
    },
  ],
  anomalies: [
    {
      client: 'demonstration-aides',
      slug: 'revenu-de-solidarite',
      daysAgo: 12,
      hour: 9,
      count: 34,
      isDenied: true,
      acknowledged: {
        by: 'Cédric Dumoulin',
        note: 'Le département avait mis en service une version qui demandait le montant, pour lequel il n’est pas habilité. Il l’a retirée dans l’heure.',
      },
    },
    {
      client: 'demonstration-aides',
      slug: 'aide-au-logement',
      daysAgo: 3,
      hour: 1,
      count: 26,
      isDenied: false,
      acknowledged: null,
    },
  ],
  questions: [
    {
      by: 'Théo Garance',
      slug: 'quotient-familial',
      daysAgo: 9,
      kind: 'question',
      text: 'Bonjour, je n’ai pas d’enfant à la cantine. Pourquoi mon quotient familial a-t-il été lu\u00A0?',
      answered: {
        by: 'Cédric Dumoulin',
        text: 'Bonjour, la métropole l’a lu pour renouveler votre abonnement de transport au tarif solidaire. Elle n’a eu que le quotient et son mois. Si vous n’avez rien demandé, contestez cet accès\u00A0: nous arrêterons le flux le temps de vérifier.',
      },
    },
    {
      by: 'Éloïse Bérenger',
      slug: 'aide-au-logement',
      daysAgo: 4,
      kind: 'contest',
      text: 'Je n’ai demandé aucune aide au département. Cet accès n’aurait pas dû avoir lieu, merci de me dire qui l’a fait et pourquoi.',
      answered: null,
    },
  ],
};
