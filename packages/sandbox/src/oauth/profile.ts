import type { ServiceRequest } from '../http/service.ts';
import type { JsonObject } from '../json.ts';
import type { DeviceRules } from './device-rules.ts';
import type { FailureExtras, Failures, OAuthFailure } from './failure.ts';
import type { Grant, GrantRules } from './grants.ts';

/** An app registered with a provider. */
export interface OAuthApp {
  readonly clientId: string;
  /** Undefined for a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: string;
  /** Public keys in PEM (SPKI), by whose other halves it may prove itself instead (`private_key_jwt`): RS256 or PS256. */
  readonly publicKeys?: readonly string[];
  /** What the consent page calls it. Default: the client id. */
  readonly name?: string;
  readonly redirectUris: readonly string[];
  /** Whether http redirect URIs on loopback match for any port. Always so at Google and Entra ID. */
  readonly anyLoopbackPort?: boolean;
}

/** An app that can keep a secret. */
export interface ConfidentialApp extends OAuthApp {
  readonly clientSecret: string;
}

/** What an app asks for, read from the parameters of its authorization request. */
export interface RequestDetails {
  readonly scopes: readonly string[];
  /** Scopes with a check box on the consent page. Default: none. */
  readonly optionalScopes?: readonly string[];
  /** Scopes of OpenID Connect that the provider keeps apart. Default: none. */
  readonly openId?: readonly string[];
  /** Whether the app wants a refresh token. */
  readonly offline: boolean;
  /** The account that is asked. Default: the one that the browser is signed in to. */
  readonly account?: string;
  /** The words of `prompt`. Default: none. */
  readonly prompts?: ReadonlySet<string>;
  /** Whether the tokens also cover what the user allowed before. Default: false. */
  readonly includeGranted?: boolean;
}

/** The words on the pages. */
export interface PageTexts {
  /** Who shows the page. */
  readonly site: string;
  readonly consentTitle: string;
  readonly errorTitle: string;
  /** What follows the app's name: `asks for access to …`. */
  readonly asks: (account: string) => string;
  readonly allow: string;
  readonly deny: string;
  /** Where the form goes, relative to the page. */
  readonly formAction: string;
  /** Default: the failure's description. */
  readonly errorText?: (failure: OAuthFailure) => string;
}

export interface RefreshTokenRules {
  /** Whether each refresh gives a new refresh token. */
  readonly rotates: boolean;
  /** What happens to the grant if a replaced refresh token arrives again. */
  readonly reuse: 'allow' | 'revoke';
  /** Default: unlimited. */
  readonly lifetimeMs?: number;
}

/** What an app may do as itself. */
export interface AppAccess {
  readonly account: string;
  readonly scopes: readonly string[];
}

/** How one provider's authorization server differs from others. Functions throw an {@link OAuthFailure} to refuse. */
export interface OAuthProfile extends GrantRules {
  readonly newCode: () => string;
  readonly tokenType: 'bearer' | 'Bearer';
  readonly accessTokenSeconds: number;
  /** Default: the provider issues none. */
  readonly refreshTokens?: RefreshTokenRules;
  /** Whether a code that arrives twice ends the grant of its first use. */
  readonly replayEndsGrant: boolean;
  /** Whether mistakes in a request are sent to the app. If not, the user sees them on a page. */
  readonly redirectsMistakes: boolean;
  readonly pages: PageTexts;
  /** Whether the token endpoint also takes its parameters in the query. */
  readonly readsQuery?: boolean;
  /** Whether a code challenge may be the verifier itself (RFC 7636, `plain`), which it is if no method is named. Default: false. */
  readonly takesPlainChallenges?: boolean;
  /** Whether `response_mode` may ask for the fragment, or a form that is posted to the app. Default: it is ignored. */
  readonly takesResponseModes?: boolean;
  /** What differs from the common failures. */
  readonly failures: Failures;
  /** Default: `no-store`. */
  readonly cacheControl?: string;
  /** The part of a redirect URI that has to match a registered one. */
  comparableUri(uri: string, app: OAuthApp): string;
  /** Decodes one half of the HTTP Basic credentials. */
  decodeBasic(text: string): string;
  readRequest(params: URLSearchParams): RequestDetails;
  /** Checks the parameters of the path. */
  checkPath?(path: ReadonlyMap<string, string>): void;
  /** Checks a refresh that is otherwise in order. */
  checkRefresh?(form: URLSearchParams, grant: Grant): void;
  /** Default: the provider has no device flow. */
  readonly device?: DeviceRules;
  /** Whom an app's assertion may be for, besides the token endpoint. Default: nobody. */
  audiences?(tokenEndpoint: string): readonly string[];
  /** What an assertion as a grant gives (RFC 7523 §2.1). Default: the grant is not supported. */
  grantToAssertion?(assertion: string): Promise<AppAccess & { clientId: string }>;
  /** What the client credentials grant gives. Default: the grant is not supported. */
  grantToApp?(form: URLSearchParams, app: OAuthApp, path: ReadonlyMap<string, string>): AppAccess;
  /** More parameters for the redirect that brings the code. */
  callbackFields?(scopes: readonly string[]): Record<string, string>;
  /** More fields of a token response. */
  tokenFields?(grant: Grant, nonce: string | undefined): JsonObject | Promise<JsonObject>;
  /** More fields and headers of a JSON failure. */
  failureExtras?(failure: OAuthFailure, request: ServiceRequest): FailureExtras;
}

/** Random text for codes and tokens. At most 64 characters. */
export function randomHex(length = 64): string {
  return (crypto.randomUUID() + crypto.randomUUID()).replaceAll('-', '').slice(0, length);
}
