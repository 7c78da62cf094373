/** How a provider's device flow (RFC 8628) differs from others. */
export interface DeviceRules {
  /** Where the user types the code. */
  readonly verificationUri: string;
  /** What the response calls that address: Google's own name, or that of RFC 8628. */
  readonly uriName: 'verification_url' | 'verification_uri';
  readonly expiresInSeconds: number;
}

/** A device that waits for its user. */
export interface DeviceRequest {
  readonly clientId: string;
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly openId: readonly string[];
  readonly expiresAt: number;
  /** Undefined while the user hasn't decided. */
  allowed: boolean | undefined;
  lastPollAt: number;
}
