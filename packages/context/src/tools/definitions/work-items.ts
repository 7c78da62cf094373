import type { AdoClient, NewWorkItem, WorkItem, WorkItemChanges } from '@context-sdk/ado-client';
import { ContextSdkError } from '@context-sdk/oauth-core';
import { hostProject } from '../../connections/host-project.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { escapeHtml } from '../../utils/text.ts';
import type { WorkItemState } from '../actions/undo-step.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { workItemLine } from '../text/work-item-text.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';
import { workItemId } from './read.ts';
import { given } from './task-changes.ts';

/** Characters of a text that a person sees before they approve it. */
const MAX_TEXT = 500;

const PRIORITY = 'Microsoft.VSTS.Common.Priority';

/** Fields that the tools write. */
type Field = 'System.Title' | 'System.State' | 'System.AssignedTo' | typeof PRIORITY;

/** Creates a work item. */
export const CREATE_WORK_ITEM: WriteDefinition = writeTool({
  name: 'create_work_item',
  title: 'Create a work item',
  description: 'Creates a work item in Azure DevOps.',
  effect: 'write',
  providers: ['azure-devops'],
  isIdempotent: false,
  async prepare(tool, { title, type, project, description: text, assigned_to: assignedTo }) {
    const client = await tool.user.azureDevOps();
    const input: NewWorkItem = {
      title,
      type: type ?? 'Task',
      ...given({
        project: project ?? (await onlyProject(tool, client)),
        description: text === null ? undefined : { html: htmlOf(text) },
        assignedTo: assignedTo ?? undefined,
      }),
    };
    const about = line`Create the ${input.type} ${quoted(title, 150)} ${input.project && `in ${input.project}`} ${assignedTo && `for ${assignedTo}`}`;
    const description = text === null ? about : `${about}: ${quoted(text, MAX_TEXT)}`;
    return { provider: 'azure-devops', arguments: { input }, description };
  },
  async perform(tool, { input }) {
    const client = await tool.user.azureDevOps();
    const item = await client.workItems.create(input, tool.call);
    const after = workItemState(item, ['System.Title', 'System.State', 'System.AssignedTo', PRIORITY]);
    return { text: `Created ${workItemLine(item)}`, undo: { kind: 'work-item-created', id: item.id, after } };
  },
});

/** Changes fields of a work item, and comments on it. */
export const CHANGE_WORK_ITEM: WriteDefinition = writeTool({
  name: 'change_work_item',
  title: 'Change a work item',
  description: 'Changes the given fields of a work item, or comments on it.',
  effect: 'write',
  providers: ['azure-devops'],
  isIdempotent: false,
  async prepare(tool, { work_item: handle, title, state, assigned_to: assignedTo, priority, comment }) {
    const id = workItemId(handle, 'work_item');
    const changes: WorkItemChanges = given({
      title: title ?? undefined,
      state: state ?? undefined,
      assignedTo: assignedTo ?? undefined,
      priority: priority ?? undefined,
    });
    if (Object.keys(changes).length === 0 && comment === null) {
      throw invalidInput('title', 'and all other fields are null: nothing would change');
    }
    const item = await (await tool.user.azureDevOps()).workItems.get(id, tool.call);
    const said = { title, state, assigned_to: assignedTo, priority, comment };
    const list = Object.entries(said).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${quoted(value, name === 'comment' ? MAX_TEXT : 100)}`],
    );
    const description = `Change ${workItemLine(item)}: ${list.join(', ')}`;
    return { provider: 'azure-devops', arguments: { id, changes, comment }, description, isByOthers: true };
  },
  async perform(tool, { id, changes, comment }) {
    const client = await tool.user.azureDevOps();
    const earlier = await client.workItems.get(id, tool.call);
    const names = fieldsOf(changes);
    const item =
      names.length === 0
        ? earlier
        : await client.workItems.update(id, changes, { ...tool.call, ifRev: earlier.rev });
    const { commentId, problem } =
      comment === null ? {} : await addComment(tool, client, item, comment).catch(told(names.length > 0));
    const [before, after] = [workItemState(earlier, names), workItemState(item, names)];
    const undo = {
      kind: 'work-item-changed',
      id,
      before,
      after,
      ...(commentId !== undefined && { commentId }),
    } as const;
    return { text: [`Changed ${workItemLine(item)}`, ...(problem ?? [])].join('\n'), undo };
  },
});

/** Fields that were written stay written, so a comment that fails after them is told beside them. */
function told(isChanged: boolean): (error: unknown) => { commentId?: never; problem: string[] } {
  return (error) => {
    if (!isChanged || !(error instanceof ContextSdkError)) throw error;
    return { problem: [`The comment may not have been added (${error.code})`] };
  };
}

/** The values of fields, with a person by the name that identifies them. */
export function workItemState({ fields }: WorkItem, names: readonly string[]): WorkItemState {
  return Object.fromEntries(names.map((name) => [name, plainValue(fields[name])]));
}

function plainValue(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return null;
  if ('uniqueName' in value && typeof value.uniqueName === 'string') return value.uniqueName;
  return 'displayName' in value && typeof value.displayName === 'string' ? value.displayName : null;
}

function fieldsOf({ title, state, assignedTo, priority }: WorkItemChanges): Field[] {
  return [
    ...(title === undefined ? [] : ['System.Title' as const]),
    ...(state === undefined ? [] : ['System.State' as const]),
    ...(assignedTo === undefined ? [] : ['System.AssignedTo' as const]),
    ...(priority === undefined ? [] : [PRIORITY as typeof PRIORITY]),
  ];
}

async function addComment(
  { call }: ToolCall,
  client: AdoClient,
  item: WorkItem,
  text: string,
): Promise<{ commentId: number; problem?: never }> {
  const project = item.fields['System.TeamProject'];
  const { id } = await client.comments.add(item.id, { html: htmlOf(text) }, { ...call, project });
  return { commentId: id };
}

/** The project of the host or the organization, if there is only one. */
async function onlyProject({ options, call }: ToolCall, client: AdoClient): Promise<string | undefined> {
  if ((await hostProject(options.providers, client.organizationUrl)) !== undefined) return undefined;
  const projects = await client.projects.list(call).toArray();
  const [first] = projects;
  if (first !== undefined && projects.length === 1) return first.name;
  const names = projects
    .slice(0, 30)
    .map(({ name }) => line`“${name}”`)
    .join(', ');
  throw invalidInput('project', `is missing: there are ${names}`);
}

/** Text of a model is text: it makes no links, images or mentions. */
function htmlOf(text: string): string {
  return text
    .split('\n')
    .map((part) => `<div>${escapeHtml(part) || '<br>'}</div>`)
    .join('');
}
