import { type JsonObject, omitUndefined } from '../../json.ts';
import { type ApiCall, type ApiRoute, flag, numberOf, reading } from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue, startsTwice } from '../failures.ts';
import { identityText } from '../organization/person.ts';
import { allFields } from '../work-items/all-fields.ts';
import { readDate } from '../work-items/read-date.ts';
import { type FieldValue, type Revision, textField, type WorkItem } from '../work-items/work-item.ts';

const MAX_PAGE = 1000;

/** Every revision of every item, in the order in which they were made: an export that goes on where the last one ended. */
export const REPORTING_ROUTES: readonly ApiRoute[] = [
  reading('reporting.revisions', 'GET wit/reporting/workitemrevisions', (call) => {
    const { query } = call.request;
    return revisions(call, {
      fields: query.get('fields')?.split(','),
      types: query.get('types')?.split(','),
      has: (name) => flag(call, name),
    });
  }),
  reading('reporting.revisions', 'POST wit/reporting/workitemrevisions', (call) => {
    const body = readObject(call.request);
    const list = (name: string): string[] | undefined => {
      const value = property(body, name);
      return Array.isArray(value) ? value.map(String) : undefined;
    };
    const has = (name: string): boolean => property(body, name) === true;
    return revisions(call, { fields: list('fields'), types: list('types'), has });
  }),
  reading('reporting.discussions', 'GET wit/reporting/workitemrevisions/discussions', (call) =>
    revisions(call, {
      fields: undefined,
      types: undefined,
      has: (name) => flag(call, name),
      onlyDiscussions: true,
    }),
  ),
];

interface Filter {
  readonly fields: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  /** Whether this switch is on: a GET has it in its query, a POST in its body. */
  readonly has: (name: string) => boolean;
  /** Revisions with a comment only. */
  readonly onlyDiscussions?: boolean;
}

interface Entry {
  readonly item: WorkItem;
  readonly revision: Revision;
}

/** A continuation token is the watermark of the last revision that was read. */
function revisions(call: ApiCall, filter: Filter): JsonObject {
  const { types, has, onlyDiscussions = false } = filter;
  const { organization, project, request } = call;
  const { query } = request;
  const start = query.get('startDateTime');
  const since = start === null ? 0 : readDate(start);
  if (since === undefined) throw invalidValue('The startDateTime is no date.');
  const token = query.get('continuationToken');
  if (start !== null && token !== null) throw startsTwice();
  const after = readToken(token);
  const all = [...organization.items.values()]
    .filter((item) => project === undefined || organization.projectOf(item) === project)
    .filter((item) => item.deletion === undefined || has('includeDeleted'))
    .flatMap((item) => revisionsOf(item, has('includeLatestOnly')).map((revision) => ({ item, revision })))
    .filter(
      ({ revision }) =>
        types === undefined || types.includes(textField(revision.fields, 'System.WorkItemType')),
    )
    .filter(({ item, revision: { rev } }) => !onlyDiscussions || item.comments.some((one) => one.rev === rev))
    .filter(({ revision }) => revision.at >= since)
    .toSorted((one, other) => one.revision.watermark - other.revision.watermark);
  const open = all.filter(({ revision }) => revision.watermark > after);
  const page = open.slice(0, Math.min(numberOf(call, '$maxPageSize', 200), MAX_PAGE));
  const nextToken = String(page.at(-1)?.revision.watermark ?? after);
  const next = new URLSearchParams(query);
  next.delete('startDateTime');
  next.set('continuationToken', nextToken);
  return {
    values: page.map((entry) => toWire(call, entry, filter)),
    continuationToken: nextToken,
    nextLink: `${organization.url}/_apis/wit/reporting/workItemRevisions?${next.toString()}`,
    isLastBatch: page.length === open.length,
  };
}

function revisionsOf({ revisions: all }: WorkItem, onlyLatest: boolean): readonly Revision[] {
  return onlyLatest ? all.slice(-1) : all;
}

function readToken(token: string | null): number {
  if (token === null) return 0;
  if (!/^\d+$/.test(token)) throw invalidValue('The continuationToken is not one of this service.');
  return Number(token);
}

/** People are texts unless `includeIdentityRef` asks for more. */
function toWire(call: ApiCall, { item, revision }: Entry, { fields: only, has }: Filter): JsonObject {
  const shown = (value: FieldValue): FieldValue =>
    typeof value === 'object' && !has('includeIdentityRef') ? identityText(value) : value;
  const fields = Object.entries(allFields(call.organization, item, revision))
    .filter(([name]) => only === undefined || only.includes(name))
    .map(([name, value]) => [name, shown(value)] as const);
  return omitUndefined({ id: item.id, rev: revision.rev, fields: Object.fromEntries(fields) });
}
