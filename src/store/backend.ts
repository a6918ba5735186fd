import type { BackendName, BackendReport } from '../types'
import { createComputeWorker } from '../workers/compute'
import { getState, setState } from './state'
import { computeWorker, onRebuild } from './workers'

const allBackends: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu']

/** Milliseconds a backend has to start and run the probe. */
const probeLimit = 12_000

const storageKey = 'cutpoint.backends'

interface Measured {
  /** The browser and machine these were measured on; another one is measured anew. */
  readonly machine: string
  readonly probeMs: Partial<Record<BackendName, number>>
  readonly devices: Partial<Record<BackendName, string>>
}

let measuring: Promise<Measured> | null = null
let deciding: Promise<BackendReport> | null = null

/**
 * The backend in use, measured if it was not yet on this machine: each one is started in a worker of its own and
 * times a small network, so that one which hangs can be ended.
 */
export async function ensureBackend(): Promise<BackendReport> {
  const { name, device, probeMs } = getState().backend
  if (name !== null) return { name, device, probeMs }
  deciding ??= decide().finally(() => {
    deciding = null
  })
  return deciding
}

/** Uses a backend from now on, or the fastest one measured. Throws `backend-failed` if it does not run here. */
export async function setBackend(choice: BackendName | 'auto'): Promise<void> {
  if (choice !== 'auto') await computeWorker().tryBackend(choice)
  const before = getState().backend.choice
  setState(({ backend }) => ({ backend: { ...backend, choice, name: null } }))
  await ensureBackend()
  if (choice !== before) setState(({ report }) => ({ stale: report !== null }))
}

async function decide(): Promise<BackendReport> {
  measuring ??= (recall() ?? measureAll()).catch((error: unknown) => {
    measuring = null
    throw error
  })
  const { probeMs, devices } = await measuring
  const order = preferred(getState().backend.choice, probeMs)
  const [name] = order
  await computeWorker().setBackends([...order])
  const device = devices[name] ?? ''
  setState(({ backend }) => ({ backend: { ...backend, name, device, probeMs } }))
  return { name, device, probeMs }
}

onRebuild(async (worker) => {
  const { choice, probeMs, name } = getState().backend
  if (name !== null) await worker.setBackends([...preferred(choice, probeMs)])
})

/** The backend chosen, or all that ran, the fastest first; cpu is always there as the last resort. */
function preferred(
  choice: BackendName | 'auto',
  probeMs: Measured['probeMs'],
): readonly [BackendName, ...BackendName[]] {
  if (choice !== 'auto') return [choice]
  const measured = allBackends.filter((name) => name !== 'cpu' && probeMs[name] !== undefined)
  const [first, ...rest] = measured.sort((a, b) => (probeMs[a] ?? 0) - (probeMs[b] ?? 0))
  return measured.length > 0 ? [first, ...rest, 'cpu'] : ['cpu']
}

async function measureAll(): Promise<Measured> {
  const probeMs: Measured['probeMs'] = {}
  const devices: Measured['devices'] = {}
  for (const name of allBackends) {
    const result = await measure(name)
    if (!result) continue
    probeMs[name] = Math.round(result.ms * 100) / 100
    devices[name] = result.device
  }
  const measured = { machine: await machineName(), probeMs, devices }
  try {
    localStorage.setItem(storageKey, JSON.stringify(measured))
  } catch {
    // Storage may be switched off; then it is measured at every visit.
  }
  return measured
}

async function measure(name: BackendName): Promise<{ ms: number; device: string } | null> {
  const worker = createComputeWorker()
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), probeLimit))
  try {
    return await Promise.race([worker.api.probe(name), late])
  } catch {
    return null
  } finally {
    worker.terminate()
  }
}

/** What was measured at an earlier visit on this machine. */
function recall(): Promise<Measured> | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Measured | null
    if (!stored?.probeMs) return null
    return machineName().then((machine) => (machine === stored.machine ? stored : measureAll()))
  } catch {
    return null
  }
}

async function machineName(): Promise<string> {
  const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter().catch(() => null) : null
  const gpu = adapter ? `${adapter.info.vendor} ${adapter.info.architecture} ${adapter.info.description}` : 'no WebGPU'
  return [navigator.userAgent, navigator.hardwareConcurrency, gpu, self.crossOriginIsolated].join('; ')
}
