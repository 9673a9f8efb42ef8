// Structured logs: the shape of the logger that the whole of Socle writes to (pino, through Fastify).
import type { FastifyBaseLogger } from 'fastify';

/** Writes JSON lines with a level; takes an object of facts first, then a sentence. Never a secret. */
export type Logger = FastifyBaseLogger;
