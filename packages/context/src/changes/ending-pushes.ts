import { type GrantToRevoke, type RevocationOutcome, staticToken } from '@context-sdk/oauth-core';
import { googleClients } from '../connections/user-clients.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { overwriteJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteUnder } from '../records/list-keys.ts';
import { recordsUnder } from '../records/read-under.ts';
import type { ChangeSource, UserContext } from './change-source.ts';
import { sourceOfKey } from './change-sources.ts';
import { WebhookRouting } from './webhook-routing.ts';

/** A push that its service did not end. The tokens of its grant can end it until they are revoked. */
interface EndingPushRecord {
  push: object;
}

/** By then, the access token has expired. */
const TTL_MS = 2 * 3_600_000;
/** How long a revocation waits for its pushes to end. */
const STOP_MS = 10_000;

/** Keeps a push that could not be ended, if its grant may have to wait for its revocation. */
export async function keepEndingPush(
  { service, provider }: ChangeSource,
  { options, grant }: UserContext,
  pushId: string,
  push: object,
): Promise<void> {
  if (options.oauth.get(provider)?.provider.revocationEndpoint === undefined) return;
  const record: EndingPushRecord = { push };
  await overwriteJson(options.store, keys.endingPush(grant.id, service, pushId), record, { ttlMs: TTL_MS });
}

/**
 * Revokes a grant. If an earlier attempt failed, ends the grant's pushes first: afterwards no token can. The grant is revoked even if
 * they don't end.
 */
export async function revokeAfterPushes(
  options: ResolvedOptions,
  { tokenSet: { grantId, accessToken }, attempts }: GrantToRevoke & { attempts: number },
  revoke: () => Promise<RevocationOutcome>,
): Promise<RevocationOutcome> {
  if (grantId === undefined) return await revoke();
  if (attempts > 0) await endPushes(options, grantId, accessToken).catch(() => undefined);
  const outcome = await revoke();
  await deleteUnder(options.store, keys.endingPushes(grantId)).catch(() => undefined);
  return outcome;
}

async function endPushes(options: ResolvedOptions, grantId: string, accessToken: string): Promise<void> {
  const { store } = options;
  const context = {
    routing: new WebhookRouting(store),
    clients: googleClients(options, staticToken(accessToken)),
    signal: AbortSignal.timeout(STOP_MS),
  };
  const found = recordsUnder<EndingPushRecord>(store, keys.endingPushes(grantId));
  for await (const { key, value } of found) {
    const source = sourceOfKey(key);
    if (source?.provider !== 'google' || !source.isPush(value.push)) continue;
    const isEnded = await source.stop(context, value.push).then(
      () => true,
      () => false,
    );
    if (isEnded) await store.delete(key);
  }
}
