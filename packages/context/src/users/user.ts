import type { WorkItem } from '@context-sdk/ado-client';
import type { Draft } from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import { checkedCallOptions, loadedOnce } from '@context-sdk/oauth-core/client-kit';
import type { Region } from '@context-sdk/ticktick-client';
import type { Agenda, AgendaQuery } from '../agenda/agenda.ts';
import type { ChangeSubscriptions } from '../changes/change-subscriptions.ts';
import { Connections } from '../connections/connections.ts';
import { currentGrant } from '../connections/current-grant.ts';
import { UserClients } from '../connections/user-clients.ts';
import { UserCredentials } from '../connections/user-credentials.ts';
import type { LinkableTask, NewSide } from '../links/link.ts';
import { Links } from '../links/links.ts';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { AppliedPlan, Plan, PlanOptions } from '../plans/plan.ts';
import type { Plans } from '../plans/plans.ts';
import type { WorkItemOptions } from '../task-actions/create-work-item.ts';
import type { DraftEmailOptions } from '../task-actions/draft-email.ts';
import type { TaskSummary } from '../task-actions/task-summary.ts';
import type { FollowedTask } from '../time-blocks/follow-task.ts';
import type { BlockableTask, BlockedTime, BlockTimeOptions } from '../time-blocks/time-block.ts';
import type { BlockGrant, TimeBlocks } from '../time-blocks/time-blocks.ts';
import { checkTask } from '../utils/input-checks.ts';
import { asText } from '../utils/text.ts';
import type { UserExport } from './export-user.ts';
import type { ForgetReport } from './forget-user.ts';

/** One of the host's users: their connections, their clients, and operations across services. */
export class User extends UserClients {
  readonly connections: Connections;
  /** What is kept the same: tasks, their blocks, their work items and their mail drafts. */
  readonly links: Links;
  readonly #options: ResolvedOptions;
  /** Loaded on first use: many hosts block no time. */
  readonly #blocks = loadedOnce(() => this.#loadBlocks());
  readonly #plans = loadedOnce(async (): Promise<Plans> => {
    const [{ Plans: Loaded }, blocks] = await Promise.all([import('../plans/plans.ts'), this.#blocks()]);
    return new Loaded(this.#options.store, blocks);
  });

  constructor(options: ResolvedOptions, subscriptions: () => Promise<ChangeSubscriptions>, id: string) {
    const credentials = new UserCredentials(options, id);
    super(options, id, credentials);
    this.#options = options;
    this.links = new Links({ options, clients: this, blocks: this.#blocks });
    this.connections = new Connections({
      options,
      userId: id,
      credentials,
      endDerived: async (provider, grant, lease) => {
        const { endDerived } = await import('./end-derived.ts');
        return await endDerived(
          { options, subscriptions: await subscriptions(), clients: this },
          provider,
          grant,
          lease,
        );
      },
      mendDerived: async (provider) => await (await subscriptions()).mend(this, provider),
    });
  }

  /**
   * Tasks, events and work items in one list. Reads the services side by side: open tasks like `tasks.listOpen`, one request
   * per calendar and one for the list of calendars, and for Azure DevOps two requests, plus one per project and hour. If a
   * service fails, the rest is returned, and `errors` has the reason. Throws {@link InvalidRequestError} for an invalid
   * query, and the signal's reason.
   */
  async agenda(query: AgendaQuery): Promise<Agenda> {
    const { readAgenda } = await import('../agenda/read-agenda.ts');
    return await readAgenda(this.#options.providers, this, query);
  }

  /**
   * Blocks time for a task in the user's calendar, from now on and before it is due if that is possible: in the earliest slot
   * that fits, or in pieces if none is long enough. Per task and Google account there is one event, or one per piece. A block
   * that is there stays where it is while it is free, inside `within`, not over and as long as asked for; where the user has
   * put it by hand, it need not be in the working hours. Its title and look are brought up to date. Blocks of tasks that weigh
   * less make room if nothing else is left before the task is due. Calls for one account run one at a time, across all
   * processes, and those of this process in their order. Takes one request for the list of calendars and one per calendar; one
   * more per calendar for a task whose block is not where it was; and one per event to write.
   *
   * Throws {@link NoFreeSlotError} with the longest free slot, {@link PermissionError} or {@link ServiceUnavailableError}
   * if Google cannot tell when another calendar is busy, and {@link InvalidRequestError} for invalid options.
   */
  async blockTime(task: BlockableTask, options: BlockTimeOptions): Promise<BlockedTime> {
    const blocks = await this.#blocks();
    const blocked = await blocks.block(task, options);
    await this.#link(task, options, []);
    return blocked;
  }

  /** Deletes the block of a task. Succeeds if there is no block. */
  async unblockTime(task: Pick<BlockableTask, 'id'>, options?: CallOptions): Promise<void> {
    const blocks = await this.#blocks();
    await blocks.unblock(task, options ?? {});
  }

  /**
   * Brings the blocks of a task in line with what it is now in TickTick: what `onTaskChange: 'follow'` does by itself when a
   * change is told. Takes a request for the task and one per block if nothing differs. Throws the errors of `blockTime`.
   */
  async followTask(
    task: Pick<BlockableTask, 'id'> & { projectId?: string | undefined; isDeleted?: boolean | undefined },
    options?: CallOptions,
  ): Promise<FollowedTask> {
    checkTask(task);
    const { id, projectId, isDeleted = false } = task;
    const { readTask } = await import('../task-actions/read-task.ts');
    const call = checkedCallOptions(options, 'ticktick');
    // In another account, the task would be gone.
    const grantIdNow = (): Promise<string | undefined> =>
      UserClients.grantIdAt(this, 'ticktick', call.signal);
    const now = isDeleted
      ? undefined
      : await readTask(this.ticktick, id, projectId, {
          ...call,
          grantId: call.grantId ?? (await grantIdNow()),
        });
    const blocks = await this.#blocks();
    return await blocks.follow(id, now, call);
  }

  /**
   * Proposes when to do tasks: pieces in the free time of the user's calendars, each with its reason, so that as little as
   * possible, by weight, is late or left out. Writes nothing. Blocks of these tasks that are there stay where they can; those of
   * the user's own hand always. The same input gives the same plan. Reads each calendar once, and the list of calendars.
   * Throws {@link InvalidRequestError} for invalid options, and the errors of `blockTime` for calendars that can't be read.
   */
  async plan(options: PlanOptions): Promise<Plan> {
    const plans = await this.#plans();
    return await plans.plan(options);
  }

  /**
   * The same plan again after something has happened: an event on it, a block that the user has moved, a task that takes longer
   * (`changes.tasks`). Moves as little as it must, also of a plan that was never applied.
   */
  async replan(plan: Plan, changes?: Partial<PlanOptions>): Promise<Plan> {
    const plans = await this.#plans();
    return await plans.replan(plan, changes ?? {});
  }

  /**
   * Writes a plan: each piece whose task is still to be done, whose time is free, and whose block nobody has moved meanwhile; the
   * outcome says what became of each. Once: applied again, a plan writes nothing, and goes on where it failed. Runs in turn with
   * `blockTime`. Reads each calendar once, and once more if blocks are created; the open tasks if anything is to be written, once
   * more with archived projects if one is missing; then takes one request per piece that differs.
   */
  async apply(plan: Plan, options?: CallOptions): Promise<AppliedPlan> {
    const blocks = await this.#blocks();
    const call = checkedCallOptions(options, 'google-calendar');
    return await blocks.exclusively(call, async (turn) => {
      const { applyPlan } = await import('../plans/apply-plan.ts');
      return await applyPlan(turn, this.#options.store, plan, this);
    });
  }

  /**
   * Saves an email about a task as a draft, with title, content, checklist, due day and a link, or with what `template`
   * returns. Called again for the same email within 90 days, returns the same draft while it exists. Not retried if the response is lost:
   * then the next call may save a second draft. Throws the errors of `gmail.drafts.create`, and {@link StoreError}.
   */
  async draftEmail(task: TaskSummary, options: DraftEmailOptions): Promise<Draft> {
    const { gmail, id: userId } = this;
    const grantIdAt = (signal?: AbortSignal): Promise<string | undefined> =>
      UserClients.grantIdAt(this, 'google', signal);
    const parts = { store: this.#options.store, userId, gmail, region: this.#region, grantIdAt };
    const [{ draftEmail }, { titleLine }] = await Promise.all([
      import('../task-actions/draft-email.ts'),
      import('../task-actions/task-summary.ts'),
    ]);
    const draft = await draftEmail(parts, task, options);
    const made = options.template === undefined ? { made: { title: titleLine(task.title) } } : {};
    await this.#link(task, options, [{ kind: 'draft', id: draft.id, ...made }]);
    return draft;
  }

  /**
   * Creates the work item of a task. An organization has only ever one, also if several users have connected the account:
   * later calls, from any process, return the same item. After a
   * crash or a lost response, its tag identifies it. The item links to the task, and the task's text gets the item's URL.
   * Throws the errors of `workItems.create` and `tasks.update`.
   */
  async createWorkItem(task: TaskSummary, options?: WorkItemOptions): Promise<WorkItem> {
    const { ticktick, id: userId } = this;
    const azureDevOps = await this.azureDevOps();
    const grantIdAt = (provider: ProviderId, signal?: AbortSignal): Promise<string | undefined> =>
      UserClients.grantIdAt(this, provider, signal);
    const parts = {
      store: this.#options.store,
      userId,
      azureDevOps,
      ticktick,
      region: this.#region,
      grantIdAt,
      ownerNow: async () => (await currentGrant(this.#options, userId, 'azure-devops'))?.owner,
    };
    const { createWorkItem } = await import('../task-actions/create-work-item.ts');
    const item = await createWorkItem(parts, task, options ?? {});
    const made = item.rev === 1 ? { made: { title: asText(item.fields['System.Title']) } } : {};
    await this.#link(task, options ?? {}, [{ kind: 'work-item', id: String(item.id), ...made }]);
    return item;
  }

  /**
   * Ends and deletes everything of the user: deliveries, tokens at the providers, all records, all sessions of
   * `browserSessions`. Events, drafts and work items in the services stay. Returns what was done and what is still to come.
   * Throws {@link StoreError}; call again to go on.
   */
  async forget(): Promise<ForgetReport> {
    const { forgetUser } = await import('./forget-user.ts');
    return await forgetUser(this.#options, this.id, this.connections);
  }

  /** What is stored of the user, without tokens and other secrets. Throws {@link StoreError}. */
  async export(): Promise<UserExport> {
    const { exportUser } = await import('./export-user.ts');
    return await exportUser(this.#options, this.id, this);
  }

  /** Links a task with what was just made of it, if that is asked for. */
  async #link(
    task: LinkableTask,
    { link, signal, timeoutMs, deadlineMs, maxWaitMs }: CallOptions & { link?: boolean | undefined },
    sides: readonly NewSide[],
  ): Promise<void> {
    if (!(link ?? this.#options.links.create === 'always')) return;
    const call = { signal, timeoutMs, deadlineMs, maxWaitMs };
    await Links.extend(this.links, task, sides, { ...call, isAskedFor: link === true });
  }

  get #region(): Region | undefined {
    return this.#options.providers.ticktick?.region;
  }

  async #loadBlocks(): Promise<TimeBlocks> {
    const { calendar: client, id: userId } = this;
    const { TimeBlocks: Loaded } = await import('../time-blocks/time-blocks.ts');
    const { store } = this.#options;
    const grant = async (signal: AbortSignal | undefined): Promise<BlockGrant | undefined> => {
      // Another process may have connected another account.
      UserClients.readAgain(this, 'google');
      const grantId = await UserClients.grantIdAt(this, 'google', signal);
      const owner = (await currentGrant(this.#options, userId, 'google'))?.owner;
      return owner === undefined ? undefined : { owner, grantId };
    };
    const isLinked = async (taskId: string): Promise<boolean> =>
      ((await this.links.find(taskId))?.rules.title ?? 'off') !== 'off';
    const isConnected = async (owner: string): Promise<boolean> =>
      (await currentGrant(this.#options, userId, 'google'))?.owner === owner;
    return new Loaded({ store, userId, client, region: this.#region, isLinked, isConnected, grant });
  }
}
