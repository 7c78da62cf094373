import {
  type HttpOperation,
  type HttpRequest,
  isObject,
  type Wire,
} from '@context-sdk/oauth-core/client-kit';
import { kyWire } from '../wire.ts';

/**
 * The guide's wire format: tasks need no project, and an update is nothing but the changes. A task without a project gets
 * an empty one, which is not sent.
 */
export const guideWire: Wire<HttpOperation, HttpRequest> = async ({ request, ...outgoing }, fetch) => {
  const { params: { projectId: _, ...params } = {}, json } = request;
  const sent = { ...request, params, json: guideForm(outgoing.name, json) };
  const value = await kyWire({ ...outgoing, request: sent }, fetch);
  return outgoing.name.startsWith('tasks.') ? withProject(value) : value;
};

/** The client adds the id and the project, which TickTick's own routes require. A batch names its tasks by their ids. */
function guideForm(name: string, json: unknown): unknown {
  if (!isObject(json)) return json;
  if (name === 'tasks.update') return without(json, ['id', 'projectId']);
  const { update } = json;
  return Array.isArray(update) ? { update: update.map((task) => without(task, ['projectId'])) } : json;
}

function without(fields: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function withProject(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withProject);
  return isObject(value) && 'id' in value ? { projectId: '', ...value } : value;
}
