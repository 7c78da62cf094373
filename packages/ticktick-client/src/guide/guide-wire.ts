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
  const isUpdate = outgoing.name === 'tasks.update';
  const sent = { ...request, params, json: isUpdate ? changesIn(json) : json };
  const value = await kyWire({ ...outgoing, request: sent }, fetch);
  return outgoing.name.startsWith('tasks.') ? withProject(value) : value;
};

/** The client adds the id and the project, which TickTick's own route requires. */
function changesIn(json: unknown): unknown {
  if (!isObject(json)) return json;
  const { id: _, projectId: __, ...changes } = json;
  return changes;
}

function withProject(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withProject);
  return isObject(value) && 'id' in value ? { projectId: '', ...value } : value;
}
