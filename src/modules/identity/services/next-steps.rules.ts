// What a service's team does next, in order. Pure.
import { claimsNotGranted, type LiveCredentials, needsForProduction } from './production.rules.ts';
import type { NamedService } from './services.types.ts';

/** A step on the way into production. */
export type NextStep =
  | 'configure'
  | 'add-address'
  | 'add-key'
  | 'add-secret'
  | 'ask-production'
  | 'wait-review'
  | 'ask-claims'
  | 'ask-resource'
  | 'suspended'
  | 'nothing';

/** The steps that are left, first one first; `nothing` alone for a service in order. */
export function nextSteps(
  service: NamedService,
  live: LiveCredentials,
  grantedResources: number,
): NextStep[] {
  if (service.state === 'closed') return [];
  if (service.state === 'suspended') return ['suspended'];
  const steps: NextStep[] = [];
  const needs = needsForProduction(service, live);
  if (needs.includes('redirect-address')) steps.push('add-address');
  if (needs.includes('credential')) {
    steps.push(service.clientAuthentication === 'private_key_jwt' ? 'add-key' : 'add-secret');
  }
  if (service.realm === 'machines' && grantedResources === 0) steps.push('ask-resource');
  if (service.state === 'test') steps.push('configure');
  if (service.isUnderReview) steps.push('wait-review');
  else if (service.state === 'test') steps.push('ask-production');
  else if (claimsNotGranted(service).length > 0) steps.push('ask-claims');
  return steps.length === 0 ? ['nothing'] : steps;
}
