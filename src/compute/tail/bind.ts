import type { TailKernels } from './kernels/types'
import type { MemoryPlan } from './memory'
import type { Slopes, Values } from './ops/types'
import type { PlannedStep, TailPlan } from './plan-types'

/** Arrays of everything in a plan. */
export interface TailMemory {
  readonly slots: readonly Float32Array[]
  /** Of the cells that are not worked out: maps, constants and weights. */
  readonly fixed: ReadonlyMap<number, Float32Array>
  /** Slopes of the weights. */
  readonly gradients: ReadonlyMap<number, Float32Array>
  /** What operations have of their own, step by step. */
  readonly own: readonly (readonly Float32Array[])[]
}

/** One call of a kernel or two. */
export type Work = () => void

export interface BoundTail {
  readonly forward: readonly Work[]
  readonly backward: readonly Work[]
  readonly output: Float32Array
  /** Where the slopes of the output are put before the way back. */
  readonly outputSlopes: Float32Array
}

/** A plan with its memory: what is left is to do one piece of work after the other. */
export function bindTail(plan: TailPlan, layout: MemoryPlan, memory: TailMemory, kernels: TailKernels): BoundTail {
  const binder = new Binder(plan, layout, memory)
  return {
    forward: plan.steps.map((step, position) => {
      const values = binder.valuesOf(step, position)
      return () => step.steps.forward(kernels, values)
    }),
    backward: [...plan.steps.keys()].reverse().flatMap((position) => {
      const step = plan.steps[position]
      const values = binder.valuesOf(step, position)
      return binder.slopesOf(step).map(
        ({ place, slopes }) =>
          () =>
            step.steps.back[place]?.run(kernels, values, slopes),
      )
    }),
    output: binder.values(plan.output),
    outputSlopes: binder.slopes(plan.output),
  }
}

class Binder {
  readonly #plan: TailPlan
  readonly #layout: MemoryPlan
  readonly #memory: TailMemory
  /** Cells that slopes were written to already, on the way back. */
  readonly #written: Set<number>

  constructor(plan: TailPlan, layout: MemoryPlan, memory: TailMemory) {
    this.#plan = plan
    this.#layout = layout
    this.#memory = memory
    this.#written = new Set([plan.output])
  }

  values(cell: number): Float32Array {
    return this.#memory.fixed.get(cell) ?? this.#slot(this.#layout.values[cell], cell)
  }

  slopes(cell: number): Float32Array {
    return this.#memory.gradients.get(cell) ?? this.#slot(this.#layout.slopes[cell], cell)
  }

  valuesOf(step: PlannedStep, position: number): Values {
    return {
      inputs: step.inputs.map((cell) => this.values(cell)),
      output: this.values(step.output),
      own: this.#memory.own[position],
    }
  }

  /** For each input that slopes go back to, in order; to be asked step by step, from the last to the first. */
  slopesOf({ inputs, output, back }: PlannedStep): readonly { place: number; slopes: Slopes }[] {
    // No slopes came to what nobody learns from.
    if (!this.#written.has(output)) return []
    const dy = back.length > 0 ? this.slopes(output) : new Float32Array(0)
    return back.map((place) => {
      const cell = inputs[place]
      const accumulate = this.#memory.gradients.has(cell) || this.#written.has(cell)
      this.#written.add(cell)
      return { place, slopes: { dy, target: this.slopes(cell), accumulate } }
    })
  }

  #slot(slot: number, cell: number): Float32Array {
    return this.#memory.slots[slot].subarray(0, this.#plan.cells[cell].size)
  }
}
