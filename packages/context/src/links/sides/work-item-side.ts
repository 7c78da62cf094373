import type { AdoClient, WorkItem, WorkItemChanges, WorkItemState } from '@context-sdk/ado-client';
import { type CallOptions, InvalidRequestError } from '@context-sdk/oauth-core';
import { parseInstant, zonedText } from '@context-sdk/oauth-core/client-kit';
import type { LinkField } from '../../options/links-options.ts';
import { asText } from '../../utils/text.ts';
import type { SideNow, SideState } from '../link-state.ts';
import { isSameValue, isWritten } from '../link-values.ts';
import type { Side } from './side.ts';

/** Midnights are up to 14 hours from that of UTC. */
const WIDEST_OFFSET_MS = 14 * 3_600_000;

const DUE_DATE = 'Microsoft.VSTS.Scheduling.DueDate';

/** What a state of this category means for a task. */
const STATUS_OF: Readonly<Record<WorkItemState['category'], string>> = {
  Proposed: 'open',
  InProgress: 'open',
  Resolved: 'open',
  Completed: 'done',
  Removed: 'dropped',
};

/** The categories that mean a status, the one to use first. */
const CATEGORIES_FOR: Readonly<Record<string, readonly WorkItemState['category'][]>> = {
  open: ['InProgress', 'Proposed'],
  done: ['Completed'],
  dropped: ['Removed'],
};

/** What the side of a work item works with. */
export interface WorkItemSideParts {
  azureDevOps: AdoClient;
  owner: string;
  /** Whether due dates are linked. */
  hasDue: boolean;
  /** The task that the item belongs to. */
  task: Side;
  call: CallOptions;
}

/** What is needed to read an item: its type's states and whether it has a due date. */
interface TypeFacts {
  states: readonly WorkItemState[];
  hasDue: boolean;
}

type KnownSide = Pick<SideState, 'fields' | 'openState' | 'version'>;

/** The side of a work item, as it is in Azure DevOps. */
export async function readWorkItemSide(
  parts: WorkItemSideParts,
  id: string,
  known: SideState | undefined,
): Promise<Side> {
  const item = await parts.azureDevOps.workItems.find(Number(id), parts.call);
  if (item === undefined) return goneItem(parts, id);
  const facts = await typeFacts(parts, item);
  const side = workItemSide(parts, item, facts, known);
  const written = await titleWritten(parts, item, known);
  const { title } = side.now.fields;
  if (title !== undefined && written !== undefined) title.written = written;
  return side;
}

function goneItem({ owner }: WorkItemSideParts, id: string): Side {
  const refuse = (): Promise<Side> =>
    Promise.reject(new InvalidRequestError('The work item is deleted.', { field: 'workItem' }));
  return {
    now: { kind: 'work-item', id, owner, fields: {}, isGone: true },
    write: refuse,
    remove: refuse,
  };
}

function workItemSide(
  parts: WorkItemSideParts,
  item: WorkItem,
  facts: TypeFacts,
  known: KnownSide = { fields: {} },
): Side {
  const state = item.fields['System.State'];
  const category = facts.states.find(({ name }) => name === state)?.category;
  const openState = category !== undefined && STATUS_OF[category] === 'open' ? state : known.openState;
  const due = dueOf(item, parts.task, known);
  const now: SideNow = {
    kind: 'work-item',
    id: String(item.id),
    owner: parts.owner,
    version: String(item.rev),
    fields: {
      title: { value: asText(item.fields['System.Title']) },
      ...(category !== undefined && { status: { value: STATUS_OF[category] } }),
      ...(facts.hasDue && due !== undefined && { due: { value: due } }),
    },
    ...(openState !== undefined && { openState }),
  };
  const write: Side['write'] = async ({ field, value }) => {
    const changes = changesFor(field, value, facts, openState);
    const options = { ...parts.call, ifRev: item.rev };
    const changed = await parts.azureDevOps.workItems.update(item.id, changes, options);
    return workItemSide(parts, changed, facts, { ...known, ...(openState !== undefined && { openState }) });
  };
  return { now, write, remove: () => write({ field: 'status', value: 'dropped' }) };
}

/**
 * When an item is due. A midnight in the task's zone is what Azure DevOps' pages write for a day, unless a time is meant that the task has,
 * or that the link knows. It stays that day if the task gets another zone. (Azure/azure-sdk-tools#7600)
 */
function dueOf(
  { fields, rev }: WorkItem,
  { now, timeZone }: Side,
  { version, fields: known }: KnownSide,
): string | undefined {
  const due = isoTime(fields[DUE_DATE] ?? '');
  const { seen = '', tried = [] } = known.due ?? {};
  const meant = [now.fields.due?.value, seen, ...tried.map(({ value }) => value)];
  if (!due || timeZone === undefined || meant.includes(due)) return due;
  const text = zonedText(Date.parse(due), timeZone);
  if (text.includes('T00:00:00')) return `${text.slice(0, 'YYYY-MM-DD'.length)}T00:00:00.000Z`;
  const isDaySeen = Math.abs(Date.parse(seen) - Date.parse(due)) <= WIDEST_OFFSET_MS;
  return isDaySeen && seen.includes('T00:00:00') && version === String(rev) ? seen : due;
}

/** A time in the form that all sides have; empty if there is none. `undefined` for what can't be read, which says nothing. */
function isoTime(due: unknown): string | undefined {
  if (due === '') return '';
  const at = parseInstant(due);
  return at === undefined ? undefined : new Date(at).toISOString();
}

function changesFor(
  field: LinkField,
  value: string,
  { states }: TypeFacts,
  openState: string | undefined,
): WorkItemChanges {
  if (field === 'title') return { title: value };
  if (field === 'due') return { fields: { [DUE_DATE]: value === '' ? null : new Date(value).toISOString() } };
  if (value === 'open' && openState !== undefined) return { state: openState };
  const categories = CATEGORIES_FOR[value] ?? [];
  const found = categories.flatMap((category) => states.find((state) => state.category === category) ?? []);
  const [state] = found;
  if (state !== undefined) return { state: state.name };
  throw new InvalidRequestError(`The work item's type has no state that means ${value}.`, {
    field: 'status',
  });
}

async function typeFacts(
  { azureDevOps, hasDue, call }: WorkItemSideParts,
  { fields }: WorkItem,
): Promise<TypeFacts> {
  const type = asText(fields['System.WorkItemType']);
  const options = { ...call, project: asText(fields['System.TeamProject']) || undefined };
  const [states, typeFields] = await Promise.all([
    azureDevOps.types.states(type, options),
    hasDue ? azureDevOps.types.fields(type, options) : [],
  ]);
  return { states, hasDue: typeFields.some(({ referenceName }) => referenceName === DUE_DATE) };
}

/**
 * The title that an earlier write of ours left, if its response was lost: with a test of the revision it made the very next
 * one. Whatever the item has now is then an edit of that.
 */
async function titleWritten(
  { azureDevOps, call }: WorkItemSideParts,
  { id, rev, fields }: WorkItem,
  known: SideState | undefined,
): Promise<string | undefined> {
  const title = asText(fields['System.Title']);
  const { seen = '', tried = [] } = known?.fields.title ?? {};
  const before = Number(known?.version);
  const isExplained =
    isSameValue('title', title, seen) || tried.some((one) => isWritten('title', title, one.value));
  if (tried.length === 0 || isExplained || !(before + 1 < rev)) return undefined;
  const next = await azureDevOps.history.revision(id, before + 1, call);
  return asText(next.fields['System.Title']) || undefined;
}
