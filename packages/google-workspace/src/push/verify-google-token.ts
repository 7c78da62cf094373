import { ContextSdkError } from '@context-sdk/oauth-core';
import { unverified } from './authorization-of.ts';
import { googleKeys } from './google-keys.ts';

/** Google spells itself in both ways. */
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

/** What a push has to prove. */
export interface GoogleTokenExpectations {
  audience: string;
  serviceAccount: string;
  fetch?: typeof fetch | undefined;
}

/**
 * Throws {@link WebhookVerificationError} unless Google signed the token, for this audience and service account, and it
 * has not ended. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
export async function verifyGoogleToken(token: string, expected: GoogleTokenExpectations): Promise<void> {
  const claims = await verifiedClaims(token, expected);
  if (claims['email'] !== expected.serviceAccount) throw unverified('comes from another service account');
  if (claims['email_verified'] !== true)
    throw unverified('comes from an account that Google has not verified');
}

async function verifiedClaims(
  token: string,
  { audience, fetch }: GoogleTokenExpectations,
): Promise<Record<string, unknown>> {
  const [{ jwtVerify }, keys] = await Promise.all([import('jose/jwt/verify'), googleKeys(fetch)]);
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: ISSUERS,
      audience,
      requiredClaims: ['exp', 'email', 'email_verified'],
    });
    return payload;
  } catch (error) {
    if (error instanceof ContextSdkError) throw error;
    throw unverified(`has a token that does not hold${claimNamedBy(error)}`);
  }
}

/** The claim that jose names; its messages and causes stay behind, with the token's claims in them. */
function claimNamedBy(error: unknown): string {
  const claim: unknown = error instanceof Error && 'claim' in error ? error.claim : undefined;
  return typeof claim === 'string' && /^[a-z_]{1,20}$/.test(claim) ? ` (${claim})` : '';
}
