import { dtypeAttribute } from '../../graph/lookup/attributes'
import { table } from '../../graph/table'
import { anyOf, isWhole, startsOver, wrongOn } from './refusals'
import type { OpRun } from './types'

const fakeQuant = {
  kernels: ['Sub', 'RealDiv', 'Equal', 'Select', 'Minimum', 'Maximum', 'Floor', 'Add', 'Multiply', 'Neg'],
} as const

/** Operations on each element by itself. */
export const elementwise = table<OpRun>({
  AddV2: { kernels: ['Add'] },
  BiasAdd: { kernels: ['Add'] },
  Div: { kernels: ['RealDiv'] },
  DivNoNan: { kernels: ['RealDiv', 'Equal', 'Select'] },
  Mul: { kernels: ['Multiply'] },
  FloorMod: { kernels: ['Mod'] },
  Pow: { refused: anyOf(wrongOn(['webgl', 'webgpu'], isWhole), startsOver) },
  BitwiseAnd: { broken: true },
  LogSoftmax: { kernels: ['Max', 'Exp', 'Sum', 'Log', 'Sub'] },
  SelectV2: { kernels: ['Select'] },
  Cast: {
    refused(node) {
      const [to, from] = [dtypeAttribute(node, 'DstT', 'float32'), dtypeAttribute(node, 'SrcT', 'float32')]
      if (to === 'unknown' || from === 'unknown') return 'TensorFlow.js has no numbers of its type (such as of 8 bits)'
      return to === 'uint32' || to === 'uint64' ? `TensorFlow.js has no numbers of type ${to}` : null
    },
  },
  FakeQuantWithMinMaxVars: fakeQuant,
  FakeQuantWithMinMaxVarsPerChannel: { ...fakeQuant, composed: true },
  FakeQuantWithMinMaxArgs: { ...fakeQuant, composed: true },
})
