import type { JsonObject, JsonValue } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, pathParam, reading, requiredProject } from '../api/api-call.ts';
import { fieldNotFound, resourceNotFound, typeNotFound } from '../failures.ts';
import { type Field, findFieldByAnyName, KNOWN_FIELDS } from '../fields/fields.ts';
import { findType, typesOf, type WorkItemType } from '../organization/project.ts';
import { TYPE_CATEGORIES } from '../organization/type-categories.ts';
import { projectUrl } from '../work-items/wire.ts';

/** As the service has them: of areas and iterations the ids, which follow from the paths. */
const REQUIRED = new Set(['System.Title', 'System.State', 'System.AreaId', 'System.IterationId']);

/** What a type of work item is made of. */
export const TYPE_DETAIL_ROUTES: readonly ApiRoute[] = [
  reading('typeField.list', 'GET wit/workitemtypes/{type}/fields', (call) =>
    listOf(KNOWN_FIELDS.map((field) => toWire(call, typeOf(call), field))),
  ),
  reading('typeField.get', 'GET wit/workitemtypes/{type}/fields/{field}', (call) => {
    const field = findFieldByAnyName(pathParam(call, 'field'));
    if (!field) throw fieldNotFound(pathParam(call, 'field'));
    return toWire(call, typeOf(call), field);
  }),
  reading('typeCategory.list', 'GET wit/workitemtypecategories', (call) =>
    listOf(TYPE_CATEGORIES.map(([name]) => categoryToWire(call, name))),
  ),
  reading('typeCategory.get', 'GET wit/workitemtypecategories/{category}', (call) => {
    const found = TYPE_CATEGORIES.find(([name]) => name.toLowerCase() === pathParam(call, 'category'));
    if (!found) throw resourceNotFound(`The category ${pathParam(call, 'category')}`);
    return categoryToWire(call, found[0]);
  }),
  reading('icon.list', 'GET wit/workitemicons', (call) => {
    const icons = new Set(call.organization.projects.flatMap(typesOf).map(({ icon }) => icon));
    return listOf([...icons].map((icon) => iconToWire(call, icon)));
  }),
  reading('icon.get', 'GET wit/workitemicons/{icon}', (call) => {
    const isImage = call.request.headers.get('accept')?.startsWith('image/svg+xml') === true;
    return isImage ? iconImage(call) : iconToWire(call, pathParam(call, 'icon'));
  }),
];

/** A disk in the color, whatever the icon. */
function iconImage({ request }: ApiCall): Response {
  const color = (request.query.get('color') ?? '').replaceAll(/[^0-9a-f]/gi, '') || '000000';
  const image = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#${color}"/></svg>`;
  return new Response(image, { headers: { 'content-type': 'image/svg+xml' } });
}

function iconToWire({ organization, request }: ApiCall, id: string): JsonObject {
  const color = request.query.get('color') ?? '000000';
  return { id, url: `${organization.url}/_apis/wit/workItemIcons/${id}?color=${color}&v=2` };
}

function typeOf(call: ApiCall): WorkItemType {
  const project = requiredProject(call);
  const type = findType(project, pathParam(call, 'type'));
  if (!type) throw typeNotFound(project.name, pathParam(call, 'type'));
  return type;
}

/** Allowed values come with `$expand=allowedValues` only. */
function toWire(call: ApiCall, type: WorkItemType, { referenceName, name }: Field): JsonObject {
  const expand = call.request.query.get('$expand')?.toLowerCase() ?? 'none';
  const expandsValues = ['allowedvalues', 'all', '1', '3'].includes(expand);
  const states = type.states.map((state) => state.name);
  const allowed: readonly JsonValue[] =
    referenceName === 'System.State' ? states : (type.allowedValues[referenceName] ?? []);
  const defaults: Readonly<Record<string, JsonValue>> = {
    'System.State': states[0] ?? null,
    ...type.defaults,
  };
  return {
    defaultValue: defaults[referenceName] ?? null,
    ...(expandsValues && { allowedValues: allowed.map(String) }),
    helpText: `The ${name.toLowerCase()} of the item.`,
    alwaysRequired: REQUIRED.has(referenceName),
    dependentFields: [],
    referenceName,
    name,
    url: `${call.organization.url}/_apis/wit/fields/${referenceName}`,
  };
}

function categoryToWire(call: ApiCall, wanted: string): JsonObject {
  const project = requiredProject(call);
  const base = projectUrl(call.organization, project);
  const [, name = '', types = []] = TYPE_CATEGORIES.find(([referenceName]) => referenceName === wanted) ?? [];
  const present = types.filter((type) => findType(project, type));
  const toReference = (type: string): JsonObject => ({
    name: type,
    url: `${base}/workItemTypes/${encodeURIComponent(type)}`,
  });
  return {
    name,
    referenceName: wanted,
    defaultWorkItemType: toReference(present[0] ?? ''),
    workItemTypes: present.map(toReference),
    url: `${base}/workItemTypeCategories/${wanted}`,
  };
}
