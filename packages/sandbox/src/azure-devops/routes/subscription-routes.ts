import { emptyResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, pathParam, reading } from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { resourceNotFound } from '../failures.ts';
import { readSubscription } from '../hooks/read-subscription.ts';
import { type Subscription, subscriptionToWire } from '../hooks/subscriptions.ts';

/** Service hooks need no more than the scope `vso.work`. */
export const SUBSCRIPTION_ROUTES: readonly ApiRoute[] = [
  reading('subscription.list', 'GET hooks/subscriptions', (call) => {
    const { query } = call.request;
    return listOf(chosen(call, (name) => query.get(name) ?? undefined));
  }),
  reading('subscription.query', 'POST hooks/subscriptionsquery', (call) => {
    const body = readObject(call.request);
    const results = chosen(call, (name) => property(body, name));
    return { ...body, results };
  }),
  reading('subscription.get', 'GET hooks/subscriptions/{id}', (call) => show(call, find(call))),
  reading('subscription.create', 'POST hooks/subscriptions', (call) => {
    const { organization, caller, settings } = call;
    const input = readSubscription(organization, readObject(call.request), settings.loopbackHooks);
    const subscriptions = settings.subscriptionsOf(organization);
    return show(call, subscriptions.create(input, organization.identityOf(caller.person)));
  }),
  reading('subscription.replace', 'PUT hooks/subscriptions/{id}', (call) => {
    const { organization, settings } = call;
    const old = find(call);
    const input = readSubscription(organization, readObject(call.request), settings.loopbackHooks);
    return show(call, settings.subscriptionsOf(organization).replace(old, input));
  }),
  reading('subscription.delete', 'DELETE hooks/subscriptions/{id}', (call) => {
    call.settings.subscriptionsOf(call.organization).delete(find(call));
    return emptyResponse(204);
  }),
];

/** Those that have what is asked for; what is not asked for does not matter. */
function chosen(call: ApiCall, wanted: (name: string) => unknown): readonly JsonObject[] {
  const names = ['publisherId', 'eventType', 'consumerId', 'consumerActionId'];
  return call.settings
    .subscriptionsOf(call.organization)
    .all.map((subscription) => show(call, subscription))
    .filter((subscription) =>
      names.every((name) => wanted(name) === undefined || wanted(name) === subscription[name]),
    );
}

function find(call: ApiCall): Subscription {
  const id = pathParam(call, 'id');
  const subscription = call.settings.subscriptionsOf(call.organization).find(id);
  if (!subscription) throw resourceNotFound(`The subscription ${id}`);
  return subscription;
}

function show({ organization }: ApiCall, subscription: Subscription): JsonObject {
  return subscriptionToWire(organization.url, subscription);
}
