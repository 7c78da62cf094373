// Written by `npm run generate` from inputs.ts.

/** The JSON Schema of a tool's input. */
export interface JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<
    Record<string, { readonly type: string | readonly string[]; readonly [more: string]: unknown }>
  >;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export const JSON_SCHEMAS: Readonly<
  Record<
    | 'agenda'
    | 'find'
    | 'read'
    | 'free_slots'
    | 'create_task'
    | 'change_task'
    | 'complete_task'
    | 'block_time'
    | 'plan_tasks'
    | 'respond_to_invitation'
    | 'draft_mail'
    | 'send_draft'
    | 'create_work_item'
    | 'change_work_item'
    | 'undo',
    JsonSchema
  >
> = {
  agenda: {
    type: 'object',
    properties: {
      from: { description: 'YYYY-MM-DD; null: today', type: ['string', 'null'] },
      days: { description: 'null: 7', type: ['integer', 'null'], minimum: 1, maximum: 31 },
      detail: { description: 'also notes, places, people', type: ['boolean', 'null'] },
    },
    required: ['from', 'days', 'detail'],
    additionalProperties: false,
  },
  find: {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: ['tasks', 'events', 'mails', 'work-items'] },
      text: { description: 'null: any; work-items: mine', type: ['string', 'null'] },
      from: { type: ['string', 'null'] },
      to: { description: 'last day', type: ['string', 'null'] },
      limit: { description: 'null: 20', type: ['integer', 'null'], minimum: 1, maximum: 50 },
    },
    required: ['kind', 'text', 'from', 'to', 'limit'],
    additionalProperties: false,
  },
  read: {
    type: 'object',
    properties: {
      item: { type: 'string', description: 'handle: t1, e2, m3, d4 or #5' },
      detail: { description: 'whole texts', type: ['boolean', 'null'] },
    },
    required: ['item', 'detail'],
    additionalProperties: false,
  },
  free_slots: {
    type: 'object',
    properties: {
      minutes: { type: 'integer', minimum: 5, maximum: 720 },
      from: { type: ['string', 'null'] },
      days: { type: ['integer', 'null'], minimum: 1, maximum: 31 },
      earliest: { description: 'HH:MM; null: 09:00', type: ['string', 'null'] },
      latest: { description: 'null: 18:00', type: ['string', 'null'] },
    },
    required: ['minutes', 'from', 'days', 'earliest', 'latest'],
    additionalProperties: false,
  },
  create_task: {
    type: 'object',
    properties: {
      title: { type: 'string' },
      notes: { type: ['string', 'null'] },
      list: { description: 'name; null: inbox', type: ['string', 'null'] },
      day: { type: ['string', 'null'] },
      time: { description: 'null: all day', type: ['string', 'null'] },
      priority: { type: ['string', 'null'], enum: ['none', 'low', 'medium', 'high', null] },
      tags: { type: ['array', 'null'], items: { type: 'string' } },
    },
    required: ['title', 'notes', 'list', 'day', 'time', 'priority', 'tags'],
    additionalProperties: false,
  },
  change_task: {
    type: 'object',
    properties: {
      task: { type: 'string' },
      title: { type: ['string', 'null'] },
      notes: { type: ['string', 'null'] },
      day: { type: ['string', 'null'] },
      time: { type: ['string', 'null'] },
      undated: { description: 'true removes the date', type: ['boolean', 'null'] },
      priority: { type: ['string', 'null'], enum: ['none', 'low', 'medium', 'high', null] },
      tags: { type: ['array', 'null'], items: { type: 'string' } },
    },
    required: ['task', 'title', 'notes', 'day', 'time', 'undated', 'priority', 'tags'],
    additionalProperties: false,
  },
  complete_task: {
    type: 'object',
    properties: { task: { type: 'string' } },
    required: ['task'],
    additionalProperties: false,
  },
  block_time: {
    type: 'object',
    properties: {
      task: { type: 'string' },
      minutes: { type: 'integer', minimum: 5, maximum: 720 },
      from: { type: ['string', 'null'] },
      days: { type: ['integer', 'null'], minimum: 1, maximum: 31 },
    },
    required: ['task', 'minutes', 'from', 'days'],
    additionalProperties: false,
  },
  plan_tasks: {
    type: 'object',
    properties: {
      tasks: { description: 'null: all that are due', type: ['array', 'null'], items: { type: 'string' } },
      minutes: {
        description: 'of each; null: its own, or 60',
        type: ['integer', 'null'],
        minimum: 5,
        maximum: 720,
      },
      from: { type: ['string', 'null'] },
      days: { description: 'null: 7', type: ['integer', 'null'], minimum: 1, maximum: 31 },
      apply: { description: 'p1: writes this plan; null: proposes one', type: ['string', 'null'] },
    },
    required: ['tasks', 'minutes', 'from', 'days', 'apply'],
    additionalProperties: false,
  },
  respond_to_invitation: {
    type: 'object',
    properties: {
      event: { type: 'string' },
      response: { type: 'string', enum: ['accepted', 'declined', 'tentative'] },
      comment: { description: 'to the organizer', type: ['string', 'null'] },
    },
    required: ['event', 'response', 'comment'],
    additionalProperties: false,
  },
  draft_mail: {
    type: 'object',
    properties: {
      thread: { description: 'reply to m3; null: new mail', type: ['string', 'null'] },
      to: { description: 'new mail only', type: ['array', 'null'], items: { type: 'string' } },
      subject: { description: 'new mail only', type: ['string', 'null'] },
      text: { type: 'string' },
    },
    required: ['thread', 'to', 'subject', 'text'],
    additionalProperties: false,
  },
  send_draft: {
    type: 'object',
    properties: { draft: { type: 'string' } },
    required: ['draft'],
    additionalProperties: false,
  },
  create_work_item: {
    type: 'object',
    properties: {
      title: { type: 'string' },
      type: { description: 'null: Task', type: ['string', 'null'] },
      project: { type: ['string', 'null'] },
      description: { type: ['string', 'null'] },
      assigned_to: { description: 'name or email', type: ['string', 'null'] },
    },
    required: ['title', 'type', 'project', 'description', 'assigned_to'],
    additionalProperties: false,
  },
  change_work_item: {
    type: 'object',
    properties: {
      work_item: { type: 'string', description: '#5' },
      title: { type: ['string', 'null'] },
      state: { type: ['string', 'null'] },
      assigned_to: { type: ['string', 'null'] },
      priority: { type: ['integer', 'null'], minimum: 1, maximum: 4 },
      comment: { type: ['string', 'null'] },
    },
    required: ['work_item', 'title', 'state', 'assigned_to', 'priority', 'comment'],
    additionalProperties: false,
  },
  undo: {
    type: 'object',
    properties: { action: { description: 'null: the last one', type: ['string', 'null'] } },
    required: ['action'],
    additionalProperties: false,
  },
};
