import type { AdoClient, WorkItem } from '@context-sdk/ado-client';
import type { Draft, GmailClient, GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Region, TickTickClient } from '@context-sdk/ticktick-client';
import type { Agenda, AgendaQuery } from '../agenda/agenda.ts';
import { readAgenda } from '../agenda/read-agenda.ts';
import type { BlockableTask, BlockedTime, BlockTimeOptions } from '../time-blocks/time-block.ts';
import { TimeBlocks } from '../time-blocks/time-blocks.ts';
import { Connections } from '../connections/connections.ts';
import type { Followers } from '../changes/change-subscriptions.ts';
import { createWorkItem } from '../task-actions/create-work-item.ts';
import { draftEmail } from '../task-actions/draft-email.ts';
import type { DraftEmailOptions, HandedTask, WorkItemOptions } from '../task-actions/task-summary.ts';
import type { Setup } from '../options/resolved-options.ts';
import type { Services } from './services.ts';
import { UserClients } from '../connections/user-clients.ts';

/** One of the host's users, and what they have connected. */
export class User implements Services {
  readonly id: string;
  readonly connections: Connections;
  readonly #setup: Setup;
  readonly #clients: UserClients;

  constructor(setup: Setup, followers: Followers, id: string) {
    this.id = id;
    this.#setup = setup;
    this.#clients = new UserClients(setup, id);
    this.connections = new Connections(setup, id, this.#clients, (provider) =>
      followers.unfollow(this, provider),
    );
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.ticktick`. */
  get ticktick(): TickTickClient {
    return this.#clients.ticktick;
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.google`. */
  get calendar(): GoogleCalendarClient {
    return this.#clients.calendar;
  }

  /** Throws {@link ConfigurationError} where the context has no `providers.google`. */
  get gmail(): GmailClient {
    return this.#clients.gmail;
  }

  /**
   * A client of the organization that this user connected, else of the host's own: only the connection knows, so this
   * reads it, at most every 30 s. Throws {@link ConfigurationError} where the context has no `providers.azureDevOps` or
   * nothing names an organization, and {@link StoreError}.
   */
  azureDevOps(): Promise<AdoClient> {
    return this.#clients.azureDevOps();
  }

  /**
   * Tasks, events and work items on one timeline, read side by side: TickTick's open tasks as `tasks.listOpen` reads them,
   * one request per calendar and one for the list of calendars, two of Azure DevOps and one per project and hour. A service
   * that fails is missing, and `errors` says why. Throws {@link InvalidRequestError} naming what can't be asked, and the
   * signal's reason.
   */
  agenda(query: AgendaQuery): Promise<Agenda> {
    return readAgenda(this.#setup.providers, this, query);
  }

  /**
   * Blocks time for a task in the user's calendar: one event per task, in the earliest slot that fits. A block that is there
   * stays as long as it is free, inside `within` and long enough; else it is moved. Calls for one user run one after the
   * other, over all processes. Three requests, one more to write.
   *
   * Throws {@link NoFreeSlotError} with the longest free time; {@link PermissionError} or {@link ServiceUnavailableError}
   * where Google can't say when another calendar is busy; {@link InvalidRequestError} naming what can't be asked.
   */
  blockTime(task: BlockableTask, options: BlockTimeOptions): Promise<BlockedTime> {
    return this.#blocks().block(task, options);
  }

  /** Takes the block of a task out of the calendar; that there is none is a success. */
  unblockTime(task: Pick<BlockableTask, 'id'>, options: CallOptions = {}): Promise<void> {
    return this.#blocks().unblock(task, options);
  }

  /**
   * Puts a mail about a task into the user's drafts: title, content, checklist, due day and a link, unless `template` says
   * it otherwise. Throws as `gmail.drafts.create` does, and is never sent twice on a lost answer.
   */
  draftEmail(task: HandedTask, options: DraftEmailOptions): Promise<Draft> {
    return draftEmail({ gmail: this.gmail, region: this.#region }, task, options);
  }

  /**
   * The work item of a task, made once: whoever asks again, in whatever process, gets the same. After a crash, or a lost
   * answer, it is found by its tag. The item links to the task, and the task's text names the item. Throws as
   * `workItems.create` and `tasks.update` do.
   */
  async createWorkItem(task: HandedTask, options: WorkItemOptions = {}): Promise<WorkItem> {
    const { ticktick, id: userId } = this;
    const azureDevOps = await this.azureDevOps();
    const parts = { store: this.#setup.store, userId, azureDevOps, ticktick, region: this.#region };
    return await createWorkItem(parts, task, options);
  }

  get #region(): Region | undefined {
    return this.#setup.providers.ticktick?.region;
  }

  #blocks(): TimeBlocks {
    const { store } = this.#setup;
    return new TimeBlocks({ store, userId: this.id, client: this.calendar, region: this.#region });
  }
}
