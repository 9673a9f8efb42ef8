// What a stop is: a flow closed by its producer or by the distributor, on every gateway. No query and no page lives here.

/** In whose name a stop is ordered: it is resumed in the same name, and in no other. */
export type StopSide = 'producer' | 'distributor';

/** How a stop stands at a moment. */
export type StopState = 'in-force' | 'resumed' | 'ended';

/** The flow that a stop closes. What is null does not narrow it; at most one of consumer and accreditation is named. */
export interface StoppedFlow {
  readonly apiId: string;
  /** A consumer organisation. */
  readonly organisationId: string | null;
  readonly accreditationId: string | null;
  readonly scopeId: string | null;
}

/** A stop, with the words that name what it closes. */
export interface Stop extends StoppedFlow {
  readonly id: string;
  readonly producerId: string;
  readonly producerName: string;
  readonly apiSlug: string;
  readonly apiName: string;
  readonly organisationName: string | null;
  readonly accreditationNumber: number | null;
  /** Consumer that holds the accreditation. */
  readonly holderName: string | null;
  readonly scopeName: string | null;
  readonly scopeTitle: string | null;
  readonly reason: string;
  readonly orderedAs: StopSide;
  readonly orderedBy: string | null;
  readonly orderedAt: Date;
  /** Null: until it is resumed by hand. */
  readonly endsAt: Date | null;
  /** When gateways were told that it is over; by nobody when its end came. */
  readonly resumedAt: Date | null;
  readonly resumedBy: string | null;
  readonly resumeReason: string | null;
  /** The version of the policy that brought it to the gateways, and the one that took it away. */
  readonly policyVersion: number;
  readonly resumePolicyVersion: number | null;
  /** Its order in the ledger: the entry's id. */
  readonly ledgerId: string | null;
}

/** What whoever orders a stop writes. */
export interface StopInput extends Omit<StoppedFlow, 'scopeId'> {
  /** Name of a scope of the API. */
  readonly scope: string | null;
  /** 3 to 2,000 characters: consumers read it. */
  readonly reason: string;
  readonly endsAt: Date | null;
}

/** What an order answers. */
export interface OrderedStop {
  readonly id: string;
  readonly policyVersion: number;
}

/** Stops of all producers, or of these organisations. */
export type StopReach = 'all' | readonly string[];

/** How a list of stops is narrowed. */
export interface StopFilter {
  readonly apiId?: string;
  readonly producerId?: string;
  /** True: those in force alone. */
  readonly inForce?: boolean;
}

/** A place in a log: which one, where, when. */
export interface LogPlace {
  readonly log: string;
  readonly index: number;
  readonly at: Date;
  readonly policyVersion: number;
}

/** What one gateway did with a stop. */
export interface GatewayEffect {
  /** Name of its log. */
  readonly gateway: string;
  /** When it was last heard of; null for a log of which no gateway reports. */
  readonly seenAt: Date | null;
  readonly policyVersion: number | null;
  readonly logSize: number | null;
  /** When it applied the stop; `isExact` false: at the latest. Null while it has not said so. */
  readonly appliedAt: Date | null;
  readonly isExact: boolean;
  /** The last call of the flow that it let through before the stop, and the first that it refused because of it. */
  readonly lastAllowed: LogPlace | null;
  readonly firstDenied: LogPlace | null;
}

/** The effect of a stop, from what gateways say and from the records. */
export interface StopEffect {
  readonly gateways: readonly GatewayEffect[];
  /** Calls of the flow that were let through under a policy that held the stop: none, or the stop was not obeyed. */
  readonly breaches: readonly LogPlace[];
  /** Records of the flow that were read, and whether these are all. */
  readonly recordsRead: number;
  readonly isWhole: boolean;
}

/** What the check of a stop's effect says: obeyed, breached, or obeyed in what has been recorded so far. */
export type EffectVerdict = 'holds' | 'breached' | 'not-yet';
