import { jsonResponse } from '../../http/responses.ts';

/** A refusal of the token or the revocation endpoint. */
export class OAuthFailure extends Error {
  override readonly name = 'OAuthFailure';
  readonly error: string;
  readonly status: number;
  readonly subtype: string | undefined;

  constructor(error: string, description: string, status = 400, subtype?: string) {
    super(description);
    this.error = error;
    this.status = status;
    this.subtype = subtype;
  }

  toResponse(): Response {
    const body = {
      error: this.error,
      error_description: this.message,
      ...(this.subtype !== undefined && { error_subtype: this.subtype }),
    };
    return jsonResponse(body, this.status);
  }
}

export function invalidGrant(description: string, subtype?: string): OAuthFailure {
  return new OAuthFailure('invalid_grant', description, 400, subtype);
}

export function invalidClient(description: string): OAuthFailure {
  return new OAuthFailure('invalid_client', description, 401);
}

export function invalidRequest(description: string): OAuthFailure {
  return new OAuthFailure('invalid_request', description);
}
