import { isDay } from '@context-sdk/oauth-core/client-kit';
import * as z from 'zod/mini';

// Every field is required, and `null` where it need not be given: providers of models that check schemas strictly take no other.
// `npm run generate` writes json-schemas.ts from these.

/** The longest title and the longest text that a model may write. */
const TITLE = 500;
const TEXT = 20_000;

type Text = z.ZodMiniType<string>;
type Nullable<T> = z.ZodMiniType<T | null>;

function said<T>(type: z.ZodMiniType<T>, description: string): z.ZodMiniType<T> {
  return type.check(z.describe(description));
}

function text(maxLength: number): Text {
  return z.string().check(
    z.refine((value) => value.trim() !== '', 'is empty'),
    z.refine((value) => value.length <= maxLength, `has more than ${maxLength} characters`),
  );
}

function day(): Text {
  return z.string().check(z.refine(isDay, 'must be a day such as 2026-11-30'));
}

/** A day of a range: none begins or ends at the ends of the calendar, in whatever zone. */
function rangeDay(): Text {
  const problem = 'must be a day of the years 1 to 9998, such as 2026-11-30';
  return z
    .string()
    .check(z.refine((value) => isDay(value) && value > '0001-01-01' && value < '9999', problem));
}

function time(): Text {
  return z
    .string()
    .check(z.refine((value) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value), 'must be a time such as 09:30'));
}

function integer(from: number, to: number): z.ZodMiniType<number> {
  return z.int().check(z.minimum(from), z.maximum(to));
}

const PRIORITIES = ['none', 'low', 'medium', 'high'] as const;

/** What TickTick's apps call the priorities of tasks. */
export type Priority = (typeof PRIORITIES)[number];

const tags = (): Nullable<string[]> => z.nullable(z.array(text(64)));

/** The input of each tool. */
export const INPUTS: { readonly [Name in keyof ToolInputs]: z.ZodMiniType<ToolInputs[Name]> } = {
  agenda: z.strictObject({
    from: said(z.nullable(rangeDay()), 'YYYY-MM-DD; null: today'),
    days: said(z.nullable(integer(1, 31)), 'null: 7'),
    detail: said(z.nullable(z.boolean()), 'also notes, places, people'),
  }),
  find: z.strictObject({
    kind: z.enum(['tasks', 'events', 'mails', 'work-items']),
    text: said(z.nullable(text(TITLE)), 'null: any; work-items: mine'),
    from: z.nullable(rangeDay()),
    to: said(z.nullable(rangeDay()), 'last day'),
    limit: said(z.nullable(integer(1, 50)), 'null: 20'),
  }),
  read: z.strictObject({
    item: said(text(64), 'handle: t1, e2, m3, d4 or #5'),
    detail: said(z.nullable(z.boolean()), 'whole texts'),
  }),
  free_slots: z.strictObject({
    minutes: integer(5, 720),
    from: z.nullable(rangeDay()),
    days: z.nullable(integer(1, 31)),
    earliest: said(z.nullable(time()), 'HH:MM; null: 09:00'),
    latest: said(z.nullable(time()), 'null: 18:00'),
  }),
  create_task: z.strictObject({
    title: text(TITLE),
    notes: z.nullable(text(TEXT)),
    list: said(z.nullable(text(TITLE)), 'name; null: inbox'),
    day: z.nullable(day()),
    time: said(z.nullable(time()), 'null: all day'),
    priority: z.nullable(z.enum(PRIORITIES)),
    tags: tags(),
  }),
  change_task: z.strictObject({
    task: text(64),
    title: z.nullable(text(TITLE)),
    notes: z.nullable(text(TEXT)),
    day: z.nullable(day()),
    time: z.nullable(time()),
    undated: said(z.nullable(z.boolean()), 'true removes the date'),
    priority: z.nullable(z.enum(PRIORITIES)),
    tags: tags(),
  }),
  complete_task: z.strictObject({ task: text(64) }),
  block_time: z.strictObject({
    task: text(64),
    minutes: integer(5, 720),
    from: z.nullable(rangeDay()),
    days: z.nullable(integer(1, 31)),
  }),
  plan_tasks: z.strictObject({
    tasks: said(z.nullable(z.array(text(64))), 'null: all that are due'),
    minutes: said(z.nullable(integer(5, 720)), 'of each; null: its own, or 60'),
    from: z.nullable(rangeDay()),
    days: said(z.nullable(integer(1, 31)), 'null: 7'),
    apply: said(z.nullable(text(64)), 'p1: writes this plan; null: proposes one'),
  }),
  respond_to_invitation: z.strictObject({
    event: text(64),
    response: z.enum(['accepted', 'declined', 'tentative']),
    comment: said(z.nullable(text(TITLE)), 'to the organizer'),
  }),
  draft_mail: z.strictObject({
    thread: said(z.nullable(text(64)), 'reply to m3; null: new mail'),
    to: said(z.nullable(z.array(text(320))), 'new mail only'),
    subject: said(z.nullable(text(TITLE)), 'new mail only'),
    text: text(TEXT),
  }),
  send_draft: z.strictObject({ draft: text(64) }),
  create_work_item: z.strictObject({
    title: text(255),
    type: said(z.nullable(text(128)), 'null: Task'),
    project: z.nullable(text(TITLE)),
    description: z.nullable(text(TEXT)),
    assigned_to: said(z.nullable(text(320)), 'name or email'),
  }),
  change_work_item: z.strictObject({
    work_item: said(text(64), '#5'),
    title: z.nullable(text(255)),
    state: z.nullable(text(128)),
    assigned_to: z.nullable(text(320)),
    priority: z.nullable(integer(1, 4)),
    comment: z.nullable(text(TEXT)),
  }),
  undo: z.strictObject({ action: said(z.nullable(text(64)), 'null: the last one') }),
};

/** What each tool takes. */
export interface ToolInputs {
  agenda: { from: string | null; days: number | null; detail: boolean | null };
  find: {
    kind: 'tasks' | 'events' | 'mails' | 'work-items';
    text: string | null;
    from: string | null;
    to: string | null;
    limit: number | null;
  };
  read: { item: string; detail: boolean | null };
  free_slots: {
    minutes: number;
    from: string | null;
    days: number | null;
    earliest: string | null;
    latest: string | null;
  };
  create_task: {
    title: string;
    notes: string | null;
    list: string | null;
    day: string | null;
    time: string | null;
    priority: Priority | null;
    tags: string[] | null;
  };
  change_task: {
    task: string;
    title: string | null;
    notes: string | null;
    day: string | null;
    time: string | null;
    undated: boolean | null;
    priority: Priority | null;
    tags: string[] | null;
  };
  complete_task: { task: string };
  block_time: { task: string; minutes: number; from: string | null; days: number | null };
  plan_tasks: {
    tasks: string[] | null;
    minutes: number | null;
    from: string | null;
    days: number | null;
    apply: string | null;
  };
  respond_to_invitation: {
    event: string;
    response: 'accepted' | 'declined' | 'tentative';
    comment: string | null;
  };
  draft_mail: { thread: string | null; to: string[] | null; subject: string | null; text: string };
  send_draft: { draft: string };
  create_work_item: {
    title: string;
    type: string | null;
    project: string | null;
    description: string | null;
    assigned_to: string | null;
  };
  change_work_item: {
    work_item: string;
    title: string | null;
    state: string | null;
    assigned_to: string | null;
    priority: number | null;
    comment: string | null;
  };
  undo: { action: string | null };
}

/** The name of a tool. */
export type ToolName = keyof ToolInputs;
