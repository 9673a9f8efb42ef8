// The hub's cookies in a browser: names of their own for each realm, signed, kept to the realm's addresses.
import type { Configuration } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import type { Realm } from './realms.ts';

/** How the realm's provider writes its cookies. */
export function cookiesOf(
  { config, secret }: Pick<Kernel, 'config' | 'secret'>,
  realm: Realm,
): NonNullable<Configuration['cookies']> {
  const secure = isSecure(config);
  const common = { httpOnly: true, sameSite: 'lax', secure, signed: true } as const;
  return {
    names: {
      session: `hub-${realm}`,
      interaction: `hub-${realm}-interaction`,
      resume: `hub-${realm}-resume`,
    },
    long: { ...common, path: `/connect/${realm}` },
    short: common,
    keys: [secret.keyFor(`identity/hub/cookies/${realm}`).toString('base64')],
  };
}

/** Tells whether people reach Socle over TLS, so that its cookies never leave without. */
export function isSecure({ publicUrl }: Pick<Kernel['config'], 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') ?? false;
}
