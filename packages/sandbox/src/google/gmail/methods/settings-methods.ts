import type { JsonObject } from '../../../json.ts';
import { GoogleFailure } from '../../api/failures.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import { readLabelIds } from '../mailbox/change-labels.ts';
import type { Settings } from '../mailbox/settings.ts';
import type { GmailCall, GmailHandler } from './gmail-call.ts';

type Collection = 'delegates' | 'filters' | 'forwardingAddresses';
type Single = 'AutoForwarding' | 'Imap' | 'Language' | 'Pop' | 'Vacation';
type SettingsMethod =
  `settings.${Collection}.${'create' | 'delete' | 'get' | 'list'}` | `settings.${'get' | 'update'}${Single}`;

/** Settings but for the addresses to send from. */
export const SETTINGS_METHODS: Readonly<Record<SettingsMethod, GmailHandler>> = {
  ...single('AutoForwarding', 'autoForwarding', checkForwarding),
  ...single('Imap', 'imap'),
  ...single('Language', 'language'),
  ...single('Pop', 'pop'),
  ...single('Vacation', 'vacation', checkVacation),
  ...collection('delegates', { member: 'delegates', key: 'delegateEmail' }),
  ...collection('forwardingAddresses', { member: 'forwardingAddresses', key: 'forwardingEmail' }),
  ...collection('filters', { member: 'filter', key: 'id' }),
  'settings.filters.create': createFilter,
};

function single<Name extends Single>(
  name: Name,
  field: keyof Settings['single'],
  check: (body: JsonObject, call: GmailCall) => void = () => undefined,
): Record<`settings.${'get' | 'update'}${Name}`, GmailHandler> {
  const handlers: Record<string, GmailHandler> = {
    [`settings.get${name}`]: ({ mailbox }) => mailbox.settings.single[field],
    [`settings.update${name}`]: (call) => {
      const body = readBody(call);
      check(body, call);
      call.mailbox.settings.single[field] = body;
      return body;
    },
  };
  return handlers;
}

function collection<Name extends Collection>(
  name: Name,
  { member, key }: { member: string; key: string },
): Record<`settings.${Name}.${'create' | 'delete' | 'get' | 'list'}`, GmailHandler> {
  const find = (call: GmailCall): [string, JsonObject] => {
    const id = pathParam(call, key).toLowerCase();
    const item = call.mailbox.settings[name].get(id);
    if (!item) throw entityNotFound();
    return [id, item];
  };
  const handlers: Record<string, GmailHandler> = {
    [`settings.${name}.list`]: ({ mailbox }) => ({ [member]: [...mailbox.settings[name].values()] }),
    [`settings.${name}.get`]: (call) => find(call)[1],
    [`settings.${name}.delete`]: (call) => void call.mailbox.settings[name].delete(find(call)[0]),
    [`settings.${name}.create`]: (call) => {
      const address = readBody(call)[key];
      if (typeof address !== 'string' || !address.includes('@')) throw invalidArgument(`Invalid ${key}`);
      const items = call.mailbox.settings[name];
      if (items.has(address.toLowerCase())) throw alreadyExists();
      // Who owns the address has to agree: assumed that it is pending until then.
      const item = { [key]: address, verificationStatus: 'pending' };
      items.set(address.toLowerCase(), item);
      return item;
    },
  };
  return handlers;
}

function createFilter(call: GmailCall): JsonObject {
  const { criteria, action } = readBody(call);
  const { filters } = call.mailbox.settings;
  if (!isFilled(criteria)) throw invalidArgument('Filter must have at least one criteria');
  if (!isFilled(action)) throw invalidArgument('Filter must have at least one action');
  readLabelIds(call.mailbox, action['addLabelIds'] ?? []);
  readLabelIds(call.mailbox, action['removeLabelIds'] ?? []);
  const textOf = (filter: JsonObject): string => JSON.stringify([filter['criteria'], filter['action']]);
  const exists = [...filters.values()].some((one) => textOf(one) === textOf({ criteria, action }));
  if (exists) throw new GoogleFailure(400, 'failedPrecondition', 'Filter already exists');
  const id = `anz${filters.size + 1}${String(call.mailbox.now())}`;
  const filter = { id, criteria, action };
  filters.set(id, filter);
  return filter;
}

function isFilled(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Discovery: either the subject or the body must be nonempty, and the times in order. */
function checkVacation(body: JsonObject): void {
  const { enableAutoReply, responseSubject, responseBodyPlainText, responseBodyHtml } = body;
  const hasText = [responseSubject, responseBodyPlainText, responseBodyHtml].some(Boolean);
  if (enableAutoReply === true && !hasText) throw invalidArgument('Invalid vacation responder');
  if (Number(body['startTime'] ?? 0) >= Number(body['endTime'] ?? Number.POSITIVE_INFINITY)) {
    throw invalidArgument('Invalid vacation responder: startTime must precede endTime');
  }
}

/** Discovery: the address must be a verified one. */
function checkForwarding({ enabled, emailAddress }: JsonObject, { mailbox }: GmailCall): void {
  if (enabled !== true) return;
  const address = typeof emailAddress === 'string' ? emailAddress.toLowerCase() : '';
  const known = mailbox.settings.forwardingAddresses.get(address);
  if (known?.['verificationStatus'] !== 'accepted') throw invalidArgument('Unrecognized forwarding address');
}

export function alreadyExists(): GoogleFailure {
  return new GoogleFailure(409, 'alreadyExists', 'Requested entity already exists', {
    status: 'ALREADY_EXISTS',
  });
}
