import { isJsonObject, type JsonObject, type JsonValue } from '../../../json.ts';
import { GoogleFailure } from '../../api/failures.ts';
import { pathParam, readBody } from '../../api/read-call.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import { isLabelColor } from '../mailbox/label-colors.ts';
import { SYSTEM_LABELS, systemLabelToWire, type UserLabel, userLabelToWire } from '../mailbox/labels.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { GmailCall, GmailHandler } from './gmail-call.ts';

type LabelMethod = `labels.${'create' | 'delete' | 'get' | 'list' | 'patch' | 'update'}`;

/** Labels: Gmail's, which stay as they are, and the user's. */
export const LABEL_METHODS: Readonly<Record<LabelMethod, GmailHandler>> = {
  'labels.create': create,
  'labels.delete': remove,
  'labels.get': get,
  'labels.list': list,
  'labels.patch': (call) => change(call, findUserLabel(call)),
  'labels.update': (call) => change(call, { id: findUserLabel(call).id }),
};

const DEFAULTS: Omit<UserLabel, 'id' | 'name'> = {
  messageListVisibility: 'show',
  labelListVisibility: 'labelShow',
  color: undefined,
};
/** https://developers.google.com/workspace/gmail/api/guides/labels */
const MAX_LABELS = 10_000;

function list({ mailbox }: GmailCall): object {
  const own = [...mailbox.labels.user.values()].map(userLabelToWire);
  return { labels: [...SYSTEM_LABELS.map(systemLabelToWire), ...own] };
}

/** With its counts, which lists don't have. */
function get(call: GmailCall): object {
  const { mailbox } = call;
  const id = pathParam(call, 'id');
  const own = mailbox.labels.user.get(id);
  if (own === undefined && !SYSTEM_LABELS.includes(id)) throw entityNotFound();
  const wire = own ? userLabelToWire(own) : systemLabelToWire(id);
  const messages = [...mailbox.messages.values()].filter(({ labelIds }) => labelIds.has(id));
  const unread = messages.filter(({ labelIds }) => labelIds.has('UNREAD'));
  const threads = (some: typeof messages): number => new Set(some.map(({ threadId }) => threadId)).size;
  return {
    ...wire,
    messagesTotal: messages.length,
    messagesUnread: unread.length,
    threadsTotal: threads(messages),
    threadsUnread: threads(unread),
  };
}

function create(call: GmailCall): object {
  const { labels } = call.mailbox;
  if (labels.user.size >= MAX_LABELS) throw new GoogleFailure(429, 'rateLimitExceeded', 'Too many labels');
  const label = readLabel(call.mailbox, readBody(call), { id: '', ...DEFAULTS });
  const created = { ...label, id: labels.newId() };
  labels.user.set(created.id, created);
  return userLabelToWire(created);
}

/** What isn't named stays with PATCH, and has its default with PUT. */
function change(call: GmailCall, current: Partial<UserLabel> & { id: string }): object {
  const changed = readLabel(call.mailbox, readBody(call), { ...DEFAULTS, ...current });
  call.mailbox.labels.user.set(changed.id, changed);
  return userLabelToWire(changed);
}

/** Takes it off every message, too. */
function remove(call: GmailCall): undefined {
  const { id } = findUserLabel(call);
  for (const message of call.mailbox.messages.values()) call.mailbox.removeLabels(message, [id]);
  call.mailbox.labels.user.delete(id);
}

function findUserLabel(call: GmailCall): UserLabel {
  const id = pathParam(call, 'id');
  if (SYSTEM_LABELS.includes(id)) throw invalidArgument(`Invalid label: ${id}`);
  const label = call.mailbox.labels.user.get(id);
  if (!label) throw entityNotFound();
  return label;
}

function readLabel(
  { labels }: Mailbox,
  body: JsonObject,
  current: Partial<UserLabel> & typeof DEFAULTS & { id: string },
): UserLabel {
  const name = body['name'] ?? current.name;
  if (typeof name !== 'string' || name.trim() === '') throw invalidArgument('Invalid label name');
  const known = labels.findByName(name);
  if (known !== undefined && SYSTEM_LABELS.includes(known)) throw invalidArgument('Invalid label name');
  if (known !== undefined && known !== current.id) {
    throw new GoogleFailure(409, 'aborted', 'Label name exists or conflicts', { status: 'ABORTED' });
  }
  return {
    id: current.id,
    name,
    messageListVisibility: readText(body['messageListVisibility']) ?? current.messageListVisibility,
    labelListVisibility: readText(body['labelListVisibility']) ?? current.labelListVisibility,
    color: readColor(body['color']) ?? current.color,
  };
}

function readColor(color: JsonValue | undefined): UserLabel['color'] {
  if (!isJsonObject(color)) return undefined;
  const { textColor, backgroundColor } = color;
  return { textColor: paletteColor(textColor), backgroundColor: paletteColor(backgroundColor) };
}

function paletteColor(color: unknown): string {
  if (isLabelColor(color)) return color;
  throw invalidArgument(`Label color ${JSON.stringify(color)} is not on the allowed color palette`);
}

function readText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
