import * as batch from '../batch/rules'
import * as shapes from '../shapes/families/control'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'control', batch: batch.aligned } as const
const forward = { ...common, takes: 'input', shape: shapes.forward } as const
const inLoop = { ...common, takes: 'data', shape: shapes.forward } as const
const merge = { ...common, takes: 'inputs…', shape: shapes.merge, controlsFlow: true } as const
const loop = {
  ...common,
  takes: 'input…',
  shape: shapes.loop,
  outputs: { countedBy: 'T' },
  calls: { own: 0, types: 'T' },
} as const
const branches = {
  ...common,
  takes: 'branch_index input…',
  shape: shapes.call('Tout'),
  outputs: { countedBy: 'Tout' },
  calls: { own: 1, types: 'Tin' },
} as const
const condition = {
  ...common,
  takes: 'cond input…',
  shape: shapes.call('Tout'),
  outputs: { countedBy: 'Tout' },
  calls: { own: 1, types: 'Tin' },
} as const
const call = {
  ...common,
  takes: 'args…',
  shape: shapes.call('Tout'),
  outputs: { countedBy: 'Tout' },
  calls: { own: 0, types: 'Tin' },
} as const
const switched = { ...common, takes: 'data pred', shape: shapes.switchRule, controlsFlow: true } as const
const nothing = { ...common, takes: '', shape: null, outputs: 0 } as const
const watched = { category: 'other', batch: batch.aligned, takes: '', shape: null, handsOn: true } as const

/** Identities, checks, branches, loops and calls. */
export const controlOps = table<OpSpec>({
  DeepCopy: { ...common, category: 'other', takes: 'x', shape: shapes.forward },
  Identity: {
    trains: [0, 1],
    ...forward,
    handsWeightOn: true,
    foldable: true,
    anyLayout: true,
    handsOn: true,
    onPicture: 'passes',
    ofNumber: (x) => x,
    sentence: 'identity',
  },
  LoopCond: { ...forward, controlsFlow: true },
  PreventGradient: { ...forward, handsOn: true, onPicture: 'passes', today: 'Identity' },
  Snapshot: { ...forward, handsWeightOn: true, handsOn: true, onPicture: 'passes' },
  StopGradient: {
    ...forward,
    handsWeightOn: true,
    anyLayout: true,
    handsOn: true,
    onPicture: 'passes',
    sentence: 'stop-gradient',
  },
  RefIdentity: { ...common, category: 'other', takes: 'input', shape: shapes.forward, today: 'Identity' },
  Enter: { ...inLoop, handsWeightOn: true, controlsFlow: true },
  Exit: { ...inLoop, controlsFlow: true },
  NextIteration: { ...inLoop, controlsFlow: true },
  RefEnter: { ...inLoop, controlsFlow: true, today: 'Enter' },
  RefExit: { ...inLoop, today: 'Exit' },
  RefNextIteration: { ...inLoop, today: 'NextIteration' },
  Merge: { ...merge, sentence: 'merge' },
  RefMerge: { ...merge, today: 'Merge' },
  IdentityN: {
    ...common,
    takes: 'input…',
    shape: shapes.forwardAll,
    batch: batch.byPosition,
    outputs: { countedBy: 'T' },
    sentence: 'identity-of-several',
  },
  StatelessWhile: { ...loop, sentence: 'stateless-while' },
  While: { ...loop, sentence: 'stateless-while' },
  Case: branches,
  StatelessCase: branches,
  If: { ...condition, sentence: 'if' },
  StatelessIf: { ...condition, sentence: 'if' },
  PartitionedCall: { ...call, sentence: 'call' },
  StatefulPartitionedCall: { ...call, sentence: 'call' },
  RefSwitch: { ...switched, today: 'Switch' },
  Switch: { ...switched, sentence: 'switch' },
  Assert: { ...common, takes: 'condition data…', shape: null, outputs: 0 },
  CheckNumerics: {
    ...common,
    takes: 'tensor',
    shape: shapes.forward,
    handsOn: true,
    onPicture: 'passes',
    today: 'Identity',
  },
  Print: { ...common, takes: 'input data…', shape: shapes.forward, handsOn: true },
  NoOp: { ...nothing, sentence: 'nothing' },
  PrintV2: { ...nothing, handsOn: true },
  ControlTrigger: nothing,
  CheckNumericsV2: { ...watched, today: 'Identity' },
  DebugIdentity: { ...watched, today: 'Identity' },
  DebugIdentityV2: watched,
  DebugGradientIdentity: { ...watched, today: 'Identity' },
})
