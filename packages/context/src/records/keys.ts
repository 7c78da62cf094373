import type { ProviderId } from '../options/provider-id.ts';

/** A user has one account per provider for now; the keys leave room for more. */
const ACCOUNT = 'default';

function part(text: string): string {
  return encodeURIComponent(text);
}

/** The key of every record that a context keeps. User ids are escaped: no user's key is another's. */
export const keys = {
  connections: 'connection/',
  connectionsOf: (userId: string): string => `connection/${part(userId)}/`,
  connection: (userId: string, provider: ProviderId): string =>
    `connection/${part(userId)}/${provider}/${ACCOUNT}`,
  tokens: (userId: string, provider: ProviderId): string => `token/${part(userId)}/${provider}/${ACCOUNT}`,
  /** The lease of all blocks of a user. */
  blocks: (userId: string): string => `block-time/${part(userId)}`,
  block: (userId: string, taskId: string): string => `block-time/${part(userId)}/${part(taskId)}`,
  /** Where a user's changes are followed: `ticktick`, `google-calendar`, … */
  feed: (userId: string, service: string): string => `feed/${part(userId)}/${service}`,
  /** The place of TickTick's change feed, which keeps it itself. */
  taskChanges: (userId: string): string => `task-changes/${part(userId)}`,
  /** Whose deliveries these are. */
  tickTickHook: (keyHash: string): string => `hook/ticktick/${keyHash}`,
  azureDevOpsHook: (username: string): string => `hook/azure-devops/${part(username)}`,
  channel: (channelId: string): string => `channel/${part(channelId)}`,
  mailbox: (addressHash: string): string => `mailbox/${addressHash}`,
  delivery: (hash: string): string => `delivery/${hash}`,
  workItem: (userId: string, taskId: string): string => `work-item/${part(userId)}/${part(taskId)}`,
};

/** The user and the provider of a connection's key. */
export function readConnectionKey(key: string): { userId: string; provider: string } | undefined {
  const [, userId, provider] = /^connection\/([^/]+)\/([^/]+)\/[^/]+$/.exec(key) ?? [];
  if (userId === undefined || provider === undefined) return undefined;
  return { userId: decodeURIComponent(userId), provider };
}
