/** What e2e/kernels.spec.ts runs in a page of its own: the cases of operations on a backend by name. */
import { startBackend } from '../../src/compute/backends'
import { caseFiles, readCases } from '../../src/compute/conformance/cases'
import { limitOf } from '../../src/compute/conformance/limits'
import { runCase, type Outcome } from '../../src/compute/conformance/run'
import type { BackendName } from '../../src/types'

export interface CaseOutcome {
  readonly kind: Outcome['kind'] | 'limit'
  readonly detail?: string
  /** What is said of it where it is a known limit. */
  readonly said?: string
  readonly name: string
  readonly op: string
  readonly ms: number
}

/** Which of the cases are run: at most `perOp` of each operation, and of these from `from` up to `to`. */
export interface Chosen {
  readonly perOp: number
  readonly from: number
  readonly to: number
}

/** Runs some of the cases beside this entry. */
export async function runSome(backend: BackendName, { perOp, from, to }: Chosen): Promise<CaseOutcome[]> {
  await startBackend(backend)
  const blobs = await Promise.all(caseFiles.map(async (file) => (await fetch(file)).blob()))
  const cases = await readCases(blobs)
  const seen = new Map<string, number>()
  const chosen = cases.cases.filter(({ op }) => {
    const before = seen.get(op) ?? 0
    seen.set(op, before + 1)
    return before < perOp
  })
  const outcomes: CaseOutcome[] = []
  for (const one of chosen.slice(from, to)) {
    // Where it hangs, this is the last that is told.
    console.debug(one.name)
    const start = performance.now()
    const outcome = await runCase(cases, one, backend)
    const limit = outcome.kind === 'wrong' || outcome.kind === 'failed' ? limitOf(one.name, backend) : undefined
    const known = limit ? { kind: 'limit' as const, said: limit.said } : {}
    outcomes.push({ name: one.name, op: one.op, ...outcome, ...known, ms: performance.now() - start })
  }
  return outcomes
}
