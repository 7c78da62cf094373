import type { Fault, FaultScope } from '../faults/fault.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

type Check = readonly [isRight: (value: JsonValue | undefined) => boolean, what: string];

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';
const isNumber = (value: JsonValue | undefined): value is number => typeof value === 'number';
const orAbsent = ([isRight, what]: Check): Check => [(value) => value === undefined || isRight(value), what];
const from = (low: number, high: number): Check['0'] => {
  return (value) => isNumber(value) && value >= low && value <= high;
};

const TEXT: Check = [isText, 'a text'];
const STATUS: Check = [
  (value) => Number.isInteger(value) && from(200, 599)(value),
  'a status from 200 to 599',
];
const WHEN: Check = [(value) => value === 'before' || value === 'after', 'before or after'];

const FAULTS: ReadonlyMap<unknown, Readonly<Record<string, Check>>> = new Map(
  Object.entries({
    latency: { ms: [from(0, Number.MAX_VALUE), 'a number of milliseconds'] },
    reset: { when: WHEN },
    'cut-body': {},
    status: {
      status: STATUS,
      when: orAbsent(WHEN),
      retryAfter: orAbsent([(value) => isNumber(value) || isText(value), 'seconds or a date']),
      body: [() => true, 'JSON'],
    },
    page: { status: STATUS, when: orAbsent(WHEN) },
  } satisfies Record<Fault['kind'], Record<string, Check>>),
);

const SCOPE: Readonly<Record<string, Check>> = {
  host: orAbsent(TEXT),
  method: orAbsent(TEXT),
  path: orAbsent([isPattern, 'a regular expression']),
  operation: orAbsent([(value) => [value].flat().every(isText), 'a name or a list of names']),
  times: orAbsent([(value) => Number.isInteger(value) && from(1, Number.MAX_VALUE)(value), 'a whole number']),
  rate: orAbsent([from(0, 1), 'a number from 0 to 1']),
};

/** A fault as programs in any language send it. Throws a `TypeError` that names the member that is wrong. */
export function readFault(fault: JsonValue | undefined): Fault {
  const checks = isJsonObject(fault) ? FAULTS.get(fault['kind']) : undefined;
  if (!isJsonObject(fault) || !checks) {
    throw new TypeError(`fault.kind must be one of ${[...FAULTS.keys()].join(', ')}.`);
  }
  const { kind, ...members } = fault;
  check('fault', members, checks);
  return { kind, ...members } as unknown as Fault;
}

/** Its scope: `path` is a pattern here. */
export function readScope(scope: JsonValue | undefined): FaultScope {
  if (scope === undefined || scope === null) return {};
  if (!isJsonObject(scope)) throw new TypeError('scope must be an object.');
  check('scope', scope, SCOPE);
  const { path, ...rest } = scope;
  return { ...rest, ...(isText(path) && { path: new RegExp(path) }) };
}

function check(owner: string, members: JsonObject, checks: Readonly<Record<string, Check>>): void {
  const unknown = Object.keys(members).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) throw new TypeError(`${owner}.${unknown} is unknown.`);
  for (const [name, [isRight, what]] of Object.entries(checks)) {
    if (!isRight(members[name])) throw new TypeError(`${owner}.${name} must be ${what}.`);
  }
}

function isPattern(value: JsonValue | undefined): boolean {
  try {
    return isText(value) && new RegExp(value) instanceof RegExp;
  } catch {
    return false;
  }
}
