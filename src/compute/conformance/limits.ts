import type { BackendName } from '../../types'

/** Where a backend gives something else than TensorFlow, or fails, and that is not put right. */
export interface Limit {
  readonly backends: readonly BackendName[]
  /** Which cases, by name. */
  readonly cases: RegExp
  /** One sentence for docs/kernels.md. */
  readonly said: string
}

const all: readonly BackendName[] = ['cpu', 'wasm', 'webgl', 'webgpu']

/** All that is known; what is not here is as TensorFlow has it, or refused by name. */
export const limits: readonly Limit[] = [
  {
    backends: all,
    cases: /^NonMaxSuppressionV5\/(plain|strict|flipped)_sigma_0\.5$/,
    said: 'Non-maximum suppression that lowers scores (`soft_nms_sigma` above 0) drops boxes that TensorFlow keeps.',
  },
  {
    backends: all,
    cases: /^SelectV2\/empty$/,
    said: 'A choice between values of no elements has a shape of its own.',
  },
  {
    backends: all,
    cases: /^StridedSlice\/nothing(_fed)?$/,
    said: 'A slice that ends before it begins fails with a message, where TensorFlow gives an empty tensor.',
  },
  {
    backends: all,
    cases: /^FloorMod\/float_odd$/,
    said: 'A remainder by ±∞ of the other sign is NaN instead of ±∞.',
  },
  {
    backends: ['cpu', 'webgl', 'webgpu'],
    cases: /^Pow\/float_odd$/,
    said: '1 to the power of NaN is NaN instead of 1.',
  },
  {
    backends: ['wasm'],
    cases: /^(Maximum|Minimum|Relu6|ClipByValue)\/float_odd$/,
    said: 'The larger or smaller of a number and NaN is the number, as after Relu6 and clipping; TensorFlow keeps NaN.',
  },
  {
    backends: ['webgl', 'webgpu'],
    cases: /\/(float_)?odd$/,
    said: 'GPUs do not keep NaN and the infinities: they become numbers, or each other, in many operations. A network whose values are finite is not touched.',
  },
  {
    backends: ['webgl', 'webgpu'],
    cases: /^(Log1p\/float|(Sin|Cos|Tan)\/(float|turns))$/,
    said: 'Log1p of less than −1 is a number instead of NaN; sine, cosine and tangent are off by up to 2·10⁻⁴.',
  },
  {
    backends: ['webgl', 'webgpu'],
    cases: /^((Div|FloorDiv|Sum)\/int_large|(Abs|Relu)\/int)$/,
    said: 'Whole numbers above 2²⁴ are rounded as float32 rounds them.',
  },
  {
    backends: ['webgl', 'webgpu'],
    cases: /\/(float_empty|empty|nothing_to_add)$/,
    said: 'What reduces no elements at all fails with a message, or is NaN.',
  },
  {
    backends: ['webgl', 'webgpu'],
    cases: /^Pad\/rank5$/,
    said: 'Padding of five dimensions fails on WebGL, and gives wrong values on WebGPU.',
  },
  {
    backends: ['webgpu'],
    cases: /^StridedSlice\/.*_fed$/,
    said: 'A slice of single indices whose ends only a run decides fails with a message.',
  },
  {
    backends: ['webgpu'],
    cases: /^Conv2D\/(whole_picture|no_batch)$/,
    said: 'A convolution whose kernel is as large as the picture gives wrong values; one of no pictures fails with a message.',
  },
  {
    backends: ['webgpu'],
    cases: /^(OneHot|LinSpace)\//,
    said: 'Software rendering loses its device soon after many slices, and what comes next fails with a message.',
  },
]

/** What is said of a case on a backend; undefined where it is to be right. */
export function limitOf(name: string, backend: BackendName): Limit | undefined {
  return limits.find((limit) => limit.backends.includes(backend) && limit.cases.test(name))
}
