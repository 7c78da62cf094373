import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { current, textField } from '../work-items/work-item.ts';
import type { WorkItemChange } from '../work-items/work-item-change.ts';

/** The `message` and `detailedMessage` of an event, in three forms each. */
export function eventMessages(
  organization: Organization,
  change: WorkItemChange,
): { message: JsonObject; detailedMessage: JsonObject } {
  const { item, kind } = change;
  const { fields, by } = current(item);
  const what = `${textField(fields, 'System.WorkItemType')} #${item.id}`;
  const rest = `(${textField(fields, 'System.Title')}) ${VERBS[kind]} by ${by.displayName}`;
  const link = `${organization.url}/web/wi.aspx?pcguid=${organization.id}&id=${item.id}`;
  const message = {
    text: `${what} ${rest}\r\n(${link})`,
    html: `<a href="${escapeHtml(link)}">${what}</a> ${escapeHtml(rest)}`,
    markdown: `[${what}](${link}) ${rest}`,
  };
  const details = [
    `Area: ${textField(fields, 'System.AreaPath')}`,
    `Iteration: ${textField(fields, 'System.IterationPath')}`,
    `State: ${textField(fields, 'System.State')}`,
  ];
  return {
    message,
    detailedMessage: {
      text: `${message.text}\r\n\r\n${details.map((line) => `- ${line}\r\n`).join('')}`,
      html: `${message.html}<ul>${details.map((line) => `\r\n<li>${escapeHtml(line)}</li>`).join('')}</ul>`,
      markdown: `${message.markdown}\r\n\r\n${details.map((line) => `* ${line}\r\n`).join('')}`,
    },
  };
}

const VERBS: Readonly<Record<WorkItemChange['kind'], string>> = {
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  restored: 'restored',
  commented: 'commented on',
};

/** Only the form that a subscription asks for: all, text, html, markdown or none. */
export function chosenMessage(message: JsonObject, wanted: string): JsonObject | null {
  if (wanted === 'none') return null;
  if (wanted === 'all' || wanted === '') return message;
  return { [wanted]: message[wanted] ?? '' };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
