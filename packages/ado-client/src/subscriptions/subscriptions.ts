import type { CallOptions } from '@context-sdk/oauth-core';
import type { RequiredMembers } from '@context-sdk/oauth-core/client-kit';
import { checkedGuid, isGuid, requiredProject } from '../input.ts';
import { getProject } from '../projects/projects.ts';
import { settleLost } from '../settle-lost.ts';
import type { AdoCall, AdoContext } from '../wire.ts';
import { isAsWanted, isForTheSame } from './same-subscription.ts';
import type {
  AdoHookEvent,
  AdoSubscription,
  EnsuredSubscription,
  SubscriptionInput,
} from './subscription.ts';
import { checkSubscription, wireSubscription } from './wire-subscription.ts';

const SUBSCRIPTION: RequiredMembers<AdoSubscription> = {
  id: 'string',
  publisherInputs: 'object',
  consumerInputs: 'object',
};

async function list(call: AdoCall, event: AdoHookEvent | undefined): Promise<AdoSubscription[]> {
  const query = { eventType: event, consumerId: 'webHooks', consumerActionId: 'httpRequest' };
  const response = await call.send('subscriptions.list', { query });
  return response.member('value').list(SUBSCRIPTION);
}

/** Service hooks on work items. They belong to whoever makes them, who must be allowed to in the project. */
export class Subscriptions {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The webhooks of the organization, of all projects and publishers, or of one event. Scope `vso.work`. */
  async list(given?: CallOptions & { event?: AdoHookEvent | undefined }): Promise<AdoSubscription[]> {
    const { event, ...options } = given ?? {};
    return await list(this.#context.service.call(options), event);
  }

  /**
   * Ensures exactly one subscription of these events for this address, enabled and with these secrets, however often it
   * is called. A disabled one is enabled again, and since Azure DevOps never shows secrets, one that has or gets some is
   * written anew. Two callers at the same time may make two.
   */
  async ensure(input: SubscriptionInput, options?: CallOptions): Promise<EnsuredSubscription> {
    checkSubscription(input);
    const project = requiredProject(input.project, this.#context.project);
    const call = this.#context.service.call(options);
    const projectId = isGuid(project) ? project : (await getProject(call, project)).id;
    const wanted = wireSubscription(input, projectId);
    const find = async (): Promise<AdoSubscription | undefined> =>
      (await list(call, input.event)).find((subscription) => isForTheSame(subscription, wanted));
    const present = await find();
    if (present === undefined) {
      const create = async (): Promise<AdoSubscription> =>
        (await call.send('subscriptions.create', { json: wanted })).object(SUBSCRIPTION);
      return { subscription: await settleLost(call, create, find), outcome: 'created' };
    }
    if (isAsWanted(present, wanted)) return { subscription: present, outcome: 'found' };
    const id = checkedGuid(present.id, 'id');
    const json = { ...wanted, id, status: 'enabled' };
    const replaced = await call.send('subscriptions.replace', { params: { id }, json });
    return { subscription: replaced.object(SUBSCRIPTION), outcome: 'replaced' };
  }

  /** Deletes a subscription. Throws {@link NotFoundError}. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    const params = { id: checkedGuid(id, 'id') };
    const call = this.#context.service.call(options);
    await settleLost<unknown>(
      call,
      () => call.send('subscriptions.delete', { params }),
      async () => {
        const all = (await call.send('subscriptions.list', {})).member('value');
        const ids = all.list<{ id: string }>({ id: 'string' }).map((one) => one.id.toLowerCase());
        return ids.includes(params.id.toLowerCase()) ? undefined : true;
      },
    );
  }
}
