import { type ApiRoute, pathParam, reading, requiredProject } from '../api/api-call.ts';
import { iterationNotFound } from '../failures.ts';
import { daysIn, perDay } from './capacity-routes.ts';

/** What all teams of a project can do in an iteration. */
export const ITERATION_CAPACITY_ROUTES: readonly ApiRoute[] = [
  reading('iterationCapacity.get', 'GET work/iterations/{iteration}/iterationcapacities', (call) => {
    const { iterations, teams: all } = requiredProject(call);
    const node = iterations.byId(pathParam(call, 'iteration'));
    if (!node) throw iterationNotFound(pathParam(call, 'iteration'));
    const teams = all
      .filter((team) => team.iterations.includes(node.identifier))
      .map((team) => {
        const members = [...(team.capacities.get(node.identifier)?.values() ?? [])];
        const ofTeam = daysIn(team.daysOff.get(node.identifier) ?? []) * team.members.length;
        return {
          teamId: team.id,
          teamCapacityPerDay: members.reduce((sum, one) => sum + perDay(one), 0),
          teamTotalDaysOff: members.reduce((sum, one) => sum + daysIn(one.daysOff), ofTeam),
        };
      });
    return {
      teams,
      totalIterationCapacityPerDay: teams.reduce((sum, team) => sum + team.teamCapacityPerDay, 0),
      totalIterationDaysOff: teams.reduce((sum, team) => sum + team.teamTotalDaysOff, 0),
    };
  }),
];
