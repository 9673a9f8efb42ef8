// The kernel: what every action and job may need, passed as an argument and never fetched from a framework object.
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './database/connection.ts';
import type { Outgoing } from './http/outgoing.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Secret } from './secret.ts';

/** The parts of the platform that modules stand on. An action takes only those that it uses. */
export interface Kernel {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: JobQueue;
  readonly mailer: Mailer;
  readonly log: Logger;
  readonly secret: Secret;
  readonly outgoing: Outgoing;
}
