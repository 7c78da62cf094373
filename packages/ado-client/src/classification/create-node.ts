import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkedName, checkMembers } from '../input.ts';
import { settleLost } from '../settle-lost.ts';
import type { AdoCall } from '../wire.ts';
import { checkedDayAsTime } from './days.ts';
import { checkedPath, type ClassificationNode, type Structure } from './node.ts';
import { projectNameOf, suggesting } from './suggestion.ts';

/** An area to create. */
export interface NewArea {
  name: string;
  /** The path above it, such as `Fabrikam\Web`. Default: the project. */
  parent?: string | undefined;
}

/** An iteration to create. */
export interface NewIteration extends NewArea {
  /** First day, as `2026-12-07`. */
  startDate?: string | undefined;
  /** Last day. */
  finishDate?: string | undefined;
}

const AREA = { name: true, parent: true };

/** A node to send: after a lost response it is there if `isThat` fits what `parent` has under its name. */
interface SentNode {
  parent: string | undefined;
  name: string;
  json: object;
  isThat: (node: ClassificationNode) => boolean;
}

/** Sends a node to the place below `parent`. */
export async function sendNode(
  call: AdoCall,
  structure: Structure,
  project: string,
  { parent, name, json, isThat }: SentNode,
): Promise<ClassificationNode> {
  const root = await projectNameOf(call, structure, project);
  const path = parent ?? root;
  const names = checkedPath(path, root, 'parent');
  const request = { params: { project }, rest: names, json };
  const operation = structure === 'areas' ? 'areas.create' : 'iterations.create';
  const send = async (): Promise<ClassificationNode> =>
    (await call.send(operation, request)).object<ClassificationNode>({ id: 'number', name: 'string' });
  return await suggesting(call, { structure, project, path, field: 'parent' }, () =>
    settleLost(call, send, async () => {
      const node = await readNode(call, structure, project, [...names, name]);
      return isThat(node) ? node : undefined;
    }),
  );
}

/** One node of a project, by its names. */
export async function readNode(
  call: AdoCall,
  structure: Structure,
  project: string,
  names: readonly string[],
): Promise<ClassificationNode> {
  const operation = structure === 'areas' ? 'areas.get' : 'iterations.get';
  const response = await call.send(operation, { params: { project }, rest: names });
  return response.object<ClassificationNode>({ id: 'number' });
}

/** Whether a node has the dates that an iteration was to get; times may come back spelled another way. */
function hasDates({ attributes }: ClassificationNode, wanted: NewIteration): boolean {
  return (['startDate', 'finishDate'] as const).every(
    (name) => attributes?.[name]?.slice(0, 10) === wanted[name],
  );
}

/** Creates an area or an iteration. */
export async function createNode(
  call: AdoCall,
  structure: Structure,
  project: string,
  input: NewIteration,
): Promise<ClassificationNode> {
  checkMembers(
    input,
    structure === 'areas' ? AREA : { ...AREA, startDate: true, finishDate: true },
    '',
    'input',
  );
  const { parent, startDate, finishDate } = input;
  const name = checkedName(input.name, 'name');
  if ((startDate === undefined) !== (finishDate === undefined)) {
    throw invalid(
      startDate === undefined ? 'startDate' : 'finishDate',
      'is missing: an iteration has both dates or none',
    );
  }
  const attributes = omitUndefined({
    startDate: startDate && checkedDayAsTime(startDate, 'startDate'),
    finishDate: finishDate && checkedDayAsTime(finishDate, 'finishDate'),
  });
  if (startDate !== undefined && finishDate !== undefined && finishDate < startDate) {
    throw invalid('finishDate', 'is before startDate');
  }
  const json = startDate === undefined ? { name } : { name, attributes };
  const isThat = (node: ClassificationNode): boolean => hasDates(node, { name, startDate, finishDate });
  return await sendNode(call, structure, project, { parent, name, json, isThat });
}
