import type { CallOptions } from '@context-sdk/oauth-core';
import { loadedOnce } from '@context-sdk/oauth-core/client-kit';
import type { LinkDecision, LinkField } from '../options/links-options.ts';
import type { LinkCalls } from './link-calls.ts';
import type {
  ExtendOptions,
  Link,
  LinkableTask,
  LinkOptions,
  LinkOutcome,
  NewSide,
  SyncedLink,
} from './link.ts';
import type { LinkParts } from './sync-link.ts';

/**
 * What is kept the same of a user: tasks, their blocks, their work items and their mail drafts. Maintenance and webhooks
 * synchronize links by themselves, each on its own.
 */
export class Links {
  /** Loaded on first use: many hosts link nothing. */
  readonly #calls: () => Promise<LinkCalls>;

  constructor(parts: LinkParts) {
    this.#calls = loadedOnce(async () => {
      const { LinkCalls: Loaded } = await import('./link-calls.ts');
      return new Loaded(parts);
    });
  }

  /**
   * Links a task with its blocks and with what is given, or adds that to its link, and synchronizes it. Sides that say
   * different things at first are a conflict. Throws {@link InvalidRequestError}, {@link NotFoundError} if the task, or what is
   * given, doesn't exist, and {@link ReauthorizationRequiredError} without a connection to TickTick, or to the service of what is given.
   */
  async create(task: LinkableTask, options?: LinkOptions): Promise<SyncedLink> {
    return await (await this.#calls()).create(task, options);
  }

  /** Adds what the SDK has just made to the link of a task. */
  static async extend(
    links: Links,
    task: LinkableTask,
    sides: readonly NewSide[],
    options: ExtendOptions,
  ): Promise<void> {
    await (await links.#calls()).extend(task, sides, options);
  }

  /** All links of the user, as they were when they were synchronized last. Reads the store only. */
  async list(): Promise<Link[]> {
    return await (await this.#calls()).list();
  }

  /** The link of a task. Reads the store only. Throws {@link NotFoundError}. */
  async get(taskId: string): Promise<Link> {
    return await (await this.#calls()).get(taskId);
  }

  /** As {@link Links.get}, but `undefined` if the task has no link. */
  async find(taskId: string): Promise<Link | undefined> {
    return await (await this.#calls()).find(taskId);
  }

  /**
   * Brings the sides of a link together: reads each of them, and writes what differs. Writes nothing if nothing has changed.
   * A side that can't be read or written is in `failures`, and doesn't keep the others from theirs. Throws
   * {@link NotFoundError} if the task has no link, and the error of TickTick if the task can't be read.
   */
  async sync(taskId: string, options?: CallOptions): Promise<SyncedLink> {
    return await (await this.#calls()).sync(taskId, options);
  }

  /** Does the same for all links of the user, one after the other. One that fails doesn't keep the others from theirs. */
  async syncAll(options?: CallOptions): Promise<LinkOutcome[]> {
    return await (await this.#calls()).syncAll(options);
  }

  /**
   * Decides a conflict: all sides get the value of one of them, or another one. Throws {@link InvalidRequestError} for a side
   * that the link doesn't have, and {@link NotFoundError}.
   */
  async resolve(
    taskId: string,
    field: LinkField,
    decision: LinkDecision,
    options?: CallOptions,
  ): Promise<SyncedLink> {
    return await (await this.#calls()).resolve(taskId, field, decision, options);
  }

  /** Forgets the link of a task. Its sides stay as they are. Succeeds if there is none. */
  async remove(taskId: string): Promise<void> {
    await (await this.#calls()).remove(taskId);
  }
}
