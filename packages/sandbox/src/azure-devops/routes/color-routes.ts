import { type JsonObject, textOf } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, reading } from '../api/api-call.ts';
import { readJson } from '../api/read-body.ts';
import { invalidValue, projectNotFound } from '../failures.ts';
import { findType, type Project, typesOf, type WorkItemType } from '../organization/project.ts';
import { current, textField } from '../work-items/work-item.ts';

/** How types and states look, for projects that the body names; and what state a check-in leads to. */
export const COLOR_ROUTES: readonly ApiRoute[] = [
  reading('typeColor.list', 'POST work/workitemtypecolor', (call) =>
    listOf(
      perProject(call, ({ name, color }) => ({ workItemTypeName: name, primaryColor: color })).map(
        ({ project, types }) => ({ key: project.name, value: types }),
      ),
    ),
  ),
  reading('typeColorAndIcon.list', 'POST wit/workitemtypecolorandicon', (call) =>
    listOf(
      perProject(call, ({ name, color, icon }) => ({ workItemTypeName: name, color, icon })).map(
        ({ project, types }) => ({ key: project.name, value: types }),
      ),
    ),
  ),
  reading('stateColor.list', 'POST work/workitemstatecolor', (call) =>
    listOf(
      perProject(call, ({ name, states }) => ({
        workItemTypeName: name,
        stateColors: states.map((state) => ({ ...state })),
      })).map(({ project, types }) => ({ projectName: project.name, workItemTypeStateColors: types })),
    ),
  ),
  reading('transition.list', 'GET wit/workitemtransitions', (call) => {
    const ids = call.request.query.get('ids')?.split(',').map(Number) ?? [];
    return listOf(ids.map((id) => ({ id, stateOnTransition: stateAfterCheckIn(call, id) })));
  }),
];

function perProject(
  call: ApiCall,
  show: (type: WorkItemType) => JsonObject,
): { project: Project; types: JsonObject[] }[] {
  const names = readJson(call.request, 'application/json');
  if (!Array.isArray(names)) throw invalidValue('The names of the projects must be a list.');
  return names.map(textOf).map((name) => {
    const project = call.organization.findProject(name);
    if (!project) throw projectNotFound(name);
    return { project, types: typesOf(project).map(show) };
  });
}

/** Assumed: a bug is resolved, everything else is completed. */
function stateAfterCheckIn({ organization }: ApiCall, id: number): string {
  const item = organization.get(id);
  const { fields } = current(item);
  const type = findType(organization.projectOf(item), textField(fields, 'System.WorkItemType'));
  const wanted = type?.name === 'Bug' ? ['Resolved', 'Completed'] : ['Completed'];
  const state = wanted.flatMap((category) => type?.states.find((one) => one.category === category) ?? [])[0];
  return state?.name ?? textField(fields, 'System.State');
}
