import { reportClockSkew } from '../hooks/clock-skew.ts';
import type { RefreshContext } from './refresh-context.ts';
import type { TokenRecord } from './token-record.ts';

type Place = Pick<RefreshContext, 'client' | 'hooks' | 'shared'>;

/** A record that was read, with its times by this machine's clock. The host hears if its writer's clock differs. */
export function localRecord(context: Place, read: TokenRecord | undefined): TokenRecord | undefined {
  if (read === undefined) return undefined;
  const { shared, hooks, client } = context;
  return shared.clock.local(read, (behindMs) => {
    reportClockSkew(hooks, { witness: 'store', name: client.provider.id, behindMs });
  });
}
