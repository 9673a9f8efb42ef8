// Statements that come again and again are prepared once on each connection: PostgreSQL then neither parses nor plans
// them anew, which is half of the work of a small query.
import { createHash } from 'node:crypto';
import pg from 'pg';

/** A statement is worth preparing once it has come this often. */
const COMES_OFTEN = 20;
/** Statements prepared at the most: each takes memory on every connection. */
const MOST_PREPARED = 200;
/** Statements counted at the most: those built anew each time (long lists) must not fill the memory. */
const MOST_COUNTED = 5_000;

const counts = new Map<string, number>();
const names = new Map<string, string>();

/** The name under which a statement is prepared; undefined while it comes rarely. */
function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_PREPARED) return name;
  const count = (counts.get(text) ?? 0) + 1;
  if (count < COMES_OFTEN) {
    if (counts.size >= MOST_COUNTED) counts.clear();
    counts.set(text, count);
    return undefined;
  }
  counts.delete(text);
  const given = `s${createHash('sha256').update(text).digest('base64url').slice(0, 32)}`;
  names.set(text, given);
  return given;
}

/** A client of PostgreSQL that prepares what it is asked often. */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own overloads, passed on
  override query(config: any, values?: any, callback?: any): any {
    if (typeof config === 'string' && Array.isArray(values) && values.length > 0) {
      const name = nameOf(config);
      if (name !== undefined) return super.query({ name, text: config, values }, callback);
    }
    return super.query(config, values, callback);
  }
}
