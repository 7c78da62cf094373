import {
  type CallOptions,
  NotFoundError,
  oneDeadline,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { invalid } from '../input/invalid.ts';
import { present } from '../input/present.ts';
import { pages } from '../requests/pages.ts';
import type { GmailRequests } from './gmail-requests.ts';
import type { HistoryRecord, HistoryType, MailboxChanges } from './history.ts';
import type { Profile } from './profile.ts';
import { checkedChoice, checkedTexts } from './query.ts';
import { SERVICE } from './service.ts';

const HISTORY_TYPES: readonly HistoryType[] = [
  'messageAdded',
  'messageDeleted',
  'labelAdded',
  'labelRemoved',
];

/** Which changes Gmail tells a Pub/Sub topic of. */
export interface WatchInput {
  /** `projects/{project}/topics/{topic}`, where `gmail-api-push@system.gserviceaccount.com` may publish. */
  topicName: string;
  /** Only changes of mails with these labels, or of mails without them by `labelFilterBehavior`. */
  labelIds?: readonly string[] | undefined;
  /** `include` unless given. */
  labelFilterBehavior?: 'include' | 'exclude' | undefined;
}

/** A watch that has begun. */
export interface MailboxWatch {
  /** Where the mailbox stood: `mailbox.changes` goes on from here. */
  historyId: string;
  /** When Gmail stops telling, in epoch milliseconds: within seven days. */
  expiration: number;
}

/** Which changes to read. */
export interface ChangesOptions extends CallOptions {
  /** All kinds unless given. */
  historyTypes?: readonly HistoryType[] | undefined;
  /** Only of mails with this label. */
  labelId?: string | undefined;
}

/** The mailbox as a whole: what changes in it, and being told so. */
export class GmailMailbox {
  readonly #requests: GmailRequests;
  readonly #profile: Profile;

  constructor(requests: GmailRequests, profile: Profile) {
    this.#requests = requests;
    this.#profile = profile;
  }

  /**
   * Has Gmail tell a Pub/Sub topic of changes for up to seven days; Google advises to call it again daily, which replaces
   * the watch before. Scope `gmail.readonly`: `gmail.compose` is not enough.
   */
  async watch(input: WatchInput, options?: CallOptions): Promise<MailboxWatch> {
    if (typeof input !== 'object' || input === null) throw invalid(SERVICE, 'watch', 'is not an object');
    const { topicName, labelFilterBehavior } = input;
    if (typeof topicName !== 'string' || !/^projects\/[^/\s]+\/topics\/[^/\s]+$/.test(topicName)) {
      throw invalid(SERVICE, 'topicName', 'is not projects/{project}/topics/{topic}');
    }
    checkedChoice(labelFilterBehavior, ['include', 'exclude'], 'labelFilterBehavior');
    const labelIds = checkedTexts(input.labelIds, 'labelIds');
    const requestBody = present({ topicName, labelIds, labelFilterBehavior });
    const answer = await this.#requests.call('watch', options, (api, call) =>
      api.users.watch({ userId: 'me', requestBody }, call),
    );
    const { historyId, expiration } = answer.object<{ historyId: string; expiration: string }>(
      'historyId',
      'expiration',
    );
    return { historyId, expiration: epochMs(expiration) };
  }

  /** Ends every watch of this mailbox. Scope `gmail.readonly`. */
  async stop(options?: CallOptions): Promise<void> {
    await this.#requests.call('stop', options, (api, call) => api.users.stop({ userId: 'me' }, call));
  }

  /**
   * What changed since a state that a watch, a profile or an earlier call gave: not the one of the push, which is the new
   * state. Two requests where the state has expired, else one per 500 changes. Scope `gmail.readonly`.
   */
  async changes(startHistoryId: string, options: ChangesOptions = {}): Promise<MailboxChanges> {
    if (typeof startHistoryId !== 'string' || !/^\d{1,20}$/.test(startHistoryId)) {
      throw invalid(SERVICE, 'startHistoryId', 'is not a history id of Gmail');
    }
    const { historyTypes, labelId, ...callOptions } = options;
    historyTypes?.forEach((type, index) => checkedChoice(type, HISTORY_TYPES, `historyTypes[${index}]`));
    const filter = present({ labelId, historyTypes: historyTypes && [...historyTypes] });
    const call = oneDeadline(callOptions, SERVICE);
    try {
      return { expired: false, ...(await this.#changes({ startHistoryId, ...filter }, call)) };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const { historyId } = await this.#profile.get(call);
      return { expired: true, historyId };
    }
  }

  /** The state is the first page's, so that what changes while the others are read comes with the next call. */
  async #changes(
    query: { startHistoryId: string; labelId?: string; historyTypes?: string[] },
    options: CallOptions | undefined,
  ): Promise<{ changes: HistoryRecord[]; historyId: string }> {
    const changes: HistoryRecord[] = [];
    let state: string | undefined;
    for await (const page of pages((pageToken) =>
      this.#requests.call('history.list', options, (api, call) =>
        api.users.history.list({ userId: 'me', maxResults: 500, ...query, ...present({ pageToken }) }, call),
      ),
    )) {
      changes.push(...page.list<HistoryRecord>('history', 'id'));
      state ??= page.object<{ historyId: string }>('historyId').historyId;
    }
    return { changes, historyId: state ?? query.startHistoryId };
  }
}

function epochMs(text: string): number {
  const at = Number(text);
  if (Number.isSafeInteger(at) && at > 0) return at;
  throw new UnexpectedResponseError('gmail answered watch without a time in expiration.', {
    service: SERVICE,
    field: 'expiration',
  });
}
