import type { AdoSubscription } from './subscription.ts';
import type { WireSubscription } from './wire-subscription.ts';

const FILTERS = ['projectId', 'areaPath', 'workItemType', 'changedFields', 'commentPattern'];
const SECRETS = ['basicAuthPassword', 'httpHeaders'];

/** Whether a subscription tells the same address of the same events; the service adds inputs of its own. */
export function isForTheSame(present: AdoSubscription, wanted: WireSubscription): boolean {
  return (
    present.consumerInputs['url'] === wanted.consumerInputs['url'] &&
    FILTERS.every((name) => (present.publisherInputs[name] ?? '') === (wanted.publisherInputs[name] ?? ''))
  );
}

/** Whether it can stay as it is. Secrets come back masked, so what holds some is written anew. */
export function isAsWanted(present: AdoSubscription, wanted: WireSubscription): boolean {
  const wantsSecrets = SECRETS.some((name) => wanted.consumerInputs[name] !== undefined);
  const hasSecrets = SECRETS.some((name) => (present.consumerInputs[name] ?? '') !== '');
  const details = present.consumerInputs['resourceDetailsToSend'] || 'all';
  return (
    !wantsSecrets &&
    !hasSecrets &&
    (present.status ?? 'enabled') === 'enabled' &&
    details === wanted.consumerInputs['resourceDetailsToSend']
  );
}
