import type { BackendName } from '../../types'
import type { CaseOutcome } from './run'

/** Where a backend gives something else than TensorFlow, or fails, and that is not put right. */
export interface Limit {
  readonly backends: readonly BackendName[]
  /** Names of cases. */
  readonly cases: readonly string[]
  /** Whether other values come out, and nobody is told, or the run fails with a message. */
  readonly kind: 'other values' | 'fails'
  /** One sentence for docs/kernels.md. */
  readonly said: string
}

const all: readonly BackendName[] = ['cpu', 'wasm', 'webgl', 'webgpu']
const gpus: readonly BackendName[] = ['webgl', 'webgpu']

/** Cases of several operations that have the same label. */
const each = (ops: string, label: string): readonly string[] => ops.split(' ').map((op) => `${op}/${label}`)

const odd =
  'GPUs do not keep NaN and the infinities: they become numbers, or each other. A network whose values are finite is not touched.'

/** All that is known; what is not here is as TensorFlow has it, or refused by name. */
export const limits: readonly Limit[] = [
  {
    backends: ['cpu', 'wasm', 'webgl'],
    cases: ['SelectV2/empty'],
    kind: 'other values',
    said: 'A choice between values of no elements has a shape of its own.',
  },
  {
    backends: ['webgpu'],
    cases: ['SelectV2/empty'],
    kind: 'fails',
    said: 'A choice between values of no elements fails.',
  },
  {
    backends: all,
    cases: ['StridedSlice/nothing', 'StridedSlice/nothing_fed'],
    kind: 'fails',
    said: 'A slice that ends before it begins fails, where TensorFlow gives an empty tensor.',
  },
  {
    backends: ['wasm', 'webgpu'],
    cases: ['Conv2D/odd_then_Relu6'],
    kind: 'other values',
    said: 'NaN that comes out of a convolution with Relu6 after it becomes 0. A network whose values are finite is not touched.',
  },
  {
    backends: gpus,
    cases: [...each('Pow Acosh Asinh Cosh Elu Log1p Relu6 Selu Sign Sinh Softplus Atan2', 'float_odd')],
    kind: 'other values',
    said: odd,
  },
  {
    backends: ['webgl'],
    cases: [...each('RealDiv Div DivNoNan FloorDiv FloorMod Mod LeakyRelu Relu ClipByValue', 'float_odd'), 'Prelu/odd'],
    kind: 'other values',
    said: odd,
  },
  {
    backends: ['webgpu'],
    cases: [...each('Atanh Sigmoid', 'float_odd'), ...each('Softmax LogSoftmax', 'odd')],
    kind: 'other values',
    said: odd,
  },
  {
    backends: gpus,
    cases: ['Log1p/float'],
    kind: 'other values',
    said: 'Log1p of less than −1 is a number instead of NaN.',
  },
  {
    backends: gpus,
    cases: ['Sin/float', 'Cos/float', 'Tan/turns'],
    kind: 'other values',
    said: 'Sine, cosine and tangent are off by up to 2·10⁻⁴.',
  },
  {
    backends: gpus,
    cases: ['Div/int_large', 'Sum/int_large', 'Abs/int', 'Relu/int'],
    kind: 'other values',
    said: 'Whole numbers above 2²⁴ are rounded as float32 rounds them.',
  },
  {
    backends: ['webgl'],
    cases: ['FloorDiv/int_large'],
    kind: 'other values',
    said: 'Whole numbers above 2²⁴ are rounded as float32 rounds them.',
  },
  {
    backends: gpus,
    cases: [
      ...each('SelectV2 ReverseV2', 'rank5'),
      ...each('SelectV2 ReverseV2', 'rank6'),
      ...each('Cumsum SpaceToBatchND BatchToSpaceND', 'rank5'),
    ],
    kind: 'fails',
    said: 'Values of five or six dimensions are not chosen between, reversed, summed up as they go or cut into blocks.',
  },
  {
    backends: ['webgpu'],
    cases: 'shrink_first shrink_negative shrink_last shrink_and_steps new_middle_shrunk'
      .split(' ')
      .map((label) => `StridedSlice/${label}_fed`),
    kind: 'fails',
    said: 'A slice of single indices whose ends only a run decides fails where the GPU is software.',
  },
]

/** What became of a case, as it counts: what is known is a limit, but only where it goes wrong in the way that is said. */
export type Verdict =
  | { readonly kind: 'limit'; readonly limit: Limit; readonly detail?: string }
  | { readonly kind: CaseOutcome['kind'] | 'stale'; readonly limit?: undefined; readonly detail?: string }

const kindsOf: Readonly<Record<Limit['kind'], CaseOutcome['kind']>> = { 'other values': 'wrong', fails: 'failed' }

/** `stale`: a limit is listed, and the case is right or refused; `wrong` and `failed`: no limit of that kind is listed. */
export function verdictOn({ kind, detail }: CaseOutcome, name: string, backend: BackendName): Verdict {
  const listed = limits.filter((limit) => limit.backends.includes(backend) && limit.cases.includes(name))
  const limit = listed.find((one) => kindsOf[one.kind] === kind)
  if (limit) return { kind: 'limit', limit, detail }
  const isGood = kind === 'right' || kind === 'refused'
  if (isGood && listed.length > 0) return { kind: 'stale', detail: `${kind}, but listed: ${listed[0].said}` }
  return { kind, detail }
}
