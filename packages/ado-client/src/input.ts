import { isObject } from '@context-sdk/oauth-core/client-kit';
import { invalid } from './errors.ts';

/** Throws {@link InvalidRequestError} unless the value is an object. */
export function checkObject(value: unknown, field: string): void {
  if (!isObject(value)) throw invalid(field, 'is not an object');
}

/**
 * Throws {@link InvalidRequestError} naming the member that a work item's input doesn't have; `name` is the argument's, and `at`
 * where the input is in a list.
 */
export function checkMembers(input: object, known: object, at: string, name: string): void {
  checkObject(input, at.replace(/\.$/, '') || name);
  const unknown = Object.keys(input).find((member) => !Object.hasOwn(known, member));
  if (unknown === undefined) return;
  const field = `${at}${unknown}`;
  if (unknown.includes('.')) throw invalid(field, 'is the reference name of a field: give it in fields');
  if (unknown === 'parentId') throw invalid(field, 'is unknown: the item above is parent');
  throw invalid(field, 'is unknown');
}

/** Throws {@link InvalidRequestError} unless the value is a text with something to read in it. */
export function checkText(value: unknown, field: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(field, 'is missing or empty');
  if (!value.isWellFormed()) throw invalid(field, 'is not well-formed text');
}

/** Throws {@link InvalidRequestError} unless the value is a list. */
export function checkList(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw invalid(field, 'is not a list');
}

/** A larger one is no id, and one in a list has the whole request refused. */
export const MAX_ID: number = 2 ** 31 - 1;

/** The number of a work item, comment or revision. */
export function checkedId(id: unknown, field: string): number {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0 && id <= MAX_ID) return id;
  throw invalid(field, `is not a whole number from 1 to ${MAX_ID}`);
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && GUID.test(value);
}

export function checkedGuid(id: unknown, field: string): string {
  if (isGuid(id)) return id;
  throw invalid(field, 'is not a GUID');
}

/**
 * The name of a project, team or work item type. A name made of dots would lead to another route, and the characters
 * that are refused can't be in one.
 * https://learn.microsoft.com/azure/devops/organizations/settings/naming-restrictions
 */
export function checkedName(name: unknown, field: string): string {
  checkText(name, field);
  const text = String(name);
  if (/^\.+$/.test(text) || /[\\/:*?"<>|#\p{Cc}]/u.test(text))
    throw invalid(field, `can't be the name of one`);
  return text;
}

/** The project of a call whose route must name one: the call's own, or the client's. */
export function requiredProject(
  given: string | undefined,
  ofClient: string | undefined,
  field = 'project',
): string {
  const project = given ?? ofClient;
  if (project === undefined) throw invalid(field, 'is needed: give it here, or to the client');
  return checkedName(project, field);
}

/** The project of a call whose route may name one. */
export function optionalProject(given: string | undefined): string | undefined {
  return given === undefined ? undefined : checkedName(given, 'project');
}
