import type { RecordStore } from '@context-sdk/oauth-core';
import { isVolatile } from '@context-sdk/oauth-core/store-kit';

interface HostProcess {
  env?: Record<string, string | undefined>;
  emitWarning?: (message: string, options: { type: string; code: string }) => void;
}

const WARNING =
  'The store of this context is not encrypted: whoever reads it, or a backup of it, can use the tokens of all users. ' +
  'Wrap it in encryptedStore (docs/keys.md), or set allowUnencryptedStore if it is encrypted otherwise.';

let isTold = false;

/** Says so, once per process, if tokens lie readable in a store that outlives the process in production. */
export function warnOfUnencryptedStore(store: RecordStore, isAllowed: boolean): void {
  const { process: host } = globalThis as { process?: HostProcess };
  if (isTold || isAllowed || host?.env?.['NODE_ENV'] !== 'production') return;
  if (isVolatile(store) || isEncrypted(store)) return;
  isTold = true;
  host.emitWarning?.(WARNING, { type: 'SecurityWarning', code: 'CONTEXT_SDK_UNENCRYPTED_STORE' });
}

/** Whether it is an `encryptedStore`: no other store can be encrypted anew. */
function isEncrypted(store: RecordStore): boolean {
  return typeof (store as { rekey?: unknown }).rekey === 'function';
}
