/** What kind of work an op does, for colours and folding. */
export type OpCategory =
  | 'convolution'
  | 'matmul'
  | 'normalisation'
  | 'activation'
  | 'pool'
  | 'elementwise'
  | 'shape'
  | 'reduction'
  | 'control'
  | 'input'
  | 'constant'
  | 'image'
  | 'other'

const categoryTable: readonly (readonly [category: OpCategory, ops: string])[] = [
  ['convolution', 'Conv1D Conv2D _FusedConv2D Conv2DBackpropInput DepthwiseConv2d DepthwiseConv2dNative'],
  ['convolution', 'FusedDepthwiseConv2dNative Conv3D Conv3DBackpropInputV2 Dilation2D QuantizedConv2D'],
  ['matmul', 'MatMul _FusedMatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum QuantizedMatMul'],
  ['normalisation', 'FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 BatchNormWithGlobalNormalization LRN'],
  ['activation', 'Relu Relu6 Elu Selu LeakyRelu Prelu Sigmoid Tanh Softplus Softsign Softmax LogSoftmax'],
  ['pool', 'AvgPool MaxPool MaxPoolV2 MaxPoolWithArgmax AvgPool3D MaxPool3D FractionalAvgPool FractionalMaxPool'],
  [
    'elementwise',
    'Add AddV2 AddN BiasAdd BiasAddV1 Sub Mul Div RealDiv DivNoNan MulNoNan FloorDiv TruncateDiv Maximum',
  ],
  [
    'elementwise',
    'Minimum Pow SquaredDifference Mod FloorMod TruncateMod Atan2 Xdivy Xlogy Xlog1py BitwiseAnd BitwiseOr',
  ],
  ['elementwise', 'BitwiseXor LeftShift RightShift Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Complex'],
  [
    'elementwise',
    'ComplexAbs Angle Conj Real Imag Cos Cosh Digamma Erf Erfc Exp Expm1 Floor Inv Invert Lgamma Log Log1p',
  ],
  ['elementwise', 'Neg Reciprocal Rint Round Rsqrt Sign Sin Sinh Sqrt Square Tan IsNan IsFinite IsInf Equal NotEqual'],
  [
    'elementwise',
    'Greater GreaterEqual Less LessEqual ApproximateEqual LogicalAnd LogicalOr LogicalNot Select SelectV2',
  ],
  ['elementwise', 'Cast FakeQuantWithMinMaxVars FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVarsPerChannel'],
  ['elementwise', 'QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4 Dequantize'],
  [
    'shape',
    'Reshape ExpandDims Squeeze Transpose ConjugateTranspose EnsureShape BroadcastTo BroadcastArgs Tile Reverse',
  ],
  ['shape', 'ReverseV2 ReverseSequence Roll MatrixBandPart MatrixDiag InvertPermutation Shape ShapeN Size Rank Fill'],
  [
    'shape',
    'ZerosLike OnesLike Zeros Ones Range LinSpace OneHot Slice StridedSlice Gather GatherV2 GatherNd ScatterNd',
  ],
  ['shape', 'SparseToDense TensorScatterUpdate TensorScatterAdd TensorScatterSub TensorScatterMax TensorScatterMin'],
  ['shape', 'Concat ConcatV2 Pack Unpack Split SplitV DynamicStitch ParallelDynamicStitch DynamicPartition Pad PadV2'],
  ['shape', 'MirrorPad SpaceToBatchND BatchToSpaceND DepthToSpace SpaceToDepth ResourceGather'],
  ['reduction', 'Sum Mean Max Min Prod All Any EuclideanNorm ArgMax ArgMin Cumsum Cumprod Bincount DenseBincount TopK'],
  ['reduction', 'TopKV2 L2Loss Unique UniqueV2 UniqueWithCounts UniqueWithCountsV2 SegmentSum SegmentMean SegmentMax'],
  ['reduction', 'SegmentMin SegmentProd SparseSegmentSum SparseSegmentMean SparseSegmentSqrtN'],
  [
    'control',
    'NoOp Identity IdentityN Snapshot StopGradient PreventGradient CheckNumerics Print PrintV2 Assert Switch',
  ],
  [
    'control',
    'RefSwitch Merge RefMerge Enter RefEnter Exit RefExit NextIteration RefNextIteration LoopCond If StatelessIf',
  ],
  ['control', 'Case StatelessCase While StatelessWhile PartitionedCall StatefulPartitionedCall ControlTrigger'],
  ['control', 'EmptyTensorList TensorListReserve TensorListFromTensor TensorListScatter TensorListScatterV2'],
  [
    'control',
    'TensorListSetItem TensorListPushBack TensorListResize TensorListSplit TensorListLength TensorListGetItem',
  ],
  ['control', 'TensorListPopBack TensorListStack TensorListGather TensorListConcat TensorListConcatV2 TensorArrayV3'],
  ['control', 'TensorArrayWriteV3 TensorArrayScatterV3 TensorArraySplitV3 TensorArraySizeV3 TensorArrayReadV3'],
  ['control', 'TensorArrayGatherV3 TensorArrayConcatV3 TensorArrayCloseV3'],
  ['input', 'Placeholder PlaceholderV2 PlaceholderWithDefault'],
  ['constant', 'Const VarHandleOp VariableV2 Variable ReadVariableOp'],
  ['image', 'ResizeBilinear ResizeBicubic ResizeArea ResizeNearestNeighbor CropAndResize ImageProjectiveTransformV2'],
  [
    'image',
    'ImageProjectiveTransformV3 RGBToHSV HSVToRGB AdjustHue AdjustSaturation AdjustContrastv2 NonMaxSuppression',
  ],
  [
    'image',
    'NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 CombinedNonMaxSuppression',
  ],
  ['image', 'DecodeJpeg DecodePng DecodeBmp DecodeImage ExtractImagePatches'],
]

export const categories: ReadonlyMap<string, OpCategory> = new Map(
  categoryTable.flatMap(([category, ops]) => ops.split(' ').map((op) => [op, category])),
)
