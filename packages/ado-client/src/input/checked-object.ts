import { invalid } from './invalid.ts';

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function checkObject(value: unknown, field: string): void {
  if (!isObject(value)) throw invalid(field, 'is not an object');
}

export function checkText(value: unknown, field: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(field, 'is missing or empty');
}

export function checkList(value: unknown, field: string): void {
  if (!Array.isArray(value)) throw invalid(field, 'is not a list');
}
