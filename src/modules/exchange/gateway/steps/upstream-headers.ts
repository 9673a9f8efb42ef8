// The headers of a request to a producer: ours, and the few of the caller's that a producer may need.
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SubjectPlace } from '../../policy/policy.types.ts';
import type { LiveAccreditation } from '../policy/live-policy.ts';

/** Headers of the caller that go on. Authorization, cookies and whatever else it sends do not. */
const PASSED = ['content-type', 'idempotency-key', 'accept-language'] as const;

// Eight bytes that no other process draws, then a count: a span's id need only differ (W3C Trace Context, 3.2.2.4).
const prefix = randomBytes(4).toString('hex');
let spans = 0;

function nextSpan(): string {
  spans = (spans + 1) % 0xffff_ffff;
  return prefix + (spans + 1).toString(16).padStart(8, '0');
}

/** The headers that go to the producer. */
export function upstreamHeaders(
  headers: IncomingHttpHeaders,
  {
    traceId,
    accreditation,
    clientId,
    subject,
  }: {
    traceId: string;
    accreditation: LiveAccreditation | null;
    clientId: string | null;
    /** Where a subject stands in headers, these go on too: without them the producer cannot tell whom it is asked about. */
    subject: SubjectPlace | null;
  },
): Record<string, string> {
  const sent: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'gzip, br, identity;q=0.5',
    traceparent: `00-${traceId}-${nextSpan()}-01`,
  };
  if (clientId !== null) sent['socle-client'] = clientId;
  if (accreditation !== null) sent['socle-accreditation'] = String(accreditation.policy.number);
  for (const name of PASSED) {
    const value = headers[name];
    if (typeof value === 'string') sent[name] = value;
  }
  if (subject?.in !== 'header') return sent;
  for (const name of subject.names) {
    const value = headers[name.toLowerCase()];
    if (typeof value === 'string') sent[name.toLowerCase()] = value;
  }
  return sent;
}
