import { expose } from 'comlink'
import type { ProjectProgress } from '../keeping/project/project'
import { readProject } from '../keeping/project/read'
import { writeProject } from '../keeping/project/write'
import { carryErrors } from './errors'
import { holdLifeline } from './life/lifeline'
import type { ProjectApi } from './project'

holdLifeline()
carryErrors()

/** Milliseconds between two messages of how far it is. */
const pace = 100

const api: ProjectApi = {
  write: (project, progress) => writeProject(project, `Cutpoint ${__CUTPOINT_VERSION__}`, paced(progress)),
  read: (file, progress) => readProject(file, paced(progress)),
}

/** Not a message for each of thousands of files. */
function paced(progress: ProjectProgress): ProjectProgress {
  let last = -pace
  return (done, total) => {
    const now = performance.now()
    if (now - last < pace) return
    last = now
    progress(done, total)
  }
}

expose(api)
