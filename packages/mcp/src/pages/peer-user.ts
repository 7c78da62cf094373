import { readFile } from 'node:fs/promises';

/** The two ends of a connection within this machine, as its server sees them. */
export interface Ends {
  remotePort?: number | undefined;
  localPort?: number | undefined;
}

/** Where Linux says whose each connection is: https://docs.kernel.org/networking/proc_net_tcp.html */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ESTABLISHED = '01';
const ROOT = 0;

/**
 * Whether another user of this machine has opened a connection to it: they see the addresses that this user's browser was started
 * with. Only Linux tells. Root may be anybody, such as a relay between systems.
 */
export async function isOfAnotherUser(ends: Ends): Promise<boolean> {
  const own = process.getuid?.();
  for (const path of own === undefined ? [] : TABLES) {
    const uid = userInTable(await readFile(path, 'utf8').catch(() => ''), ends);
    if (uid !== undefined) return uid !== own && uid !== ROOT;
  }
  return false;
}

/** The id of the user who has the other end of a connection. */
export function userInTable(table: string, { remotePort, localPort }: Ends): number | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, from = '', to = '', state, , , , uid = ''] = line.trim().split(/\s+/);
    const isOther = portOf(from) === remotePort && portOf(to) === localPort;
    if (isOther && state === ESTABLISHED) return Number(uid);
  }
  return undefined;
}

/** Of `0100007F:1F90`, in hexadecimal. */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}
