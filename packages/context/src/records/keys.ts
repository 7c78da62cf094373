import type { ProviderId } from '../options/provider-id.ts';

/** Users have one account per provider for now. The keys leave room for more. */
const ACCOUNT = 'default';

const encode = encodeURIComponent;

/** The keys of all records that a context stores. Ids are encoded, so that no user can reach another user's records. */
export const keys = {
  connections: 'connection/',
  connection: (userId: string, provider: ProviderId): string =>
    `connection/${encode(userId)}/${provider}/${ACCOUNT}`,
  tokens: (userId: string, provider: ProviderId): string => `token/${encode(userId)}/${provider}/${ACCOUNT}`,
  /** Tokens of a sign-in that wait for the user to decide whether they replace another account. */
  pendingGrant: (userId: string, provider: ProviderId, idHash: string): string =>
    `pending-grant/${encode(userId)}/${provider}/${idHash}`,
  /** The lease that serializes a user's block changes. */
  blocks: (userId: string): string => `block-time/${encode(userId)}`,
  block: (userId: string, taskId: string): string => `block-time/${encode(userId)}/${encode(taskId)}`,
  /** Sync state of a user's changes in one service. */
  syncState: (userId: string, service: string): string => `feed/${encode(userId)}/${service}`,
  /** Position of TickTick's change feed. Its client reads and writes it. */
  taskChanges: (userId: string): string => `task-changes/${encode(userId)}`,
  /** Webhook routing: these map a delivery to a user. */
  tickTickHook: (keyHash: string): string => `hook/ticktick/${keyHash}`,
  azureDevOpsHook: (username: string): string => `hook/azure-devops/${encode(username)}`,
  channel: (channelId: string): string => `channel/${encode(channelId)}`,
  mailbox: (addressHash: string): string => `mailbox/${addressHash}`,
  delivery: (hash: string): string => `delivery/${hash}`,
  /** The draft of an email about a task, by a hash of the email. */
  draftEmail: (userId: string, taskId: string, hash: string): string =>
    `draft-email/${encode(userId)}/${encode(taskId)}/${hash}`,
  workItem: (userId: string, taskId: string): string => `work-item/${encode(userId)}/${encode(taskId)}`,
};

/** Reads the user and the provider from a connection's key. */
export function parseConnectionKey(key: string): { userId: string; provider: string } | undefined {
  const [, userId, provider] = /^connection\/([^/]+)\/([^/]+)\/[^/]+$/.exec(key) ?? [];
  if (userId === undefined || provider === undefined) return undefined;
  return { userId: decodeURIComponent(userId), provider };
}
