import type { Random } from '../../../random.ts';
import type { Clock } from '../../../time/clock.ts';
import type { Octets } from '../mail/octets.ts';
import { History, type HistoryChange, type HistoryRecord, type HistoryType } from './history.ts';
import { newDraftId, newMessageId } from './ids.ts';
import { Labels } from './labels.ts';
import { describeSource, type Message } from './message.ts';
import { Sends } from './sends.ts';
import { Settings } from './settings.ts';

/** A mail that comes in. */
export interface NewMessage {
  readonly source: Octets;
  readonly labelIds: readonly string[];
  /** Default: a thread of its own. */
  readonly threadId?: string | undefined;
  /** Milliseconds since the epoch. Default: now. */
  readonly at?: number;
}

/** One account's mail. Every change leaves a record in the history. */
export class Mailbox {
  readonly address: string;
  readonly messages: Map<string, Message> = new Map();
  /** By draft id: the id of the draft's present message. */
  readonly drafts: Map<string, string> = new Map();
  readonly labels: Labels = new Labels();
  readonly history: History;
  readonly settings: Settings;
  readonly sends: Sends = new Sends();
  /** Told of every change. */
  onChange: (record: HistoryRecord) => void = () => undefined;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(address: string, clock: Clock, random: Random) {
    this.address = address;
    this.settings = new Settings(address);
    this.history = new History(random);
    this.#clock = clock;
    this.#random = random;
  }

  now(): number {
    return this.#clock.now();
  }

  newDraftId(): string {
    return newDraftId(this.#random);
  }

  /** A Message-ID for a mail that brings none. */
  newRfcMessageId(): string {
    return `<${newMessageId(this.now(), this.#random)}@mail.gmail.com>`;
  }

  add({ source, labelIds, threadId, at = this.now() }: NewMessage): Message {
    const id = this.#newMessageId(at);
    const message: Message = {
      id,
      threadId: threadId ?? id,
      labelIds: new Set(labelIds),
      historyId: 0,
      internalDate: at,
      ...describeSource(source),
    };
    this.messages.set(id, message);
    this.#record('messageAdded', message);
    return message;
  }

  remove(message: Message): void {
    this.messages.delete(message.id);
    this.#record('messageDeleted', message);
  }

  addLabels(message: Message, labelIds: readonly string[]): void {
    const added = labelIds.filter((label) => !message.labelIds.has(label));
    for (const label of added) message.labelIds.add(label);
    if (added.length > 0) this.#record('labelAdded', message, added);
  }

  removeLabels(message: Message, labelIds: readonly string[]): void {
    const removed = labelIds.filter((label) => message.labelIds.delete(label));
    if (removed.length > 0) this.#record('labelRemoved', message, removed);
  }

  /** The messages of a thread, oldest first. */
  thread(threadId: string): Message[] {
    return [...this.messages.values()]
      .filter((message) => message.threadId === threadId)
      .toSorted((a, b) => a.internalDate - b.internalDate);
  }

  #record(type: HistoryType, message: Message, changedLabelIds: readonly string[] = []): void {
    const { id, threadId, labelIds } = message;
    const change: HistoryChange = {
      type,
      message: { id, threadId },
      labelIds: [...labelIds],
      changedLabelIds,
    };
    const record = this.history.add(change);
    message.historyId = record.id;
    this.onChange(record);
  }

  #newMessageId(at: number): string {
    let id = newMessageId(at, this.#random);
    while (this.messages.has(id)) id = newMessageId(at, this.#random);
    return id;
  }
}
