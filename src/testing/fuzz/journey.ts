import { createSession } from '../../compute/session/session'
import { CutpointError } from '../../errors'
import type { SourceFile } from '../../formats/types'
import { readAll } from '../../formats/source'
import type { OpenedModel } from '../../compute/model/types'
import type { TensorSummary, TensorValue } from '../../types'
import { createViewEngine } from '../../view/engine/engine'

/** How a journey ended: well, or refused by a CutpointError, each step of its own. */
export interface JourneyOutcome {
  /** Steps that went well, and the codes of those that were refused. */
  readonly steps: Readonly<Record<string, string>>
  /** What must never happen: an error that is no CutpointError or is `internal`, or tensors that are left. */
  readonly faults: readonly string[]
}

/** Tensors larger than this are not computed: not every odd size is worth its time. */
const mostElements = 100_000
const id = 1

/**
 * What a person may do with a model, all in one go: opened, drawn with everything unfolded, searched, described, cut,
 * run as it is and optimised, features of two pictures. Whatever the files are, each step must go well or be refused in
 * words, and leave no tensor behind. What runs for longer than `patience` milliseconds is cancelled, as a person would.
 */
export async function travel(files: readonly SourceFile[], patience = Infinity): Promise<JourneyOutcome> {
  const journey = new Journey(patience)
  const opened = await journey.step('open', () => journey.open(files))
  if (opened) {
    await journey.step('view', () => journey.look(opened))
    const tensors = (await journey.step('tensors', () => journey.session.tensors())) ?? []
    const fits = tensors.every((tensor) => elementsOf(tensor.shape) <= mostElements)
    const feeds = feedsOf(opened)
    const fetches = opened.summary.outputs.map(({ name }) => name)
    for (const optimise of fits ? [false, true] : []) {
      await journey.step(optimise ? 'run optimised' : 'run', () =>
        journey.patiently('run', (job) => journey.session.run(job, feeds, fetches, { optimise })),
      )
    }
    await journey.step('cut', () => journey.cut(opened, tensors, fits))
  }
  await journey.end()
  return journey
}

class Journey implements JourneyOutcome {
  readonly session = createSession(() => undefined)
  readonly steps: Record<string, string> = {}
  readonly faults: string[] = []
  readonly #view = createViewEngine()
  readonly #patience: number
  readonly #tensorsBefore = this.session.memory().tensors

  constructor(patience: number) {
    this.#patience = patience
    const { feed } = this.#view
    this.session.useFeed({
      graph: async (model, graph) => {
        feed.graph(model, graph)
        await this.#view.engine.opened(model)
      },
      facts: (model, facts) => Promise.resolve(feed.facts(model, facts)),
    })
    this.session.useDecoder((_, { width, height }) =>
      Promise.resolve(Uint8Array.from({ length: width * height * 3 }, (_byte, i) => (i * 37) % 256)),
    )
  }

  /** Does a job, and cancels it when it takes too long. */
  async patiently<T>(name: string, work: (job: string) => Promise<T>): Promise<T> {
    const timer = Number.isFinite(this.#patience)
      ? setTimeout(() => this.session.cancel(name), this.#patience)
      : undefined
    try {
      return await work(name)
    } finally {
      clearTimeout(timer)
    }
  }

  async step<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    try {
      const result = await work()
      this.steps[name] = 'well'
      return result
    } catch (error) {
      const known = error instanceof CutpointError && error.code !== 'internal'
      this.steps[name] = known ? error.code : 'fault'
      if (!known)
        this.faults.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return null
    }
  }

  async open(files: readonly SourceFile[]): Promise<OpenedModel> {
    const blobs = await Promise.all(
      files.map(async (file) => ({ path: file.path, blob: new Blob([await readAll(file)]) })),
    )
    return this.session.open('open', { files: blobs }, {}, id)
  }

  /** Everything unfolded, and told of. */
  async look(opened: OpenedModel): Promise<void> {
    const { engine } = this.#view
    const overview = await engine.opened(id)
    await engine.understood(id)
    const all = (await engine.inside(id, ''))?.paths ?? []
    for (const constants of [false, true]) {
      const unfolded = constants ? all : (overview?.opening ?? [])
      await engine.scene(id, { unfolded, direction: 'down', constants, cut: [] })
    }
    for (const query of ['conv', '8x8', 'padding SAME']) await engine.find(id, query, 5)
    for (const { name } of opened.summary.outputs) {
      await engine.describe(id, { kind: 'tensor', name })
      await engine.describe(id, { kind: 'node', name: name.split(':')[0] })
      await engine.preview(id, [name])
    }
    await engine.profile(id, 20)
  }

  /** At the suggested tensor, else at the last that can be; then features of two pictures. */
  async cut({ summary, preprocessing }: OpenedModel, tensors: readonly TensorSummary[], fits: boolean): Promise<void> {
    const cut = summary.suggestedCut ?? tensors.findLast(({ canCut }) => canCut)?.name
    if (cut === undefined) return
    await this.session.cut(id, [cut])
    await this.#view.engine.marks(id, [cut])
    if (!fits || !preprocessing || preprocessing.width * preprocessing.height * 3 > mostElements) return
    const images = ['a', 'b'].map((hash) => ({ id: hash, name: hash, hash }))
    await this.step('features', () =>
      this.patiently('features', (job) => this.session.features(job, images, preprocessing)),
    )
  }

  async end(): Promise<void> {
    await this.step('end', () => this.session.uncut(id))
    await this.#view.engine.drop(id)
    const left = this.session.memory().tensors - this.#tensorsBefore
    if (left !== 0) this.faults.push(`end: ${left} tensors are left`)
  }
}

function elementsOf(shape: readonly (number | null)[] | null): number {
  return (shape ?? []).reduce<number>((product, size) => product * (size ?? 2), 1)
}

/** Values for all inputs, where their sizes are known. */
function feedsOf({ summary }: OpenedModel): Record<string, TensorValue> {
  return Object.fromEntries(
    summary.inputs.flatMap(({ name, dtype, shape }) => {
      if (!shape || elementsOf(shape) > mostElements) return []
      const sizes = shape.map((size) => size ?? 1)
      const count = elementsOf(sizes)
      const data =
        dtype === 'float32'
          ? Float32Array.from({ length: count }, (_, i) => Math.sin(i))
          : dtype === 'bool'
            ? new Uint8Array(count)
            : Int32Array.from({ length: count }, (_, i) => i % 7)
      return [[name, { shape: sizes, dtype: dtype === 'float32' || dtype === 'bool' ? dtype : 'int32', data }]]
    }),
  )
}
