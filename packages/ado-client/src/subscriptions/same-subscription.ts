import type { AdoSubscription } from './subscription.ts';
import type { WireSubscription } from './wire-subscription.ts';

/** Inputs that the service adds by itself. */
const OWN_INPUTS = new Set(['tfsSubscriptionId', 'hostId']);
const SECRETS = ['basicAuthPassword', 'httpHeaders'];

/** What is compared as it is written; all others are ids and names, which case does not tell apart. */
const TEXTS = new Set(['commentPattern']);

/** Every filter, whichever names there are; an empty one or a `false` filters nothing. */
function filtersOf(inputs: Readonly<Record<string, unknown>>): string {
  const filters = Object.entries(inputs)
    .filter(([name, value]) => !OWN_INPUTS.has(name) && value !== null && value !== '')
    .map(([name, value]) => [name, TEXTS.has(name) ? String(value) : String(value).toLowerCase()] as const)
    .filter(([, value]) => value !== 'false');
  return JSON.stringify(filters.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether a subscription sends the same events to the same address: all its filters have to be the same. */
export function isForTheSame(present: AdoSubscription, wanted: WireSubscription): boolean {
  return (
    present.consumerInputs['url'] === wanted.consumerInputs['url'] &&
    filtersOf(present.publisherInputs) === filtersOf(wanted.publisherInputs)
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
