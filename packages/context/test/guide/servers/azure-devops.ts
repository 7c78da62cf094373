import { createServer } from 'node:http';
import { type Answer, close, listen, respondWith } from './http.ts';

interface WorkItem {
  id: number;
  rev: number;
  fields: Record<string, unknown>;
  url: string;
}

interface PatchOperation {
  op: string;
  path: string;
  value: unknown;
}

/** Azure DevOps as the integration guide uses it, and nothing more: written from the guide alone. */
export interface GuideAzureDevOps {
  origin: string;
  items: Map<number, WorkItem>;
  close(): Promise<void>;
}

/** As long as one of Azure DevOps. */
export const PAT: string = 'your'.repeat(13);

export async function startGuideAzureDevOps(): Promise<GuideAzureDevOps> {
  const items = new Map<number, WorkItem>();
  const authorization = `Basic ${Buffer.from(`:${PAT}`).toString('base64')}`;

  /** The item with the changes of a patch document. */
  const patched = (item: WorkItem, body: string): WorkItem | undefined => {
    const fields = { ...item.fields };
    for (const { op, path, value } of JSON.parse(body) as PatchOperation[]) {
      const [, name] = /^\/fields\/([\w.]+)$/.exec(path) ?? [];
      if (op === 'test' && path === '/rev' && value !== item.rev) return undefined;
      if (op !== 'test' && name !== undefined) fields[name] = value;
    }
    return { ...item, rev: item.rev + 1, fields };
  };

  const answer = (method: string, path: string, contentType: string, body: string): Answer => {
    if (method !== 'GET' && !contentType.startsWith('application/json-patch+json')) return [415];
    const [, project, type] = /^\/your-org\/(\w+)\/_apis\/wit\/workItems\/\$(\w+)$/i.exec(path) ?? [];
    if (method === 'POST' && project !== undefined) {
      const id = items.size + 1;
      const defaults = { 'System.WorkItemType': type, 'System.TeamProject': project, 'System.State': 'New' };
      const url = `https://dev.azure.com/your-org/_apis/wit/workItems/${id}`;
      const created = patched({ id, rev: 0, fields: defaults, url }, body);
      if (created !== undefined) items.set(id, created);
      return [200, created];
    }
    const [, id] = /^\/your-org(?:\/\w+)?\/_apis\/wit\/workItems\/(\d+)$/i.exec(path) ?? [];
    const item = items.get(Number(id));
    if (item === undefined) return [404, { message: 'TF401232: The work item does not exist.' }];
    if (method === 'GET') return [200, item];
    const updated = patched(item, body);
    if (updated === undefined) return [412, { message: 'TF26071: The work item has been changed.' }];
    items.set(item.id, updated);
    return [200, updated];
  };

  const server = createServer(
    respondWith((request, body) => {
      if (request.headers.authorization !== authorization) return [401];
      const [path = ''] = (request.url ?? '').split('?');
      return answer(
        request.method ?? '',
        decodeURIComponent(path),
        request.headers['content-type'] ?? '',
        body,
      );
    }),
  );
  return { origin: await listen(server), items, close: () => close(server) };
}
