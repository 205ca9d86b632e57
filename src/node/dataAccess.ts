/** @file Node's files, environment and network for the loading of data. */
import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Bytes, DataAccess, DataCache, DataFolder, DownloadEvent } from "../data/index.js";
import { UsageError } from "../util/index.js";
import { replaceFile } from "./replaceFile.js";

const FOLDER_SETTING = "HOLDOUT_DATA_DIR";

type Environment = Readonly<Record<string, string | undefined>>;

/** What tells where files lie; each field defaults to the running process's own. */
export interface Surroundings {
  readonly environment?: Environment;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  readonly fetch?: DataAccess["fetch"];
  readonly onDownload?: (event: DownloadEvent) => void;
}

/**
 * Data access for Node: the folder named by HOLDOUT_DATA_DIR if that is set and not empty, the user's
 * cache folder, and the platform's fetch.
 */
export function nodeDataAccess(surroundings: Surroundings = {}): DataAccess {
  const { environment = process.env, onDownload, fetch = globalThis.fetch } = surroundings;
  const given = variable(environment, FOLDER_SETTING);
  return {
    folderSetting: FOLDER_SETTING,
    cache: fileCache(cacheFolder(surroundings)),
    fetch: (url) => fetch(url),
    ...(given !== undefined ? { givenFolder: fileFolder(given) } : {}),
    ...(onDownload ? { onDownload } : {}),
  };
}

/**
 * The folder for downloads: LOCALAPPDATA on Windows, ~/Library/Caches on macOS, elsewhere
 * XDG_CACHE_HOME or else ~/.cache; in it, "holdout".
 */
export function cacheFolder(surroundings: Surroundings = {}): string {
  const { environment = process.env, platform = process.platform, home = homedir() } = surroundings;
  const folder = (name: string, usual: string): string =>
    join(variable(environment, name) ?? usual, "holdout");
  if (platform === "win32") return folder("LOCALAPPDATA", join(home, "AppData", "Local"));
  if (platform === "darwin") return join(home, "Library", "Caches", "holdout");
  return folder("XDG_CACHE_HOME", join(home, ".cache"));
}

/** An empty variable counts as unset, as the XDG Base Directory Specification wants it. */
function variable(environment: Environment, name: string): string | undefined {
  return environment[name] === "" ? undefined : environment[name];
}

/** A folder on disk, read only. */
export function fileFolder(folder: string): DataFolder {
  const locate = (path: string): string => resolve(folder, path);
  return { locate, read: (path) => readIfThere(locate(path)) };
}

/** A folder on disk that is made when first written to. */
export function fileCache(folder: string): DataCache {
  const files = fileFolder(folder);
  return {
    ...files,
    write: async (path, bytes) => {
      const target = files.locate(path);
      try {
        await mkdir(dirname(target), { recursive: true });
        replaceFile(target, bytes);
      } catch (error) {
        throw cacheError(target, error);
      }
    },
  };
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

async function readIfThere(path: string): Promise<Bytes | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UsageError(`${path}: the file must be readable; got ${code}. Check its permissions.`);
  }
}

function cacheError(path: string, error: unknown): UsageError {
  return new UsageError(
    `${path}: the cache folder must be writable; got ${codeOf(error)}. ` +
      `Make it so, or name a folder with the files in ${FOLDER_SETTING}.`,
  );
}
