import { jsonResponse } from '../../http/responses.ts';

/** A refusal of the token endpoint. The words are RFC 6749's: no body of TickTick's own is publicly known. */
export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure';
  readonly error: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(error: string, description: string, status = 400, headers: Record<string, string> = {}) {
    super(description);
    this.error = error;
    this.status = status;
    this.headers = headers;
  }

  toResponse(): Response {
    return jsonResponse({ error: this.error, error_description: this.message }, this.status, this.headers);
  }
}

export function invalidGrant(description: string): OAuthFailure {
  return new OAuthFailure('invalid_grant', description);
}
