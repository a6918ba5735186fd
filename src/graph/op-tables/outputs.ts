import { outputNames } from './output-names'

/** As `outputNames`, for ops of TensorFlow Decision Forests. */
const beyondTensorFlow = ['dense_predictions dense_col_representation: SimpleMLInferenceOpWithHandle']

/** What the outputs of ops with several are called, in their order. */
export const namedOutputs: ReadonlyMap<string, readonly string[]> = new Map(
  [...outputNames.trim().split('\n'), ...beyondTensorFlow].flatMap((line) => {
    const [outputs, ops] = line.split(': ')
    const inOrder = outputs.split(' ')
    return ops.split(' ').map((op) => [op, inOrder] as const)
  }),
)
