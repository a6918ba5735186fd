import type { Tail } from '../../graph/tail/types'
import type { WeightStore } from '../../graph/types'
import type { Pace } from '../head/pace'
import type { Arena, Descent } from '../kernels/kernel'
import { bindTail, type BoundTail, type TailMemory, type Work } from './bind'
import { compileTail, type Scalars } from './compile'
import { openTailKernels } from './kernels/load'
import type { TailKernels } from './kernels/types'
import { planMemory, type MemoryPlan } from './memory'
import type { TailPlan } from './plan-types'
import { sizeOf } from './ops/types'

export interface ProgramOptions {
  /** Pictures that go through together. */
  readonly batch: number
  /** Arrays of each weight's size that the way of going down remembers (`memories` of `src/compute/kernels/update-rules.ts`). */
  readonly memories: number
}

/** A weight that learns. */
export interface Parameter {
  readonly id: string
  readonly values: Float32Array
  /** Slopes that were added up since the last step; zero after it. */
  readonly gradient: Float32Array
  readonly memory: readonly Float32Array[]
}

/**
 * A tail on the processor, for batches of one size: forward to its output, and slopes back to all that learns. The same calls
 * give the same bits. It holds its memory until `dispose`.
 */
export class TailProgram {
  readonly batch: number
  /** The maps of the batch, one picture after the other, to be filled before `forward`. */
  readonly maps: Float32Array
  /** What came out of the last `forward`, row by row. */
  readonly output: Float32Array
  /** Slopes of the output, to be filled before `backward`. */
  readonly outputSlopes: Float32Array
  /** In the order of `Tail.trained`. */
  readonly parameters: readonly Parameter[]
  /** Memory that it takes, but for what the kernels have of their own. */
  readonly bytes: number
  readonly #bound: BoundTail
  readonly #kernels: TailKernels

  private constructor(kernels: TailKernels, bound: BoundTail, memory: ProgramMemory, batch: number) {
    this.batch = batch
    this.maps = memory.maps
    this.output = bound.output
    this.outputSlopes = bound.outputSlopes
    this.parameters = memory.parameters
    this.bytes = bytesOf(memory)
    this.#bound = bound
    this.#kernels = kernels
  }

  /** Throws CutpointError `cannot-tune` or `no-memory`. */
  static async open(tail: Tail, { batch, memories }: ProgramOptions): Promise<TailProgram> {
    const plan = compileTail(tail, batch, await scalarsOf(tail))
    const layout = planMemory(plan)
    const { kernels, memory } = await openTailKernels((arena) => allocate(arena, plan, layout, memories))
    await fillConstants(plan, memory, tail.weights)
    const parameters = tail.trained.flatMap(({ id }) => memory.parameters.find((each) => each.id === id) ?? [])
    return new TailProgram(kernels, bindTail(plan, layout, memory, kernels), { ...memory, parameters }, batch)
  }

  get kernels(): TailKernels['name'] {
    return this.#kernels.name
  }

  /** Values in one row of the output. */
  get outputLength(): number {
    return this.output.length / this.batch
  }

  /** Puts rows into `maps`, of which `row` gives the values; where they are fewer than the batch, the first again. */
  load(rows: ArrayLike<number>, row: (index: number) => Float32Array): void {
    const length = this.maps.length / this.batch
    for (let at = 0; at < this.batch; at++) this.maps.set(row(rows[at < rows.length ? at : 0]), at * length)
  }

  async forward(pace: Pace): Promise<void> {
    await inTurn(this.#bound.forward, pace)
  }

  /** Adds to the gradients what the slopes of the output come to; after `forward`, of the same maps. */
  async backward(pace: Pace): Promise<void> {
    await inTurn(this.#bound.backward, pace)
  }

  /** Adds factor · weight to the gradient of a weight, as a penalty of factor / 2 · ‖weight‖² has it; gives ‖weight‖². */
  decay({ values, gradient }: Parameter, factor: number): number {
    this.#kernels.spread({ outer: 1, middle: 1, inner: values.length }, values, factor, gradient, true)
    return this.#kernels.squares(values)
  }

  /** Shortens all gradients together to a length of `most`, if they are longer; gives their length before. */
  clip(most: number): number {
    const squares = this.parameters.reduce((sum, { gradient }) => sum + this.#kernels.squares(gradient), 0)
    const length = Math.sqrt(squares)
    if (length > most) {
      for (const { gradient } of this.parameters) {
        const at = { outer: 1, middle: 1, inner: gradient.length }
        this.#kernels.spread(at, gradient, most / length, gradient, false)
      }
    }
    return length
  }

  /** Changes each weight by its gradient, which becomes zero. */
  descend(descentOf: (id: string) => Descent): void {
    for (const { id, values, gradient, memory } of this.parameters) {
      this.#kernels.descend(descentOf(id), values, gradient, memory)
    }
  }

  /** Forgets the gradients of a step that was broken off. */
  clearGradients(): void {
    for (const { gradient } of this.parameters) gradient.fill(0)
  }

  /** Copies of the weights as they are, by id. */
  weights(): Map<string, Float32Array> {
    return new Map(this.parameters.map(({ id, values }) => [id, values.slice()]))
  }

  /** Brings weights back to what they were. */
  restore(weights: ReadonlyMap<string, Float32Array>): void {
    for (const { id, values } of this.parameters) values.set(weights.get(id) ?? values)
  }

  dispose(): void {
    this.#kernels.close()
  }
}

function bytesOf({ slots, fixed, own, parameters }: ProgramMemory): number {
  const arrays = [
    ...slots,
    ...fixed.values(),
    ...own.flat(),
    ...parameters.flatMap((each) => [each.gradient, ...each.memory]),
  ]
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

async function inTurn(work: readonly Work[], pace: Pace): Promise<void> {
  for (const piece of work) {
    piece()
    await pace.yieldTurn()
  }
}

interface ProgramMemory extends TailMemory {
  readonly maps: Float32Array
  readonly parameters: readonly Parameter[]
}

function allocate(
  arena: Pick<Arena, 'float32'>,
  { cells, steps, maps, constants }: TailPlan,
  { slots }: MemoryPlan,
  memories: number,
): ProgramMemory {
  const fixed = new Map(
    cells.flatMap(({ size, kind }, cell) => (kind === 'value' ? [] : [[cell, arena.float32(size)] as const])),
  )
  const valuesOf = (cell: number): Float32Array => fixed.get(cell) ?? arena.float32(cells[cell].size)
  const parameters = [...constants].flatMap(([id, cell]): (Parameter & { cell: number })[] => {
    const { kind, size } = cells[cell]
    if (kind !== 'learns') return []
    const memory = Array.from({ length: memories }, () => arena.float32(size))
    return [{ cell, id, values: valuesOf(cell), gradient: arena.float32(size), memory }]
  })
  return {
    slots: slots.map((size) => arena.float32(size)),
    fixed,
    gradients: new Map(parameters.map(({ cell, gradient }) => [cell, gradient])),
    own: steps.map((step) => (step.steps.own ?? []).map((size) => arena.float32(size))),
    maps: valuesOf(maps),
    parameters,
  }
}

async function fillConstants({ constants }: TailPlan, { fixed }: TailMemory, weights: WeightStore): Promise<void> {
  for (const [id, cell] of constants) {
    const values = await weights.values(id)
    fixed.get(cell)?.set(values instanceof Float32Array ? values : Array.from(values, Number))
  }
}

/** The numbers in constants of one element that a tail holds. */
async function scalarsOf({ graph, weights }: Tail): Promise<Scalars> {
  const single = [...graph.weights.values()].filter(({ dtype, shape }) => dtype === 'float32' && sizeOf(shape) === 1)
  return new Map(await Promise.all(single.map(async ({ id }) => [id, Number((await weights.values(id))[0])] as const)))
}
