import {
  authorizationTransactions,
  OAuthClient,
  type RecordStore,
  TokenManager,
} from '@context-sdk/oauth-core';
import { redisServer } from '@context-sdk/test-support/redis-server';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type OidcServer, startOidcServer } from '../support/oidc-server.ts';
import { openStore, type SharedKind } from '../support/open-store.ts';
import { SHARED_STORES } from '../support/shared-stores.ts';
import { SEARCHABLE_PLACES } from '../support/traces.ts';

const REDIRECT_URI = 'http://127.0.0.1:9999/callback';
const HOUR_MS = 3_600_000;
const REFRESHES = 3;
/** Redis compresses: a text may be broken after 32 characters. */
const PIECE = 12;

let oidc: OidcServer;
beforeAll(async () => {
  for (const method of ['warn', 'info'] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
  oidc = await startOidcServer(REDIRECT_URI);
});
afterEach(() => void vi.useRealTimers());
afterAll(() => oidc.close());

/** Whether the bytes hold a piece of one of the secrets, as text or in hexadecimal digits. */
function holds(bytes: Buffer, secrets: readonly string[]): boolean {
  const pieces = secrets.flatMap((secret) => secret.match(new RegExp(`.{${PIECE}}`, 'g')) ?? []);
  return pieces.some((piece) => bytes.includes(piece) || bytes.includes(Buffer.from(piece).toString('hex')));
}

/** A sign-in and some refreshes with the real server; gives all the secrets that went through the store. */
async function signInAndRefresh(store: RecordStore): Promise<string[]> {
  const secrets: string[] = [];
  const client = new OAuthClient({
    provider: {
      id: 'oidc',
      issuer: oidc.issuer,
      authorizationEndpoint: `${oidc.issuer}/auth`,
      tokenEndpoint: `${oidc.issuer}/token`,
      clientAuthentication: 'basic',
      defaultScopes: ['openid', 'offline_access', 'tasks:read'],
      authorizationParameters: { prompt: 'consent' },
      openid: true,
      issuerInCallback: true,
    },
    clientId: 'client-1',
    clientSecret: 'secret-1',
    redirectUri: REDIRECT_URI,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const answer = (await response.clone().json()) as Record<string, string>;
      // Of an id_token only the signature is nobody else's.
      const idToken = answer['id_token']?.split('.')[2];
      secrets.push(
        ...[answer['access_token'], answer['refresh_token'], idToken].filter((one) => one !== undefined),
      );
      return response;
    },
  });
  const transactions = authorizationTransactions(store);
  const begun = await client.beginAuthorization();
  secrets.push(begun.transaction.codeVerifier, begun.transaction.state);
  await transactions.save(begun.transaction, 'browser');
  const callback = await oidc.signIn(begun.url);
  const transaction = await transactions.take(begun.transaction.state, 'browser');
  const manager = new TokenManager({ client, store, key: 'user-1/oidc/default' });
  await manager.save(await client.completeAuthorization(callback, transaction));
  vi.useFakeTimers({ toFake: ['Date'] });
  for (let refresh = 1; refresh <= REFRESHES; refresh += 1) {
    vi.setSystemTime(Date.now() + 2 * HOUR_MS);
    await manager.getAccessToken();
  }
  vi.useRealTimers();
  return secrets;
}

/** The places in which the secrets of a store can be read, while it is open and after that, and those in which not. */
async function searched(kind: SharedKind, encryption: '' | 'encrypted ') {
  const place = await SEARCHABLE_PLACES[kind]();
  const places: { shown: string[]; clean: string[] } = { shown: [], clean: [] };
  try {
    const opened = await openStore(encryption + kind, place.location);
    const secrets = await signInAndRefresh(opened.store);
    expect(secrets.length).toBeGreaterThan(2 * REFRESHES);
    const search = async (): Promise<void> => {
      for (const [name, bytes] of Object.entries(await place.traces()))
        places[holds(bytes, secrets) ? 'shown' : 'clean'].push(name);
    };
    await search();
    await opened.close();
    await search();
    return { ...places, hidden: place.hidden };
  } finally {
    await place.remove();
  }
}

for (const { kind, service } of SHARED_STORES) {
  const needed = kind === 'redis' ? redisServer : service;
  describe.skipIf(!needed.isThere)(`at rest, in ${kind}${needed.note}`, () => {
    test('what a store holds can be found: every place that is searched shows secrets', async ({
      annotate,
    }) => {
      const { clean, hidden } = await searched(kind, '');
      for (const place of hidden) await annotate(`Not searched here: ${place}.`);
      expect(clean).toEqual([]);
    });

    test('I-25: under encryptedStore none of them shows a token, a verifier or a state', async () => {
      const { shown, clean } = await searched(kind, 'encrypted ');
      expect(shown).toEqual([]);
      expect(clean.length).toBeGreaterThan(0);
    });
  });
}
