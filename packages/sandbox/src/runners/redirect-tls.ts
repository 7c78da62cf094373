import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { isServiceHost } from '../http/families.ts';

/**
 * Leads every TLS connection of this process to a service's host to the sandbox that listens on that port, whichever
 * library opens it: `fetch`, undici, node:https, or what is built on them. Returns what takes this back
 * and ends those connections.
 */
export function redirectTls(port: number): () => Promise<void> {
  const { connect } = tls;
  const open = new Set<net.Socket>();
  const redirected = (...args: unknown[]): unknown => {
    const { host, isOpen } = targetOf(args);
    if (isOpen || !isServiceHost(host)) return Reflect.apply(connect, tls, args);
    const socket = connectPlainly(port, args.at(-1));
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  Object.assign(tls, { connect: redirected });
  syncBuiltinESMExports();
  return async () => {
    Object.assign(tls, { connect });
    syncBuiltinESMExports();
    await Promise.all([...open].map((socket) => once(socket.destroy(), 'close')));
  };
}

/** Of `connect(options, …)` and `connect(port, host, …)`: the host, and whether a connection is open already. */
function targetOf(args: readonly unknown[]): { host: string; isOpen: boolean } {
  const options = args.find((one) => typeof one === 'object' && one !== null) ?? {};
  const [, second] = args;
  const named = [Reflect.get(options, 'servername'), Reflect.get(options, 'host'), second];
  const host = named.find((name) => typeof name === 'string' && name !== '');
  return { host: String(host ?? ''), isOpen: Boolean(Reflect.get(options, 'socket')) };
}

/** A connection without TLS that looks as if it had it. */
function connectPlainly(port: number, callback: unknown): net.Socket {
  const socket = net.connect({ host: '127.0.0.1', port });
  const certificate = (): object => ({});
  Object.assign(socket, {
    encrypted: true,
    authorized: true,
    authorizationError: null,
    alpnProtocol: false,
    getPeerCertificate: certificate,
    getSession: () => undefined,
    isSessionReused: () => false,
    setServername: () => undefined,
  });
  if (typeof callback === 'function') socket.once('secureConnect', () => void callback());
  socket.once('connect', () => socket.emit('secureConnect'));
  return socket;
}
