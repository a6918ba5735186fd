import type { GraphNode } from '../types'
import { fixedValue } from './constants'
import { formulaNames } from './formula-names'
import { power, call, product, sum, minimum, maximum, clip, type Term } from './terms'
import { maker, onlyTaker, result, staysInside, type Wiring } from './wiring'

/** An activation spelled out in several operations: hard-swish, PReLU, GELU and their like. */
export interface Formula {
  readonly name: string
  readonly input: string
  readonly output: string
  /** In the order of the data; only `output` leaves them. */
  readonly nodes: readonly GraphNode[]
}

/** Where such formulas start from. */
const coreOps = new Set([
  'Sigmoid',
  'Relu',
  'Relu6',
  'Tanh',
  'Softplus',
  'Erf',
  'Minimum',
  'Maximum',
  'ClipByValue',
  'Abs',
])
const elementwise = new Set([
  ...coreOps,
  ...['Mul', 'Add', 'AddV2', 'Sub', 'Div', 'RealDiv', 'Neg', 'Pow', 'Square', 'Identity', 'IdentityN', 'StopGradient'],
])
/** Operations after its core, and before it. */
const mostAfter = 5
const mostBefore = 8

/** All spelled-out activations by the tensor they start from, the largest first; several may overlap. */
export function findFormulas(wiring: Wiring): ReadonlyMap<string, readonly Formula[]> {
  const found = new Map<string, Formula[]>()
  for (const node of wiring.index.graph.nodes) {
    if (!coreOps.has(node.op)) continue
    for (const formula of formulasAround(wiring, node)) {
      const known = found.get(formula.input)
      if (known) known.push(formula)
      else found.set(formula.input, [formula])
    }
  }
  for (const formulas of found.values()) formulas.sort((a, b) => b.nodes.length - a.nodes.length)
  return found
}

function formulasAround(wiring: Wiring, core: GraphNode): Formula[] {
  const ends = following(wiring, core)
  if (ends.length === 1 && core.op !== 'ClipByValue' && core.op !== 'Minimum' && core.op !== 'Maximum') return []
  const starts = preceding(wiring, core)
  return ends
    .filter((end) => end.op !== 'Identity' && end.op !== 'StopGradient')
    .flatMap((end) => starts.flatMap((start) => formulaBetween(wiring, start, end) ?? []))
}

/** The core and the elementwise operations after it, each the only taker of the one before. */
function following(wiring: Wiring, core: GraphNode): GraphNode[] {
  const ends = [core]
  for (let node = core; ends.length <= mostAfter;) {
    const next = onlyTaker(wiring, result(node))
    if (!next || !elementwise.has(next.op)) break
    ends.push(next)
    node = next
  }
  return ends
}

/** Tensors from which the core may be worked out. */
function preceding(wiring: Wiring, core: GraphNode): string[] {
  const starts: string[] = []
  let reached = core.inputs
  while (reached.length > 0 && starts.length < mostBefore) {
    const fresh = reached.filter((tensor) => !starts.includes(tensor) && !fixedValue(wiring, tensor))
    starts.push(...fresh)
    reached = fresh.flatMap((tensor) => {
      const node = maker(wiring, tensor)
      return node && elementwise.has(node.op) ? node.inputs : []
    })
  }
  return starts.slice(0, mostBefore)
}

function formulaBetween(wiring: Wiring, input: string, end: GraphNode): Formula | null {
  const nodes = new Set<GraphNode>()
  const term = termOf(wiring, result(end), input, nodes, 10)
  const name = term && formulaNames.get(term.text)
  if (!name || nodes.size < 2) return null
  const output = result(end)
  for (const node of nodes) if (node !== end && !staysInside(wiring, result(node), nodes)) return null
  return wiring.manyTaken.has(end.name) ? null : { name, input, output, nodes: [...nodes] }
}

/** What a tensor is in terms of `x`; null where it is made of something else, too. */
function termOf(wiring: Wiring, tensor: string, x: string, nodes: Set<GraphNode>, depth: number): Term | null {
  if (tensor === x) return { text: 'x' }
  const node = maker(wiring, tensor)
  if (!node || depth === 0 || !tensor.endsWith(':0')) return null
  const fixed = fixedValue(wiring, tensor)
  if (fixed) {
    for (const aside of fixed.nodes) nodes.add(aside)
    return { text: fixed.scalar ? 'c' : 'v' }
  }
  if (!elementwise.has(node.op)) return null
  // Of IdentityN, which carries a gradient of its own, only the first output counts.
  const inputs = node.op === 'IdentityN' ? node.inputs.slice(0, 1) : node.inputs
  const terms: Term[] = []
  for (const input of inputs) {
    const term = termOf(wiring, input, x, nodes, depth - 1)
    if (!term) return null
    terms.push(term)
  }
  nodes.add(node)
  return combine(node.op, terms)
}

const negative: Term = { text: 'c' }

function combine(op: string, terms: readonly Term[]): Term {
  const [a, b = negative] = terms
  switch (op) {
    case 'Identity':
    case 'IdentityN':
    case 'StopGradient':
      return a
    case 'Mul':
      return product(a, b)
    case 'Div':
    case 'RealDiv':
      return b.text === 'c' || b.text === 'v' ? product(a, b) : call('Div', a, b)
    case 'Neg':
      return product(negative, a)
    case 'Add':
    case 'AddV2':
      return sum(a, b)
    case 'Sub':
      return sum(a, product(negative, b))
    case 'Minimum':
      return minimum(a, b)
    case 'Maximum':
      return maximum(a, b)
    case 'ClipByValue':
      return clip(a)
    case 'Square':
    case 'Pow':
      return power(a)
    default:
      return call(op, a)
  }
}
