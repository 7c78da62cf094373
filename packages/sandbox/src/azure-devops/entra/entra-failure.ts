import { jsonResponse } from '../../http/responses.ts';

/** A refusal of Entra ID: an OAuth error, with an AADSTS code of its own. */
export class EntraFailure extends Error {
  override readonly name = 'EntraFailure';
  readonly error: string;
  readonly code: number;
  readonly status: number;

  constructor(error: string, code: number, text: string, status = 400) {
    super(`AADSTS${code}: ${text}`);
    this.error = error;
    this.code = code;
    this.status = status;
  }

  /** The body as recorded, trace and all. */
  toResponse(now: number): Response {
    const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    const trace = crypto.randomUUID();
    const correlation = crypto.randomUUID();
    return jsonResponse(
      {
        error: this.error,
        error_description: `${this.message}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
        error_codes: [this.code],
        timestamp,
        trace_id: trace,
        correlation_id: correlation,
        error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
      },
      this.status,
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  }
}

export function missingParameter(name: string): EntraFailure {
  return new EntraFailure(
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

export function unknownTenant(tenant: string): EntraFailure {
  return new EntraFailure('invalid_request', 90002, `Tenant '${tenant}' not found.`);
}

export function unknownApp(clientId: string): EntraFailure {
  return new EntraFailure(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory.`,
  );
}

export function invalidScope(scope: string): EntraFailure {
  return new EntraFailure(
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope '${scope}' is not valid.`,
  );
}
