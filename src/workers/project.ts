import { proxy, type ProxyMarked } from 'comlink'
import type { Project, ProjectProgress } from '../keeping/project/project'
import { callsOf, type RemoteWorker } from './remote'

/** What the project worker answers to. */
export interface ProjectApi {
  write(project: Project, progress: ProjectProgress & ProxyMarked): Promise<Blob>
  /** Throws CutpointError `newer-project` or `bad-project`. */
  read(file: Blob, progress: ProjectProgress & ProxyMarked): Promise<Project>
}

/** Starts a worker that writes or reads a project file, and is ended after that. */
export function createProjectWorker(): RemoteWorker<ProjectApi> {
  return callsOf<ProjectApi>({
    what: 'What reads and writes projects',
    start: () => new Worker(new URL('./project.worker.ts', import.meta.url), { type: 'module' }),
  })
}

/** A function of the page that hears how far the worker is. */
export const progressListener = (listen: ProjectProgress): ProjectProgress & ProxyMarked => proxy(listen)
