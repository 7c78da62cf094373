import { emptyResponse } from '../../http/responses.ts';
import { type JsonObject, type JsonValue, omitUndefined, textOf } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  flag,
  listOf,
  numberOf,
  pathParam,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue, teamNotFound } from '../failures.ts';
import type { SavedQuery } from '../organization/saved-queries.ts';
import type { Team } from '../organization/team.ts';
import { parseQuery } from '../wiql/parse-query.ts';
import { type Query, syntaxFailure } from '../wiql/query.ts';
import { runQuery } from '../wiql/run-query.ts';
import { projectUrl, wireDate } from '../work-items/wire.ts';

/** Queries in WIQL, by their text or saved. */
export const QUERY_ROUTES: readonly ApiRoute[] = [
  reading('wiql.query', 'POST wit/wiql', (call) => {
    const text = property(readObject(call.request), 'query');
    if (typeof text !== 'string' || text === '') throw invalidValue('The query must not be empty.');
    return run(call, text);
  }),
  reading('wiql.saved', 'GET wit/wiql/{id}', (call) => run(call, savedText(call))),
  reading('wiql.count', 'HEAD wit/wiql/{id}', (call) => {
    const { workItems, workItemRelations } = run(call, savedText(call));
    const found = workItems ?? workItemRelations;
    return emptyResponse(200, { 'x-total-count': String(Array.isArray(found) ? found.length : 0) });
  }),
  reading('query.list', 'GET wit/queries', (call) => {
    const { queries } = call.organization;
    const filter = call.request.query.get('$filter')?.toLowerCase();
    if (filter === undefined)
      return listOf(queries.childrenOf(requiredProject(call), '').map((one) => show(call, one)));
    const found = queries
      .of(requiredProject(call))
      .filter((one) => !one.isFolder && one.path.toLowerCase().includes(filter));
    const value = found.slice(0, numberOf(call, '$top', 50)).map((one) => show(call, one));
    return { ...listOf(value), hasMore: found.length > value.length };
  }),
  reading('query.get', 'GET wit/queries/{*query}', (call) =>
    show(call, find(call, pathParam(call, 'query'))),
  ),
  reading('query.batch', 'POST wit/queriesbatch', (call) => {
    const ids = property(readObject(call.request), 'ids');
    if (!Array.isArray(ids)) throw invalidValue('The property ids must be a list.');
    return listOf(ids.map((id) => show(call, find(call, textOf(id)))));
  }),
  writing('query.create', 'POST wit/queries/{*query}', create),
  writing('query.update', 'PATCH wit/queries/{*query}', (call) => {
    const query = find(call, pathParam(call, 'query'));
    const body = readObject(call.request);
    const [name, wiql] = [property(body, 'name'), property(body, 'wiql')];
    if (typeof wiql === 'string') query.wiql = checkedWiql(wiql);
    if (typeof name === 'string') call.organization.queries.rename(requiredProject(call), query, name);
    return show(call, query);
  }),
  writing('query.delete', 'DELETE wit/queries/{*query}', (call) => {
    call.organization.queries.delete(requiredProject(call), find(call, pathParam(call, 'query')));
    return emptyResponse(204);
  }),
];

/** Every project is searched, whatever the path says: the project there is only what @project means. */
function run(call: ApiCall, text: string): JsonObject {
  const { organization, project, caller, settings } = call;
  const top = numberOf(call, '$top', 0);
  const context = {
    now: organization.clock.now(),
    me: caller.person,
    project,
    timePrecision: flag(call, 'timePrecision'),
    iterationPath: (team: string, offset: number) => iterationPath(call, team, offset),
  };
  return runQuery(organization, parseQuery(text), context, {
    top: top === 0 ? undefined : top,
    limit: settings.wiqlLimit,
  });
}

/** Iterations in the order of their dates; the current one is the last that has begun. */
function iterationPath(call: ApiCall, named: string, offset: number): string {
  const project = requiredProject(call);
  const team = teamNamed(call, named);
  const dated = team.iterations
    .flatMap((id) => project.iterations.byId(id) ?? [])
    .filter(({ startDate }) => startDate !== undefined)
    .toSorted((one, other) => ((one.startDate ?? '') < (other.startDate ?? '') ? -1 : 1));
  const current = dated.findLastIndex(
    ({ startDate = '' }) => Date.parse(startDate) <= call.organization.clock.now(),
  );
  const iteration = dated[current + offset];
  if (current < 0 || !iteration)
    throw syntaxFailure(`VS402612: The team ${team.name} has no such iteration.`);
  return iteration.path;
}

/** `[Fabrikam]\\Mobile`, or the team of the request. */
function teamNamed(call: ApiCall, text: string): Team {
  const name = text.slice(text.lastIndexOf('\\') + 1).toLowerCase();
  const { teams } = requiredProject(call);
  const team = name === '' ? call.team : teams.find((one) => one.name.toLowerCase() === name);
  if (!team) throw teamNotFound(text);
  return team;
}

function savedText(call: ApiCall): string {
  const query = find(call, pathParam(call, 'id'));
  if (query.isFolder) throw invalidValue('A folder cannot be run.');
  return query.wiql;
}

function notFound(name: string): ApiFailure {
  return new ApiFailure(
    404,
    'QueryItemNotFoundException',
    `TF401243: The query ${name} does not exist, or you do not have permission to read it.`,
  );
}

function find(call: ApiCall, idOrPath: string): SavedQuery {
  const query = call.organization.queries.find(requiredProject(call), idOrPath);
  if (!query) throw notFound(idOrPath);
  return query;
}

function checkedWiql(text: string): string {
  parseQuery(text);
  return text;
}

function create(call: ApiCall): Response | JsonObject {
  const parent = find(call, pathParam(call, 'query'));
  const body = readObject(call.request);
  const [name, wiql, isFolder] = [
    property(body, 'name'),
    property(body, 'wiql'),
    property(body, 'isFolder') === true,
  ];
  if (typeof name !== 'string' || name.trim() === '') throw invalidValue('A query needs a name.');
  if (!parent.isFolder) throw invalidValue('A query can be created in a folder only.');
  if (call.organization.queries.find(requiredProject(call), `${parent.path}/${name}`)) {
    throw new ApiFailure(400, 'QueryItemAlreadyExistsException', `TF237018: The name ${name} is in use.`);
  }
  const text = isFolder ? '' : checkedWiql(typeof wiql === 'string' ? wiql : '');
  const { organization, caller } = call;
  return show(
    call,
    organization.queries.add(requiredProject(call), {
      path: `${parent.path}/${name}`,
      wiql: text,
      isFolder,
      by: organization.identityOf(caller.person),
      at: organization.clock.now(),
    }),
  );
}

function show(call: ApiCall, query: SavedQuery, depth: number = numberOf(call, '$depth', 0)): JsonObject {
  const { id, path, isFolder, wiql, by, at } = query;
  const children = call.organization.queries.childrenOf(requiredProject(call), path);
  const expand = call.request.query.get('$expand')?.toLowerCase() ?? 'none';
  const showsText = !isFolder && !['none', '0', 'minimal', '3'].includes(expand);
  const parsed: Query | undefined = isFolder ? undefined : parseQuery(wiql);
  return omitUndefined<Record<string, JsonValue | undefined>>({
    id,
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    createdBy: by,
    createdDate: wireDate(at),
    lastModifiedBy: by,
    lastModifiedDate: wireDate(at),
    isFolder: isFolder || undefined,
    hasChildren: isFolder ? children.length > 0 : undefined,
    children: isFolder && depth > 0 ? children.map((child) => show(call, child, depth - 1)) : undefined,
    queryType: parsed && queryTypeOf(parsed),
    wiql: showsText ? wiql : undefined,
    isPublic: path.startsWith('Shared Queries'),
    url: `${projectUrl(call.organization, requiredProject(call))}/queries/${id}`,
  }) as JsonObject;
}

function queryTypeOf({ links }: Query): string {
  if (!links) return 'flat';
  return links.mode === 'recursive' ? 'tree' : 'oneHop';
}
