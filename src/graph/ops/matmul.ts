import * as batch from '../batch/rules'
import * as multiplyAdds from '../multiply-adds'
import * as shapes from '../shapes/families/matmul'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'matmul', batch: batch.aligned } as const
const batched = {
  category: 'matmul',
  batch: batch.batchMatMul,
  takes: 'x y',
  shape: shapes.batchMatMul,
  layer: { type: 'dense', data: 0 },
  multiplyAdds: multiplyAdds.batchMatMul,
} as const

/** Products of matrices. */
export const matmulOps = table<OpSpec>({
  BatchMatMul: { trains: [0, 2], ...batched, sentence: 'batch-mat-mul' },
  BatchMatMulV2: { trains: [0, 2], ...batched, title: 'BatchMatMul', sentence: 'batch-mat-mul-repeated' },
  BatchMatMulV3: { ...batched, sentence: 'batch-mat-mul-typed', today: 'BatchMatMulV2' },
  Einsum: {
    ...common,
    takes: 'inputs…',
    shape: shapes.einsum,
    batch: batch.einsum,
    layer: { type: 'product', data: 0 },
    multiplyAdds: multiplyAdds.einsum,
    sentence: 'einsum',
  },
  MatMul: {
    trains: [0, 2],
    ...common,
    takes: 'a b',
    shape: shapes.matMul,
    batch: batch.matMul,
    layer: { type: 'dense', data: 0, channels: [1, 2], fusedAs: '_FusedMatMul' },
    multiplyAdds: multiplyAdds.matMul,
    foldable: true,
    sentence: 'mat-mul',
  },
  _FusedMatMul: {
    ...common,
    takes: 'a b args…',
    shape: shapes.matMul,
    batch: batch.matMul,
    layer: { type: 'dense', data: 0, channels: [1, 2], fusedAs: '_FusedMatMul' },
    multiplyAdds: multiplyAdds.matMul,
    title: 'MatMul',
    sentence: 'fused-mat-mul',
  },
  QuantizedMatMul: { ...common, takes: '', shape: null },
})
