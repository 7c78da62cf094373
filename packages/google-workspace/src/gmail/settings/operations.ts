import type { MailOperation } from '../wire.ts';

/** The requests of `GmailClient.settings`. */
export type SettingsOperationName =
  | 'settings.delegates.create'
  | 'settings.delegates.delete'
  | 'settings.delegates.get'
  | 'settings.delegates.list'
  | 'settings.filters.create'
  | 'settings.filters.delete'
  | 'settings.filters.get'
  | 'settings.filters.list'
  | 'settings.forwarding.get'
  | 'settings.forwarding.update'
  | 'settings.forwardingAddresses.create'
  | 'settings.forwardingAddresses.delete'
  | 'settings.forwardingAddresses.get'
  | 'settings.forwardingAddresses.list'
  | 'settings.imap.get'
  | 'settings.imap.update'
  | 'settings.language.get'
  | 'settings.language.update'
  | 'settings.pop.get'
  | 'settings.pop.update'
  | 'settings.sendAs.create'
  | 'settings.sendAs.delete'
  | 'settings.sendAs.get'
  | 'settings.sendAs.list'
  | 'settings.sendAs.patch'
  | 'settings.sendAs.verify'
  | 'settings.vacation.get'
  | 'settings.vacation.update';

function scopes(...names: string[]): string[] {
  return names.map((name) => `https://www.googleapis.com/auth/gmail.${name}`);
}

const READ = [...scopes('settings.basic', 'readonly', 'modify'), 'https://mail.google.com/'];
const WRITE = scopes('settings.basic');
/** Only for service accounts that act for a whole domain, by the discovery document. */
const SHARE = scopes('settings.sharing');

function row(
  method: string,
  safety: MailOperation['safety'],
  needed: readonly string[],
  cost: number,
): MailOperation {
  return { safety, scopes: needed, cost, library: `users.settings.${method}` };
}

/** Units by the table before 2026-05-01; none is known to have changed. */
export const SETTINGS_OPERATIONS: Readonly<Record<SettingsOperationName, MailOperation>> = {
  'settings.delegates.create': row('delegates.create', 'unsafe', SHARE, 100),
  'settings.delegates.delete': row('delegates.delete', 'idempotent', SHARE, 5),
  'settings.delegates.get': row('delegates.get', 'safe', READ, 1),
  'settings.delegates.list': row('delegates.list', 'safe', READ, 1),
  'settings.filters.create': row('filters.create', 'unsafe', WRITE, 5),
  'settings.filters.delete': row('filters.delete', 'idempotent', WRITE, 5),
  'settings.filters.get': row('filters.get', 'safe', READ, 1),
  'settings.filters.list': row('filters.list', 'safe', READ, 1),
  'settings.forwarding.get': row('getAutoForwarding', 'safe', READ, 1),
  'settings.forwarding.update': row('updateAutoForwarding', 'idempotent', SHARE, 5),
  'settings.forwardingAddresses.create': row('forwardingAddresses.create', 'unsafe', SHARE, 100),
  'settings.forwardingAddresses.delete': row('forwardingAddresses.delete', 'idempotent', SHARE, 5),
  'settings.forwardingAddresses.get': row('forwardingAddresses.get', 'safe', READ, 1),
  'settings.forwardingAddresses.list': row('forwardingAddresses.list', 'safe', READ, 1),
  'settings.imap.get': row('getImap', 'safe', READ, 1),
  'settings.imap.update': row('updateImap', 'idempotent', WRITE, 5),
  'settings.language.get': row('getLanguage', 'safe', READ, 1),
  'settings.language.update': row('updateLanguage', 'idempotent', WRITE, 5),
  'settings.pop.get': row('getPop', 'safe', READ, 1),
  'settings.pop.update': row('updatePop', 'idempotent', WRITE, 100),
  'settings.sendAs.create': row('sendAs.create', 'unsafe', SHARE, 100),
  'settings.sendAs.delete': row('sendAs.delete', 'idempotent', SHARE, 5),
  'settings.sendAs.get': row('sendAs.get', 'safe', READ, 1),
  'settings.sendAs.list': row('sendAs.list', 'safe', READ, 1),
  'settings.sendAs.patch': row('sendAs.patch', 'idempotent', [...WRITE, ...SHARE], 100),
  'settings.sendAs.verify': row('sendAs.verify', 'unsafe', SHARE, 100),
  'settings.vacation.get': row('getVacation', 'safe', READ, 1),
  'settings.vacation.update': row('updateVacation', 'idempotent', WRITE, 5),
};
