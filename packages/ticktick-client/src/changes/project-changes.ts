import type { WebhookEvent } from '@context-sdk/oauth-core';
import { isObject, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import type { TickTickCall } from '../operations.ts';
import type { Project } from '../projects/project.ts';
import { PROJECT } from '../projects/projects.ts';
import { rowsOf } from '../rows.ts';
import type { Skipped } from '../skipped.ts';
import { canonical } from './canonical.ts';
import { hashOf } from './snapshot.ts';

type Change<Type extends string, Data> = WebhookEvent<'ticktick', Type, Data> & { id: string };

/**
 * What happened to a project since the last acknowledged poll. `changed` names the fields: `closed` if it was archived or
 * opened again. `deleted`: it was deleted, or is no longer shared with the user.
 */
export type ProjectChangeEvent =
  | Change<'project.created', Project>
  | (Change<'project.updated', Project> & { changed: string[] })
  | Change<'project.deleted', { id: string; name: string }>;

/** Projects in canonical JSON, by their ids. */
export type KnownProjectTexts = Record<string, string>;

function stored(project: Project): string {
  return JSON.stringify(canonical('', project));
}

function fieldsThatDiffer(before: string, after: string): string[] {
  const [old, now] = [parseJsonObject(before) ?? {}, parseJsonObject(after) ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])).toSorted();
}

function aboutProject<Type extends string>(type: Type, project: Project): Change<Type, Project> {
  const id = `${project.id}/${hashOf(project)}/${type}`;
  return { source: 'ticktick', type, id, verified: true, data: project, raw: project };
}

function deletion(id: string, text: string): ProjectChangeEvent {
  const known = parseJsonObject(text);
  const name = isObject(known) && typeof known['name'] === 'string' ? known['name'] : '';
  const [type, data] = ['project.deleted', { id, name }] as const;
  return { source: 'ticktick', type, id: `${id}//${type}`, verified: true, data, raw: data };
}

/** The projects of one response. */
export interface ListedProjects {
  projects: Project[];
  /** False if there was no list, or rows of it could not be read: any project that is missing can be one of them. */
  isWhole: boolean;
}

/** All projects now. One request, whose unreadable rows are added to `skipped`. */
export async function listProjects(call: TickTickCall, skipped: readonly Skipped[]): Promise<ListedProjects> {
  const before = skipped.length;
  const response = await call.send('projects.list', {});
  const projects = rowsOf<Project>(response, PROJECT, call);
  return { projects, isWhole: response.value !== null && skipped.length === before };
}

/** The changes of projects since the state `before`, and their state now. Those in `offered` may have been told. */
export function compareProjects(
  { projects, isWhole }: ListedProjects,
  before: KnownProjectTexts,
  offered: KnownProjectTexts,
): { events: ProjectChangeEvent[]; known: KnownProjectTexts } {
  const known: KnownProjectTexts = {};
  const events: ProjectChangeEvent[] = [];
  for (const project of projects) {
    const text = stored(project);
    known[project.id] = text;
    const old = before[project.id];
    if (old === undefined) events.push(aboutProject('project.created', project));
    else if (old !== text) {
      events.push({ ...aboutProject('project.updated', project), changed: fieldsThatDiffer(old, text) });
    }
  }
  for (const [id, text] of Object.entries({ ...offered, ...before })) {
    if (known[id] !== undefined) continue;
    if (isWhole) events.push(deletion(id, text));
    else known[id] = text;
  }
  return { events, known };
}
