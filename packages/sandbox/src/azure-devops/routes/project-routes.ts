import { jsonResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import { JSON_TYPE } from '../api-failure.ts';
import {
  aboutProjects,
  type ApiCall,
  type ApiRoute,
  flag,
  listOf,
  numberOf,
  pathParam,
  reading,
  requiredProject,
} from '../api/api-call.ts';
import { fieldNotFound, projectNotFound, resourceNotFound, typeNotFound } from '../failures.ts';
import { type Field, findFieldByAnyName, KNOWN_FIELDS } from '../fields/fields.ts';
import {
  findType,
  type ProcessName,
  type Project,
  typesOf,
  type WorkItemType,
} from '../organization/project.ts';
import { findRelationType, RELATION_TYPES, type RelationType } from '../work-items/relation-types.ts';
import { projectUrl } from '../work-items/wire.ts';

export const PROJECT_ROUTES: readonly ApiRoute[] = [
  aboutProjects('project.list', 'GET projects', (call) => {
    const skip = numberOf(call, '$skip', numberOf(call, 'continuationToken', 0));
    const end = skip + numberOf(call, '$top', 100);
    const page = call.organization.projects.slice(skip, end).map((project) => projectToWire(call, project));
    const isLast = end >= call.organization.projects.length;
    return jsonResponse(listOf(page), 200, {
      'content-type': JSON_TYPE,
      ...(!isLast && { 'x-ms-continuationtoken': String(end) }),
    });
  }),
  aboutProjects('project.get', 'GET projects/{project}', (call) => {
    const name = pathParam(call, 'project');
    const project = call.organization.findProject(name);
    if (!project) throw projectNotFound(name);
    const capabilities = flag(call, 'includeCapabilities') && { capabilities: capabilitiesOf(project) };
    return { ...projectToWire(call, project), ...detailsOf(call, project), ...capabilities };
  }),
  aboutProjects('project.properties', 'GET projects/{project}/properties', (call) => {
    const project = call.organization.findProject(pathParam(call, 'project'));
    if (!project) throw projectNotFound(pathParam(call, 'project'));
    const all = [
      { name: 'System.CurrentProcessTemplateId', value: PROCESS_IDS[project.process] },
      { name: 'System.Process Template', value: project.process },
    ];
    const keys = call.request.query.get('keys')?.split(',');
    return listOf(all.filter(({ name }) => keys?.includes(name) ?? true));
  }),
  aboutProjects('process.list', 'GET process/processes', (call) =>
    listOf(PROCESS_NAMES.map((name) => processToWire(call, name))),
  ),
  aboutProjects('process.get', 'GET process/processes/{process}', (call) => {
    const name = PROCESS_NAMES.find((one) => PROCESS_IDS[one] === pathParam(call, 'process'));
    if (!name) throw resourceNotFound(`The process ${pathParam(call, 'process')}`);
    return processToWire(call, name);
  }),
];

const PROCESS_NAMES: readonly ProcessName[] = ['Agile', 'Scrum'];

/** Microsoft's own, the same in every organization. */
const PROCESS_IDS: Readonly<Record<ProcessName, string>> = {
  Agile: 'adcc42ab-9882-485e-a3ed-7678f01f66bc',
  Scrum: '6b724908-ef14-45cf-84f8-768b5384da45',
};

function processToWire({ organization }: ApiCall, name: ProcessName): JsonObject {
  const id = PROCESS_IDS[name];
  const url = `${organization.url}/_apis/process/processes/${id}`;
  return { id, name, description: `The ${name} process.`, isDefault: name === 'Agile', type: 'system', url };
}

/** What one project shows, and a list of them doesn't. */
function detailsOf({ organization }: ApiCall, { id, teams: [team] }: Project): JsonObject {
  const url = `${organization.url}/_apis/projects/${id}`;
  return {
    _links: { self: { href: url } },
    ...(team && { defaultTeam: { id: team.id, name: team.name, url: `${url}/teams/${team.id}` } }),
  };
}

function capabilitiesOf({ process }: Project): JsonObject {
  return {
    processTemplate: { templateName: process, templateTypeId: PROCESS_IDS[process] },
    versioncontrol: { sourceControlType: 'Git', gitEnabled: 'True', tfvcEnabled: 'False' },
  };
}

function projectToWire({ organization }: ApiCall, { id, name, description }: Project): JsonObject {
  return {
    id,
    name,
    description,
    url: `${organization.url}/_apis/projects/${id}`,
    state: 'wellFormed',
    revision: 11,
    visibility: 'private',
    lastUpdateTime: '2026-01-12T09:30:00Z',
  };
}

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
    transitions: transitionsOf(states),
    fieldInstances: KNOWN_FIELDS.map((field) => ({
      referenceName: field.referenceName,
      name: field.name,
      alwaysRequired: field.referenceName === 'System.Title',
    })),
    url: `${base}/workItemTypes/${encodeURIComponent(name)}`,
  };
}

/** From every state to every other, and to the first before there is an item. */
function transitionsOf(states: WorkItemType['states']): JsonObject {
  const names = states.map(({ name }) => name);
  const from = (state: string): JsonObject[] =>
    names.filter((name) => name !== state).map((to) => ({ to, actions: null }));
  return {
    '': names.slice(0, 1).map((to) => ({ to, actions: null })),
    ...Object.fromEntries(names.map((name) => [name, from(name)])),
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
