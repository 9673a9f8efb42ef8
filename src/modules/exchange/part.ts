// What a folder of this module brings to it: the module is as large as a small product, and each of its nouns says for
// itself what the application mounts.
import type { Module } from '#platform/module.ts';

/** One folder's share of the module. */
export type Part = Pick<
  Module,
  | 'permissions'
  | 'jobs'
  | 'scripts'
  | 'routes'
  | 'desk'
  | 'commands'
  | 'demonstration'
  | 'background'
  | 'attach'
>;
