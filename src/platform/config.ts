// Typed configuration from the environment: each variable with its default and its reason.
// An unknown `SOCLE_*` name or a wrong value stops the start with a sentence. It reads no file.
import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** A variable of the environment: how it is read, what stands without it, and why it exists. */
interface Variable<T> {
  readonly fallback: string;
  readonly reason: string;
  /** Reads the text; throws an Error whose message completes "PORT is wrong: ...". */
  read(text: string): T;
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new Error(`it takes a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  };
}

function oneOf<const T extends string>(...choices: readonly T[]) {
  return (text: string): T => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) throw new Error(`it takes one of ${choices.join(', ')}, not "${text}"`);
    return choice;
  };
}

function text(value: string): string {
  return value;
}

function optional<T>(read: (value: string) => T) {
  return (value: string): T | null => (value === '' ? null : read(value));
}

function address(...protocols: readonly string[]) {
  return (value: string): string => {
    const url = URL.parse(value);
    if (!url || !protocols.includes(url.protocol)) {
      throw new Error(`it takes an address that starts with ${protocols.join(' or ')}`);
    }
    return value;
  };
}

function folder(value: string): string {
  return resolve(value.replace(/^~(?=$|\/)/, homedir()));
}

function timeZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    throw new Error(`"${value}" is not a time zone, such as Europe/Paris`);
  }
  return value;
}

/** Every variable that Socle reads, by its name in the environment. `socle doctor` and the README print this table. */
export const VARIABLES = {
  PORT: {
    fallback: '3000',
    reason: 'Port of the pages and the API. 0 takes a free one.',
    read: wholeNumber(0, 65_535),
  },
  SOCLE_HOST: {
    fallback: '127.0.0.1',
    reason: 'Address to listen on. Loopback until an operator puts a TLS proxy in front.',
    read: text,
  },
  SOCLE_PRIVATE_PORT: {
    fallback: '9464',
    reason: 'Port of /metrics, on loopback alone: figures of the process are not public. 0 takes a free one.',
    read: wholeNumber(0, 65_535),
  },
  SOCLE_PUBLIC_URL: {
    fallback: '',
    reason:
      'Address that people type, such as https://socle.example. It makes cookies secure and links in mail right.',
    read: optional(address('http:', 'https:')),
  },
  SOCLE_TRUST_PROXY: {
    fallback: '',
    reason:
      'Addresses of the proxies whose X-Forwarded-* headers are believed, separated by commas. None by default.',
    read: optional((value) => value.split(',').map((part) => part.trim())),
  },
  SOCLE_DATA: {
    fallback: './data',
    reason: 'Folder of the embedded database and of the keys.',
    read: folder,
  },
  DATABASE_URL: {
    fallback: '',
    reason: 'Another PostgreSQL (15 or newer) instead of the embedded one.',
    read: optional(address('postgres:', 'postgresql:')),
  },
  SOCLE_DATABASE_CONNECTIONS: {
    fallback: '10',
    reason: 'Connections of one process to the database at the most.',
    read: wholeNumber(2, 200),
  },
  SOCLE_DEMO: {
    fallback: 'on',
    reason: 'on: an empty database receives the demonstration State. off: it starts empty.',
    read: oneOf('on', 'off'),
  },
  SOCLE_DEMO_PRODUCERS_PORT: {
    fallback: '3190',
    reason:
      'Port, on loopback alone, of the data producers of the demonstration State. Their APIs remember the one of the first start.',
    read: wholeNumber(1, 65_535),
  },
  SOCLE_DEMO_PRODUCTS_PORT: {
    fallback: '3191',
    reason:
      'Port, on loopback alone, of the statistics of the demonstration State’s products. Their sources remember the one of the first start.',
    read: wholeNumber(1, 65_535),
  },
  SOCLE_SECRET_FILE: {
    fallback: '',
    reason:
      'File of the secret that signs cookies; several machines share one. By default keys/session.key in the data folder.',
    read: optional(folder),
  },
  SOCLE_LEDGER_KEY_FILE: {
    fallback: '',
    reason:
      'File of the Ed25519 key that signs the ledger; several machines share one. By default keys/ledger.key.',
    read: optional(folder),
  },
  SOCLE_LEDGER_ORIGIN: {
    fallback: 'socle.local/ledger',
    reason: 'Name of the ledger in its checkpoints: a schema-less address that the operator owns.',
    read: (value: string) => {
      if (!/^[a-z0-9][a-z0-9./-]{2,120}$/.test(value)) {
        throw new Error('it takes lower-case letters, digits, dots, dashes and slashes');
      }
      return value;
    },
  },
  SOCLE_SMTP_URL: {
    fallback: '',
    reason:
      'Mail server, such as smtp://name:password@mail.example:587. Without it mail stays in the outbox.',
    read: optional(address('smtp:', 'smtps:')),
  },
  SOCLE_MAIL_FROM: {
    fallback: 'Socle <socle@localhost>',
    reason: 'Sender of the mail.',
    read: text,
  },
  SOCLE_TIME_ZONE: {
    fallback: 'Europe/Paris',
    reason: 'Time zone of the State: a day of a legal delay ends at its midnight.',
    read: timeZone,
  },
  SOCLE_GATEWAY: {
    fallback: 'on',
    reason:
      'on: the server starts a gateway of the data exchange beside it. off: gateways are started apart.',
    read: oneOf('on', 'off'),
  },
  SOCLE_GATEWAY_NAME: {
    fallback: 'one',
    reason: 'Name of the gateway among those of the installation: each has a log of its own.',
    read: (value: string) => {
      if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(value)) {
        throw new Error('it takes lower-case letters, digits and dashes');
      }
      return value;
    },
  },
  SOCLE_GATEWAY_PORT: {
    fallback: '3100',
    reason: 'Port of the gateway. 0 takes a free one.',
    read: wholeNumber(0, 65_535),
  },
  SOCLE_GATEWAY_PRIVATE_PORT: {
    fallback: '9465',
    reason: 'Port of the gateway’s /metrics, /health and /ready, on loopback alone. 0 takes a free one.',
    read: wholeNumber(0, 65_535),
  },
  SOCLE_GATEWAY_PUBLIC_URL: {
    fallback: '',
    reason: 'Address at which consumers call the gateways, such as https://gateway.socle.example.',
    read: optional(address('http:', 'https:')),
  },
  SOCLE_POLICY_SECONDS: {
    fallback: '10',
    reason: 'Age of the policy, in seconds, beyond which a gateway refuses every call.',
    read: wholeNumber(2, 600),
  },
  SOCLE_SESSION_HOURS: {
    fallback: '12',
    reason: 'Hours after which a session ends in any case: one working day.',
    read: wholeNumber(1, 720),
  },
  SOCLE_RATE_LIMIT: {
    fallback: '1200',
    reason: 'Requests a minute from one address, beyond which the answer is 429.',
    read: wholeNumber(10, 10_000_000),
  },
  SOCLE_LOG_LEVEL: {
    fallback: 'info',
    reason: 'Least level that the log shows.',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
} satisfies Record<string, Variable<unknown>>;

type Read<K extends keyof typeof VARIABLES> = ReturnType<(typeof VARIABLES)[K]['read']>;

/** The configuration of a gateway of the data exchange. */
export interface GatewayConfig {
  /** Whether the server starts one beside it. */
  readonly starts: boolean;
  readonly name: string;
  readonly port: number;
  readonly privatePort: number;
  /** Null: the address that it listens on. */
  readonly publicUrl: string | null;
  readonly policySeconds: number;
}

/** The configuration as the rest of Socle sees it. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly privatePort: number;
  /** Null: the address that the server listens on. */
  readonly publicUrl: string | null;
  readonly trustProxy: readonly string[] | null;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly databaseConnections: number;
  readonly demo: boolean;
  readonly demoProducersPort: number;
  readonly demoProductsPort: number;
  readonly secretFile: string;
  readonly ledgerKeyFile: string;
  readonly ledgerOrigin: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly timeZone: string;
  readonly gateway: GatewayConfig;
  readonly sessionHours: number;
  readonly rateLimit: number;
  readonly logLevel: Read<'SOCLE_LOG_LEVEL'>;
}

/** The configuration is wrong; the message is a sentence that names the variable and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function readVariable<K extends keyof typeof VARIABLES>(environment: NodeJS.ProcessEnv, name: K): Read<K> {
  const variable = VARIABLES[name];
  try {
    return variable.read(environment[name]?.trim() || variable.fallback) as Read<K>;
  } catch (error) {
    throw new ConfigError(`${name} is wrong: ${(error as Error).message}.`);
  }
}

/**
 * Reads the configuration.
 * @throws ConfigError for a wrong value, or a name that starts with SOCLE_ and means nothing.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const unknown = Object.keys(environment).find((name) => name.startsWith('SOCLE_') && !(name in VARIABLES));
  if (unknown !== undefined) {
    throw new ConfigError(
      `${unknown} is no setting of Socle. The settings are ${Object.keys(VARIABLES).join(', ')}.`,
    );
  }
  const read = <K extends keyof typeof VARIABLES>(name: K) => readVariable(environment, name);
  const dataFolder = read('SOCLE_DATA');
  return {
    port: read('PORT'),
    host: read('SOCLE_HOST'),
    privatePort: read('SOCLE_PRIVATE_PORT'),
    publicUrl: read('SOCLE_PUBLIC_URL')?.replace(/\/$/, '') ?? null,
    trustProxy: read('SOCLE_TRUST_PROXY'),
    dataFolder,
    databaseUrl: read('DATABASE_URL'),
    databaseConnections: read('SOCLE_DATABASE_CONNECTIONS'),
    demo: read('SOCLE_DEMO') === 'on',
    demoProducersPort: read('SOCLE_DEMO_PRODUCERS_PORT'),
    demoProductsPort: read('SOCLE_DEMO_PRODUCTS_PORT'),
    secretFile: read('SOCLE_SECRET_FILE') ?? resolve(dataFolder, 'keys/session.key'),
    ledgerKeyFile: read('SOCLE_LEDGER_KEY_FILE') ?? resolve(dataFolder, 'keys/ledger.key'),
    ledgerOrigin: read('SOCLE_LEDGER_ORIGIN'),
    smtpUrl: read('SOCLE_SMTP_URL'),
    mailFrom: read('SOCLE_MAIL_FROM'),
    timeZone: read('SOCLE_TIME_ZONE'),
    gateway: {
      starts: read('SOCLE_GATEWAY') === 'on',
      name: read('SOCLE_GATEWAY_NAME'),
      port: read('SOCLE_GATEWAY_PORT'),
      privatePort: read('SOCLE_GATEWAY_PRIVATE_PORT'),
      publicUrl: read('SOCLE_GATEWAY_PUBLIC_URL')?.replace(/\/$/, '') ?? null,
      policySeconds: read('SOCLE_POLICY_SECONDS'),
    },
    sessionHours: read('SOCLE_SESSION_HOURS'),
    rateLimit: read('SOCLE_RATE_LIMIT'),
    logLevel: read('SOCLE_LOG_LEVEL'),
  };
}
