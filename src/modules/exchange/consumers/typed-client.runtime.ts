// The part that every generated client has: tokens, calls, refusals as typed errors. It is text; what comes before it in
// the file are the constants and types of one API.

/** TypeScript text, in which `GeneratedClient` stands for the class's name and a line for its methods. */
export const CLIENT_RUNTIME = `/** A refusal, as the gateway writes it (RFC 9457). */
export interface Problem {
  /** The page that explains it. */
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly code?: ProblemCode;
  readonly detail?: string;
  /** By this the call is found again in the log. */
  readonly traceId?: string;
}

/** A call that was refused, or a token that was. */
export class ExchangeError extends Error {
  /** HTTP status. */
  readonly status: number;
  readonly code: ProblemCode | null;
  readonly problem: Problem;
  /** Seconds to wait before another try; null where none makes sense. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, problem: Problem, retryAfterSeconds: number | null) {
    super([problem.title ?? \`HTTP \${status}\`, problem.detail].filter(Boolean).join(': '));
    this.name = 'ExchangeError';
    this.status = status;
    this.code = problem.code ?? null;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** How a client proves itself, and where it calls. */
export interface ClientOptions {
  /** The secret of the service; or \`token\`. */
  readonly secret?: string;
  /** Gets an access token, for a service that proves itself by a key or a certificate. */
  readonly token?: () => Promise<string>;
  readonly clientId?: string;
  readonly tokenUrl?: string;
  readonly gatewayUrl?: string;
  /** Milliseconds that a call may take: 30,000 unless told. */
  readonly timeoutMs?: number;
}

interface Places {
  readonly path: readonly string[];
  readonly query: readonly string[];
  readonly header: readonly string[];
}

async function refusalOf(response: Response): Promise<ExchangeError> {
  const text = await response.text();
  let problem: Problem & { error?: string; error_description?: string } = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // No JSON: the status says all that is known.
  }
  // A token's refusal has the words of OAuth (RFC 6749, 5.2).
  const { error, error_description: detail } = problem;
  const told = error === undefined ? problem : { title: error, ...(detail !== undefined && { detail }) };
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ExchangeError(response.status, told, Number.isFinite(after) ? after : null);
}

/** Calls the API; one object is enough for a whole program: it keeps its token until it is about to expire. */
export class GeneratedClient {
  readonly #options: ClientOptions;
  #token: { readonly text: string; readonly until: number } | null = null;
  #asking: Promise<string> | null = null;

  constructor(options: ClientOptions) {
    if (options.secret === undefined && options.token === undefined) throw new TypeError('Give a secret or a token.');
    this.#options = options;
  }

  // METHODS

  async #call<T>(method: string, template: string, args: object | undefined, places: Places, isLast = false): Promise<T> {
    // Without a prototype: a parameter may be called "constructor".
    const given: Record<string, unknown> = Object.assign(Object.create(null), args);
    const path = template.replace(/\\{([^{}]+)\\}/g, (_, name: string) => encodeURIComponent(String(given[name] ?? '')));
    const url = new URL(\`\${this.#options.gatewayUrl ?? GATEWAY_URL}\${BASE_PATH}\${path}\`);
    for (const name of places.query) {
      for (const value of [given[name]].flat()) {
        if (value !== undefined && value !== null) url.searchParams.append(name, String(value));
      }
    }
    const headers = new Headers({
      accept: 'application/json',
      accreditation: ACCREDITATION,
      authorization: \`Bearer \${await this.#accessToken()}\`,
    });
    for (const name of places.header) {
      if (given[name] !== undefined) headers.set(name, String(given[name]));
    }
    const hasBody = given.body !== undefined && !places.path.includes('body') && !places.query.includes('body');
    if (hasBody) headers.set('content-type', 'application/json');
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(this.#options.timeoutMs ?? 30_000),
      ...(hasBody && { body: JSON.stringify(given.body) }),
    });
    if (response.ok) {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    }
    const refusal = await refusalOf(response);
    // The token was withdrawn or has expired meanwhile: one more try with a new one.
    if (response.status !== 401 || isLast) throw refusal;
    this.#token = null;
    return this.#call<T>(method, template, args, places, true);
  }

  async #accessToken(): Promise<string> {
    if (this.#options.token) return this.#options.token();
    if (this.#token && this.#token.until > Date.now()) return this.#token.text;
    // Calls made at once share one token.
    this.#asking ??= this.#newToken().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #newToken(): Promise<string> {
    const { clientId = CLIENT_ID, secret = '', tokenUrl = TOKEN_URL } = this.#options;
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: \`Basic \${btoa(\`\${encodeURIComponent(clientId)}:\${encodeURIComponent(secret)}\`)}\`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: RESOURCE, scope: SCOPE }),
      signal: AbortSignal.timeout(this.#options.timeoutMs ?? 30_000),
    });
    if (!response.ok) throw await refusalOf(response);
    const { access_token: text, expires_in: seconds = 60 } = (await response.json()) as {
      access_token: string;
      expires_in?: number;
    };
    this.#token = { text, until: Date.now() + Math.max(0, seconds - 30) * 1000 };
    return text;
  }
}
`;
