import type { JsonObject } from '../../json.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  listOf,
  numberOf,
  pathParam,
  reading,
  requiredProject,
} from '../api/api-call.ts';
import { resourceNotFound } from '../failures.ts';
import { findType, type StateCategory } from '../organization/project.ts';
import { wireDate } from '../work-items/wire.ts';
import { workItemToWire } from '../work-items/work-item-to-wire.ts';
import { current, textField, type WorkItem } from '../work-items/work-item.ts';

/** What the caller has to do, did and is named in, in all projects or one. */
export const ACCOUNT_ROUTES: readonly ApiRoute[] = [
  reading('account.myWork', 'GET work/accountmywork', (call) => {
    const option = call.request.query.get('$queryOption')?.toLowerCase() ?? 'doing';
    const isDone = option === 'done' || option === '2';
    const items = assigned(call).filter((item) => isCompleted(call, item) === isDone);
    return {
      workItemDetails: items.map((item) => ({
        ...summary(call, item),
        ...assigneeText(item),
        changedDate: wireDate(current(item).at),
      })),
      querySizeLimitExceeded: false,
    };
  }),
  reading('account.recentActivity', 'GET work/accountmyworkrecentactivity', (call) =>
    listOf(edited(call).map((item) => activityToWire(call, item))),
  ),
  reading('account.recentMentions', 'GET work/accountrecentmentions', (call) =>
    listOf(
      mentioned(call).map(({ item, at }) => {
        return { ...summary(call, item), ...assigneeText(item), mentionedDateField: wireDate(at) };
      }),
    ),
  ),
  reading('predefinedQuery.list', 'GET work/predefinedqueries', (call) =>
    listOf(Object.keys(PREDEFINED).map((id) => describe(call, id))),
  ),
  reading('predefinedQuery.get', 'GET work/predefinedqueries/{query}', (call) => {
    const id = pathParam(call, 'query');
    const find = PREDEFINED[id];
    if (!find) throw resourceNotFound(`The query ${id}`);
    const project = requiredProject(call);
    const found = find(call)
      .filter((item) => call.organization.projectOf(item) === project)
      .filter((item) => flag(call, 'includeCompleted') || !isCompleted(call, item));
    const page = found.slice(0, numberOf(call, '$top', 200));
    const view = { version: call.version, relations: false, allFields: false, links: false };
    return {
      ...describe(call, id),
      results: page.map((item) => workItemToWire(call.organization, item, view)),
      hasMore: found.length > page.length,
    };
  }),
];

/** The two of Microsoft's that its MCP server offers. */
const PREDEFINED: Readonly<Record<string, (call: ApiCall) => readonly WorkItem[]>> = {
  assignedtome: assigned,
  myactivity: edited,
};

function describe(call: ApiCall, id: string): JsonObject {
  const base = `${call.organization.url}/${requiredProject(call).id}`;
  return {
    id,
    name: id === 'assignedtome' ? 'Assigned to me' : 'My activity',
    url: `${base}/_apis/work/predefinedQueries/${id}`,
    webUrl: `${base}/_workitems/${id}`,
  };
}

function present({ organization }: ApiCall): WorkItem[] {
  return [...organization.items.values()].filter((item) => !item.deletion);
}

function assigned(call: ApiCall): readonly WorkItem[] {
  return present(call).filter((item) => assigneeOf(item)?.id === call.caller.person.id);
}

/** Items that the caller changed, the latest change first. */
function edited(call: ApiCall): readonly WorkItem[] {
  return present(call)
    .filter((item) => item.updates.some(({ by }) => by.id === call.caller.person.id))
    .toSorted((one, other) => lastEdit(call, other) - lastEdit(call, one));
}

function lastEdit({ caller }: ApiCall, { updates }: WorkItem): number {
  return updates.findLast(({ by }) => by.id === caller.person.id)?.at ?? 0;
}

function mentioned(call: ApiCall): readonly { item: WorkItem; at: number }[] {
  const id = call.caller.person.id.toLowerCase();
  return present(call).flatMap((item) => {
    const comment = item.comments.findLast(
      ({ text, deleted }) => !deleted && text.toLowerCase().includes(id),
    );
    return comment ? { item, at: comment.modifiedAt } : [];
  });
}

function assigneeOf(item: WorkItem): { id: string; uniqueName: string; displayName: string } | undefined {
  const value = current(item).fields['System.AssignedTo'];
  return typeof value === 'object' ? value : undefined;
}

function isCompleted({ organization }: ApiCall, item: WorkItem): boolean {
  const { fields } = current(item);
  const type = findType(organization.projectOf(item), textField(fields, 'System.WorkItemType'));
  const state = type?.states.find(({ name }) => name === textField(fields, 'System.State'));
  return (['Completed', 'Removed'] as (StateCategory | undefined)[]).includes(state?.category);
}

/** Most of these lists have people as texts. */
function assigneeText(item: WorkItem): JsonObject {
  const assignee = assigneeOf(item);
  return { assignedTo: assignee ? `${assignee.displayName} <${assignee.uniqueName}>` : '' };
}

function summary({ organization }: ApiCall, item: WorkItem): JsonObject {
  const { fields } = current(item);
  return {
    id: item.id,
    title: textField(fields, 'System.Title'),
    workItemType: textField(fields, 'System.WorkItemType'),
    state: textField(fields, 'System.State'),
    teamProject: organization.projectOf(item).name,
  };
}

function activityToWire(call: ApiCall, item: WorkItem): object {
  const assignedTo = assigneeOf(item);
  return {
    ...summary(call, item),
    ...(assignedTo && { assignedTo }),
    changedDate: wireDate(current(item).at),
    activityType: 'edited',
    activityDate: wireDate(lastEdit(call, item)),
    identityId: call.caller.person.id,
  };
}
