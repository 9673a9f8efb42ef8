// What an organisation's webhooks and their deliveries are (Standard Webhooks 1.0).

/** What is told of a request, an accreditation or a stop. */
export const WEBHOOK_EVENTS = [
  'request.submitted',
  'request.changes-requested',
  'request.validated',
  'request.refused',
  'request.revoked',
  'request.reopened',
  'request.archived',
  'request.message',
  'accreditation.issued',
  'accreditation.revoked',
  'accreditation.expired',
  'accreditation.scope-withdrawn',
  'accreditation.scope-restored',
  'stop.placed',
  'stop.lifted',
  'webhook.test',
] as const;

/** One of them. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Where an organisation wants to be told. Its secret is never in it. */
export interface Webhook {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly url: string;
  readonly isEnabled: boolean;
  readonly createdAt: Date;
}

/** How a delivery stands. */
export type DeliveryState = 'waiting' | 'delivered' | 'given-up';

/** One event on its way to one webhook. */
export interface WebhookDelivery {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is tried again while it waits. */
  readonly nextAttemptAt: Date;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** A delivery with all that sending it takes. */
export interface DueDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly url: string;
  readonly sealedSecret: Buffer;
  /** The secret that it replaces, while both count. */
  readonly sealedSecretBefore: Buffer | null;
  readonly event: WebhookEvent;
  readonly payload: unknown;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** What came of an attempt: a status, or why there was none. */
export interface DeliveryAttempt {
  readonly status: number | null;
  readonly error: string | null;
}
