import { dtypeAttribute } from '../../graph/lookup/attributes'
import { table } from '../../graph/table'
import { anyOf, isWhole, startsOver, startsOverLate, tooWideOnGpus, wrongOn } from './refusals'
import type { OpRun } from './types'

const fakeQuant = {
  kernels: ['Sub', 'RealDiv', 'Equal', 'Select', 'Minimum', 'Maximum', 'Floor', 'Add', 'Multiply', 'Neg'],
} as const

/** Operations on each element by itself. */
export const elementwise = table<OpRun>({
  Abs: { refused: tooWideOnGpus },
  Add: { refused: tooWideOnGpus },
  AddN: { refused: tooWideOnGpus },
  AddV2: { kernels: ['Add'], refused: tooWideOnGpus },
  Neg: { refused: tooWideOnGpus },
  Sub: { refused: tooWideOnGpus },
  SquaredDifference: { refused: tooWideOnGpus },
  BiasAdd: { kernels: ['Add'] },
  Div: { kernels: ['RealDiv'] },
  DivNoNan: { kernels: ['RealDiv', 'Equal', 'Select'] },
  Mul: { kernels: ['Multiply'], refused: tooWideOnGpus },
  Square: { refused: tooWideOnGpus },
  FloorMod: { kernels: ['Mod'] },
  Pow: { refused: anyOf(wrongOn(['webgl', 'webgpu'], isWhole), startsOver) },
  BitwiseAnd: { broken: true },
  LogSoftmax: { kernels: ['Max', 'Exp', 'Sum', 'Log', 'Sub'] },
  SelectV2: { kernels: ['Select'] },
  Cast: {
    refused(node, backend) {
      const [to, from] = [dtypeAttribute(node, 'DstT', 'float32'), dtypeAttribute(node, 'SrcT', 'float32')]
      if (to === 'unknown' || from === 'unknown') return 'TensorFlow.js has no numbers of its type (such as of 8 bits)'
      if (to === 'uint32' || to === 'uint64') return `TensorFlow.js has no numbers of type ${to}`
      const fits = from === to || from === 'bool' || from === 'uint8'
      return fits ? null : startsOverLate(to, backend)
    },
  },
  FakeQuantWithMinMaxVars: fakeQuant,
  FakeQuantWithMinMaxVarsPerChannel: { ...fakeQuant, composed: true },
  FakeQuantWithMinMaxArgs: { ...fakeQuant, composed: true },
})
