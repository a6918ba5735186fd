import { workerTexts } from '../../texts/page/workers'
import { asCutpointError, type CutpointError } from '../../errors'
import type { BackendName, BackendReport } from '../../types'
import { createComputeWorker, type ComputeWorker } from '../../workers/compute'
import { getState, setState } from '../state/state'
import { tellOnce } from '../page/notices'
import { computeWorker, runningCompute } from './workers'

const allBackends: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu']

/** Milliseconds a backend has to start and run the probe. */
const probeLimit = 12_000

const storageKey = 'cutpoint.backends'

interface Measured {
  /** The browser and machine these were measured on; another one is measured again. */
  readonly machine: string
  readonly probeMs: Partial<Record<BackendName, number>>
  readonly devices: Partial<Record<BackendName, string>>
  /** Those that the browser has nothing for. */
  readonly absent?: readonly BackendName[]
}

/** How often the graphics processor of a backend may be lost in one visit; then another is taken. */
const mostLosses = 3

/** How often each backend's was lost. */
const losses = new Map<BackendName, number>()

/** What each backend runs on. */
let names: Measured['devices'] = {}

/** Whether wasm did not start with threads in this visit, but does without. */
let oneThread = false

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
  if (choice !== 'auto') {
    losses.delete(choice)
    // With threads that do not start it would hang; whether they do is known once it was measured.
    if (choice === 'wasm') await ensureBackend()
    await computeWorker().tryBackend(choice)
  }
  setState(({ backend }) => ({ backend: { ...backend, choice, name: null } }))
  await ensureBackend()
}

async function decide(): Promise<BackendReport> {
  measuring ??= measureAll().catch((error: unknown) => {
    measuring = null
    throw error
  })
  const { probeMs, devices } = await measuring
  const order = preferred(getState().backend.choice, probeMs)
  const [name] = order
  names = devices
  await computeWorker().setBackends([...order])
  const device = devices[name] ?? ''
  setState(({ backend }) => ({ backend: { ...backend, name, device, probeMs } }))
  return { name, device, probeMs }
}

/** Brings a new compute worker to the backend in use. */
export async function restoreBackend(worker: ComputeWorker['api']): Promise<void> {
  if (oneThread) await worker.withoutThreads()
  const { choice, probeMs, name } = getState().backend
  if (name !== null) await worker.setBackends([...preferred(choice, probeMs)])
}

/** Hears why a compute worker died: a backend whose processor was lost often is given up. Whether the user was told. */
export function countLoss({ code, details }: CutpointError): boolean {
  if (code !== 'gpu-lost') return false
  const lost = allBackends.find((name) => name === details.backend) ?? 'webgl'
  losses.set(lost, (losses.get(lost) ?? 0) + 1)
  if (!isGivenUp(lost)) {
    tellOnce('gpu-lost', { kind: 'remark', title: workerTexts.gpuTitle, text: workerTexts.diedText })
    return true
  }
  const { choice, probeMs } = getState().backend
  const kept = choice === lost ? 'auto' : choice
  const [name] = preferred(kept, probeMs)
  setState(({ backend }) => ({ backend: { ...backend, choice: kept, name, device: names[name] ?? '' } }))
  tellOnce('gpu-lost', {
    kind: 'remark',
    title: workerTexts.gpuGivenUpTitle(lost, name),
    text: workerTexts.gpuGivenUpText,
    stays: true,
  })
  return true
}

const isGivenUp = (name: BackendName): boolean => (losses.get(name) ?? 0) >= mostLosses

/** The backend chosen, or all that ran, the fastest first; cpu is always there as the last resort. */
function preferred(
  choice: BackendName | 'auto',
  probeMs: Measured['probeMs'],
): readonly [BackendName, ...BackendName[]] {
  if (choice !== 'auto') return [choice]
  const usable = allBackends.filter((name) => name === 'cpu' || (probeMs[name] !== undefined && !isGivenUp(name)))
  // Where cpu was not timed, it comes last.
  const timed = (name: BackendName): number => probeMs[name] ?? Infinity
  const [first = 'cpu', ...rest] = usable.sort((a, b) => timed(a) - timed(b))
  return [first, ...rest]
}

/** Measures the backends that `known` says nothing of. What failed is in nothing that is kept, and so is measured again. */
async function measureRest(known: Measured): Promise<Measured> {
  const { probeMs, devices } = { probeMs: { ...known.probeMs }, devices: { ...known.devices } }
  const absent = [...(known.absent ?? [])]
  for (const name of unknownTo(known)) {
    const result = name === 'wasm' ? await measureWasm() : await measure(name)
    if (result === 'absent') absent.push(name)
    if (typeof result === 'string') continue
    probeMs[name] = Math.round(result.ms * 100) / 100
    devices[name] = result.device
  }
  const measured = { machine: known.machine, probeMs, devices, absent }
  // Threads are tried again on the next visit.
  const lasting = oneThread ? { ...measured, probeMs: { ...probeMs, wasm: undefined } } : measured
  try {
    localStorage.setItem(storageKey, JSON.stringify(lasting))
  } catch {
    // Storage may be switched off; then it is measured at every visit.
  }
  if (unknownTo(measured).length > 0) measureAgainOnline()
  return measured
}

const unknownTo = ({ probeMs, absent = [] }: Measured): readonly BackendName[] =>
  allBackends.filter((name) => probeMs[name] === undefined && !absent.includes(name))

/** What could not be fetched is tried again as soon as there is a network. */
function measureAgainOnline(): void {
  measuring = null
  const again = (): void => {
    setState(({ backend }) => (backend.choice === 'auto' ? { backend: { ...backend, name: null } } : {}))
    void ensureBackend().catch(() => undefined)
  }
  if (typeof window !== 'undefined') window.addEventListener('online', again, { once: true })
}

type Measurement = { ms: number; device: string } | 'absent' | 'failed'

/** How fast wasm is: on one thread where it does not start with more, as in Firefox with WebDriver BiDi. */
async function measureWasm(): Promise<Measurement> {
  const result = await measure('wasm')
  if (result !== 'failed' || !globalThis.crossOriginIsolated) return result
  const alone = await measure('wasm', { threads: false })
  oneThread = typeof alone !== 'string'
  if (oneThread)
    void runningCompute()
      ?.withoutThreads()
      .catch(() => undefined)
  return alone
}

/** How fast a backend is: `absent` where the browser has nothing for it, `failed` where that is not known. */
async function measure(name: BackendName, { threads = true } = {}): Promise<Measurement> {
  const worker = createComputeWorker()
  const late = new Promise<'failed'>((resolve) => setTimeout(() => resolve('failed'), probeLimit))
  try {
    if (!threads) void worker.api.withoutThreads()
    return await Promise.race([worker.api.probe(name), late])
  } catch (error) {
    return asCutpointError(error).details.absent === true ? 'absent' : 'failed'
  } finally {
    worker.terminate()
  }
}

/** What was measured at an earlier visit on this machine, and the rest. */
async function measureAll(): Promise<Measured> {
  const machine = await machineName()
  const stored = recall()
  const known = stored?.machine === machine ? stored : { machine, probeMs: {}, devices: {} }
  return unknownTo(known).length === 0 ? known : measureRest(known)
}

function recall(): Measured | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Partial<Measured> | null
    const { machine = '', probeMs, devices = {}, absent = [] } = stored ?? {}
    return probeMs ? { machine, probeMs, devices, absent } : null
  } catch {
    return null
  }
}

async function machineName(): Promise<string> {
  // There is none in Node.
  const browser = typeof navigator === 'undefined' ? null : navigator
  const adapter = browser && 'gpu' in browser ? await browser.gpu.requestAdapter().catch(() => null) : null
  const gpu = adapter ? `${adapter.info.vendor} ${adapter.info.architecture} ${adapter.info.description}` : 'no WebGPU'
  return [browser?.userAgent, browser?.hardwareConcurrency, gpu, globalThis.crossOriginIsolated].join('; ')
}
