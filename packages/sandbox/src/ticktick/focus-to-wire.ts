import type { Focus } from './focus.ts';
import { formatWireDate } from './time/wire-date.ts';

/** A stretch of focused work as the API answers it. */
export type SandboxFocus = ReturnType<typeof focusToWire>;

export function focusToWire(focus: Focus): Omit<Focus, 'startTime' | 'endTime' | 'createdTime'> & {
  startTime: string;
  endTime: string;
  createdTime: string;
  modifiedTime: string;
  etimestamp: number;
  adjustTime: number;
  added: boolean;
} {
  const createdTime = formatWireDate(focus.createdTime);
  return {
    ...focus,
    startTime: formatWireDate(focus.startTime),
    endTime: formatWireDate(focus.endTime),
    adjustTime: 0,
    added: true,
    createdTime,
    modifiedTime: createdTime,
    etimestamp: focus.createdTime,
  };
}
