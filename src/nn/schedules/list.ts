/** @file The schedules that a spec can name; a new one adds its line here. */
import type { ScheduleDefinition } from "./define.js";
import { exponentialDecay } from "./exponentialDecay.js";

export const schedules: readonly ScheduleDefinition[] = [exponentialDecay.definition];
