import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, numberOf, reading } from '../api/api-call.ts';
import { invalidValue, startsTwice } from '../failures.ts';
import { readDate } from '../work-items/read-date.ts';
import { findRelationType } from '../work-items/relation-types.ts';
import { wireDate } from '../work-items/wire.ts';
import { current, type Relation, textField, type Update, type WorkItem } from '../work-items/work-item.ts';

const PAGE = 200;

/** Every link between work items that was made or taken away, in that order. */
export const LINK_REPORTING_ROUTES: readonly ApiRoute[] = [
  reading('reporting.links', 'GET wit/reporting/workitemlinks', (call) => {
    const { organization, project, request } = call;
    const types = request.query.get('types')?.split(',');
    const start = request.query.get('startDateTime');
    const since = start === null ? 0 : readDate(start);
    if (since === undefined) throw invalidValue('The startDateTime is no date.');
    const all = [...organization.items.values()]
      .filter((item) => project === undefined || organization.projectOf(item) === project)
      .filter((item) => types === undefined || types.includes(typeOf(item)))
      .flatMap((item) => item.updates.flatMap((update) => changesOf(call, item, update)))
      .toSorted((one, other) => one.at - other.at);
    if (start !== null && request.query.has('continuationToken')) throw startsTwice();
    const from = numberOf(call, 'continuationToken', all.filter(({ at }) => at < since).length);
    const to = Math.min(from + PAGE, all.length);
    const next = new URLSearchParams(request.query);
    next.delete('startDateTime');
    next.set('continuationToken', String(to));
    return {
      values: all.slice(from, to).map(({ wire }) => wire),
      continuationToken: String(to),
      nextLink: `${organization.url}/_apis/wit/reporting/workItemLinks?${next.toString()}`,
      isLastBatch: to === all.length,
    };
  }),
];

interface LinkChange {
  readonly at: number;
  readonly wire: JsonObject;
}

/** A link is told once, from its source; a link without a direction from the item with the lower id. */
function changesOf(call: ApiCall, item: WorkItem, { at, by, added, removed }: Update): readonly LinkChange[] {
  const show = (relation: Relation, isActive: boolean): LinkChange[] => {
    const type = findRelationType(relation.rel);
    const { target = 0 } = relation;
    if (type?.usage !== 'workItemLink') return [];
    const isSource = type.opposite === type.rel ? item.id < target : type.isForward;
    if (!isSource) return [];
    const other = call.organization.items.get(target);
    const wire = {
      rel: relation.rel.replace(/-Forward$/, ''),
      attributes: {
        sourceId: item.id,
        targetId: target,
        isActive,
        changedDate: wireDate(at),
        changedBy: { ...by },
        comment: relation.attributes['comment'] ?? '',
        changedOperation: isActive ? 'create' : 'remove',
        sourceProjectId: call.organization.projectOf(item).id,
        targetProjectId: other ? call.organization.projectOf(other).id : '',
      },
    };
    return [{ at, wire }];
  };
  return [...added.flatMap((one) => show(one, true)), ...removed.flatMap((one) => show(one, false))];
}

function typeOf(item: WorkItem): string {
  return textField(current(item).fields, 'System.WorkItemType');
}
