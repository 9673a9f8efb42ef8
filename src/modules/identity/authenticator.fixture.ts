// A passkey device in software, for tests: it makes and uses a P-256 credential as WebAuthn level 3 writes it.
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Buffer) => data.toString('base64url');

const FLAGS = { userPresent: 0x01, userVerified: 0x04, hasCredential: 0x40 };

/** A device that holds one credential. */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32);
  /** The counter that the next answer shows; a test sets it back to play a copied device. */
  counter = 0;
  readonly #privateKey: KeyObject;
  readonly #coseKey: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    this.#privateKey = privateKey;
    // COSE_Key (RFC 9052, section 7) in CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    this.#coseKey = Buffer.concat([
      Buffer.from('a50102032620012158 20'.replace(' ', ''), 'hex'),
      Buffer.from(x as string, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y as string, 'base64url'),
    ]);
  }

  #authenticatorData(domain: string, withCredential: boolean): Buffer {
    this.counter += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const flags = FLAGS.userPresent | FLAGS.userVerified | (withCredential ? FLAGS.hasCredential : 0);
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(this.credentialId.length);
    const credential = withCredential ? [Buffer.alloc(16), idLength, this.credentialId, this.#coseKey] : [];
    return Buffer.concat([sha256(domain), Buffer.from([flags]), counter, ...credential]);
  }

  /** The answer to a creation challenge, as a browser on `origin` gives it. */
  create(challenge: string, origin: string) {
    const clientData = Buffer.from(
      JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false }),
    );
    const data = this.#authenticatorData(new URL(origin).hostname, true);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length);
    // {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      length,
      data,
    ]);
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientData),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
    };
  }

  /** The answer to a sign-in challenge. */
  get(challenge: string, origin: string) {
    const clientData = Buffer.from(
      JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
    );
    const data = this.#authenticatorData(new URL(origin).hostname, false);
    const signature = createSign('sha256')
      .update(Buffer.concat([data, sha256(clientData)]))
      .sign(this.#privateKey);
    return {
      id: base64url(this.credentialId),
      rawId: base64url(this.credentialId),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(data),
        signature: base64url(signature),
      },
    };
  }
}
