/** What e2e/kernels.spec.ts runs in a page of its own: the cases of operations on a backend by name. */
import { startBackend } from '../../src/compute/backends/start'
import { caseFiles, readCases } from '../../src/compute/conformance/cases'
import { verdictOn, type Limit, type Verdict } from '../../src/compute/conformance/limits'
import { runCase } from '../../src/compute/conformance/run'
import { unlessGpuLost } from '../../src/compute/backends/gpu-loss'
import type { BackendName } from '../../src/types'

export interface CaseOutcome {
  readonly kind: Verdict['kind']
  readonly detail?: string
  /** What is said of it where it is a known limit, and what that comes to. */
  readonly said?: string
  readonly limit?: Limit['kind']
  readonly name: string
  readonly op: string
  readonly ms: number
}

/** Which of the cases are run: the first `perOp` of each operation and those that `also` names; of these from `from` up to `to`. */
export interface Chosen {
  readonly perOp: number
  /** A regular expression. */
  readonly also: string
  readonly from: number
  readonly to: number
}

/** Runs some of the cases beside this entry; fewer where the device was lost, from the second on: the rest is for a new page. */
export async function runSome(
  backend: BackendName,
  { perOp, also, from, to }: Chosen,
): Promise<{ outcomes: CaseOutcome[]; isEnd: boolean }> {
  await startBackend(backend)
  const blobs = await Promise.all(caseFiles.map(async (file) => (await fetch(file)).blob()))
  const cases = await readCases(blobs)
  const seen = new Map<string, number>()
  const named = new RegExp(also)
  const chosen = cases.cases.filter(({ op, name }) => {
    const before = seen.get(op) ?? 0
    seen.set(op, before + 1)
    return before < perOp || named.test(name)
  })
  const outcomes: CaseOutcome[] = []
  for (const one of chosen.slice(from, to)) {
    // Where it hangs, this is the last that is told.
    console.debug(one.name)
    const start = performance.now()
    const outcome = await runCase(cases, one, backend)
    const isLost = outcome.kind === 'failed' && (await unlessGpuLost(null)) !== null
    if (isLost && outcomes.length > 0) return { outcomes, isEnd: false }
    const { kind, detail, limit } = verdictOn(outcome, one.name, backend)
    const ms = performance.now() - start
    outcomes.push({ name: one.name, op: one.op, kind, detail, said: limit?.said, limit: limit?.kind, ms })
  }
  return { outcomes, isEnd: to >= chosen.length }
}
