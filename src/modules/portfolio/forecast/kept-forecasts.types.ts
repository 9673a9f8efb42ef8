// Forecasts and judgements as they are kept, and their scores. Amounts in cents incl. VAT, days YYYY-MM-DD.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { ProjectForecast, ProjectStanding } from './outcomes.types.ts';

/** Why a forecast was made when it was. */
export type ForecastOccasion = 'schedule' | 'opinion' | 'recommendation' | 'decision';

/** What a forecast is measured against: the first baseline, or what the ministry says while there is none. */
export interface ForecastFrame {
  readonly costCents: number;
  readonly startOn: string;
  readonly endOn: string;
}

/** What a forecast was made from. */
export interface ForecastInputs extends ProjectStanding {
  /** Projects of the State's own in the class, and their weight against the published prior. */
  readonly ownProjects: number;
  readonly ownWeight: number;
}

/** A forecast to be kept. */
export interface NewForecast {
  readonly fileId: string;
  readonly madeAt: Date;
  readonly occasion: ForecastOccasion;
  readonly occasionId: string | null;
  readonly model: string;
  readonly inputs: ForecastInputs;
  readonly frame: ForecastFrame;
  readonly quantiles: { readonly cost: readonly number[]; readonly duration: readonly number[] };
  readonly details: Pick<ProjectForecast, 'fan' | 'tail' | 'levers'>;
  readonly medianCostCents: number;
  readonly p80CostCents: number;
  readonly medianEndOn: string;
  readonly p80EndOn: string;
  /** Chances that the cost ends above +25 % and +50 % of the frame. */
  readonly above25: number;
  readonly above50: number;
}

/** A forecast as it was kept. */
export interface KeptForecast extends NewForecast {
  readonly id: string;
}

/** How a project ended: the figures that its forecasts are scored for. */
export interface ProjectOutcome {
  readonly outcome: 'finished' | 'exited';
  readonly costCents: number;
  readonly endOn: string;
}

/** The score of a kept forecast. CRPS in ln of the ratio. */
export interface NewForecastScore extends ProjectOutcome {
  readonly forecastId: string;
  readonly costRatio: number;
  readonly durationRatio: number;
  readonly cost: { readonly crps: number; readonly pit: number; readonly covered: boolean };
  readonly duration: { readonly crps: number; readonly pit: number; readonly covered: boolean };
}

/** A judgement to record: the probability that the project ends within this cost and by this day. */
export interface NewJudgement {
  readonly fileId: string;
  readonly at: Date;
  readonly kind: 'opinion' | 'audit' | 'conference';
  /** The opinion, audit or decision that it goes with; one judgement each. */
  readonly sourceId: string;
  /** 0 to 1. */
  readonly probability: number;
  readonly frameCostCents: number;
  readonly frameEndOn: string;
  readonly actor: LedgerActor;
}

/** A judgement as it was kept. */
export interface KeptJudgement extends Omit<NewJudgement, 'actor' | 'at'> {
  readonly id: string;
  readonly madeAt: Date;
}

/** A scored forecast of a project that the public may see. */
export interface ScoredForecast {
  readonly id: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly madeAt: Date;
  readonly model: string;
  readonly outcome: ProjectOutcome['outcome'];
  readonly above25: number;
  readonly above50: number;
  readonly costRatio: number;
  readonly durationRatio: number;
  readonly costCrps: number;
  readonly costPit: number;
  readonly costCovered: boolean;
  readonly durationCrps: number;
  readonly durationPit: number;
  readonly durationCovered: boolean;
}

/** A scored judgement of a project that the public may see. */
export interface ScoredJudgement {
  readonly id: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly madeAt: Date;
  readonly kind: NewJudgement['kind'];
  readonly probability: number;
  readonly outcome: ProjectOutcome['outcome'];
  readonly came: boolean;
}
