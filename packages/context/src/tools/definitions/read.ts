import { assigneeOf, type WorkItem, type WorkItemComment } from '@context-sdk/ado-client';
import { readMail, visibleText } from '@context-sdk/google-workspace';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import type { Task } from '@context-sdk/ticktick-client';
import { invalidInput } from '../../utils/input-checks.ts';
import { asText } from '../../utils/text.ts';
import { eventDetails, eventLine, isEventByOthers } from '../text/event-text.ts';
import { fenced } from '../text/fence.ts';
import { formattedText } from '../text/formatted-text.ts';
import { line } from '../text/line.ts';
import { taskLine } from '../text/task-text.ts';
import { peopleText, personText, threadText } from '../text/thread-text.ts';
import type { Target } from '../text/view.ts';
import { workItemDetails, workItemLine } from '../text/work-item-text.ts';
import { type ReadDefinition, readTool, type ToolCall } from './definition.ts';
import { taskAt } from './task-at.ts';

/** Characters of a text. */
const TEXT = 1500;
const WHOLE_TEXT = 8000;

const CHECKLIST = 30;
const COMMENTS = 5;
const RECIPIENTS = 20;

const DESCRIPTIONS = ['System.Description', 'Microsoft.VSTS.TCM.ReproSteps'] as const;

/** One item with its texts. */
export const READ: ReadDefinition = readTool({
  name: 'read',
  title: 'Read one',
  description: 'One task, event, mail thread, draft or work item with its texts.',
  providers: ['ticktick', 'google', 'azure-devops'],
  async read(tool, { item, detail }) {
    const name = item.trim().toLowerCase();
    const length = detail ? WHOLE_TEXT : TEXT;
    if (/^#?\d+$/.test(name)) return await readWorkItem(tool, workItemId(name, 'item'), length);
    switch (name[0]) {
      case 't':
        return await readTask(tool, name, length);
      case 'e':
        return await readEvent(tool, name, length);
      case 'm':
        return await readThread(tool, name, detail ?? false);
      case 'd':
        return await readDraft(tool, name, length);
      default:
        throw invalidInput('item', 'must be a handle such as t1, e2, m3, d4 or #5');
    }
  },
});

/** The number of a work item: `#5`. */
export function workItemId(handle: string, field: string): number {
  const [, digits] = /^#?0*([1-9]\d{0,8})$/.exec(handle.trim()) ?? [];
  if (digits === undefined) throw invalidInput(field, 'must be the number of a work item, such as #5');
  return Number(digits);
}

async function readTask(tool: ToolCall, handle: string, length: number): Promise<string> {
  const { id, within = '' } = await tool.handles.find(handle, 'task', 'item');
  const { projects } = tool.user.ticktick;
  const task = await taskAt(tool, { id, projectId: within });
  await tool.taintByTasks([task]);
  const project = await projects.get(task.projectId, tool.call).catch(() => undefined);
  const view = await tool.view([targetOf(task)]);
  return [
    taskLine(task, view),
    ...(project === undefined ? [] : [line`list: ${project.name}`]),
    ...(task.tags?.length ? [line`tags: ${task.tags.join(', ')}`] : []),
    ...(task.items ?? [])
      .slice(0, CHECKLIST)
      .map(({ title, status }) => line`${status ? '[x]' : '[ ]'} ${title}`),
    ...texts(length, task.content, task.desc),
  ].join('\n');
}

function targetOf({ id, projectId }: Task): Target {
  return { kind: 'task', id, within: projectId };
}

async function readEvent(tool: ToolCall, handle: string, length: number): Promise<string> {
  const target = await tool.handles.find(handle, 'event', 'item');
  const { id, within: calendarId = 'primary' } = target;
  const event = await tool.user.calendar.events.get(id, { ...tool.call, calendarId });
  const { description, organizer, ...rest } = event;
  if (isEventByOthers(event)) tool.taint();
  const view = await tool.view([target], { detail: true });
  return [
    eventLine(event, calendarId, view),
    ...(organizer
      ? [`organized by ${personText({ name: organizer.displayName, address: organizer.email })}`]
      : []),
    ...eventDetails(rest),
    ...texts(length, typeof description === 'string' ? formattedText(description, 'html') : undefined),
  ].join('\n');
}

async function readThread(tool: ToolCall, handle: string, detail: boolean): Promise<string> {
  const { id } = await tool.handles.find(handle, 'thread', 'item');
  const thread = await tool.user.gmail.threads.read(id, tool.call);
  tool.taint();
  return threadText(thread, await tool.view([{ kind: 'thread', id }], { detail }));
}

async function readDraft(tool: ToolCall, handle: string, length: number): Promise<string> {
  const target = await tool.handles.find(handle, 'draft', 'item');
  const draft = await tool.user.gmail.drafts.get(target.id, { ...tool.call, format: 'full' });
  const { subject, to, cc, text, html } = await readMail(draft.message);
  // A reply quotes what it answers.
  tool.taint();
  return [
    line`${await tool.handles.giveOne(target)} ${subject}`,
    `to ${peopleText([...to, ...cc], RECIPIENTS)}`.trimEnd(),
    ...texts(length, visibleText({ text, html }).text),
  ].join('\n');
}

async function readWorkItem(tool: ToolCall, id: number, length: number): Promise<string> {
  const client = await tool.user.azureDevOps();
  const item = await client.workItems.get(id, tool.call);
  const comments = await latestComments(tool, item);
  tool.taint();
  return [
    workItemLine(item),
    ...workItemDetails(item),
    line`${assigneeOf(item) === undefined ? 'assigned to nobody' : ''}`,
    ...descriptionsOf(item).flatMap((text) => texts(length, text)),
    ...comments.flatMap(({ createdBy, text, format }) => [
      `comment of ${personText({ name: createdBy?.displayName, address: createdBy?.uniqueName })}`,
      ...texts(length, formattedText(asText(text), format)),
    ]),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** What describes an item. A bug may have a description that its form doesn't show, besides how to reproduce it. */
function descriptionsOf({ fields, multilineFieldsFormat: formats }: WorkItem): string[] {
  return DESCRIPTIONS.filter((name) => fields[name] !== undefined).map((name) =>
    formattedText(asText(fields[name]), isObject(formats) ? formats[name] : undefined),
  );
}

async function latestComments(tool: ToolCall, { id, fields }: WorkItem): Promise<WorkItemComment[]> {
  if (!fields['System.CommentCount']) return [];
  const client = await tool.user.azureDevOps();
  const project = fields['System.TeamProject'];
  const comments = await client.comments.list(id, { ...tool.call, project }).toArray();
  return comments.toSorted((a, b) => a.id - b.id).slice(-COMMENTS);
}

function texts(length: number, ...fields: readonly (string | undefined)[]): string[] {
  return fields.flatMap((text) => (text?.trim() ? [fenced(text, length)] : []));
}
