/** @file The definitions of the schedules that a spec can name. */
import * as all from "./all.js";
import type { ScheduleDefinition } from "./define.js";

export const schedules: readonly ScheduleDefinition[] = Object.values(all).map(
  ({ definition }) => definition,
);
