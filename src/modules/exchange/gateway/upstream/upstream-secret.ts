// What proves the gateway to a producer, as it is sealed in the policy.

/** A private key, with its certificate (mutual TLS) or its name (signatures, RFC 9421). */
export interface UpstreamSecret {
  readonly privateKeyPem: string;
  readonly certificatePem?: string;
  readonly keyId?: string;
}
