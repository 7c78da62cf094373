/** Compiled by `npm run types`, never run: what the public types promise, in both directions. */
import {
  AdoClient,
  type AdoWebhookEvent,
  personalAccessToken,
  wiql,
  type WorkItem,
  type WorkItemOutcome,
} from '@context-sdk/ado-client';

interface Own {
  'Custom.Risk': 'low' | 'high';
}

export function workItems(client: AdoClient<Own>): void {
  void (client.workItems.get(1) satisfies Promise<WorkItem<Own>>);
  // @ts-expect-error What is looked for may not be there.
  void (client.workItems.find(1) satisfies Promise<WorkItem>);
  void client.workItems.create({ type: 'Task', title: 'x', fields: { 'Custom.Risk': 'low' } });
  // @ts-expect-error The organization's own field has two values.
  void client.workItems.create({ type: 'Task', title: 'x', fields: { 'Custom.Risk': 'medium' } });
  // @ts-expect-error An item has a title.
  void client.workItems.create({ type: 'Task' });
  // @ts-expect-error A title can't be taken away.
  void client.workItems.update(1, { title: null });
  void client.workItems.update(1, ({ fields }) => ({ title: `${fields['System.Title']}!` }));
  void client.workItems.get(1, { fields: ['System.Id'] });
  // @ts-expect-error Azure DevOps takes either.
  void client.workItems.get(1, { fields: ['System.Id'], expand: 'all' });
  // @ts-expect-error A text could hold anything.
  void client.workItems.query('SELECT [System.Id] FROM WorkItems');
  void (client.workItems.query(wiql`SELECT [System.Id] FROM WorkItems`).count() satisfies Promise<number>);
  void client.relations.add(1, { rel: 'ArtifactLink', url: 'vstfs:///Build/Build/1', name: 'Build' });
  // @ts-expect-error A link to an artifact has a name.
  void client.relations.add(1, { rel: 'ArtifactLink', url: 'vstfs:///Build/Build/1' });
  // @ts-expect-error A link leads to an item or to a URL.
  void client.relations.add(1, { rel: 'Hyperlink', id: 1, url: 'https://a.example' });
}

export function fieldsOf({ fields: own }: WorkItem<Own>): string {
  void (own['Custom.Risk'] satisfies 'low' | 'high' | undefined);
  // @ts-expect-error A field without a value is absent.
  void (own['System.Title'] satisfies string);
  // @ts-expect-error Nothing is known of other fields.
  return own['Custom.Other'];
}

export function outcomes(outcome: WorkItemOutcome): number | string {
  if (outcome.status === 'ok') return outcome.item.id;
  return outcome.error.code;
}

export function webhooks(event: AdoWebhookEvent): unknown {
  if (event.type === 'workitem.updated') return event.data.changes['System.State']?.to;
  if (event.type === 'workitem.commented') return event.data.comment.text;
  if (event.type === 'unknown') return event.event;
  // @ts-expect-error Only an update has changes.
  void event.data.changes;
  return event.data.workItemId;
}

const ORGANIZATION_URL = 'https://dev.azure.com/acme';
export const client: AdoClient = new AdoClient({
  organizationUrl: ORGANIZATION_URL,
  auth: personalAccessToken(''),
});
// @ts-expect-error A token and a personal access token look alike.
export const wrong: AdoClient = new AdoClient({ organizationUrl: ORGANIZATION_URL, auth: 'token' });

/** Of a form that may be left empty: under `exactOptionalPropertyTypes`, too, what is undefined counts as left out. */
export function ofAForm(ado: AdoClient, { text, tags }: { text?: string; tags?: readonly string[] }): void {
  void ado.workItems.update(1, { title: text, state: text, tags: { add: tags, remove: tags } });
}
