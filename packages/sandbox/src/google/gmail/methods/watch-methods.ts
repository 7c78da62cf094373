import type { JsonObject } from '../../../json.ts';
import { readBody } from '../../api/read-call.ts';
import type { PubSub } from '../../pubsub/pubsub.ts';
import { isTopicName } from '../../pubsub/subscription.ts';
import { entityNotFound, invalidArgument } from '../failures.ts';
import type { Watches, WatchRequest } from '../watch/watches.ts';
import type { GmailCall, GmailHandler } from './gmail-call.ts';

/** Push notifications, by way of Pub/Sub. */
export function watchMethods(watches: Watches, pubsub: PubSub): Record<'watch' | 'stop', GmailHandler> {
  return {
    watch: (call) => watch(call, watches, pubsub),
    stop: ({ mailbox, clientId }) => watches.stop(mailbox, clientId),
  };
}

/** Both numbers are strings. Renewing is calling it again; another topic needs a stop first. */
function watch(call: GmailCall, watches: Watches, pubsub: PubSub): object {
  const { mailbox, clientId } = call;
  const request = readRequest(readBody(call));
  const { topicName } = request;
  if (!pubsub.hasTopic(topicName)) {
    const resource = topicName.split('/').at(-1);
    throw entityNotFound(
      `Error sending test message to Cloud PubSub ${topicName} : Resource not found (resource=${resource}).`,
    );
  }
  if ((watches.topicOf(mailbox, clientId) ?? topicName) !== topicName) {
    throw invalidArgument(
      'Only one user push notification client allowed per developer (call /stop then try again)',
    );
  }
  const expiration = watches.start(mailbox, clientId, request);
  return { historyId: String(mailbox.history.current), expiration: String(expiration) };
}

function readRequest(body: JsonObject): WatchRequest {
  const { topicName, labelIds = [] } = body;
  if (typeof topicName !== 'string' || !isTopicName(topicName)) {
    throw invalidArgument('Invalid topicName does not match projects/*/topics/*');
  }
  if (!Array.isArray(labelIds)) throw invalidArgument("Invalid value at 'label_ids'");
  const labels = labelIds.map((label) => {
    if (typeof label !== 'string') throw invalidArgument("Invalid value at 'label_ids'");
    return label;
  });
  return { topicName, labelIds: labels, behavior: readBehavior(body) };
}

/** The guides write INCLUDE, the discovery document include. The older name of the field counts where the newer is absent. */
function readBehavior({ labelFilterBehavior, labelFilterAction }: JsonObject): WatchRequest['behavior'] {
  const value = labelFilterBehavior ?? labelFilterAction ?? 'include';
  const behavior = typeof value === 'string' ? value.toLowerCase() : undefined;
  if (behavior === 'include' || behavior === 'exclude') return behavior;
  throw invalidArgument(`Invalid value at 'label_filter_behavior', ${JSON.stringify(value)}`);
}
