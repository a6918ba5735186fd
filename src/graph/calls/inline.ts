import { CutpointError } from '../../errors'
import { outputNamed } from './bodies-outputs'
import { constantTruth, type FramedTensor } from './condition'
import { bareName, bodyOf, bodyOfGraph, frameOf, parseTensor, prefixes, type Body, type Frame } from './frame'
import { foldSwitches } from './switches'
import { tensorName } from '../lookup/names'
import type { Attribute, FunctionGraph, GraphNode, WeightInfo } from '../types'
import { uniqueName } from '../lookup/unique-name'

/** What calls functions, of a graph and of the functions themselves. */
export interface Calls {
  readonly nodes: readonly GraphNode[]
  readonly functions: readonly FunctionGraph[]
  readonly weights: ReadonlyMap<string, WeightInfo>
}

/** A graph without calls. */
export interface Inlined {
  readonly nodes: readonly GraphNode[]
  /** Those that conditions and loops still need. */
  readonly functions: readonly FunctionGraph[]
  /** Where each tensor asked for is made now. */
  readonly tensors: ReadonlyMap<string, string>
}

const callOps = new Set(['PartitionedCall', 'StatefulPartitionedCall'])
const conditionOps = new Set(['If', 'StatelessIf'])
const mostNodes = 300_000
const mostFrames = 10_000
const mostNested = 500
const mostSteps = 100_000

/**
 * What `fetches` depend on, with the bodies of called functions in the place of the calls, and likewise the branch taken
 * of a condition whose value is a constant, made of nodes or of functions. Other conditions and loops stay calls, and their functions have their own
 * calls inlined. Nodes that were only waited for (checks, assignments) are left out. Names of calls that say nothing are
 * dropped where names stay unique: `model/conv/Conv2D`, not `StatefulPartitionedCall/model/conv/Conv2D`.
 * Throws CutpointError `bad-graph` where calls go round in circles or unfold to more than can be held.
 */
export function inlineCalls({ nodes, functions, weights }: Calls, fetches: readonly string[]): Inlined {
  const bodies = new Map(functions.map((definition) => [definition.name, bodyOf(definition)]))
  const shared: Shared = { bodies, weights, taken: new Set(), open: new Set(), frames: 0, nodes: 0 }
  const main = frameOf(bodyOfGraph(nodes))
  const inlining = new Inlining(shared, main)
  const tensors = new Map(fetches.map((tensor) => [tensor, inlining.resolve(main, tensor)]))
  const folded = foldSwitches(inlining.finish(), [...tensors.values()], weights)
  for (const [fetch, tensor] of tensors) tensors.set(fetch, folded.tensors.get(tensor) ?? tensor)
  const kept = new Map<string, FunctionGraph>()
  // Functions that are found while others are inlined join the set.
  for (const name of shared.open) {
    const definition = functions.find((one) => one.name === name)
    if (definition) kept.set(name, inlineFunction(shared, definition))
  }
  return { nodes: folded.nodes, functions: functions.flatMap(({ name }) => kept.get(name) ?? []), tensors }
}

function inlineFunction(shared: Shared, definition: FunctionGraph): FunctionGraph {
  const body = shared.bodies.get(definition.name) ?? bodyOf(definition)
  const frame = frameOf(body, definition.name)
  const inlining = new Inlining(shared, frame)
  const returns = Object.entries(definition.returns).map(([name, tensor]) => [name, inlining.resolve(frame, tensor)])
  return { ...definition, returns: Object.fromEntries(returns) as Record<string, string>, nodes: inlining.finish() }
}

/** What all functions of one graph share. */
interface Shared {
  readonly bodies: ReadonlyMap<string, Body>
  readonly weights: ReadonlyMap<string, WeightInfo>
  /** Names of constants in functions, which are unique over all of them. */
  readonly taken: Set<string>
  /** Functions that stay. */
  readonly open: Set<string>
  frames: number
  nodes: number
}

/** The nodes of a graph, or of one function, while calls in it are replaced by what they call. */
class Inlining {
  readonly #shared: Shared
  readonly #root: Frame
  /** Names that are set aside, and those of them that nodes have. */
  readonly #names = new Set<string>()
  readonly #given: Set<string>
  /** Nodes needed so far, each with its frame; those further on have inputs still to be resolved. */
  readonly #needed: { frame: Frame; node: GraphNode }[] = []

  constructor(shared: Shared, root: Frame) {
    this.#shared = shared
    this.#root = root
    this.#given = new Set([...root.body.inputs, ...root.body.nodes.map(({ name }) => name)])
    for (const node of root.body.nodes) if (!isNoise(node)) this.#names.add(node.name)
  }

  /** The tensor as it is called outside, its node being needed from now on. */
  resolve(from: Frame, tensor: string): string {
    const { frame, node, tensor: made } = this.#locate(from, tensor)
    if (node === null) return made
    const { output, position } = parseTensor(made)
    const name = this.#need(frame, node)
    return tensorName(name, outputNamed(node, output, position))
  }

  /** All nodes needed, in the order in which they would be met following the calls. */
  finish(): GraphNode[] {
    const done: { place: readonly number[]; node: GraphNode }[] = []
    // The list grows while it is walked.
    for (const { frame, node } of this.#needed) {
      done.push({
        place: [...frame.place, frame.body.positions.get(node.name) ?? 0],
        node: {
          ...node,
          name: this.#need(frame, node),
          inputs: node.inputs.map((tensor) => this.resolve(frame, tensor)),
          controlInputs: this.#pivots(frame, node),
        },
      })
      this.#keepFunctions(node)
    }
    return done.sort((a, b) => comparePlaces(a.place, b.place)).map(({ node }) => node)
  }

  /** Follows a tensor through arguments, calls and nodes that only hand on. */
  #locate(from: Frame, given: string): FramedTensor {
    let [frame, tensor] = [from, given]
    for (let steps = 0; steps < mostSteps; steps++) {
      const { node: name, output, position } = parseTensor(tensor)
      const handed = frame.handed.get(name)
      if (handed !== undefined && frame.caller) {
        ;[frame, tensor] = [frame.caller, handed]
        continue
      }
      const at = frame.body.positions.get(name)
      if (at === undefined) {
        if (frame === this.#root && frame.body.inputs.includes(name)) return { frame, node: null, tensor }
        throw dangling(frame.body, tensor)
      }
      const node = frame.body.nodes[at]
      const called = this.#called(frame, node)
      if (called) {
        const { outputs, returns } = called.body
        const byName = outputs.includes(output) ? output : undefined
        const returned = byName ?? outputs.at(position)
        if (returned === undefined || !Object.hasOwn(returns, returned)) throw dangling(frame.body, tensor)
        ;[frame, tensor] = [called, returns[returned]]
      } else if (frame.body.handsOn.has(name) && node.inputs.length > 0) tensor = node.inputs[0]
      else return { frame, node, tensor }
    }
    throw bad(`what “${given}” is goes round in a circle`)
  }

  /** The body that stands in the place of a node; null where the node stays. */
  #called(frame: Frame, node: GraphNode): Frame | null {
    const known = frame.calls.get(node.name)
    if (known !== undefined) return known
    const target = this.#targetOf(frame, node)
    const body = target === null ? undefined : this.#shared.bodies.get(target.name)
    const inner = body && !isInside(frame, body) ? this.#enter(frame, node, body, target?.isBranch ?? false) : null
    frame.calls.set(node.name, inner)
    return inner
  }

  #targetOf(frame: Frame, node: GraphNode): { name: string; isBranch: boolean } | null {
    if (this.#shared.bodies.has(node.op)) return { name: node.op, isBranch: false }
    if (callOps.has(node.op)) return named(node.attributes.f, false)
    if (!conditionOps.has(node.op) || node.inputs.length === 0) return null
    const { weights } = this.#shared
    const truth = constantTruth(frame, node.inputs[0], { find: (at, tensor) => this.#locate(at, tensor), weights })
    return truth === null ? null : named(node.attributes[truth ? 'then_branch' : 'else_branch'], true)
  }

  #enter(frame: Frame, node: GraphNode, body: Body, isBranch: boolean): Frame {
    this.#shared.frames += 1
    if (this.#shared.frames > mostFrames) throw bad(`it calls functions more than ${mostFrames} times`)
    if (frame.place.length >= mostNested) throw bad(`its calls of functions are nested more than ${mostNested} deep`)
    const handed = isBranch ? node.inputs.slice(1) : node.inputs
    const candidates = prefixes(node, frame.prefix, isBranch)
    const own = body.nodes.flatMap((inner) => (isNoise(inner) ? [] : [bareName(inner.name, body)]))
    const isFree = (prefix: string): boolean => !own.some((name) => this.#names.has(prefix + name))
    const prefix = candidates.find(isFree) ?? candidates[candidates.length - 1]
    for (const name of own) this.#names.add(prefix + name)
    return {
      body,
      caller: frame,
      handed: new Map(body.inputs.map((name, i) => [name, handed.at(i) ?? ''])),
      prefix,
      place: [...frame.place, frame.body.positions.get(node.name) ?? 0],
      calls: new Map(),
      names: new Map(),
    }
  }

  /** The name of a node outside, given when it is first needed. */
  #need(frame: Frame, node: GraphNode): string {
    const known = frame.names.get(node.name)
    if (known !== undefined) return known
    const name = this.#nameOf(frame, node)
    frame.names.set(node.name, name)
    this.#needed.push({ frame, node })
    this.#shared.nodes += 1
    if (this.#shared.nodes > mostNodes) throw bad(`its functions unfold to more than ${mostNodes} operations`)
    return name
  }

  #nameOf(frame: Frame, node: GraphNode): string {
    const isMain = this.#root.body.name === ''
    if (frame === this.#root) return node.name
    const bare = bareName(node.name, frame.body)
    const wanted = frame.prefix + bare
    if (!isMain && node.weight !== undefined) {
      const { taken } = this.#shared
      const name = uniqueName(`${this.#root.body.name}/${wanted}`, (known) => taken.has(known))
      taken.add(name)
      return name
    }
    // Names were set aside for the whole body when it was entered, so that they are its own unless given already.
    const isOwn = !isNoise(node) && !this.#given.has(wanted)
    const name = isOwn ? wanted : uniqueName(wanted, (known) => this.#names.has(known) || this.#given.has(known))
    this.#given.add(name)
    return name
  }

  /** Control inputs that say whether a node runs at all; others only say when. */
  #pivots(frame: Frame, node: GraphNode): string[] {
    if (!frame.body.hasSwitches) return []
    return node.controlInputs.flatMap((name) => {
      const at = frame.body.positions.get(name)
      const before = at === undefined ? undefined : frame.body.nodes[at]
      return before && isPivot(before, frame.body) ? [this.#need(frame, before)] : []
    })
  }

  /** Functions that a node still runs stay. */
  #keepFunctions({ op, attributes }: GraphNode): void {
    const { open, bodies } = this.#shared
    if (bodies.has(op)) open.add(op)
    for (const attribute of Object.values(attributes)) {
      const items: readonly (Attribute | undefined)[] = attribute?.kind === 'list' ? attribute.items : [attribute]
      for (const item of items) if (item?.kind === 'function') open.add(item.name)
    }
  }
}

/** Constants, and what tracing adds to hand on or to wait: their names keep no others from being used. */
function isNoise({ name, op }: GraphNode): boolean {
  return op === 'Const' || /(^|\/)(Identity|NoOp|(Stateful)?PartitionedCall|Read\/ReadVariableOp)(_\d+)?$/.test(name)
}

const pivotOps = new Set(['Switch', 'RefSwitch', 'Merge', 'RefMerge', 'Enter', 'RefEnter', 'NextIteration', 'LoopCond'])

function isPivot({ op, inputs }: GraphNode, { nodes, positions }: Body): boolean {
  if (pivotOps.has(op)) return true
  const at = op === 'Identity' && inputs.length > 0 ? positions.get(parseTensor(inputs[0]).node) : undefined
  return at !== undefined && pivotOps.has(nodes[at].op)
}

function named(attribute: Attribute | undefined, isBranch: boolean): { name: string; isBranch: boolean } | null {
  return attribute?.kind === 'function' ? { name: attribute.name, isBranch } : null
}

function isInside(frame: Frame, body: Body): boolean {
  for (let at: Frame | null = frame; at; at = at.caller) if (at.body.name === body.name) return true
  return false
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i]
  return a.length - b.length
}

function dangling({ name }: Body, tensor: string): CutpointError {
  const where = name === '' ? 'The graph' : `The function “${name}”`
  return new CutpointError(
    'dangling-input',
    `${where} uses “${tensor}”, which nothing in it makes.`,
    'The file is incomplete or was edited by hand; export the model again.',
    { function: name, input: tensor },
  )
}

function bad(what: string): CutpointError {
  return new CutpointError(
    'bad-graph',
    `The graph cannot be unfolded: ${what}.`,
    'The file is damaged or was edited by hand; export the model again.',
  )
}
