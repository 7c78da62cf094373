import { type ApiRoute, listOf, pathParam, reading } from '../api/api-call.ts';
import { type Location, locationsOf } from '../api/locations.ts';

const RESOURCE_AREAS: Location = {
  id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
  area: 'Location',
  resourceName: 'ResourceAreas',
  routeTemplate: '_apis/{resource}/{areaId}',
};

/** What Microsoft's libraries ask before their first call: where everything is that these routes answer. */
export function locationRoutes(routes: readonly ApiRoute[]): readonly ApiRoute[] {
  return [
    reading('location.areas', 'GET resourceareas', () => listOf([])),
    reading('location.options', 'OPTIONS {area}', (call) => {
      const area = pathParam(call, 'area');
      const found = area === 'location' ? [RESOURCE_AREAS] : locationsOf(area, routes);
      return listOf(found.map(toWire));
    }),
  ];
}

function toWire(location: Location): object {
  return { ...location, resourceVersion: 4, minVersion: '1.0', maxVersion: '7.2', releasedVersion: '7.1' };
}
