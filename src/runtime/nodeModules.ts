/** @file Node's own modules, as far as an engine uses them; browsers have none. */

/** The parts in use, each of which a version of Node, or what stands in for Node, may lack. */
interface NodeModules {
  readonly "node:v8": {
    readonly setFlagsFromString: (flag: string) => void;
    /** Changes with each flag that is changed. */
    readonly cachedDataVersionTag: () => number;
  };
  readonly "node:worker_threads": {
    readonly getEnvironmentData: (key: string) => unknown;
    readonly setEnvironmentData: (key: string, value: unknown) => void;
  };
}

interface NodeProcess {
  readonly getBuiltinModule?: <Name extends keyof NodeModules>(
    name: Name,
  ) => Partial<NodeModules[Name]> | undefined;
  readonly versions?: { readonly v8?: string };
}

const nodeProcess = (): NodeProcess | undefined =>
  (globalThis as { process?: NodeProcess }).process;

export function nodeModule<Name extends keyof NodeModules>(
  name: Name,
): Partial<NodeModules[Name]> | undefined {
  return nodeProcess()?.getBuiltinModule?.(name);
}

/** The first number of V8's version, if it says one. */
export function v8Version(): number | undefined {
  const version = nodeProcess()?.versions?.v8;
  return version === undefined ? undefined : Number.parseInt(version, 10);
}

/** What was kept under a key by this thread, or by the one that started it, before it did. */
export function inherited(key: string): unknown {
  return nodeModule("node:worker_threads")?.getEnvironmentData?.(key);
}

/** Keeps plain data for this thread and those that it starts from now on. */
export function bequeath(key: string, value: unknown): void {
  nodeModule("node:worker_threads")?.setEnvironmentData?.(key, value);
}
