import type { Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';
import { SENDING } from '../limits.ts';
import { SETTINGS_OPERATIONS, type SettingsOperationName } from './settings/operations.ts';
import type { MailOperation, MailRequest } from './wire.ts';

/** The requests of {@link GmailClient}, by the method that each belongs to. */
export type GmailOperationName =
  | SettingsOperationName
  | 'drafts.create'
  | 'drafts.delete'
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.send'
  | 'drafts.update'
  | 'labels.create'
  | 'labels.delete'
  | 'labels.get'
  | 'labels.list'
  | 'labels.patch'
  | 'labels.replace'
  | 'mailbox.changes'
  | 'mailbox.stop'
  | 'mailbox.watch'
  | 'messages.attachment'
  | 'messages.batchDelete'
  | 'messages.batchModify'
  | 'messages.delete'
  | 'messages.get'
  | 'messages.getMany'
  | 'messages.import'
  | 'messages.insert'
  | 'messages.list'
  | 'messages.modify'
  | 'messages.send'
  | 'messages.trash'
  | 'messages.untrash'
  | 'profile.get'
  | 'threads.delete'
  | 'threads.get'
  | 'threads.getMany'
  | 'threads.list'
  | 'threads.modify'
  | 'threads.trash'
  | 'threads.untrash';

export type GmailService = Service<GmailOperationName, MailOperation, MailRequest>;
export type GmailCall = ServiceCall<GmailOperationName, MailOperation, MailRequest>;

const ALL_MAIL = 'https://mail.google.com/';

function scopes(...names: string[]): string[] {
  return [...names.map((name) => `https://www.googleapis.com/auth/gmail.${name}`), ALL_MAIL];
}

const ADD_ON = 'addons.current.message';
const COMPOSE = scopes('compose', 'modify', 'addons.current.action.compose');
const READ_DRAFTS = scopes('compose', 'modify', 'readonly');
const READ = scopes('readonly', 'modify', `${ADD_ON}.action`, `${ADD_ON}.readonly`);
const READ_METADATA = scopes(
  'readonly',
  'modify',
  'metadata',
  `${ADD_ON}.action`,
  `${ADD_ON}.metadata`,
  `${ADD_ON}.readonly`,
);
const MAILBOX = scopes('readonly', 'modify', 'metadata');
const PROFILE = scopes('compose', 'readonly', 'modify', 'metadata');
const LABELS = scopes('labels', 'modify');
const READ_LABELS = scopes('labels', 'readonly', 'modify', 'metadata');
const MODIFY = scopes('modify');
const INSERT = scopes('insert', 'modify');
/** What can't be undone: no scope of Gmail's but the widest. */
const DELETE = scopes();
const SEND = [...COMPOSE, ...scopes('send').slice(0, 1)];

const UPLOADS = '/upload/gmail/v1/users/{userId}';

/**
 * Units by https://developers.google.com/workspace/gmail/api/reference/quota as of 2026-05-01; those of labels, changes and deletions
 * are from the table before.
 */
export const GMAIL_OPERATIONS: Readonly<Record<GmailOperationName, MailOperation>> = {
  ...SETTINGS_OPERATIONS,
  'drafts.create': {
    safety: 'unsafe',
    scopes: COMPOSE,
    cost: 10,
    library: 'users.drafts.create',
    upload: { method: 'POST', path: `${UPLOADS}/drafts` },
  },
  'drafts.delete': { safety: 'idempotent', scopes: COMPOSE, cost: 10, library: 'users.drafts.delete' },
  'drafts.get': { safety: 'safe', scopes: READ_DRAFTS, cost: 20, library: 'users.drafts.get' },
  'drafts.list': { safety: 'safe', scopes: READ_DRAFTS, cost: 5, library: 'users.drafts.list' },
  'drafts.send': {
    safety: 'unsafe',
    scopes: COMPOSE,
    cost: 100,
    lane: SENDING,
    library: 'users.drafts.send',
  },
  'drafts.update': {
    safety: 'idempotent',
    scopes: COMPOSE,
    cost: 15,
    library: 'users.drafts.update',
    upload: { method: 'PUT', path: `${UPLOADS}/drafts/{id}` },
  },
  'labels.create': { safety: 'unsafe', scopes: LABELS, cost: 5, library: 'users.labels.create' },
  'labels.delete': { safety: 'idempotent', scopes: LABELS, cost: 5, library: 'users.labels.delete' },
  'labels.get': { safety: 'safe', scopes: READ_LABELS, cost: 1, library: 'users.labels.get' },
  'labels.list': { safety: 'safe', scopes: READ_LABELS, cost: 1, library: 'users.labels.list' },
  'labels.patch': { safety: 'idempotent', scopes: LABELS, cost: 5, library: 'users.labels.patch' },
  'labels.replace': { safety: 'idempotent', scopes: LABELS, cost: 5, library: 'users.labels.update' },
  'mailbox.changes': { safety: 'safe', scopes: MAILBOX, cost: 2, library: 'users.history.list' },
  'mailbox.stop': { safety: 'idempotent', scopes: MAILBOX, cost: 50, library: 'users.stop' },
  'mailbox.watch': { safety: 'idempotent', scopes: MAILBOX, cost: 100, library: 'users.watch' },
  'messages.attachment': {
    safety: 'safe',
    scopes: READ,
    cost: 20,
    library: 'users.messages.attachments.get',
  },
  'messages.batchDelete': {
    safety: 'idempotent',
    scopes: DELETE,
    cost: 50,
    library: 'users.messages.batchDelete',
  },
  'messages.batchModify': {
    safety: 'idempotent',
    scopes: MODIFY,
    cost: 50,
    library: 'users.messages.batchModify',
  },
  'messages.delete': { safety: 'idempotent', scopes: DELETE, cost: 10, library: 'users.messages.delete' },
  'messages.get': { safety: 'safe', scopes: READ_METADATA, cost: 20, library: 'users.messages.get' },
  'messages.getMany': { safety: 'safe', scopes: READ_METADATA, cost: 20, library: 'batch' },
  'messages.import': {
    safety: 'unsafe',
    scopes: INSERT,
    cost: 25,
    library: 'users.messages.import',
    upload: { method: 'POST', path: `${UPLOADS}/messages/import` },
  },
  'messages.insert': {
    safety: 'unsafe',
    scopes: INSERT,
    cost: 25,
    library: 'users.messages.insert',
    upload: { method: 'POST', path: `${UPLOADS}/messages` },
  },
  'messages.list': { safety: 'safe', scopes: MAILBOX, cost: 5, library: 'users.messages.list' },
  'messages.modify': { safety: 'idempotent', scopes: MODIFY, cost: 5, library: 'users.messages.modify' },
  'messages.send': {
    safety: 'unsafe',
    scopes: SEND,
    cost: 100,
    lane: SENDING,
    library: 'users.messages.send',
    upload: { method: 'POST', path: `${UPLOADS}/messages/send` },
  },
  'messages.trash': { safety: 'idempotent', scopes: MODIFY, cost: 5, library: 'users.messages.trash' },
  'messages.untrash': { safety: 'idempotent', scopes: MODIFY, cost: 5, library: 'users.messages.untrash' },
  'profile.get': { safety: 'safe', scopes: PROFILE, cost: 1, library: 'users.getProfile' },
  'threads.delete': { safety: 'idempotent', scopes: DELETE, cost: 20, library: 'users.threads.delete' },
  'threads.get': { safety: 'safe', scopes: READ_METADATA, cost: 40, library: 'users.threads.get' },
  'threads.getMany': { safety: 'safe', scopes: READ_METADATA, cost: 40, library: 'batch' },
  'threads.list': { safety: 'safe', scopes: MAILBOX, cost: 10, library: 'users.threads.list' },
  'threads.modify': { safety: 'idempotent', scopes: MODIFY, cost: 10, library: 'users.threads.modify' },
  'threads.trash': { safety: 'idempotent', scopes: MODIFY, cost: 10, library: 'users.threads.trash' },
  'threads.untrash': { safety: 'idempotent', scopes: MODIFY, cost: 10, library: 'users.threads.untrash' },
};
