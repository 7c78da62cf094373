import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';

export function workItemUrl({ url }: Organization, id: number): string {
  return `${url}/_apis/wit/workItems/${id}`;
}

/** An item among results, as the end of a link that has no start. */
export function unlinkedItem(organization: Organization, id: number): JsonObject {
  return { rel: null, source: null, target: { id, url: workItemUrl(organization, id) } };
}

/** Where people see it. */
export function webUrl({ url, id: guid }: Organization, id: number): string {
  return `${url}/web/wi.aspx?pcguid=${guid}&id=${id}`;
}

export function projectUrl({ url }: Organization, { id }: Project): string {
  return `${url}/${id}/_apis/wit`;
}

/** The id in a work item's URL; undefined for any other URL. */
export function workItemIdOf(url: string): number | undefined {
  const [, id] = /\/_apis\/wit\/workitems\/(\d+)(?:\?.*)?$/i.exec(url) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** The id in an attachment's URL; undefined for any other URL. */
export function attachmentIdOf(url: string): string | undefined {
  return /\/_apis\/wit\/attachments\/([0-9a-f-]{36})(?:\?.*)?$/i.exec(url)?.[1];
}

/** A moment as the service writes it: UTC, the fraction without zeros at its end. */
export function wireDate(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0+Z$/, 'Z');
}

/** What stands where no end is known. */
export const FAR_FUTURE = '9999-01-01T00:00:00Z';
