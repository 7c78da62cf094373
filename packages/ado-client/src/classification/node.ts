import { invalid } from '../errors.ts';
import { checkObject, checkText } from '../input.ts';

/** An area or an iteration of a project. */
export interface ClassificationNode {
  id: number;
  /** A GUID, which teams name iterations by. */
  identifier?: string;
  name: string;
  structureType?: 'area' | 'iteration';
  hasChildren?: boolean;
  children?: ClassificationNode[];
  /** Of an iteration: `startDate` and `finishDate`, at midnight UTC. */
  attributes?: { startDate?: string; finishDate?: string; [more: string]: unknown };
  /** `\Fabrikam\Area\Web`: see {@link fieldPathOf}. */
  path?: string;
  url?: string;
  [more: string]: unknown;
}

export type Structure = 'areas' | 'iterations';

/** What stands in `System.AreaPath` or `System.IterationPath` for a node: `Fabrikam\Web`. */
export function fieldPathOf(node: Pick<ClassificationNode, 'path' | 'name'>): string {
  checkObject(node, 'node');
  const { path, name } = node;
  checkText(path ?? name, 'path');
  checkText(name, 'name');
  const [project, , ...names] = (path ?? name).split('\\').filter(Boolean);
  return [project ?? name, ...names].join('\\');
}

/** The names of a path, below the project: `Fabrikam\Web`, `Web`, `/Web` and `\Fabrikam\Area\Web` mean the same. */
export function namesIn(path: string, project: string): string[] {
  const names = path.split(/[\\/]/).filter(Boolean);
  if (names[0]?.toLowerCase() !== project.toLowerCase()) return names;
  const isFull = path.startsWith('\\') && /^(area|iteration)$/i.test(names[1] ?? '');
  return names.slice(isFull ? 2 : 1);
}

/** The place of a node behind the route, escaped. */
export function checkedPath(path: string, project: string, field: string): string[] {
  checkText(path, field);
  const names = namesIn(path, project);
  if (names.some((name) => /^\.+$/.test(name))) throw invalid(field, "can't be a path");
  return names;
}
