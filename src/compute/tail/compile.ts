import { CutpointError } from '../../errors'
import { indexGraph } from '../../graph/lookup/graph-index'
import { splitTensor, tensorName } from '../../graph/lookup/names'
import { inferShapes, tensorsBehind } from '../../graph/shapes'
import { takenIndices } from '../../graph/shapes/families/strided'
import { inputsOf } from '../../graph/shapes/tensor'
import { dataNodes } from '../../graph/tail/flow'
import { numberInputs } from '../../graph/tail/slopes'
import type { Tail } from '../../graph/tail/types'
import type { GraphNode } from '../../graph/types'
import { tailOps } from './ops'
import { sizeOf, type NodeFacts, type OpSteps, type Sizes } from './ops/types'
import type { Cell, PlannedStep, TailPlan } from './plan-types'

/** The numbers in constants of one element, by the weight's id. */
export type Scalars = ReadonlyMap<string, number>

/** What is computed of a tail for a number of pictures, and in which order. Throws CutpointError `cannot-tune`. */
export function compileTail(tail: Tail, batch: number, scalars: Scalars): TailPlan {
  const compiler = new Compiler(tail, batch, scalars)
  for (const node of dataNodes(indexGraph(tail.graph), tail.output)) compiler.add(node)
  return compiler.plan()
}

class Compiler {
  readonly #tail: Tail
  readonly #scalars: Scalars
  readonly #learning: ReadonlySet<string>
  readonly #shapeOf: (tensor: string) => Sizes
  readonly #behind: ReturnType<typeof tensorsBehind>
  readonly #cells: Cell[] = []
  readonly #steps: PlannedStep[] = []
  readonly #places = new Map<string, number>()
  readonly #constants = new Map<string, number>()

  constructor(tail: Tail, batch: number, scalars: Scalars) {
    const { graph, freeze, trained } = tail
    const maps = graph.inputs.find(({ tensor }) => tensor === freeze)?.shape?.slice(1) ?? []
    const infos = inferShapes(graph, { feeds: new Map([[freeze, [batch, ...maps]]]) })
    this.#tail = tail
    this.#scalars = scalars
    this.#learning = new Set(trained.map(({ id }) => id))
    this.#behind = tensorsBehind(infos)
    this.#shapeOf = (tensor) => {
      const shape = infos.get(tensor)?.shape
      if (shape?.every((size) => size !== null)) return shape
      throw cannotTune(`how large “${tensor}” is, is only known when the network runs`)
    }
  }

  plan(): TailPlan {
    return {
      cells: this.#cells,
      steps: this.#steps,
      maps: this.#cellOf(this.#tail.freeze),
      output: this.#cellOf(this.#tail.output),
      constants: this.#constants,
    }
  }

  add(node: GraphNode): void {
    const own = tensorName(node.name)
    if (node.weight !== undefined) this.#addConstant(own, node.weight)
    else if (own === this.#tail.freeze) this.#addCell(own, 'maps', false)
    else for (const output of this.#outputsOf(node)) this.#addStep(node, output)
  }

  #addCell(tensor: string, kind: Cell['kind'], slopes: boolean): number {
    this.#places.set(tensor, this.#cells.length)
    return this.#cells.push({ size: sizeOf(this.#shapeOf(tensor)), kind, slopes }) - 1
  }

  #addConstant(tensor: string, id: string): void {
    const learns = this.#learning.has(id)
    const known = this.#constants.get(id)
    // Whoever takes it from another node takes the same.
    if (known === undefined) this.#constants.set(id, this.#addCell(tensor, learns ? 'learns' : 'constant', learns))
    else this.#places.set(tensor, known)
  }

  /** Which of a node's outputs others take. */
  #outputsOf({ name }: GraphNode): readonly number[] {
    const { uses } = indexGraph(this.#tail.graph)
    const taken = [...uses.keys(), this.#tail.output].map(splitTensor).filter(({ node }) => node === name)
    return [...new Set(taken.map(({ output }) => output))]
  }

  #addStep(node: GraphNode, output: number): void {
    const tensor = tensorName(node.name, output)
    const tensors = numberInputs(node).map((place) => node.inputs[place])
    const inputs = tensors.map((input) => this.#cellOf(input))
    const op = tailOps.get(node.op)
    if (!op) throw cannotTune(`the operation ${node.op} (“${node.name}”) hands no slopes back`)
    const steps = op(this.#factsOf(node, output, tensors))
    if (steps === 'same') {
      this.#places.set(tensor, inputs[0])
      return
    }
    const learning = inputs.flatMap((cell, place) => (this.#cells[cell].slopes && steps.back[place] ? [place] : []))
    const cell = this.#addCell(tensor, 'value', learning.length > 0)
    this.#steps.push({ name: node.name, steps, inputs, output: cell, back: inOrder(learning, steps) })
  }

  #factsOf(node: GraphNode, output: number, tensors: readonly string[]): NodeFacts {
    return {
      node,
      output,
      inputs: tensors.map(this.#shapeOf),
      shape: this.#shapeOf(tensorName(node.name, output)),
      numbers: (input) => this.#numbers(node, input),
      scalar: (input) => this.#scalar(node, input),
      taken: () => {
        const taken = takenIndices(node, inputsOf(node.inputs.map(this.#behind)))
        if (!taken) throw cannotTune(`what “${node.name}” takes is only known when the network runs`)
        return taken
      },
    }
  }

  #numbers(node: GraphNode, input: number): readonly number[] {
    const values = this.#behind(node.inputs[input]).value
    const numbers = values?.filter((value) => typeof value === 'number')
    if (numbers && numbers.length === values?.length) return numbers
    throw cannotTune(`the numbers in “${node.inputs[input]}” are only known when the network runs`)
  }

  #scalar(node: GraphNode, input: number): number {
    const maker = indexGraph(this.#tail.graph).nodes.get(splitTensor(node.inputs[input]).node)
    const value = this.#scalars.get(maker?.weight ?? '')
    if (value === undefined) throw cannotTune(`“${node.inputs[input]}” is no constant of one number`)
    return value
  }

  #cellOf(tensor: string): number {
    const cell = this.#places.get(tensor)
    if (cell === undefined) throw cannotTune(`“${tensor}” does not come from the maps at the freeze point`)
    return cell
  }
}

/** Weights first, so that what may lie over the slopes that come is written when nothing needs these any more. */
function inOrder(learning: readonly number[], { back }: OpSteps): readonly number[] {
  const last = learning.findLast((place) => back[place]?.inPlace === true)
  return last === undefined ? learning : [...learning.filter((place) => place !== last), last]
}

function cannotTune(why: string): CutpointError {
  return new CutpointError(
    'cannot-tune',
    `This part of the network cannot be trained: ${why}.`,
    'Choose a later freeze point.',
  )
}
