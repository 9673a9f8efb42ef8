// A logger for tests that says nothing.
import type { Logger } from '#platform/log.ts';

const nothing = () => {};

/** Takes every line and drops it. */
export const silentLog: Logger = {
  level: 'silent',
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
  silent: nothing,
  child: () => silentLog,
};
