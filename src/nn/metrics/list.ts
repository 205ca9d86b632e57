/** @file The metrics, by name; a new one adds its line here. */
import { accuracy } from "./accuracy.js";

export const metrics = { accuracy };

export type MetricName = keyof typeof metrics;
