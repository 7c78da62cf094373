import {
  AbortedError,
  ConflictError,
  ContextSdkError,
  GrantChangedError,
  InvalidRequestError,
  MissingScopeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import { currentGrant } from '../../connections/current-grant.ts';
import { UserClients } from '../../connections/user-clients.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import type { User } from '../../users/user.ts';
import type { RecordedAction } from '../actions/recorded-action.ts';
import { newActionId, ToolRecords } from '../actions/tool-records.ts';
import type { ToolAnswer } from '../answer.ts';
import { Approvals, type FoundApproval, pendingOf, type StoredApproval } from '../approval/approvals.ts';
import { type ApprovalPolicy, decide } from '../approval/policy.ts';
import type {
  Definition,
  Performed,
  Prepared,
  ToolCall,
  WriteDefinition,
} from '../definitions/definition.ts';
import { Handles } from '../handles/handles.ts';
import { viewOf } from '../text/view.ts';
import { failureAnswer } from './failure-answer.ts';
import type { OnCall, ToolCallEvent } from './on-call.ts';
import { pinnedTo } from './pinned-to.ts';
import { SharedLists } from './shared-lists.ts';

const REFUSALS = [
  ConflictError,
  GrantChangedError,
  InvalidRequestError,
  MissingScopeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ReauthorizationRequiredError,
];

/** What one run of an assistant works with. */
export interface RunParts {
  user: User;
  timeZone: string;
  approve: ApprovalPolicy;
  onCall: OnCall | undefined;
  /** Whether the model may have read strangers' texts before. */
  tainted: boolean;
}

/** One run of an assistant for one user: it remembers whether the model has read what strangers wrote. */
export class ToolRun {
  readonly #parts: RunParts;
  readonly #options: ResolvedOptions;
  readonly #records: ToolRecords;
  readonly #lists = new SharedLists();
  #tainted: boolean;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#options = UserClients.optionsOf(parts.user);
    this.#records = new ToolRecords(this.#options.store, parts.user.id);
    this.#tainted = parts.tainted;
  }

  /** Runs a tool with an input that was read. */
  async execute(definition: Definition, input: object, signal: AbortSignal | undefined): Promise<ToolAnswer> {
    const tool = this.#call(signal);
    const event: ToolCallEvent = this.#event(definition);
    const answer = await this.#answer(signal, async () => {
      await tool.handles.begin();
      if (definition.effect === 'read') return { status: 'ok', text: await definition.read(tool, input) };
      const grantIds = await this.#grantsFor(definition);
      const planned = await definition.prepare(tool, input);
      if ('proposal' in planned) return { status: 'ok', text: planned.proposal };
      const { isByOthers = false, ...prepared } = planned;
      const { provider } = prepared;
      const grantId = await this.#grantAt(provider);
      if (grantId !== grantIds.get(provider)) throw new GrantChangedError({ service: provider });
      const decision = await this.#decide(definition, prepared);
      if (decision === 'refuse') return { status: 'refused', text: 'The user’s host doesn’t allow this.' };
      // The answer tells the model of it.
      if (isByOthers) this.#tainted = true;
      if (decision === 'run') {
        const pinned = await this.#pinned(tool, provider, grantId);
        const action = await this.#begin(definition, prepared);
        return await this.#perform(action, event, () => definition.perform(pinned, prepared.arguments));
      }
      const { timeZone, user } = this.#parts;
      const { name, effect } = definition;
      const approvals = new Approvals(this.#options.store, user.id);
      const write = { ...prepared, tool: name, effect, timeZone, grantId, action: newActionId() };
      const approval = await approvals.add(write);
      // The host may have taken its time to decide: what was left since doesn't wait for anybody.
      if ((await this.#grantAt(provider)) !== grantId) {
        await approvals.remove(approval);
        throw new GrantChangedError({ service: provider });
      }
      event.approval = pendingOf(approval);
      return waitingAnswer(approval);
    });
    this.#tell({ ...event, status: answer.status });
    return answer;
  }

  /** Runs what a person approved. A process that dies leaves it either waiting or recorded. */
  async runApproved(
    definition: WriteDefinition,
    { approval, take }: FoundApproval,
    signal: AbortSignal | undefined,
  ): Promise<ToolAnswer> {
    const event = this.#event(definition);
    const { provider, grantId, arguments: frozen } = approval;
    const action = await this.#begin(definition, approval, approval.action);
    await take();
    const answer = await this.#answer(signal, () =>
      this.#perform(action, event, async () =>
        definition.perform(await this.#pinned(this.#call(signal), provider, grantId), frozen),
      ),
    );
    this.#tell({ ...event, status: answer.status });
    return answer;
  }

  /** Records a write before it begins: what crashes after that is `unknown`. */
  async #begin(
    { name, effect }: WriteDefinition,
    { provider, description }: Omit<Prepared, 'arguments'>,
    id = newActionId(),
  ): Promise<RecordedAction> {
    const undo = { kind: 'none', reason: 'Nothing is known of its end.' } as const;
    const action: RecordedAction = {
      id,
      tool: name,
      effect,
      provider,
      description,
      at: Date.now(),
      state: 'unknown',
      undo,
    };
    await this.#records.beginAction(action);
    return action;
  }

  /** Does a write, and records what came of it. */
  async #perform(
    action: RecordedAction,
    event: ToolCallEvent,
    work: () => Promise<Performed>,
  ): Promise<ToolAnswer> {
    const performed = await work().catch(async (error: unknown) => {
      if (isRefusal(error)) await this.#records.endAction({ ...action, state: 'failed' });
      throw error;
    });
    const done: RecordedAction = { ...action, state: 'done', undo: performed.undo };
    await this.#records.endAction(done);
    event.action = done;
    const isUndoable = performed.undo.kind !== 'none';
    const text = isUndoable ? `${performed.text}\nUndo: ${done.id}` : performed.text;
    return { status: 'ok', text, action: done.id };
  }

  /** Pins a call to the grant that its write was prepared with. Throws {@link GrantChangedError} if the user has another one now. */
  async #pinned(tool: ToolCall, provider: ProviderId, grantId: string): Promise<ToolCall> {
    await tool.handles.begin();
    const pinned = await pinnedTo(provider, tool);
    if ((await this.#grantAt(provider)) !== grantId) throw new GrantChangedError({ service: provider });
    return pinned;
  }

  #decide({ name, effect }: WriteDefinition, { description }: Prepared): ReturnType<typeof decide> {
    const { approve, user } = this.#parts;
    return decide(approve, { userId: user.id, tool: name, effect, description, tainted: this.#tainted });
  }

  /** The grants that a write may be prepared with. One that can't be read is none. */
  async #grantsFor({ providers }: WriteDefinition): Promise<Map<ProviderId, string | undefined>> {
    const grantIds = new Map<ProviderId, string | undefined>();
    for (const provider of providers)
      grantIds.set(provider, await this.#grantAt(provider).catch(() => undefined));
    return grantIds;
  }

  async #grantAt(provider: ProviderId): Promise<string> {
    return (await currentGrant(this.#options, this.#parts.user.id, provider))?.id ?? '';
  }

  async #answer(signal: AbortSignal | undefined, work: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
    try {
      signal?.throwIfAborted();
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ContextSdkError && error instanceof AbortedError) throw error;
      return failureAnswer(error, this.#options);
    }
  }

  #call(signal: AbortSignal | undefined): ToolCall {
    const { user, timeZone, approve } = this.#parts;
    const handles = new Handles(this.#options, user.id);
    const call = signal === undefined ? {} : { signal };
    return {
      user,
      options: this.#options,
      timeZone,
      handles,
      call,
      taint: () => {
        this.#tainted = true;
      },
      taintByTasks: async (tasks) => {
        // To other policies, it means nothing.
        if (this.#tainted || approve === 'writes' || approve === 'outbound') return;
        if (await this.#lists.haveOneOf(tasks, user, call)) this.#tainted = true;
      },
      view: async (targets, options = {}) => ({
        ...viewOf({ timeZone }),
        ...options,
        handleOf: targets.length === 0 ? () => '' : await handles.give(targets),
      }),
    };
  }

  #event({ name, effect }: Definition): ToolCallEvent {
    return { userId: this.#parts.user.id, tool: name, effect, at: Date.now(), status: 'ok' };
  }

  /** What the host's function throws is ignored, as with `onAudit`. */
  #tell(event: ToolCallEvent): void {
    const { onCall } = this.#parts;
    if (onCall !== undefined) (async () => onCall(event))().catch(() => undefined);
  }
}

/** Whether an error says that a write was not done, rather than that nobody knows. */
function isRefusal(error: unknown): boolean {
  return REFUSALS.some((kind) => error instanceof kind);
}

function waitingAnswer({ id, description, expiresAt }: StoredApproval): ToolAnswer {
  return {
    status: 'needs-approval',
    approval: id,
    description,
    expiresAt: new Date(expiresAt).toISOString(),
    text: `Not done yet: the user has to approve it on their page (${id}). ${description}`,
  };
}
