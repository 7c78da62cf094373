import { emptyResponse } from '../../http/responses.ts';
import { isJsonObject, type JsonObject, stringOf, textOf } from '../../json.ts';
import { uuidFrom } from '../../random.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  pathParam,
  reading,
  requiredTeam,
  teamUrl,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import type { TeamTemplate } from '../organization/team.ts';

const ROUTE = 'wit/templates';

/** A team's templates for new work items. */
export const TEMPLATE_ROUTES: readonly ApiRoute[] = [
  reading('template.list', `GET ${ROUTE}`, (call) => {
    const type = call.request.query.get('workitemtypename')?.toLowerCase();
    const all = [...requiredTeam(call).templates.values()];
    const chosen = all.filter((one) => type === undefined || one.workItemTypeName.toLowerCase() === type);
    return listOf(chosen.map((one) => referenceTo(call, one)));
  }),
  reading('template.get', `GET ${ROUTE}/{template}`, (call) => toWire(call, find(call))),
  writing('template.create', `POST ${ROUTE}`, (call) => keep(call, uuidFrom(call.organization.ids))),
  writing('template.replace', `PUT ${ROUTE}/{template}`, (call) => keep(call, find(call).id)),
  writing('template.delete', `DELETE ${ROUTE}/{template}`, (call) => {
    requiredTeam(call).templates.delete(find(call).id);
    return emptyResponse(204);
  }),
];

function find(call: ApiCall): TeamTemplate {
  const id = pathParam(call, 'template');
  const template = requiredTeam(call).templates.get(id);
  if (!template)
    throw new ApiFailure(404, 'WorkItemTemplateNotFoundException', `VS403405: There is no template ${id}.`);
  return template;
}

function keep(call: ApiCall, id: string): JsonObject {
  const body = readObject(call.request);
  const name = stringOf(property(body, 'name'));
  const workItemTypeName = stringOf(property(body, 'workItemTypeName'));
  if (name === '' || workItemTypeName === '')
    throw invalidValue('A template needs a name and a workItemTypeName.');
  const fields = property(body, 'fields');
  const entries = Object.entries(isJsonObject(fields) ? fields : {}).map(([field, value]) => [
    field,
    textOf(value),
  ]);
  const description = stringOf(property(body, 'description'));
  const template: TeamTemplate = {
    id,
    name,
    description,
    workItemTypeName,
    fields: Object.fromEntries(entries),
  };
  requiredTeam(call).templates.set(id, template);
  return toWire(call, template);
}

function referenceTo(call: ApiCall, { id, name, description, workItemTypeName }: TeamTemplate): JsonObject {
  return { id, name, description, workItemTypeName, url: teamUrl(call, `${ROUTE}/${id}`) };
}

function toWire(call: ApiCall, template: TeamTemplate): JsonObject {
  return { ...referenceTo(call, template), fields: { ...template.fields } };
}
