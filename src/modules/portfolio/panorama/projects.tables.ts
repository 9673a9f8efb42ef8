// The tables of projects' identity across editions, and of the proposals that people decide, as Kysely sees them.
import type { ColumnType, Generated } from 'kysely';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Origin } from './editions.types.ts';
import type { MatchFeatures, MatchStatus } from './matches.types.ts';

/** portfolio.projects. */
export interface ProjectsTable {
  id: string;
  slug: string;
  origin: Origin;
  merged_into: string | null;
  founded_month: string;
  created_at: Date;
}

/** portfolio.row_identity. */
export interface RowIdentityTable {
  row_id: number;
  edition_id: number;
  month: string;
  member_id: string;
  project_id: string;
  link: 'founded' | 'exact';
}

/** portfolio.match_proposals. */
export interface MatchProposalsTable {
  id: Generated<number>;
  origin: Origin;
  row_id: number;
  member_id: string;
  candidate_id: string;
  candidate_row_id: number;
  member_key: string;
  candidate_key: string;
  score: number;
  features: ColumnType<MatchFeatures, string, never>;
  status: MatchStatus;
  created_at: Date;
}

/** portfolio.match_decisions. */
export interface MatchDecisionsTable {
  id: Generated<number>;
  proposal_id: number;
  decision: 'accepted' | 'rejected' | 'undone';
  decided_at: Date;
  decided_by: ColumnType<LedgerActor, string, never>;
  ledger_entry: string;
}

/** The tables of identity. */
export type ProjectTables = {
  'portfolio.projects': ProjectsTable;
  'portfolio.row_identity': RowIdentityTable;
  'portfolio.match_proposals': MatchProposalsTable;
  'portfolio.match_decisions': MatchDecisionsTable;
};
