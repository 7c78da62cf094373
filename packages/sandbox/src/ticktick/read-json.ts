import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { unknownException } from './api-call.ts';
import { parseWireDate } from './wire-date.ts';

/** Readers for request bodies: null reads as absent, a value of the wrong type is refused. */
export function readObject(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) throw unknownException();
  return value;
}

export function readArray(value: JsonValue | undefined): JsonValue[] {
  if (!Array.isArray(value)) throw unknownException();
  return value;
}

export function readString(body: JsonObject, key: string): string | undefined {
  const value = body[key] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw unknownException();
  return value;
}

export function readNumber(body: JsonObject, key: string): number | undefined {
  const value = body[key] ?? undefined;
  if (value !== undefined && typeof value !== 'number') throw unknownException();
  return value;
}

export function readBoolean(body: JsonObject, key: string): boolean | undefined {
  const value = body[key] ?? undefined;
  if (value !== undefined && typeof value !== 'boolean') throw unknownException();
  return value;
}

export function readStrings(body: JsonObject, key: string): string[] | undefined {
  return readList(body, key)?.map((item) => {
    if (typeof item !== 'string') throw unknownException();
    return item;
  });
}

export function readNumbers(body: JsonObject, key: string): number[] | undefined {
  return readList(body, key)?.map((item) => {
    if (typeof item !== 'number') throw unknownException();
    return item;
  });
}

export function readObjects(body: JsonObject, key: string): JsonObject[] | undefined {
  return readList(body, key)?.map((item) => readObject(item));
}

/** A date as milliseconds since the epoch; `""` is ignored. */
export function readDate(body: JsonObject, key: string): number | undefined {
  const text = readString(body, key);
  return text === undefined || text === '' ? undefined : parseWireDate(text);
}

export function required<T>(value: T | undefined): T {
  if (value === undefined) throw unknownException();
  return value;
}

function readList(body: JsonObject, key: string): JsonValue[] | undefined {
  const value = body[key] ?? undefined;
  return value === undefined ? undefined : readArray(value);
}

/** At most that many characters; an emoji is not torn apart. */
export function truncate(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}
