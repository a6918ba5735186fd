import type { Hdf5Reply, Hdf5Request } from '../protocol'
import { doUnit, mostUnits } from '../work'

/** A thread that works for long without a sign of life, and then answers; whose file is called endless, never. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope

const say = (reply: Hdf5Reply): void => scope.postMessage(reply)

scope.addEventListener('message', ({ data }: MessageEvent<Hdf5Request>) => {
  if (data.kind === 'close') return say({ kind: 'closed', reusable: false })
  if (data.kind !== 'open') return
  say({ kind: 'alive', share: 1 })
  const units = data.source.path === 'endless.h5' ? Infinity : mostUnits / 3
  for (let unit = 0; unit < units; unit++) doUnit()
  say({ kind: 'index', index: new Map() })
})
