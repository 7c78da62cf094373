import { type JsonObject, type JsonValue, textOf } from '../../json.ts';
import { conflictingParameters, invalidValue } from '../failures.ts';
import { readDate } from '../work-items/read-date.ts';
import type { View } from '../work-items/work-item-to-wire.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import type { ApiCall } from './api-call.ts';
import { property } from './read-body.ts';

const EXPANDS = ['none', 'relations', 'fields', 'links', 'all'] as const;

/** What a request wants to see of work items. */
export interface Wanted {
  readonly expand: (typeof EXPANDS)[number] | undefined;
  readonly fields: readonly string[] | undefined;
  /** Milliseconds since the epoch. */
  readonly asOf: number | undefined;
}

export function wantedByQuery({ request: { query } }: ApiCall): Wanted {
  const fields = query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return checked({ expand: readExpand(query.get('$expand')), fields, asOf: readAsOf(query.get('asOf')) });
}

export function wantedByBody(body: JsonObject): Wanted {
  const fields = property(body, 'fields');
  if (fields !== undefined && !Array.isArray(fields))
    throw invalidValue('The property fields must be a list.');
  return checked({
    expand: readExpand(property(body, '$expand') ?? null),
    fields: fields?.map(String),
    asOf: readAsOf(property(body, 'asOf') ?? null),
  });
}

/** The view of a read answer: links are there unless several items are asked for. */
export function viewOf({ expand = 'none', fields }: Wanted, { version }: ApiCall, single: boolean): View {
  return {
    version,
    ...(fields && { only: fields }),
    relations: expand === 'relations' || expand === 'all',
    allFields: expand === 'fields' || expand === 'all',
    links: !fields && (single || expand === 'links' || expand === 'all'),
  };
}

/** The view of an answer to a change: relations and links are always there. */
export function viewOfChange(wanted: Wanted, call: ApiCall): View {
  return { ...viewOf(wanted, call, true), relations: true, links: true };
}

/** The revision that was current then; undefined if the item did not exist yet. */
export function revisionAt({ revisions }: WorkItem, asOf: number): WorkItem['revisions'][number] | undefined {
  return revisions.findLast(({ at }) => at <= asOf);
}

function checked(wanted: Wanted): Wanted {
  if (wanted.fields && wanted.expand !== undefined && wanted.expand !== 'none') throw conflictingParameters();
  return wanted;
}

/** By name in any case, or by number as azure-devops-node-api sends it. */
function readExpand(value: JsonValue): Wanted['expand'] {
  if (value === null) return undefined;
  const text = textOf(value).toLowerCase();
  const expand = EXPANDS.find((name, index) => name === text || String(index) === text);
  if (!expand) throw invalidValue(`The value '${text}' is not valid for the parameter '$expand'.`);
  return expand;
}

function readAsOf(value: JsonValue): number | undefined {
  if (value === null) return undefined;
  const ms = readDate(textOf(value));
  if (ms === undefined)
    throw invalidValue(`The value '${textOf(value)}' is not valid for the parameter 'asOf'.`);
  return ms;
}
