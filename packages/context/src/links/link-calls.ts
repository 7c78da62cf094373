import {
  type CallOptions,
  ContextSdkError,
  NotFoundError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import {
  checkedCallOptions,
  checkedInstant,
  checkObject,
  isDay,
  type OwnOptions,
  raceAbort,
} from '@context-sdk/oauth-core/client-kit';
import { checkRules } from '../options/check-links-options.ts';
import type { LinkConflict, LinkDecision, LinkField } from '../options/links-options.ts';
import { inTime } from '../utils/in-time.ts';
import { checkTask, checkTaskId, invalidInput } from '../utils/input-checks.ts';
import { isWithoutTask } from './is-without-task.ts';
import type { LinkOwners } from './link-owners.ts';
import type { LinkRecord } from './link-record.ts';
import { LinkRecords, publicLink } from './link-records.ts';
import { LINK_FIELDS, type SideState } from './link-state.ts';
import type {
  ExtendOptions,
  Link,
  LinkableTask,
  LinkOptions,
  LinkOutcome,
  NewSide,
  SyncedLink,
} from './link.ts';
import { type LinkChange, type LinkParts, type StoredLinkParts, syncLink } from './sync-link.ts';

const LINK_OPTIONS: OwnOptions<LinkOptions> = { workItemId: 'number', draftId: 'string', rules: 'checked' };
const SERVICE = 'context';
const STATUSES: ReadonlySet<string> = new Set(['open', 'done', 'dropped']);

/** What {@link Links} does, loaded on first use. */
export class LinkCalls {
  readonly #parts: StoredLinkParts;

  constructor(parts: LinkParts) {
    const { options, clients } = parts;
    this.#parts = { ...parts, records: new LinkRecords(options.store, clients.id) };
  }

  async create(task: LinkableTask, options?: LinkOptions): Promise<SyncedLink> {
    const call = checkedCallOptions(options, SERVICE, LINK_OPTIONS);
    checkTask(task);
    const workItemId = options?.workItemId ?? undefined;
    const draftId = options?.draftId ?? undefined;
    if (workItemId !== undefined && !(Number.isSafeInteger(workItemId) && workItemId > 0))
      throw invalidInput('workItemId', 'must be a whole number above 0');
    if (draftId === '') throw invalidInput('draftId', 'is empty');
    const rules = options?.rules ?? undefined;
    checkRules(rules, 'rules', invalidInput);
    const sides: NewSide[] = [];
    if (workItemId !== undefined) sides.push({ kind: 'work-item', id: String(workItemId) });
    if (draftId !== undefined) sides.push({ kind: 'draft', id: draftId });
    return await this.#sync(task.id, call, { extend: extension(task, sides, rules), isChecked: true });
  }

  async extend(
    task: LinkableTask,
    sides: readonly NewSide[],
    { isAskedFor, ...options }: ExtendOptions,
  ): Promise<void> {
    const call = checkedCallOptions(options, SERVICE);
    try {
      await this.#sync(task.id, call, { extend: extension(task, sides, undefined) });
    } catch (error) {
      if (isAskedFor || !isWithoutTask(error)) throw error;
    }
  }

  async list(): Promise<Link[]> {
    const links: Link[] = [];
    for await (const record of this.#parts.records.all()) links.push(this.#linkOf(record));
    return links;
  }

  async get(taskId: string): Promise<Link> {
    const link = await this.find(taskId);
    if (link === undefined) throw new NotFoundError(`There is no link of the task ${taskId}.`);
    return link;
  }

  async find(taskId: string): Promise<Link | undefined> {
    checkTaskId(taskId, 'taskId');
    const found = await this.#parts.records.read(taskId);
    return found && this.#linkOf(found.record);
  }

  async sync(taskId: string, options?: CallOptions): Promise<SyncedLink> {
    const call = checkedCallOptions(options, SERVICE);
    checkTaskId(taskId, 'taskId');
    return await this.#sync(taskId, call);
  }

  async syncAll(options?: CallOptions): Promise<LinkOutcome[]> {
    const call = checkedCallOptions(options, SERVICE);
    call.signal?.throwIfAborted();
    const outcomes: LinkOutcome[] = [];
    for await (const { taskId } of this.#parts.records.all()) {
      try {
        outcomes.push({ taskId, ...(await this.#sync(taskId, call)) });
      } catch (error) {
        call.signal?.throwIfAborted();
        if (!(error instanceof ContextSdkError)) throw error;
        outcomes.push({ taskId, error });
      }
    }
    return outcomes;
  }

  async resolve(
    taskId: string,
    field: LinkField,
    decision: LinkDecision,
    options?: CallOptions,
  ): Promise<SyncedLink> {
    const call = checkedCallOptions(options, SERVICE);
    checkTaskId(taskId, 'taskId');
    if (!LINK_FIELDS.includes(field)) throw invalidInput('field', `must be one of ${LINK_FIELDS.join(', ')}`);
    checkDecision(field, decision);
    return await this.#sync(taskId, call, { decision: { field, decision } });
  }

  async remove(taskId: string): Promise<void> {
    checkTaskId(taskId, 'taskId');
    await this.#parts.records.delete(taskId);
  }

  async #sync(
    taskId: string,
    call: ReturnType<typeof checkedCallOptions>,
    change?: LinkChange,
  ): Promise<SyncedLink> {
    const synced = await syncLink(this.#parts, taskId, call, change);
    return await this.#tell(taskId, call, synced);
  }

  /** Tells the host of conflicts that it has not heard of, and does what it decides. */
  async #tell(
    taskId: string,
    call: ReturnType<typeof checkedCallOptions>,
    synced: SyncedLink,
  ): Promise<SyncedLink> {
    const { onConflict } = this.#parts.options.links;
    if (onConflict === undefined || synced.link.conflicts.length === 0) return synced;
    let last = synced;
    for (const conflict of await this.#untold(taskId)) {
      const { field } = conflict;
      const userId = this.#parts.clients.id;
      const ask = inTime(() => onConflict({ ...conflict, userId, taskId }));
      const decision = await decided(field, raceAbort(ask, call.signal));
      call.signal?.throwIfAborted();
      if (decision === 'failed') continue;
      await this.#parts.records.markTold(taskId, conflict);
      if (decision === undefined) continue;
      const { link, writes, failures } = await syncLink(this.#parts, taskId, call, {
        decision: { field, decision },
      });
      last = { link, writes: last.writes + writes, failures: [...last.failures, ...failures] };
    }
    return last;
  }

  async #untold(taskId: string): Promise<LinkConflict[]> {
    const found = await this.#parts.records.read(taskId);
    const conflicts = found?.record.conflicts ?? [];
    return conflicts.filter(({ isTold }) => !isTold).map(({ field, values }) => ({ field, values }));
  }

  #linkOf(record: LinkRecord): Link {
    return publicLink(record, this.#parts.options.links.rules);
  }
}

/** Makes a link's record, or adds sides to it. */
function extension(
  { id: taskId, projectId }: LinkableTask,
  sides: readonly NewSide[],
  rules: LinkOptions['rules'],
): NonNullable<LinkChange['extend']> {
  return (known, owners) => {
    const { ticktick: owner } = owners;
    const isCurrent = known?.owner === owner;
    const record: LinkRecord =
      known !== undefined && isCurrent
        ? known
        : {
            taskId,
            owner,
            createdAt: Date.now(),
            rules: {},
            agreed: {},
            sides: [{ kind: 'task', id: taskId, owner, fields: {} }],
            conflicts: [],
          };
    const given = sides.map((side) => ({ ...side, owner: ownerOf(side, owners), fields: {} }));
    const isGiven = (one: SideState, other: SideState): boolean =>
      one.kind === other.kind && one.id === other.id;
    // The same id at another account is another item.
    const kept = record.sides.filter(
      (side) => !given.some((one) => isGiven(side, one) && side.owner !== one.owner),
    );
    const added = given.filter((one) => !kept.some((side) => isGiven(side, one)));
    return {
      ...record,
      ...(projectId && { projectId }),
      rules: { ...record.rules, ...rules },
      sides: [...kept, ...added],
    };
  };
}

/** The account of a side that is new. Throws {@link ReauthorizationRequiredError}: without a connection, nobody could ever read it. */
function ownerOf({ kind }: NewSide, { azureDevOps, google }: LinkOwners): string {
  const owner = kind === 'work-item' ? azureDevOps : google;
  if (owner !== undefined) return owner;
  const service = kind === 'work-item' ? 'azure-devops' : 'google';
  throw new ReauthorizationRequiredError('never-connected', { service });
}

function checkDecision(field: LinkField, decision: unknown): void {
  checkObject(decision, 'decision');
  const { side, value } = decision as { side?: unknown; value?: unknown };
  if (value === undefined && typeof side === 'string') return;
  if (typeof value !== 'string') throw invalidInput('decision', 'must be { side } or { value }');
  if (field === 'status' && !STATUSES.has(value))
    throw invalidInput('decision.value', `must be one of ${[...STATUSES].join(', ')}`);
  if (field === 'due' && value !== '' && !isDay(value)) checkedInstant(value, 'decision.value', invalidInput);
}

/** What the host throws, or has not decided in time, decides nothing, and it hears of the conflict again. */
async function decided(
  field: LinkField,
  asked: Promise<LinkDecision | undefined | void>,
): Promise<LinkDecision | undefined | 'failed'> {
  try {
    const decision = (await asked) ?? undefined;
    if (decision !== undefined) checkDecision(field, decision);
    return decision;
  } catch {
    return 'failed';
  }
}
