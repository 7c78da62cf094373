import type { RecordStore, TokenManager } from '../../src/index.ts';
import type { RekeyResult } from '../../src/stores/encrypted/encrypted-store.ts';
import type { Backend } from '../engine/backend.ts';
import type { Code } from '../engine/code.ts';
import { ENCRYPTION_KEYS, keyIdOf } from '../engine/envelope.ts';
import { SimProcess } from '../engine/sim-process.ts';
import { SimStore } from '../engine/sim-store.ts';
import type { TokenConfig } from './history.ts';
import { fetchFor, type Network } from './server-fetch.ts';

const KEY = 'user/service';

export interface Surroundings {
  readonly code: Code;
  readonly config: TokenConfig;
  readonly backend: Backend;
  readonly network: Network;
}

/** A process that uses the connection; when it has died, another takes its place. */
export interface Worker {
  readonly process: SimProcess;
  readonly store: SimStore;
  readonly generation: number;
  readonly manager: TokenManager;
  /** Encrypts what is not encrypted with this process's key. */
  readonly rekey: (() => Promise<RekeyResult>) | undefined;
  /** Another object for the same connection. */
  open(): TokenManager;
  /** The last token that it got. */
  lastToken: string | undefined;
}

export function startWorker(
  { code, config, backend, network }: Surroundings,
  index: number,
  generation: number,
): Worker {
  const clocks = { skewMs: config.skewMs[index], drift: config.drift[index] };
  const process = new SimProcess(backend.world, `p${index}.${generation}`, clocks);
  const { OAuthClient, TokenManager: Manager, encryptedStore, StoreError } = code(process);
  const plain = new SimStore(process, backend, (text) => new StoreError('unavailable', text));
  const keys = { current: keyIdOf(index), keys: ENCRYPTION_KEYS };
  const encrypted = config.isEncrypted ? encryptedStore(plain, keys) : undefined;
  const store: RecordStore = encrypted ?? plain;
  const client = new OAuthClient({
    provider: {
      id: 'as',
      issuer: 'https://as.test',
      authorizationEndpoint: 'https://as.test/authorize',
      tokenEndpoint: 'https://as.test/token',
      revocationEndpoint: 'https://as.test/revoke',
      clientAuthentication: 'post',
      defaultScopes: ['all'],
    },
    clientId: 'client',
    clientSecret: 'secret',
    redirectUri: 'https://app.test/callback',
    fetch: fetchFor(network, process),
  });
  const { timeoutMs: refreshTimeoutMs, leaseTtlMs, ambiguousRefresh } = config;
  const open = (): TokenManager =>
    new Manager({ client, store, key: KEY, refreshTimeoutMs, leaseTtlMs, ambiguousRefresh });
  const rekey = encrypted && (() => encrypted.rekey());
  return { process, store: plain, generation, manager: open(), rekey, open, lastToken: undefined };
}
