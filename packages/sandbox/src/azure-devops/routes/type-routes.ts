import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, pathParam, reading, requiredProject } from '../api/api-call.ts';
import type { Field } from '../fields/field.ts';
import { findFieldByAnyName, KNOWN_FIELDS } from '../fields/known-fields.ts';
import { fieldNotFound, resourceNotFound, typeNotFound } from '../failures.ts';
import { findType, typesOf } from '../organization/project.ts';
import type { WorkItemType } from '../organization/work-item-type.ts';
import { findRelationType, type RelationType, RELATION_TYPES } from '../work-items/relation-types.ts';
import { projectUrl } from '../work-items/urls.ts';

export const TYPE_ROUTES: readonly ApiRoute[] = [
  reading('type.list', 'GET wit/workitemtypes', (call) =>
    listOf(typesOf(requiredProject(call)).map((type) => typeToWire(call, type))),
  ),
  reading('type.get', 'GET wit/workitemtypes/{type}', (call) => typeToWire(call, typeOf(call))),
  reading('state.list', 'GET wit/workitemtypes/{type}/states', (call) => listOf(typeOf(call).states)),
  reading('field.list', 'GET wit/fields', (call) =>
    listOf(KNOWN_FIELDS.map((field) => fieldToWire(call, field))),
  ),
  reading('field.get', 'GET wit/fields/{field}', (call) => {
    const field = findFieldByAnyName(pathParam(call, 'field'));
    if (!field) throw fieldNotFound(pathParam(call, 'field'));
    return fieldToWire(call, field);
  }),
  reading('relationType.list', 'GET wit/workitemrelationtypes', (call) =>
    listOf(RELATION_TYPES.map((type) => relationTypeToWire(call, type))),
  ),
  reading('relationType.get', 'GET wit/workitemrelationtypes/{relation}', (call) => {
    const type = findRelationType(pathParam(call, 'relation'));
    if (!type) throw resourceNotFound(`The relation type ${pathParam(call, 'relation')}`);
    return relationTypeToWire(call, type);
  }),
];

function typeOf(call: ApiCall): WorkItemType {
  const project = requiredProject(call);
  const type = findType(project, pathParam(call, 'type'));
  if (!type) throw typeNotFound(project.name, pathParam(call, 'type'));
  return type;
}

function typeToWire(call: ApiCall, type: WorkItemType): JsonObject {
  const base = projectUrl(call.organization, requiredProject(call));
  const { name, referenceName, description, color, icon, states } = type;
  return {
    name,
    referenceName,
    description,
    color,
    icon: { id: icon, url: `${call.organization.url}/_apis/wit/workItemIcons/${icon}?color=${color}&v=2` },
    isDisabled: false,
    states: states.map((state) => ({ ...state })),
    url: `${base}/workItemTypes/${encodeURIComponent(name)}`,
  };
}

function fieldToWire({ organization }: ApiCall, field: Field): JsonObject {
  return { ...field, url: `${organization.url}/_apis/wit/fields/${field.referenceName}` };
}

function relationTypeToWire({ organization }: ApiCall, type: RelationType): JsonObject {
  const { rel, name, usage, opposite, topology, isForward } = type;
  return {
    attributes: {
      usage,
      editable: false,
      enabled: true,
      ...(opposite !== undefined && {
        acyclic: topology !== 'network',
        directional: topology !== 'network',
        singleTarget: topology !== 'tree',
        ...(topology !== undefined && { topology }),
        isForward,
        ...(opposite !== rel && { oppositeEndReferenceName: opposite }),
      }),
    },
    referenceName: rel,
    name,
    url: `${organization.url}/_apis/wit/workItemRelationTypes/${rel}`,
  };
}
