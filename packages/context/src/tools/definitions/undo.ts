import { invalidInput } from '../../utils/input-checks.ts';
import { takeBack } from '../actions/take-back.ts';
import { ToolRecords } from '../actions/tool-records.ts';
import { line } from '../text/line.ts';
import { type WriteDefinition, writeTool } from './definition.ts';

/** Takes back what a tool did. */
export const UNDO: WriteDefinition = writeTool({
  name: 'undo',
  title: 'Undo',
  description: 'Takes back a write by its action id. What was sent stays sent.',
  effect: 'destructive',
  providers: ['ticktick', 'google', 'azure-devops'],
  isIdempotent: true,
  async prepare({ options, user }, { action }) {
    const records = new ToolRecords(options.store, user.id);
    const found = action === null ? await records.lastAction() : await records.findAction(action.trim());
    if (found === undefined)
      throw invalidInput('action', action === null ? 'is missing: nothing was done' : 'is not known');
    return {
      provider: found.provider,
      arguments: { id: found.id },
      description: line`Undo: ${found.description}`,
      isByOthers: found.provider !== 'ticktick',
    };
  },
  async perform(tool, { id }) {
    const text = await takeBack(tool, id);
    return { text, undo: { kind: 'none', reason: 'An undo is not undone: do it again instead.' } };
  },
});
