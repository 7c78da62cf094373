import { errors } from '../errors.ts';
import { checkedIds } from '../input.ts';
import { tagNames } from '../tasks/lists/task-filter.ts';
import { isSameProject } from '../tasks/project-tasks.ts';
import type { FeedEvent } from './change-event.ts';
import type { ProjectChangeEvent } from './project-changes.ts';
import { type Snapshot, storedValue } from './snapshot.ts';

/** What can happen to a task or a project. */
export type ChangeKind = 'created' | 'updated' | 'moved' | 'completed' | 'deleted';

/** Which changes a feed reports. The feed knows of all, so the options can differ from poll to poll. */
export interface EventFilter {
  /** Changes in these projects, and moves out of them; `inbox` is the inbox. Default: all. */
  projectIds?: readonly string[] | undefined;
  /** Changes of tasks that have one of these tags, or had it before. Labels or names. Default: all. */
  tags?: readonly string[] | undefined;
  /** Default: all. */
  only?: readonly ChangeKind[] | undefined;
}

const KINDS = new Set<string>(['created', 'updated', 'moved', 'completed', 'deleted'] satisfies ChangeKind[]);

function isProject(event: FeedEvent): event is ProjectChangeEvent {
  return event.type.startsWith('project.');
}

function projectsOf(event: FeedEvent): string[] {
  if (isProject(event)) return [event.data.id];
  return event.type === 'task.moved' ? [event.data.projectId, event.fromProjectId] : [event.data.projectId];
}

/** The tags of an event's task, now and before. */
function tagsOf(event: FeedEvent, { tasks }: Snapshot): unknown[] {
  if (isProject(event)) return [];
  const recurring = event.type === 'task.completed' ? event.recurringTaskId : undefined;
  const known = tasks[recurring ?? event.data.id];
  const before = known && storedValue(known, 'tags');
  const now = event.type === 'task.deleted' ? [] : (event.data.tags ?? []);
  return [...now.map((tag) => tag.toLowerCase()), ...(Array.isArray(before) ? before : [])];
}

/** Whether a feed reports an event. Throws {@link InvalidRequestError} for a filter that can't be. */
export function eventFilter(
  { projectIds, tags, only }: EventFilter,
  before: Snapshot,
): (event: FeedEvent) => boolean {
  for (const kind of only ?? []) {
    if (!KINDS.has(kind)) throw errors.invalid('only', `must be of ${[...KINDS].join(', ')}`);
  }
  const projects = checkedIds(projectIds, 'projectIds');
  const names = tagNames(tags);
  const isIn = (id: string): boolean => projects?.some((project) => isSameProject(project, id)) ?? true;
  const kindOf = ({ type }: FeedEvent): string => type.slice(type.indexOf('.') + 1);
  return (event) =>
    projectsOf(event).some(isIn) &&
    (names === undefined || tagsOf(event, before).some((tag) => names.some((name) => name === tag))) &&
    (!only?.length || only.some((kind) => kind === kindOf(event)));
}
