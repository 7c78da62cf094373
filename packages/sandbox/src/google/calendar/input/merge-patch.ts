import { isJsonObject, type JsonObject, type JsonValue } from '../../../json.ts';

/** PATCH as Google does it: objects are merged, arrays replaced, and null removes. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergeValue(merged[name], value);
  }
  return merged;
}

/** A body without its nulls, which in a new resource mean nothing. */
export function withoutNulls(body: JsonObject): JsonObject {
  return mergePatch({}, body);
}

function mergeValue(target: JsonValue | undefined, value: JsonValue): JsonValue {
  return isJsonObject(value) ? mergePatch(isJsonObject(target) ? target : {}, value) : value;
}
