import { ConfigurationError } from '../../errors/index.ts';

/**
 * Throws {@link ConfigurationError} for a binding of Workers KV. It has no compare-and-set, and a write may be invisible
 * elsewhere for a minute or more (https://developers.cloudflare.com/kv/concepts/how-kv-works/): two Workers would use one refresh
 * token, and the user would have to sign in again.
 */
export function refuseKeyValueNamespace(binding: unknown): void {
  if (typeof binding !== 'object' || binding === null) return;
  if (!('getWithMetadata' in binding) || !('put' in binding)) return;
  throw new ConfigurationError(
    'Workers KV can not keep tokens: it has no compare-and-set, and reads may be older than a minute, so two Workers ' +
      'would spend the same refresh token. Use d1Store or durableObjectStore.',
  );
}
