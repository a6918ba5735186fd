import type { CutpointError } from '../../errors'
import type { Progress } from '../../types'
import { FeatureCache } from '../features/feature-cache'
import { Jobs } from '../jobs'
import { Runners } from '../run/compiled-trunks'
import { LastingTrainings } from '../tuning/shelf'
import { Decoder } from './decoder'
import { LastingFeed } from './feed'
import { Held } from './session-state'
import { Turns } from './turns'

/** What the calls of a session work with; each group of calls is handed what it needs of it. */
export interface SessionParts {
  readonly jobs: Jobs
  readonly turns: Turns
  readonly held: Held
  readonly runners: Runners
  readonly cache: FeatureCache
  readonly feed: LastingFeed
  readonly decoder: Decoder
  readonly trainings: LastingTrainings
}

/** The parts of a new session, with nothing open. */
export function createParts(
  report: (progress: Progress) => void,
  onGpuLost: (error: CutpointError) => void,
): SessionParts {
  const jobs = new Jobs(report)
  const runners = new Runners(onGpuLost)
  return {
    jobs,
    runners,
    turns: new Turns(jobs, runners),
    held: new Held(),
    cache: new FeatureCache(),
    feed: new LastingFeed(),
    decoder: new Decoder(),
    trainings: new LastingTrainings(),
  }
}
