import { isLoopback } from '@context-sdk/oauth-core';

const PRIVATE =
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^\[f[cd]|^\[fe80/;

/** Whether the world's services can deliver to a host: https, and neither this machine nor a private network. */
export function isPublic(baseUrl: string): boolean {
  const url = new URL(baseUrl);
  const { protocol, hostname } = url;
  const isNamed = hostname.includes('.') || hostname.startsWith('[');
  const isInternal = /\.(local|internal|lan|test|localhost)$/.test(hostname) || PRIVATE.test(hostname);
  return protocol === 'https:' && isNamed && !isInternal && !isLoopback(url);
}
