import type { SpecViolation } from '../../../spec/spec-check.ts';
import { GMAIL_METHODS } from '../../api/discovered.ts';
import { bindMethods, type GoogleCall, type GoogleMethod, scopeUrls } from '../../api/method.ts';
import { pathParam, queryFlag, queryInteger, queryParam, queryParams } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument, permissionDenied } from '../failures.ts';
import type { MailRules } from '../mail/mend-mail.ts';
import { isMessageId } from '../mailbox/ids.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';
import type { Message } from '../mailbox/message.ts';
import { search } from '../search/search.ts';
import { ResumableUploads } from '../upload/resumable-uploads.ts';

/** One authorized request for a mailbox. */
export interface GmailCall extends GoogleCall {
  readonly mailbox: Mailbox;
  /** Keeps a violation: what Gmail puts up with, but is probably a mistake. */
  readonly report: (problem: string) => void;
  readonly mailRules: MailRules;
}

/** As GoogleMethod.handle. */
export type GmailHandler = (call: GmailCall) => unknown;

/** A method's id behind `gmail.users.`. */
type MethodId = keyof typeof GMAIL_METHODS;

/**
 * Quota units of a request since 2026-05-01: https://developers.google.com/workspace/gmail/api/reference/quota. Those of
 * drafts.get, drafts.list, labels, changes and deletions are from the older table; their present values are not known.
 */
const UNITS: Readonly<Record<MethodId, number>> = {
  getProfile: 1,
  watch: 100,
  stop: 50,
  'labels.create': 5,
  'labels.delete': 5,
  'labels.get': 1,
  'labels.list': 1,
  'labels.patch': 5,
  'labels.update': 5,
  'history.list': 2,
  'drafts.create': 10,
  'drafts.update': 15,
  'drafts.delete': 10,
  'drafts.get': 5,
  'drafts.list': 5,
  'drafts.send': 100,
  'messages.send': 100,
  'messages.get': 20,
  'messages.list': 5,
  'messages.attachments.get': 20,
  'messages.batchDelete': 50,
  'messages.batchModify': 50,
  'messages.delete': 10,
  'messages.import': 25,
  'messages.insert': 25,
  'messages.modify': 5,
  'messages.trash': 5,
  'messages.untrash': 5,
  'settings.delegates.create': 100,
  'settings.delegates.delete': 5,
  'settings.delegates.get': 1,
  'settings.delegates.list': 1,
  'settings.filters.create': 5,
  'settings.filters.delete': 5,
  'settings.filters.get': 1,
  'settings.filters.list': 1,
  'settings.forwardingAddresses.create': 100,
  'settings.forwardingAddresses.delete': 5,
  'settings.forwardingAddresses.get': 1,
  'settings.forwardingAddresses.list': 1,
  'settings.getAutoForwarding': 1,
  'settings.getImap': 1,
  'settings.getLanguage': 1,
  'settings.getPop': 1,
  'settings.getVacation': 1,
  'settings.sendAs.create': 100,
  'settings.sendAs.delete': 5,
  'settings.sendAs.get': 1,
  'settings.sendAs.list': 1,
  'settings.sendAs.patch': 100,
  'settings.sendAs.update': 100,
  'settings.sendAs.verify': 100,
  'settings.updateAutoForwarding': 5,
  'settings.updateImap': 5,
  'settings.updateLanguage': 5,
  'settings.updatePop': 100,
  'settings.updateVacation': 5,
  'threads.get': 40,
  'threads.list': 10,
  'threads.delete': 20,
  'threads.modify': 10,
  'threads.trash': 10,
  'threads.untrash': 10,
};

/** The methods of Gmail, each called with the mailbox that the request may open. */
export function gmailMethods(
  mailboxes: Mailboxes,
  handlers: Readonly<Record<MethodId, GmailHandler>>,
  { violations, mailRules, strict }: { violations: SpecViolation[]; mailRules: MailRules; strict: boolean },
): GoogleMethod[] {
  const uploads = new ResumableUploads();
  return bindMethods({ api: 'gmail', prefix: 'gmail.users.', methods: GMAIL_METHODS }, (id) => ({
    units: UNITS[id],
    handle: (call) => {
      const { method, path } = call.request;
      const report = (problem: string): void => {
        violations.push({ operation: `gmail.users.${id}`, method, path, problem });
        if (strict) throw invalidArgument(problem);
      };
      const gmailCall = { ...call, mailbox: mailboxOf(mailboxes, call), report, mailRules };
      if (call.request.query.get('uploadType') !== 'resumable') return handlers[id](gmailCall);
      if (call.request.query.has('upload_id')) return uploads.continue(gmailCall, handlers[id]);
      return uploads.begin(gmailCall);
    },
  }));
}

/** A token opens the mailbox of its own account: `me`, or the account's address. */
function mailboxOf(mailboxes: Mailboxes, call: GoogleCall): Mailbox {
  const userId = pathParam(call, 'userId').toLowerCase();
  if (userId !== 'me' && userId !== call.account.email.toLowerCase()) {
    throw permissionDenied(`Delegation denied for ${call.account.email}`);
  }
  return mailboxes.of(call.account);
}

export const RAW_REQUIRED =
  "'raw' RFC822 payload message string or uploading message via /upload/* URL required";

/** The message that a parameter of the path names. */
export function findMessage(call: GmailCall, param: string): Message {
  const id = pathParam(call, param);
  if (!isMessageId(id)) throw invalidArgument('Invalid id value');
  const message = call.mailbox.messages.get(id);
  if (!message) throw entityNotFound();
  return message;
}

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 500;

/** A piece of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Empty on the last page, for spreading into the answer. */
  readonly next: { readonly nextPageToken?: string };
}

/** The piece that `maxResults` (at most 500) and `pageToken` ask for. */
export function pageOf<T>(call: GoogleCall, items: readonly T[]): Page<T> {
  const size = queryInteger(call, 'maxResults') ?? DEFAULT_PAGE_SIZE;
  if (size > MAX_PAGE_SIZE) {
    throw invalidArgument(`Invalid value '${size}'. Values must be within the range: [1, ${MAX_PAGE_SIZE}]`);
  }
  const start = readToken(queryParam(call, 'pageToken'));
  const end = start + size;
  return {
    items: items.slice(start, end),
    next: end < items.length ? { nextPageToken: String(end).padStart(20, '0') } : {},
  };
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  if (!/^\d{20}$/.test(token)) throw invalidArgument('Invalid pageToken');
  return Number(token);
}

/** What opens attachments shows bodies. */
const BODY_SCOPES = scopeUrls(GMAIL_METHODS['messages.attachments.get'].scopes);

/** `gmail.metadata` alone shows no bodies. */
export function refuseBodies(call: GmailCall, format: string): void {
  if (isMetadataOnly(call) && (format === 'full' || format === 'raw')) {
    throw permissionDenied(`Metadata scope doesn't allow format ${format.toUpperCase()}`);
  }
}

/** The messages that the query asks for. `gmail.metadata` alone may not search by words. */
export function searchMessages(call: GmailCall): Message[] {
  if (isMetadataOnly(call) && call.request.query.has('q')) {
    throw permissionDenied("Metadata scope does not support 'q' parameter");
  }
  return search(call.mailbox, call.mailbox.messages.values(), {
    report: call.report,
    query: queryParam(call, 'q') ?? '',
    labelIds: queryParams(call, 'labelIds'),
    includeSpamTrash: queryFlag(call, 'includeSpamTrash'),
  });
}

function isMetadataOnly({ scopes }: GmailCall): boolean {
  return !BODY_SCOPES.some((scope) => scopes.includes(scope));
}
