import type { ProviderId } from '../options/provider-id.ts';

/** Users have one account per provider for now. The keys leave room for more. */
const ACCOUNT = 'default';

const encode = encodeURIComponent;

/** The keys of all records that a context stores. Ids are encoded, so that no user can reach another user's records. */
export const keys = {
  connections: 'connection/',
  /** Grants that are to end at their providers. The outbox writes them. */
  revocations: 'revocation/pending/',
  /** The interval of polls that everything was planned for. */
  plannedInterval: 'maintenance/poll-interval',
  /** Failures of a service that answers nobody, and until when no process tries. */
  outage: (service: string): string => `outage/${service}`,
  pausedOutage: (service: string): string => `paused-outage/${service}`,
  connection: (userId: string, provider: ProviderId): string =>
    `connection/${encode(userId)}/${provider}/${ACCOUNT}`,
  /** Says that a user connected an account of their own, should the connection's record get lost. */
  ownConnection: (userId: string, provider: ProviderId): string =>
    `own-connection/${encode(userId)}/${provider}`,
  tokens: (userId: string, provider: ProviderId): string => `token/${encode(userId)}/${provider}/${ACCOUNT}`,
  /** Tokens of a sign-in that wait for the user to decide whether they replace another account. */
  pendingGrant: (userId: string, provider: ProviderId, idHash: string): string =>
    `pending-grant/${encode(userId)}/${provider}/${idHash}`,
  /** The lease that serializes the block changes in one Google account. */
  blocks: (owner: string): string => `block-time/${owner}`,
  block: (owner: string, taskId: string): string => `block-time/${owner}/${encode(taskId)}`,
  /** Which plans were applied in one Google account. */
  plans: (owner: string): string => `plans/${owner}`,
  /** Sync state of a user's changes in one service. */
  syncState: (userId: string, service: string): string => `feed/${encode(userId)}/${service}`,
  /** Position of TickTick's change feed for one account. Its client reads and writes records under it. */
  taskChanges: (userId: string, owner: string): string => `task-changes/${encode(userId)}/${owner}`,
  allTaskChanges: (userId: string): string => `task-changes/${encode(userId)}/`,
  /** Pushes that were opened for a user at a service, or that may have been. */
  openPushes: (userId: string, service: string): string => `push/${encode(userId)}/${service}/`,
  openPush: (userId: string, service: string, pushId: string): string =>
    `push/${encode(userId)}/${service}/${encode(pushId)}`,
  /** Webhook routing: these map a delivery to a user. */
  tickTickHook: (keyHash: string): string => `hook/ticktick/${keyHash}`,
  azureDevOpsHook: (username: string): string => `hook/azure-devops/${encode(username)}`,
  /** Hooks that were not deleted at Azure DevOps. The response to a delivery has it disable them. */
  endedHook: (username: string): string => `ended-hook/${encode(username)}`,
  /** Pushes that a service did not end and that wait for the revocation of their grant. */
  endingPushes: (grantId: string): string => `ending-push/${encode(grantId)}/`,
  endingPush: (grantId: string, service: string, pushId: string): string =>
    `ending-push/${encode(grantId)}/${service}/${pushId}`,
  channel: (channelId: string): string => `channel/${encode(channelId)}`,
  mailbox: (addressHash: string): string => `mailbox/${addressHash}`,
  /** What is known of an event that was handled, or is being handled. */
  deliveries: (userId: string, source: string): string => `delivery/${encode(userId)}/${source}/`,
  delivery: (userId: string, source: string, hash: string): string =>
    `delivery/${encode(userId)}/${source}/${hash}`,
  /** Events that wait for another try, and those that failed too often: by user, source and hash. */
  pendingEvents: 'pending-event/',
  pendingEvent: (id: string): string => `pending-event/${id}`,
  pendingEventsOf: (userId: string, source: string): string => `pending-event/${encode(userId)}/${source}/`,
  deadLetters: 'dead-letter/',
  deadLettersOf: (userId: string): string => `dead-letter/${encode(userId)}/`,
  /** Exists until a pause is over: of a rejected token, a change of accounts, a poll, or an event that failed. */
  pause: (userId: string, what: string): string => `pause/${encode(userId)}/${what}`,
  pauseOfEvent: (id: string): string => `pause/${id}`,
  /** Sessions of browsers, by the hash of their cookie, and the list of a user's. */
  session: (id: string): string => `session/${id}`,
  userSessions: (userId: string): string => `user-session/${encode(userId)}/`,
  userSession: (userId: string, id: string): string => `user-session/${encode(userId)}/${id}`,
  /** The draft of an email about a task, by a hash of the email. */
  drafts: (userId: string): string => `draft-email/${encode(userId)}/`,
  draftEmail: (userId: string, taskId: string, hash: string): string =>
    `draft-email/${encode(userId)}/${encode(taskId)}/${hash}`,
  /** The work items of one organization, by the tasks that they were made of. */
  workItems: (organizationHash: string): string => `work-item/${organizationHash}/`,
  /** Which of them a user made. */
  ownWorkItems: (userId: string, organizationHash: string): string =>
    `own-work-item/${encode(userId)}/${organizationHash}/`,
  ownWorkItem: (userId: string, organizationHash: string, taskId: string): string =>
    `own-work-item/${encode(userId)}/${organizationHash}/${encode(taskId)}`,
  workItem: (organizationHash: string, taskId: string): string =>
    `work-item/${organizationHash}/${encode(taskId)}`,
  /** The links of a user's tasks, the tasks that work items are linked to, and the leases that serialize their synchronization. */
  links: (userId: string): string => `link/${encode(userId)}/`,
  /** Exists if the user has had a link, so that one read shows that most users have none. */
  hasLinks: (userId: string): string => `has-links/${encode(userId)}/${ACCOUNT}`,
  link: (userId: string, taskId: string): string => `link/${encode(userId)}/${encode(taskId)}`,
  linkedItems: (userId: string): string => `link-item/${encode(userId)}/`,
  linkedItem: (userId: string, itemId: string): string => `link-item/${encode(userId)}/${encode(itemId)}`,
  linkTurn: (userId: string, taskId: string): string => `link-turn/${encode(userId)}/${encode(taskId)}`,
  /** What an assistant calls the items of a user, what its tools did, and what waits for the user's approval. */
  toolHandles: (userId: string, provider: ProviderId): string => `tool-handles/${encode(userId)}/${provider}`,
  toolActions: (userId: string): string => `tool-action/${encode(userId)}/`,
  toolActionsAt: (userId: string, provider: ProviderId): string =>
    `tool-action/${encode(userId)}/${provider}/`,
  toolAction: (userId: string, provider: ProviderId, id: string): string =>
    `tool-action/${encode(userId)}/${provider}/${id}`,
  toolApprovals: (userId: string): string => `tool-approval/${encode(userId)}/`,
  toolApprovalsAt: (userId: string, provider: ProviderId): string =>
    `tool-approval/${encode(userId)}/${provider}/`,
  toolApproval: (userId: string, provider: ProviderId, id: string): string =>
    `tool-approval/${encode(userId)}/${provider}/${id}`,
  /** Plans that an assistant proposed. */
  toolPlansAt: (userId: string, provider: ProviderId): string => `tool-plan/${encode(userId)}/${provider}/`,
  toolPlan: (userId: string, provider: ProviderId, id: string): string =>
    `tool-plan/${encode(userId)}/${provider}/${encode(id)}`,
  /** The lease that serializes a user's undos. */
  toolUndo: (userId: string): string => `tool-undo/${encode(userId)}/lease`,
};

/** Prefixes of all records whose key names a user. */
export function prefixesOf(userId: string): string[] {
  const kinds = [
    'connection',
    'own-connection',
    'token',
    'pending-grant',
    'feed',
    'task-changes',
    'push',
    'delivery',
    'pending-event',
    'dead-letter',
    'draft-email',
    'own-work-item',
    'link',
    'link-item',
    'has-links',
    'link-turn',
    'user-session',
    'tool-handles',
    'tool-action',
    'tool-approval',
    'tool-plan',
    'tool-undo',
    'pause',
  ];
  return kinds.map((kind) => `${kind}/${encode(userId)}/`);
}

/** Reads the user and the provider from a connection's key. `undefined` for one that no context has written. */
export function parseConnectionKey(key: string): { userId: string; provider: string } | undefined {
  const [, userId, provider] = /^connection\/([^/]+)\/([^/]+)\/[^/]+$/.exec(key) ?? [];
  if (userId === undefined || provider === undefined) return undefined;
  try {
    return { userId: decodeURIComponent(userId), provider };
  } catch {
    return undefined;
  }
}
