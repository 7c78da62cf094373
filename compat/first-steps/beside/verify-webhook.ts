// azure-devops-node-api has no client for service hooks: its REST client sends what the documentation says.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';

const ORGANIZATION = process.env['AZURE_DEVOPS_ORGANIZATION'] ?? '';
const HOOKS = `${ORGANIZATION}/_apis/hooks/subscriptions`;
const EVENTS = ['created', 'updated', 'deleted', 'restored', 'commented'].map((name) => `workitem.${name}`);
const MAX_BYTES = 1_000_000;

interface Subscription {
  id: string;
  eventType: string;
  status: string;
  publisherInputs: Record<string, string>;
  consumerInputs: Record<string, string>;
}
interface Delivery {
  subscriptionId: string;
  notificationId: number;
  eventType: string;
}

const username = randomBytes(16).toString('hex');
const password = randomBytes(32).toString('hex');
const expected = Buffer.from(`Basic ${btoa(`${username}:${password}`)}`);
const seen = new Set<string>();
const events: string[] = [];
const first = Promise.withResolvers<string>();

function isGenuine({ headers }: IncomingMessage): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    if ((bytes += part.length) > MAX_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function isDelivery(value: unknown): value is Delivery {
  const { subscriptionId, notificationId, eventType } = (value ?? {}) as Partial<Delivery>;
  return (
    typeof subscriptionId === 'string' && typeof notificationId === 'number' && typeof eventType === 'string'
  );
}

async function receive(request: IncomingMessage): Promise<number> {
  if (!isGenuine(request)) return 401;
  const body = await bodyOf(request);
  if (body === undefined) return 413;
  let delivery: unknown;
  try {
    delivery = JSON.parse(body);
  } catch {
    return 400;
  }
  if (!isDelivery(delivery)) return 400;
  const key = `${delivery.subscriptionId}/${delivery.notificationId}`;
  if (seen.has(key)) return 200; // A delivery whose response was lost comes again.
  seen.add(key);
  events.push(delivery.eventType);
  first.resolve(body);
  return 200;
}

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.destroy(),
  );
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const api = new WebApi(ORGANIZATION, getPersonalAccessTokenHandler(process.env['AZURE_DEVOPS_PAT'] ?? ''));
const existing = await api.rest.get<{ value: Subscription[] }>(`${HOOKS}?api-version=7.1`);

/** Takes over a subscription that is there already, with the new password; otherwise creates it. */
async function ensure(projectId: string, eventType: string): Promise<void> {
  const old = existing.result?.value.find(
    (one) =>
      one.eventType === eventType &&
      one.publisherInputs['projectId'] === projectId &&
      one.consumerInputs['url'] === url,
  );
  const subscription = {
    publisherId: 'tfs',
    eventType,
    resourceVersion: '1.0',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    publisherInputs: { projectId },
    consumerInputs: { url, basicAuthUsername: username, basicAuthPassword: password },
  };
  if (old) await api.rest.replace(`${HOOKS}/${old.id}?api-version=7.1`, { ...subscription, id: old.id });
  else await api.rest.create(`${HOOKS}?api-version=7.1`, subscription);
}

const projects = await (await api.getCoreApi()).getProjects();
for (const { id = '' } of projects) for (const eventType of EVENTS) await ensure(id, eventType);
const tracking = await api.getWorkItemTrackingApi();
const TITLE = [{ op: 'add', path: '/fields/System.Title', value: 'New' }];
await tracking.createWorkItem({}, TITLE, projects[0]?.name ?? '', 'Task');
const late = setTimeout(() => first.reject(new Error('Nothing was delivered.')), 30_000);
const body = await first.promise;
clearTimeout(late);

const headers = { authorization: `Basic ${btoa('somebody:else')}` };
const forged = await fetch(url, { method: 'POST', headers, body });
server.close();
console.log(`${events.length} event: ${events[0]}; forged: ${forged.status}`);
if (forged.status !== 401 || events.length !== 1) throw new Error('The forged delivery was taken.');
