export { scheduleConformance, type ScheduleConformanceOptions } from './schedule-conformance.ts';
export { storeConformance, type StoreConformanceOptions } from './store-conformance.ts';
