import type { CutpointError } from '../../errors'
import type { Progress } from '../../types'
import type { FeatureShelf } from '../features/feature-cache'
import type { Decode } from '../features/features'
import type { TrainingShelf } from '../tuning/shelf'
import { adviceCalls } from './advice-calls'
import { backendCalls } from './backend-calls'
import type { Feed } from './feed'
import { headCalls } from './head-calls'
import { modelCalls } from './model-calls'
import { networkCalls } from './network-calls'
import { ownCalls } from './own-calls'
import { createParts } from './parts'
import { photoCalls } from './photo-calls'
import { weightCalls } from './weight-calls'

/** What the compute worker does, as one object of calls. */
export type ComputeSession = ReturnType<typeof createSession>

/**
 * A session with no model open. Its calls run one after another in the order they came; `cancel` overtakes them.
 * `onGpuLost` hears when it is of no use any more since its graphics processor was lost.
 */
export function createSession(
  report: (progress: Progress) => void,
  onGpuLost: (error: CutpointError) => void = () => undefined,
) {
  const parts = createParts(report, onGpuLost)
  return {
    ...modelCalls(parts),
    ...weightCalls(parts),
    ...networkCalls(parts),
    ...photoCalls(parts),
    ...headCalls(parts),
    ...ownCalls(parts),
    ...adviceCalls(parts),
    ...backendCalls(parts),

    /** Asks a job to stop. */
    cancel: (job: string): void => parts.jobs.cancel(job),

    /** Asks a job to stop where it can be gone on with. */
    pause: (job: string): void => parts.jobs.pause(job),

    /** Where graphs go to be drawn: to the view worker, over a port of its own. A new one gets what the one before had. */
    useFeed: (feed: Feed): void => parts.feed.use(feed),

    /** How pictures are decoded: by the image worker, over a port of its own. */
    useDecoder: (decode: Decode): void => parts.decoder.use(decode),

    /** Where features outlast this session. */
    useFeatureShelf: (shelf: FeatureShelf): void => parts.cache.use(shelf),

    /** Where trainings outlast this session, once that is open. */
    useTrainingShelf: (shelf: Promise<TrainingShelf>): void => parts.trainings.use(shelf),
  }
}
