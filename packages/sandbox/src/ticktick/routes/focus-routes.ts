import { type ApiCall, type ApiRoute, pathParam, reading, writing } from '../api-call.ts';
import { notFound, unknownException } from '../api-failure.ts';
import type { Focus } from '../focus.ts';
import { focusToWire, type SandboxFocus } from '../focus-to-wire.ts';
import { readDate, readNumber, readNumbers, readObject, readString, required } from '../read-json.ts';
import { parseWireDate } from '../time/wire-date.ts';
import { truncate } from '../truncate.ts';

const MAX_RANGE_MS = 30 * 86_400_000;

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
