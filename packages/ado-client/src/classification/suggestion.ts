import { isObject, type ServiceResponse } from '@context-sdk/oauth-core/client-kit';
import { NotFoundError } from '@context-sdk/oauth-core/errors';
import { invalid } from '../errors.ts';
import { isGuid } from '../input.ts';
import type { AdoCall } from '../wire.ts';
import { type ClassificationNode, fieldPathOf, type Structure } from './node.ts';

/** More levels than anybody has. */
const ALL_LEVELS = 14;

function requestTree(call: AdoCall, structure: Structure, project: string): Promise<ServiceResponse> {
  const request = { params: { project }, query: { $depth: ALL_LEVELS } };
  return call.send(structure === 'areas' ? 'areas.tree' : 'iterations.tree', request);
}

/** The whole tree of a project. */
export async function readTree(
  call: AdoCall,
  structure: Structure,
  project: string,
): Promise<ClassificationNode> {
  return (await requestTree(call, structure, project)).object<ClassificationNode>({ name: 'string' });
}

/** What paths begin with: the project's name, which is looked up if it is named by its id. */
export async function projectNameOf(call: AdoCall, structure: Structure, project: string): Promise<string> {
  return isGuid(project) ? (await readTree(call, structure, project)).name : project;
}

/** Every node of a project's tree, from the project down. One without a name is left out and reported, what is below it isn't. */
export async function readNodes(
  call: AdoCall,
  structure: Structure,
  project: string,
): Promise<ClassificationNode[]> {
  const response = await requestTree(call, structure, project);
  const root = response.object<ClassificationNode>({ name: 'string' });
  const { path, ...pathless } = root;
  const isPath = path === undefined || typeof path === 'string';
  if (!isPath) response.skip('path');
  return [isPath ? root : pathless, ...nodesBelow(response)];
}

function nodesBelow(parent: ServiceResponse): ClassificationNode[] {
  const children = parent.member('children', []);
  const { value } = children;
  if (!Array.isArray(value)) {
    parent.skip('children');
    return [];
  }
  return value.flatMap((node: unknown, index) => {
    const own = isNode(node) ? [node] : [];
    if (own.length === 0) children.skip(index);
    return isObject(node) ? [...own, ...nodesBelow(children.part(`[${index}]`, node))] : own;
  });
}

function isNode(value: unknown): value is ClassificationNode {
  if (!isObject(value)) return false;
  const { name, path = '' } = value;
  return typeof name === 'string' && name !== '' && typeof path === 'string';
}

/** How many letters have to change to make one text of another (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The path that is most alike: its last name counts most. */
export function nearest(paths: readonly string[], wanted: string): string | undefined {
  const key = (path: string): string => path.toLowerCase().replaceAll('/', '\\');
  const last = (path: string): string => key(path).slice(key(path).lastIndexOf('\\') + 1);
  const score = (path: string): number =>
    100 * distance(last(path), last(wanted)) + distance(key(path), key(wanted));
  return paths.toSorted((one, other) => score(one) - score(other))[0];
}

/** The same call; if there is no such path, {@link InvalidRequestError} suggests the one that is most alike. */
export async function suggesting<T>(
  call: AdoCall,
  { structure, project, path, field }: { structure: Structure; project: string; path: string; field: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotFoundError) || error.details === undefined) throw error;
    const suggestion = nearest((await readNodes(call, structure, project)).map(fieldPathOf), path);
    throw invalid(
      field,
      `is not one of the project's ${structure}${suggestion ? `; did you mean ${suggestion}?` : ''}`,
    );
  }
}
