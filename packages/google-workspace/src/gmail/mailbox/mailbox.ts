import {
  type CallOptions,
  isObject,
  omitUndefined,
  type OwnOptions,
  type ServiceResponse,
  unlessNotFound,
} from '@context-sdk/oauth-core/client-kit';
import { isId } from '../../input.ts';
import { type LibraryParams, pagesOf } from '../../wire.ts';
import { invalid, SERVICE, unexpected } from '../errors.ts';
import { checkedChoice, checkedTexts } from '../messages/message-query.ts';
import type { MessageRef } from '../messages/message.ts';
import type { GmailCall, GmailService } from '../operations.ts';
import { readProfile } from './profile.ts';

/** A kind of change. */
export type HistoryType = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved';

const HISTORY_TYPES: readonly HistoryType[] = [
  'messageAdded',
  'messageDeleted',
  'labelAdded',
  'labelRemoved',
];

/** A message in the mailbox's history, with the labels that it had when it was added. */
export interface AddedMessage extends MessageRef {
  /** Has `DRAFT` for a draft: saving one, and each of its updates, adds a message that nobody has sent. See {@link isDraft}. */
  labelIds?: string[];
}

/** Whether a message is a draft, and so neither received nor sent. */
export function isDraft(message: Pick<MessageRef, 'labelIds'>): boolean {
  const labelIds = message?.labelIds;
  return Array.isArray(labelIds) && labelIds.includes('DRAFT');
}

/** What happened to the mailbox at one moment. Messages have little more than ids. */
export interface HistoryRecord {
  id: string;
  /** Received and sent messages, and drafts: tell these apart with {@link isDraft}. */
  messagesAdded?: { message: AddedMessage }[];
  /** Deleted for good. A message that is moved to the trash only changes its labels. */
  messagesDeleted?: { message: MessageRef }[];
  labelsAdded?: { message: MessageRef; labelIds: string[] }[];
  labelsRemoved?: { message: MessageRef; labelIds: string[] }[];
}

/**
 * What has changed since a state of the mailbox. `expired`: Google no longer knows that state (it keeps states for at least
 * a week, in rare cases hours), so list all messages again. In both cases, continue from `historyId`: store it once the changes
 * are processed, or before you list all messages. A change may be returned twice; none is lost.
 */
export type MailboxChanges =
  { expired: false; changes: HistoryRecord[]; historyId: string } | { expired: true; historyId: string };

/** Which changes Gmail reports to a Pub/Sub topic. */
export interface WatchInput {
  /** `projects/{project}/topics/{topic}`. `gmail-api-push@system.gserviceaccount.com` must be allowed to publish there. */
  topicName: string;
  /** Only changes of messages with these labels, or of messages without them, by `labelFilterBehavior`. */
  labelIds?: readonly string[] | undefined;
  /** Default: `include`. */
  labelFilterBehavior?: 'include' | 'exclude' | undefined;
}

/** An active watch. */
export interface MailboxWatch {
  /** The state of the mailbox: `mailbox.changes` continues from here. */
  historyId: string;
  /** When Gmail stops reporting, in epoch milliseconds: within seven days. */
  expiration: number;
}

/** Which changes to read. */
export interface ChangesOptions extends CallOptions {
  /** Default: all kinds. */
  historyTypes?: readonly HistoryType[] | undefined;
  /** Only changes of messages with this label. */
  labelId?: string | undefined;
}

const CHANGES_OPTIONS: OwnOptions<ChangesOptions> = { historyTypes: 'list', labelId: 'string' };

/** The mailbox as a whole: what changes in it, and notifications of changes. */
export class GmailMailbox {
  readonly #service: GmailService;

  constructor(service: GmailService) {
    this.#service = service;
  }

  /**
   * Has Gmail report changes to a Pub/Sub topic for up to seven days. Google advises to call it daily; it replaces the
   * previous watch. Scope `gmail.readonly`: `gmail.compose` is not enough.
   */
  async watch(input: WatchInput, options?: CallOptions): Promise<MailboxWatch> {
    const json = checkedWatch(input);
    const response = await this.#service.call(options).send('mailbox.watch', { json });
    const { historyId, expiration } = response.object<{ historyId: string; expiration: string }>({
      historyId: 'string',
      expiration: 'string',
    });
    return { historyId, expiration: epochMs(expiration) };
  }

  /** Ends every watch of this mailbox. Scope `gmail.readonly`. */
  async stop(options?: CallOptions): Promise<void> {
    await this.#service.call(options).send('mailbox.stop', {});
  }

  /**
   * What has changed since a state that a watch, a profile or an earlier call returned. Don't give the state of a push,
   * which is the new one. Two requests if the state has expired, otherwise one per 500 changes. Scope `gmail.readonly`.
   */
  async changes(startHistoryId: string, options?: ChangesOptions): Promise<MailboxChanges> {
    if (typeof startHistoryId !== 'string' || !/^\d{1,20}$/.test(startHistoryId)) {
      throw invalid('startHistoryId', 'is not a history id of Gmail');
    }
    const { historyTypes, labelId } = options ?? {};
    if ((historyTypes ?? undefined) !== undefined && !Array.isArray(historyTypes))
      throw invalid('historyTypes', 'is not a list');
    historyTypes?.forEach((type, index) => checkedChoice(type, HISTORY_TYPES, `historyTypes[${index}]`));
    const call = this.#service.call(options, CHANGES_OPTIONS);
    const params = { maxResults: 500, startHistoryId, labelId, historyTypes };
    const read = await unlessNotFound(readHistory(call, startHistoryId, params));
    if (read !== undefined) return { expired: false, ...read };
    const { historyId } = await readProfile(call);
    return { expired: true, historyId };
  }
}

/** The state is the first page's, so that what changes while the others are read is returned by the next call. */
async function readHistory(
  call: GmailCall,
  startHistoryId: string,
  params: LibraryParams,
): Promise<{ changes: HistoryRecord[]; historyId: string }> {
  const changes: HistoryRecord[] = [];
  let state: string | undefined;
  for await (const page of pagesOf(SERVICE, call, 'mailbox.changes', params)) {
    const { historyId } = page.object<{ historyId: string }>({ historyId: 'string' });
    state ??= historyId;
    changes.push(...recordsIn(page, historyId));
  }
  return { changes, historyId: state ?? startHistoryId };
}

/** The records of a page. One that is no object is left out and reported. */
function recordsIn(page: ServiceResponse, historyId: string): HistoryRecord[] {
  const history = page.member('history', []);
  const rows: unknown = history.value;
  if (!Array.isArray(rows)) return history.list();
  return rows.flatMap((row: unknown, index) => {
    if (isObject(row)) return readRecord(page.part(`history[${index}]`, row), historyId);
    history.skip(index);
    return [];
  });
}

/** A record that can be relied on: what names no message says nothing, and must not keep the rest from being told. */
function readRecord(record: ServiceResponse, historyId: string): HistoryRecord {
  const fields = record.object<Record<string, unknown>>();
  const { id } = fields;
  const read: HistoryRecord = { ...fields, id: typeof id === 'string' ? id : historyId };
  for (const name of ['messagesAdded', 'messagesDeleted', 'labelsAdded', 'labelsRemoved'] as const) {
    if (!(name in read)) continue;
    const entries = record.member(name);
    const list: unknown[] = Array.isArray(entries.value) ? entries.value : [entries.value];
    const usable = list.filter((entry, index) => {
      const isUsable = namesMessage(entry);
      if (!isUsable) entries.skip(index);
      return isUsable;
    });
    Object.assign(read, { [name]: usable });
  }
  return read;
}

function namesMessage(entry: unknown): boolean {
  return isObject(entry) && isObject(entry['message']) && isId(entry['message']['id']);
}

function checkedWatch(input: WatchInput): object {
  if (typeof input !== 'object' || input === null) throw invalid('watch', 'is not an object');
  const { topicName, labelFilterBehavior } = input;
  if (typeof topicName !== 'string' || !/^projects\/[^/\s]+\/topics\/[^/\s]+$/.test(topicName)) {
    throw invalid('topicName', 'must be projects/{project}/topics/{topic}');
  }
  checkedChoice(labelFilterBehavior, ['include', 'exclude'], 'labelFilterBehavior');
  return omitUndefined({
    topicName,
    labelIds: checkedTexts(input.labelIds, 'labelIds'),
    labelFilterBehavior,
  });
}

function epochMs(text: string): number {
  const at = Number(text);
  if (Number.isSafeInteger(at) && at > 0) return at;
  throw unexpected('answered mailbox.watch without a time in expiration', 'expiration');
}
