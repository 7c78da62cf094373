import { emptyResponse } from '../../http/responses.ts';
import { isJsonObject, type JsonObject, type JsonValue, omitUndefined } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  numberOf,
  pathParam,
  reading,
  requiredProject,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import {
  type ClassificationNode,
  type ClassificationTree,
  isBelow,
} from '../organization/classification-tree.ts';
import { readDate } from '../work-items/read-date.ts';
import { reclassify } from '../work-items/reclassify.ts';
import { projectUrl } from '../work-items/wire.ts';

const ROUTE = 'wit/classificationnodes/{group}';

/** Areas and iterations. The path in a URL leaves out the project, that of a node has the kind of tree behind it. */
export const CLASSIFICATION_ROUTES: readonly ApiRoute[] = [
  reading('node.roots', 'GET wit/classificationnodes', (call) => {
    const { areas, iterations } = requiredProject(call);
    const trees = [areas, iterations];
    const ids = call.request.query.get('ids')?.split(',');
    const nodes = trees.flatMap((tree) =>
      tree.nodes
        .filter((node, index) => (ids ? ids.includes(String(node.id)) : index === 0))
        .map((node) => ({ tree, node })),
    );
    return listOf(nodes.map(({ tree, node }) => toWire(call, tree, node, depthOf(call))));
  }),
  reading('node.get', `GET ${ROUTE}`, (call) => show(call, treeOf(call), find(call))),
  reading('node.get', `GET ${ROUTE}/{*path}`, (call) => show(call, treeOf(call), find(call))),
  writing('node.create', `POST ${ROUTE}`, create),
  writing('node.create', `POST ${ROUTE}/{*path}`, create),
  writing('node.update', `PATCH ${ROUTE}/{*path}`, (call) => {
    const tree = treeOf(call);
    const node = find(call);
    const body = readObject(call.request);
    const name = property(body, 'name');
    const above = node.path.slice(0, node.path.lastIndexOf('\\'));
    if (typeof name === 'string') move(call, tree, node, `${above}\\${checkedName(name)}`);
    Object.assign(node, datesIn(body));
    return show(call, tree, node);
  }),
  writing('node.delete', `DELETE ${ROUTE}/{*path}`, (call) => {
    const tree = treeOf(call);
    const node = find(call);
    const other = tree.byId(call.request.query.get('$reclassifyId') ?? '');
    const gone = tree.delete(node);
    const to = other?.path ?? requiredProject(call).name;
    reclassify(call.organization, requiredProject(call), tree.structure, (path) =>
      gone.includes(path) ? to : path,
    );
    return emptyResponse(204);
  }),
];

function treeOf(call: ApiCall): ClassificationTree {
  const { areas, iterations } = requiredProject(call);
  const group = pathParam(call, 'group');
  if (group === 'areas' || group === '0') return areas;
  if (group === 'iterations' || group === '1') return iterations;
  throw invalidValue(`The value '${group}' is not valid for the parameter 'structureGroup'.`);
}

/** `Release 1/Sprint 1`, whichever slash separates the names. */
function find(call: ApiCall): ClassificationNode {
  const tree = treeOf(call);
  const path = [requiredProject(call).name, ...pathParam(call, 'path').split(/[\\/]/).filter(Boolean)].join(
    '\\',
  );
  const node = tree.find(path);
  if (node) return node;
  throw new ApiFailure(
    404,
    'WorkItemTrackingTreeNodeNotFoundException',
    `TF401332: The ${tree.structure} ${path} does not exist.`,
  );
}

/** A new node, or one that is moved here by its id. */
function create(call: ApiCall): JsonObject {
  const tree = treeOf(call);
  const above = find(call);
  const body = readObject(call.request);
  const id = property(body, 'id');
  const moved = id === undefined ? undefined : tree.byId(Number(id));
  if (moved) {
    if (above.path === moved.path || isBelow(above.path, moved.path))
      throw invalidValue('A node cannot be moved below itself.');
    move(call, tree, moved, `${above.path}\\${nameOf(moved)}`);
    return show(call, tree, moved);
  }
  const path = `${above.path}\\${checkedName(property(body, 'name'))}`;
  checkFree(tree, path);
  return show(call, tree, tree.add(path, datesIn(body)));
}

function move(call: ApiCall, tree: ClassificationTree, node: ClassificationNode, to: string): void {
  const from = node.path;
  if (from === to) return;
  if (from.toLowerCase() !== to.toLowerCase()) checkFree(tree, to);
  tree.move(node, to);
  reclassify(call.organization, requiredProject(call), tree.structure, (path) =>
    path === from || isBelow(path, from) ? to + path.slice(from.length) : path,
  );
}

function checkFree(tree: ClassificationTree, path: string): void {
  if (!tree.find(path)) return;
  throw new ApiFailure(
    409,
    'ClassificationNodeDuplicateNameException',
    `TF237018: The name ${path} is in use.`,
  );
}

function checkedName(name: JsonValue | undefined): string {
  if (typeof name === 'string' && name.trim() !== '' && !/[\\/$?*:"&<>#%|+]/.test(name)) return name;
  throw new ApiFailure(
    400,
    'ClassificationNodeNameException',
    'VS402371: The name of the node is not valid.',
  );
}

function datesIn(body: JsonObject): Pick<ClassificationNode, 'startDate' | 'finishDate'> {
  const attributes = property(body, 'attributes');
  if (!isJsonObject(attributes)) return {};
  const date = (name: string): string | undefined => {
    const value = property(attributes, name);
    if (value === undefined) return undefined;
    const ms = typeof value === 'string' ? readDate(value) : undefined;
    if (ms === undefined) throw invalidValue(`${name} is no date.`);
    return `${new Date(ms).toISOString().slice(0, 10)}T00:00:00Z`;
  };
  return omitUndefined({ startDate: date('startDate'), finishDate: date('finishDate') });
}

function depthOf(call: ApiCall): number {
  return numberOf(call, '$depth', 0);
}

function show(call: ApiCall, tree: ClassificationTree, node: ClassificationNode): JsonObject {
  return toWire(call, tree, node, depthOf(call));
}

function nameOf({ path }: ClassificationNode): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

function toWire(
  call: ApiCall,
  tree: ClassificationTree,
  node: ClassificationNode,
  depth: number,
): JsonObject {
  const [project = '', ...names] = node.path.split('\\');
  const kind = tree.structure === 'area' ? 'Area' : 'Iteration';
  const children = tree.childrenOf(node);
  const { startDate, finishDate } = node;
  const place = names.map(encodeURIComponent).join('/');
  return omitUndefined({
    id: node.id,
    identifier: node.identifier,
    name: nameOf(node),
    structureType: tree.structure,
    hasChildren: children.length > 0,
    children:
      depth > 0 && children.length > 0
        ? children.map((child) => toWire(call, tree, child, depth - 1))
        : undefined,
    attributes:
      startDate === undefined && finishDate === undefined
        ? undefined
        : omitUndefined({ startDate, finishDate }),
    path: `\\${[project, kind, ...names].join('\\')}`,
    url: `${projectUrl(call.organization, requiredProject(call))}/classificationNodes/${kind}s${place && `/${place}`}`,
  });
}
