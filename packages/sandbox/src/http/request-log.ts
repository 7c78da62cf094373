import type { Clock } from '../time/clock.ts';
import type { ServiceRequest } from './service.ts';

/** A request that arrived. Tokens, codes and secrets are not kept. */
export interface RecordedRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Query parameters; the value of one that could be a credential reads `[redacted]`. */
  readonly query: Readonly<Record<string, string>>;
  /** The operation, such as `task.filter` or `oauth.token`; undefined for an unknown route. */
  readonly operation: string | undefined;
  /** When it arrived, by the sandbox's clock: milliseconds since the epoch. */
  readonly at: number;
  /** When it arrived, by `performance.now()`. */
  readonly arrivedAt: number;
  /** The account it was made for, once known. */
  readonly account: string | undefined;
  /** The status answered; undefined while pending and when the connection broke without an answer. */
  readonly status: number | undefined;
}

/** The part of a record that is known only once the request is answered. */
export interface OpenRecord {
  readonly at: number;
  account: string | undefined;
  status: number | undefined;
}

const SECRET_PARAMETERS: ReadonlySet<string> = new Set(
  'access_token assertion client_assertion client_secret code code_verifier id_token oauth_token refresh_token token'.split(
    ' ',
  ),
);

/** Every request that arrived, oldest first. */
export class RequestLog {
  readonly entries: RecordedRequest[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  arrived(request: ServiceRequest, operation: string | undefined): OpenRecord {
    const entry: RecordedRequest & OpenRecord = {
      host: request.host,
      method: request.method,
      path: request.path,
      query: withoutSecrets(request.query),
      operation,
      at: this.#clock.now(),
      arrivedAt: performance.now(),
      account: undefined,
      status: undefined,
    };
    this.entries.push(entry);
    return entry;
  }
}

function withoutSecrets(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...query].map(([name, value]) => [name, SECRET_PARAMETERS.has(name) ? '[redacted]' : value]),
  );
}
