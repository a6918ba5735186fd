import type { Cell, PlannedStep, TailPlan } from './plan-types'

/** From which moment to which numbers are needed, both included. */
interface Life {
  readonly from: number
  readonly to: number
}

/** What lies where: slots of memory that one after the other uses. */
export interface MemoryPlan {
  /** float32s of each slot. */
  readonly slots: readonly number[]
  /** The slot of each cell's values, and of its slopes; −1 where it has one of its own, or none. */
  readonly values: readonly number[]
  readonly slopes: readonly number[]
}

/**
 * Gives values and slopes that are never needed together the same memory. Moments count the steps forward, then the loss, then
 * the steps back; a result may be written over what is needed for it last, where the operation allows that.
 */
export function planMemory({ cells, steps, output }: TailPlan): MemoryPlan {
  const loss = steps.length
  const times = { back: (step: number) => 2 * loss - step, loss }
  const values = lives(cells.length)
  const slopes = lives(cells.length)
  steps.forEach((step, position) => {
    for (const cell of [...step.inputs, step.output]) extend(values, cell, position)
    if (step.back.length === 0) return
    const back = times.back(position)
    extend(slopes, step.output, back)
    for (const place of step.back) {
      const { inputs = [], output: looksBack = false } = step.steps.back[place] ?? {}
      for (const input of inputs) extend(values, step.inputs[input], back)
      if (looksBack) extend(values, step.output, back)
      extend(slopes, step.inputs[place], back)
    }
  })
  extend(values, output, loss)
  extend(slopes, output, loss)
  const slots = new Slots()
  const plan = { values: cells.map(() => -1), slopes: cells.map(() => -1) }
  const isOwn = (cell: number): boolean => cells[cell].kind !== 'value'
  if (isOwn(output)) throw new Error('the output is not worked out')
  for (let now = 0; now <= 2 * loss; now++) {
    const forward = now < loss ? steps[now] : undefined
    if (forward) {
      const over = forward.inputs.find((cell, place) => mayLieOver(forward, place, values[cell], now, cells))
      place(forward.output, plan.values, values, over)
    }
    const backward = now > loss ? steps[2 * loss - now] : undefined
    if (now === loss) place(output, plan.slopes, slopes, undefined)
    if (backward) placeSlopes(backward, now)
    slots.release(now)
  }
  return { slots: slots.sizes, ...plan }

  function place(cell: number, into: number[], lived: readonly (Life | null)[], over: number | undefined): void {
    const life = lived[cell]
    if (!life || into[cell] >= 0) return
    into[cell] = over === undefined ? slots.take(cells[cell].size, life.to) : slots.takeOver(into[over], life.to)
  }

  function placeSlopes(step: PlannedStep, now: number): void {
    const last = step.back.at(-1)
    for (const at of step.back) {
      const cell = step.inputs[at]
      if (isOwn(cell) || plan.slopes[cell] >= 0) continue
      const isOver =
        at === last &&
        step.steps.back[at]?.inPlace === true &&
        slopes[step.output]?.to === now &&
        cells[cell].size === cells[step.output].size
      place(cell, plan.slopes, slopes, isOver ? step.output : undefined)
    }
  }
}

/** Whether a step's result may lie where one of its inputs lies. */
function mayLieOver(
  { steps, inputs, output }: PlannedStep,
  place: number,
  life: Life | null,
  now: number,
  cells: readonly Cell[],
): boolean {
  const cell = inputs[place]
  const isOnce = inputs.filter((other) => other === cell).length === 1
  const fits = cells[cell].kind === 'value' && cells[cell].size === cells[output].size
  return (steps.inPlace ?? []).includes(place) && isOnce && fits && life?.to === now
}

const lives = (count: number): (Life | null)[] => Array.from({ length: count }, () => null)

function extend(all: (Life | null)[], cell: number, moment: number): void {
  const life = all[cell]
  all[cell] = life ? { from: Math.min(life.from, moment), to: Math.max(life.to, moment) } : { from: moment, to: moment }
}

/** Slots that are free again once what is in them is not needed any more. */
class Slots {
  readonly sizes: number[] = []
  readonly #until: number[] = []

  /** A free slot, the smallest that is large enough, else the largest, which grows; else a new one. */
  take(size: number, until: number): number {
    const free = [...this.sizes.keys()].filter((slot) => this.#until[slot] < 0)
    const large = free.filter((slot) => this.sizes[slot] >= size)
    const slot =
      large.length > 0
        ? large.reduce((best, each) => (this.sizes[each] < this.sizes[best] ? each : best))
        : free.reduce((best, each) => (this.sizes[each] > (this.sizes[best] ?? -1) ? each : best), this.sizes.length)
    this.sizes[slot] = Math.max(this.sizes[slot] ?? 0, size)
    this.#until[slot] = until
    return slot
  }

  /** Keeps a slot for what is written over what was in it. */
  takeOver(slot: number, until: number): number {
    this.#until[slot] = until
    return slot
  }

  release(moment: number): void {
    this.#until.forEach((until, slot) => {
      if (until >= 0 && until <= moment) this.#until[slot] = -1
    })
  }
}
