import { type CallOptions, ConfigurationError, type Safety } from '@context-sdk/oauth-core';
import type { Answer } from './answer.ts';

export type Query = Record<string, string | number>;

export interface Operation {
  /** The client's method, for errors and events. */
  name: string;
  safety: Safety;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the base URL; ids in it are checked. */
  path: string;
  json?: unknown;
  searchParams?: Query | undefined;
}

export type Send = (operation: Operation, options?: CallOptions) => Promise<Answer>;

/** Sends operations, in short for the methods that TickTick uses. `name` is the client's method. */
export class Transport {
  readonly send: Send;

  constructor(send: Send) {
    this.send = send;
  }

  get(name: string, path: string, options?: CallOptions, searchParams?: Query): Promise<Answer> {
    return this.send({ name, safety: 'safe', method: 'GET', path, searchParams }, options);
  }

  /** TickTick wants a POST for reading and changing, too: `safety` says what it does. */
  post(name: string, safety: Safety, path: string, json: unknown, options?: CallOptions): Promise<Answer> {
    return this.send({ name, safety, method: 'POST', path, json }, options);
  }

  delete(name: string, path: string, options?: CallOptions, searchParams?: Query): Promise<Answer> {
    return this.send({ name, safety: 'idempotent', method: 'DELETE', path, searchParams }, options);
  }
}

/** Stands in for routes that the guide's dialect does not have. */
export const noRouteInGuide: Transport = new Transport(({ name }) => {
  const message = `${name} has no route in dialect: 'guide'. Leave the dialect out to use TickTick's own API.`;
  return Promise.reject(new ConfigurationError(message, { service: 'ticktick' }));
});
