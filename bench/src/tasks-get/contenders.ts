import { createRequire } from 'node:module';
import { TickTickClient } from '@context-sdk/ticktick-client';
import ky from 'ky';
import type * as PeerPackage from 'ticktick-node-api-oauth2';
import type { Call } from '../in-rounds.ts';
import { task } from './recorded-task.ts';

const TOKEN = 'bench-token';
const { id, projectId } = task;
const HEADERS = { authorization: `Bearer ${TOKEN}` };

/** The client with all that it has by default, except that its limits never hold a request back. */
function ours(baseUrl: string): Call {
  const limits = [
    { limit: 1_000_000_000, intervalMs: 60_000 },
    { limit: 1_000_000_000, intervalMs: 300_000 },
  ];
  const client = new TickTickClient({ auth: TOKEN, baseUrl, limits });
  return () => client.tasks.get({ id, projectId });
}

function bareFetch(baseUrl: string): Call {
  return async () => {
    const response = await fetch(`${baseUrl}/project/${projectId}/task/${id}`, { headers: HEADERS });
    return JSON.parse(await response.text()) as unknown;
  };
}

function bareKy(baseUrl: string): Call {
  return () => ky(`${baseUrl}/project/${projectId}/task/${id}`, { headers: HEADERS }).json();
}

/** The npm package has TickTick's address as a constant and reads it per call; here it is led to our server. */
function peer(baseUrl: string): Call {
  const require = createRequire(import.meta.url);
  const constants = require('ticktick-node-api-oauth2/dist/constants.js') as {
    TICKTICK_API_BASE_URL: string;
  };
  constants.TICKTICK_API_BASE_URL = baseUrl;
  const { TickTickNode } = require('ticktick-node-api-oauth2') as typeof PeerPackage;
  const client = new TickTickNode(TOKEN);
  return () => client.fetchTaskById(projectId, id);
}

export function contenders(baseUrl: string): Record<'ours' | 'fetch' | 'ky' | 'peer', Call> {
  return { ours: ours(baseUrl), fetch: bareFetch(baseUrl), ky: bareKy(baseUrl), peer: peer(baseUrl) };
}
