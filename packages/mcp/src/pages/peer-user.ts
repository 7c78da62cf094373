import { readFile } from 'node:fs/promises';

/** The two ends of a connection within this machine, as its server sees them. */
export interface Ends {
  remotePort?: number | undefined;
  localPort?: number | undefined;
}

/** Where Linux lists connections with their users: https://docs.kernel.org/networking/proc_net_tcp.html */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ROOT = 0;

/**
 * Whether another user of this machine may have opened a connection to it. They can see the address that this user's browser was
 * started with. Only Linux tells. Root may stand for anyone, such as a relay between systems.
 */
export async function isOfAnotherUser(ends: Ends): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined) return false;
  const tables = await Promise.all(TABLES.map((path) => readFile(path, 'utf8').catch(() => '')));
  return tables.flatMap((table) => usersInTable(table, ends)).some((uid) => uid !== own && uid !== ROOT);
}

/**
 * The ids of the users who have the other end of a connection: several, if connections from other addresses of this machine have
 * the same ports. A connection counts in any state: half closed, it still receives the response.
 */
export function usersInTable(table: string, { remotePort, localPort }: Ends): number[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, from = '', to = '']) => portOf(from) === remotePort && portOf(to) === localPort)
    .map(([, , , , , , , uid]) => Number(uid));
}

/** The port in `0100007F:1F90`. */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
