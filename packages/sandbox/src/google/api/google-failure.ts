import { jsonResponse } from '../../http/responses.ts';

/** One entry of `error.errors`. */
export interface FailureEntry {
  /** `global`, `calendar`, `usageLimits`. */
  readonly domain: string;
  readonly reason: string;
  readonly message: string;
  readonly locationType?: 'parameter' | 'header';
  readonly location?: string;
}

/** What newer answers add to the envelope. */
export interface FailureExtras {
  /** `error.message`, where it differs from the entry's. */
  readonly message?: string;
  /** The canonical code, such as `PERMISSION_DENIED`. */
  readonly status?: string;
  readonly details?: readonly unknown[];
  readonly headers?: Record<string, string>;
}

/** A refusal in Google's error envelope. */
export class GoogleFailure extends Error {
  override readonly name = 'GoogleFailure';
  readonly code: number;
  readonly entry: FailureEntry;
  readonly extras: FailureExtras;

  constructor(code: number, entry: FailureEntry, extras: FailureExtras = {}) {
    super(extras.message ?? entry.message);
    this.code = code;
    this.entry = entry;
    this.extras = extras;
  }

  toResponse(): Response {
    const { status, details, headers } = this.extras;
    const error = {
      errors: [this.entry],
      code: this.code,
      message: this.message,
      ...(status !== undefined && { status }),
      ...(details && { details }),
    };
    return jsonResponse({ error }, this.code, headers);
  }
}
