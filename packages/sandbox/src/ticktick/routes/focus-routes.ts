import { DAY_MS } from '../../time/clock.ts';
import {
  type ApiCall,
  type ApiRoute,
  notFound,
  pathParam,
  reading,
  unknownException,
  writing,
} from '../api-call.ts';
import {
  readDate,
  readNumber,
  readNumbers,
  readObject,
  readString,
  required,
  truncate,
} from '../read-json.ts';
import type { Focus } from '../records.ts';
import { formatWireDate, parseWireDate } from '../wire-date.ts';

const MAX_RANGE_MS = 30 * DAY_MS;

/** Stretches of focused work. */
export const FOCUS_ROUTES: readonly ApiRoute[] = [
  reading('focus.list', 'GET /focus', list),
  reading('focus.get', 'GET /focus/{focusId}', (call) => focusToWire(focusOf(call))),
  writing('focus.create', 'POST /focus', create),
  writing('focus.delete', 'DELETE /focus/{focusId}', remove),
];

/** The range silently begins at most 30 days before its end. */
function list({ data, query }: ApiCall): SandboxFocus[] {
  const type = typeOf(query);
  const to = parseWireDate(required(query.get('to') ?? undefined));
  const from = Math.max(parseWireDate(required(query.get('from') ?? undefined)), to - MAX_RANGE_MS);
  return [...data.focuses.values()]
    .filter((focus) => focus.type === type && focus.startTime >= from && focus.startTime <= to)
    .map(focusToWire);
}

function create({ data, body }: ApiCall): SandboxFocus {
  const fields = readObject(body);
  const endTime = readDate(fields, 'endTime') ?? data.now();
  const duration = readNumber(fields, 'duration');
  const startTime = readDate(fields, 'startTime') ?? endTime - (duration ?? 0) * 1000;
  const pauseDuration = readNumber(fields, 'pauseDuration') ?? 0;
  const note = readString(fields, 'note');
  const focus: Focus = {
    id: data.newId(),
    userId: data.account.id,
    type: required(readNumber(fields, 'type')),
    taskId: readString(fields, 'taskId'),
    note: note === undefined ? undefined : truncate(note, 5000),
    status: 1,
    startTime,
    endTime,
    pauseDuration,
    duration: duration ?? (endTime - startTime) / 1000 - pauseDuration,
    relationType: readNumbers(fields, 'relationType'),
    createdTime: data.now(),
    etag: data.newEtag(),
  };
  data.focuses.set(focus.id, focus);
  return focusToWire(focus);
}

/** Unlike other deletions it answers what it deleted. */
function remove(call: ApiCall): SandboxFocus {
  const focus = focusOf(call);
  call.data.focuses.delete(focus.id);
  return focusToWire(focus);
}

function focusOf(call: ApiCall): Focus {
  const focus = call.data.focuses.get(pathParam(call, 'focusId'));
  if (focus?.type !== typeOf(call.query)) throw notFound();
  return focus;
}

function typeOf(query: URLSearchParams): number {
  const type = query.get('type');
  if (type !== '0' && type !== '1') throw unknownException();
  return Number(type);
}

/** A stretch of focused work as the API answers it. */
export type SandboxFocus = ReturnType<typeof focusToWire>;

function focusToWire(focus: Focus): Omit<Focus, 'startTime' | 'endTime' | 'createdTime'> & {
  startTime: string;
  endTime: string;
  createdTime: string;
  modifiedTime: string;
  etimestamp: number;
  adjustTime: number;
  added: boolean;
} {
  const createdTime = formatWireDate(focus.createdTime);
  return {
    ...focus,
    startTime: formatWireDate(focus.startTime),
    endTime: formatWireDate(focus.endTime),
    adjustTime: 0,
    added: true,
    createdTime,
    modifiedTime: createdTime,
    etimestamp: focus.createdTime,
  };
}
