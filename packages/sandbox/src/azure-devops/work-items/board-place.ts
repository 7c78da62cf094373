import { type JsonValue, textOf } from '../../json.ts';
import type { Draft } from './draft.ts';

/**
 * Sets a field in which a board keeps its items' places; false for any other field. A column of the sandbox's boards has
 * the name of the state that it stands for.
 */
export function setBoardPlace({ fields, touched }: Draft, name: string, value: JsonValue): boolean {
  const [, part] = /^WEF_[0-9A-F]{32}_Kanban\.(Column|Column\.Done|Lane)$/i.exec(name) ?? [];
  switch (part?.toLowerCase()) {
    case undefined:
      return false;
    case 'column':
      fields['System.BoardColumn'] = textOf(value);
      fields['System.State'] = textOf(value);
      touched.add('System.State');
      return true;
    case 'lane':
      fields['System.BoardLane'] = textOf(value);
      return true;
    default:
      fields['System.BoardColumnDone'] = value === true;
      return true;
  }
}
