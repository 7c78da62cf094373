import type { Service, ServiceCall } from '@context-sdk/oauth-core/client-kit';
import { SENDING } from '../limits.ts';
import type { MailOperation, MailRequest } from './wire.ts';

/** The requests of {@link GmailClient}, by the method that each belongs to. */
export type GmailOperationName =
  | 'drafts.create'
  | 'drafts.delete'
  | 'drafts.get'
  | 'drafts.list'
  | 'drafts.send'
  | 'drafts.update'
  | 'mailbox.changes'
  | 'mailbox.stop'
  | 'mailbox.watch'
  | 'messages.attachment'
  | 'messages.get'
  | 'messages.list'
  | 'messages.send'
  | 'profile.get'
  | 'threads.get';

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
const SEND = [...COMPOSE, ...scopes('send').slice(0, 1)];

const UPLOADS = '/upload/gmail/v1/users/me';

/** Units by https://developers.google.com/workspace/gmail/api/reference/quota as of 2026-05-01. */
export const GMAIL_OPERATIONS: Readonly<Record<GmailOperationName, MailOperation>> = {
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
  'mailbox.changes': { safety: 'safe', scopes: MAILBOX, cost: 2, library: 'users.history.list' },
  'mailbox.stop': { safety: 'idempotent', scopes: MAILBOX, cost: 50, library: 'users.stop' },
  'mailbox.watch': { safety: 'idempotent', scopes: MAILBOX, cost: 100, library: 'users.watch' },
  'messages.attachment': {
    safety: 'safe',
    scopes: READ,
    cost: 20,
    library: 'users.messages.attachments.get',
  },
  'messages.get': { safety: 'safe', scopes: READ_METADATA, cost: 20, library: 'users.messages.get' },
  'messages.list': { safety: 'safe', scopes: MAILBOX, cost: 5, library: 'users.messages.list' },
  'messages.send': {
    safety: 'unsafe',
    scopes: SEND,
    cost: 100,
    lane: SENDING,
    library: 'users.messages.send',
    upload: { method: 'POST', path: `${UPLOADS}/messages/send` },
  },
  'profile.get': { safety: 'safe', scopes: PROFILE, cost: 1, library: 'users.getProfile' },
  'threads.get': { safety: 'safe', scopes: READ_METADATA, cost: 40, library: 'users.threads.get' },
};
