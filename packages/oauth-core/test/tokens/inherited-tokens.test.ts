import { GrantChangedError, memoryStore } from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { ANSWERS, expiredTokens, RotatingProvider } from '../support/rotating-provider.ts';

const CLAIMS = Buffer.from(JSON.stringify({ iss: 'https://as.test', sub: 'user' })).toString('base64url');
const ID_TOKEN = `header.${CLAIMS}.signature`;

test('14: an inherited refresh token that nobody has sent is refused, not lost', async () => {
  const provider = new RotatingProvider();
  const manager = provider.processOver(memoryStore());
  await manager.save({ ...expiredTokens(), idToken: ID_TOKEN });
  const { refreshToken: _, ...again } = expiredTokens();
  await manager.save({ ...again, accessToken: 'access-again', idToken: ID_TOKEN });
  provider.plan(ANSWERS.refused);
  expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'revoked' });
  expect(provider.redeemed).toEqual(['refresh-0']);
});

test('14: one that a lost refresh may have used up is lost, also after the next sign-in', async () => {
  const provider = new RotatingProvider({ leaseTtlMs: 30_000 });
  const manager = provider.processOver(memoryStore());
  await manager.save({ ...expiredTokens(), idToken: ID_TOKEN });
  provider.plan(ANSWERS.lost, ANSWERS.lost, ANSWERS.refused);
  expect(await failure(manager.getAccessToken())).toMatchObject({ code: 'network' });
  const { refreshToken: _, ...again } = expiredTokens();
  await manager.save({ ...again, accessToken: 'access-again', idToken: ID_TOKEN });
  expect(await failure(manager.getAccessToken())).toMatchObject({ reason: 'refresh-lost' });
});

test('14: a credential is of the grant that was asked for, and of none where there is none', async () => {
  const provider = new RotatingProvider();
  const manager = provider.processOver(memoryStore());
  expect(await failure(manager.getCredential())).toMatchObject({ reason: 'never-connected' });
  await manager.save({ ...expiredTokens(), expiresAt: Date.now() + 3_600_000, obtainedAt: Date.now() });
  const { grantId, token } = await manager.getCredential();
  expect(token).toBe('access-0');
  expect(await manager.getCredential({ grantId })).toMatchObject({ grantId, token });
  expect(manager.current(grantId)).toBe('access-0');
  expect(manager.current('another')).toBeUndefined();
  expect(await failure(manager.getCredential({ grantId: 'another' }))).toBeInstanceOf(GrantChangedError);
  expect(provider.redeemed).toEqual([]);
});
