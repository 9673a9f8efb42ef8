// What the brigade's people are: what they know, when they are there, what they already carry.
import type { Expertise } from './expertises.data.ts';

/** What somebody knows of an expertise: 1 contributes, 2 is autonomous, 3 is a reference for others. */
export interface Skill {
  readonly expertise: Expertise;
  readonly level: 1 | 2 | 3;
}

/** From one day to another, both included, each YYYY-MM-DD. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Days planned over a period: a mission, or a team proposed that waits. */
export interface Load extends Period {
  readonly days: number;
}

/** What a team is proposed from. */
export interface BrigadeMember {
  readonly personId: string;
  readonly skills: readonly Skill[];
  readonly daysPerWeek: number;
  readonly absences: readonly Period[];
  readonly loads: readonly Load[];
}

/** A person of the brigade. */
export interface BrigadePerson extends BrigadeMember {
  readonly name: string;
  readonly absences: readonly (Period & { readonly id: string })[];
  readonly leftAt: Date | null;
}
