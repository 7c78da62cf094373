import { type CallOptions, oneDeadline } from '@context-sdk/oauth-core';
import { checkedGuid, isGuid } from '../input/checked-id.ts';
import { neededProject } from '../input/needed-project.ts';
import type { Projects } from '../projects/projects.ts';
import type { Answer, Members } from '../requests/answer.ts';
import type { DirectRequest, Transport } from '../requests/transport.ts';
import { isAsWanted, isForTheSame } from './same-subscription.ts';
import type {
  AdoHookEvent,
  AdoSubscription,
  EnsuredSubscription,
  SubscriptionInput,
} from './subscription.ts';
import { checkSubscription, type WireSubscription, wireSubscription } from './wire-subscription.ts';

const SUBSCRIPTION: Members<AdoSubscription> = {
  id: 'string',
  publisherInputs: 'object',
  consumerInputs: 'object',
};
const PATH = '_apis/hooks/subscriptions';

/** Service hooks on work items. They belong to whoever makes them, who must be allowed to in the project. */
export class Subscriptions {
  readonly #transport: Transport;
  readonly #projects: Projects;
  readonly #project: string | undefined;

  constructor(transport: Transport, projects: Projects, project: string | undefined) {
    this.#transport = transport;
    this.#projects = projects;
    this.#project = project;
  }

  /** The webhooks of the organization, of all projects and publishers, or of one event. Scope `vso.work`. */
  async list({ event, ...options }: CallOptions & { event?: AdoHookEvent | undefined } = {}): Promise<
    AdoSubscription[]
  > {
    const query = { eventType: event, consumerId: 'webHooks', consumerActionId: 'httpRequest' };
    const answer = await this.#send('list', 'safe', { method: 'GET', path: PATH, query }, options);
    return answer.list(SUBSCRIPTION);
  }

  /**
   * Sees to it that this address is told of these events, once: however often it is called there is one subscription,
   * enabled, with these secrets. A disabled one is enabled again, and since Azure DevOps never shows secrets, one that
   * has or gets some is written anew. Two callers at the same time may make two.
   */
  async ensure(input: SubscriptionInput, given?: CallOptions): Promise<EnsuredSubscription> {
    checkSubscription(input);
    const project = neededProject(input.project, this.#project);
    const options = oneDeadline(given, 'azure-devops');
    const projectId = isGuid(project) ? project : (await this.#projects.get(project, options)).id;
    const wanted = wireSubscription(input, projectId);
    const listed = await this.list({ ...options, event: input.event });
    const present = listed.find((subscription) => isForTheSame(subscription, wanted));
    if (present === undefined)
      return { subscription: await this.#create(wanted, options), outcome: 'created' };
    if (isAsWanted(present, wanted)) return { subscription: present, outcome: 'found' };
    return { subscription: await this.#replace(present.id, wanted, options), outcome: 'replaced' };
  }

  /** Deletes a subscription. Throws {@link NotFoundError}. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    const path = `${PATH}/${checkedGuid(id, 'id')}`;
    await this.#send('delete', 'unsafe', { method: 'DELETE', path }, options);
  }

  /** Not sent twice on a lost answer: every subscription is delivered to. */
  async #create(wanted: WireSubscription, options: CallOptions | undefined): Promise<AdoSubscription> {
    const answer = await this.#send(
      'ensure',
      'unsafe',
      { method: 'POST', path: PATH, json: wanted },
      options,
    );
    return answer.object(SUBSCRIPTION);
  }

  async #replace(
    id: string,
    wanted: WireSubscription,
    options: CallOptions | undefined,
  ): Promise<AdoSubscription> {
    const path = `${PATH}/${checkedGuid(id, 'id')}`;
    const json = { ...wanted, id, status: 'enabled' };
    const answer = await this.#send('ensure', 'idempotent', { method: 'PUT', path, json }, options);
    return answer.object(SUBSCRIPTION);
  }

  #send(
    method: string,
    safety: 'safe' | 'idempotent' | 'unsafe',
    request: Omit<DirectRequest, 'apiVersion'>,
    options: CallOptions | undefined,
  ): Promise<Answer> {
    return this.#transport.direct(
      { name: `subscriptions.${method}`, safety },
      { ...request, apiVersion: '7.1' },
      options,
    );
  }
}
