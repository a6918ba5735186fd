/**
 * Default values of op attributes, which files may leave out. Made by tools/op-defaults/make.py from TensorFlow 2.21's op
 * registry: each line an attribute, its kind (s text, i whole number, f number, b bool, t type, l list, u a shape of
 * unknown rank), its value, and the ops that have it.
 */
export const opDefaults = `
T t DT_BOOL: Where
T t DT_COMPLEX64: Angle ComplexAbs Conj Imag Real
T t DT_FLOAT: AdjustContrastv2 AdjustHue AdjustSaturation Complex DrawBoundingBoxes DrawBoundingBoxesV2 HSVToRGB LRN LeakyRelu MaxPool MaxPoolV2 NextAfter NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 RGBToHSV
T t DT_INT32: BroadcastArgs BroadcastGradientArgs DataFormatDimMap DataFormatVecPermute InTopK InTopKV2 InvertPermutation
TI t DT_INT64: OneHot
T_threshold t DT_FLOAT: NonMaxSuppressionV2 NonMaxSuppressionV3 NonMaxSuppressionV4
Targmax t DT_INT64: MaxPoolWithArgmax
Taxis t DT_INT64: UniqueV2 UniqueWithCountsV2
Tblock_shape t DT_INT32: BatchToSpaceND SpaceToBatchND
Tcaptured l: MapDefun
Tcrops t DT_INT32: BatchToSpaceND
Tdim t DT_INT32: ExpandDims
Tidx t DT_INT32: All Any ArgMax ArgMin BatchToSpace BroadcastTo ConcatV2 Cumprod Cumsum CumulativeLogsumexp EuclideanNorm LinSpace Max Mean Min Prod Range ReverseV2 Sum UnravelIndex
Tk t DT_INT32: TopKV2
Tlen t DT_INT64: ReverseSequence SplitV
Tmultiples t DT_INT32: Tile
Tnumsegments t DT_INT32: SegmentMaxV2 SegmentMinV2 SegmentProdV2 SegmentSumV2 UnsortedSegmentJoin UnsortedSegmentMax UnsortedSegmentMin UnsortedSegmentProd UnsortedSegmentSum
Tout t DT_COMPLEX64: Complex
Tout t DT_FLOAT: Angle ComplexAbs Imag Real
Tpaddings t DT_INT32: MirrorPad Pad PadV2 SpaceToBatchND
Tperm t DT_INT32: ConjugateTranspose Transpose
Truncate b 0: Cast
Tseed t DT_INT64: StatelessParameterizedTruncatedNormal
Tshape t DT_INT32: Conv3DBackpropInputV2 Reshape
acceptable_fraction f 1.0: DecodeAndCropJpeg DecodeJpeg
activation_mode s Identity: _FusedBatchNormEx _FusedBatchNormGradEx
adj_x b 0: BatchMatMul BatchMatMulV2 BatchMatMulV3
adj_y b 0: BatchMatMul BatchMatMulV2 BatchMatMulV3
adjoint b 0: BandedTriangularSolve
align_corners b 0: ResizeArea ResizeBicubic ResizeBilinear ResizeNearestNeighbor
alpha f 0.2: LeakyRelu
alpha f 1.0: LRN
antialias b 1: ScaleAndTranslate
area_range lf 0.05,1.0: SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 StatelessSampleDistortedBoundingBox
aspect_ratio_range lf 0.75,1.33: SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 StatelessSampleDistortedBoundingBox
axis i -1: Dequantize OneHot QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4 QuantizeV2
axis i 0: Pack Unpack
bad_indices_policy s : GatherNd
batch_dim i 0: ReverseSequence
batch_dims i 0: GatherV2 ResourceGather
begin_mask i 0: StridedSlice StridedSliceAssign TensorStridedSliceUpdate
beta f 0.5: LRN
bias f 1.0: LRN
binary_output b 0: DenseBincount
capacity i 0: Unstage
centered b 1: ExtractGlimpse ExtractGlimpseV2
channels i 0: DecodeAndCropJpeg DecodeBmp DecodeImage DecodeJpeg DecodeJxl DecodePng DecodeWebP
clip_boxes b 1: CombinedNonMaxSuppression
compute_uv b 1: BatchSvd Svd
compute_v b 1: BatchSelfAdjointEigV2 Eig SelfAdjointEigV2
config s : PartitionedCall StatefulPartitionedCall
config_proto s : PartitionedCall StatefulPartitionedCall
container s : Unstage Variable VariableV2
data_format s NDHWC: AvgPool3D Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 MaxPool3D _FusedConv3D
data_format s NHWC: AvgPool BiasAdd Conv2D Conv2DBackpropFilter Conv2DBackpropFilterV2 Conv2DBackpropInput Conv2DBackpropInputV2 DepthToSpace DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput FusedBatchNorm FusedBatchNormGradV3 FusedBatchNormV2 FusedBatchNormV3 MaxPool MaxPoolV2 SpaceToDepth _FusedBatchNormEx _FusedBatchNormGradEx _FusedConv2D _FusedDepthwiseConv2dNative
dct_method s : DecodeAndCropJpeg DecodeJpeg
debug_ops_spec l: Copy
depth_radius i 5: LRN
deterministic b 0: FractionalAvgPool FractionalMaxPool
dilations li 1,1,1,1: Conv2D Conv2DBackpropFilter Conv2DBackpropFilterV2 Conv2DBackpropInput Conv2DBackpropInputV2 DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput _FusedConv2D _FusedDepthwiseConv2dNative
dilations li 1,1,1,1,1: Conv3D Conv3DBackpropFilter Conv3DBackpropFilterV2 Conv3DBackpropInput Conv3DBackpropInputV2 _FusedConv3D
dst_format s NCHW: DataFormatDimMap DataFormatVecPermute
dtype t DT_FLOAT: Dequantize
dtype t DT_INT32: HistogramFixedWidth
dtype t DT_INT64: NonDeterministicInts
dtype t DT_UINT8: DecodeImage DecodeJxl DecodePng DecodeWebP
ellipsis_mask i 0: StridedSlice StridedSliceAssign TensorStridedSliceUpdate
end_mask i 0: StridedSlice StridedSliceAssign TensorStridedSliceUpdate
ensure_minimum_range f 0.01: QuantizeV2
epsilon f 0.0001: FusedBatchNorm FusedBatchNormGradV3 FusedBatchNormV2 FusedBatchNormV3 _FusedBatchNormEx _FusedBatchNormGradEx _FusedConv2D _FusedConv3D _FusedDepthwiseConv2dNative _FusedMatMul
error_msg s : Abort
exclusive b 0: Cumprod Cumsum CumulativeLogsumexp
executor_type s : PartitionedCall StatefulPartitionedCall
exit_without_error b 0: Abort
expand_animations b 1: DecodeImage
explicit_paddings l: Conv2D Conv2DBackpropFilter Conv2DBackpropFilterV2 Conv2DBackpropInput Conv2DBackpropInputV2 DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput MaxPool _FusedConv2D
exponential_avg_factor f 1.0: FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 _FusedBatchNormEx
extrapolation_value f 0.0: CropAndResize
fancy_upscaling b 1: DecodeAndCropJpeg DecodeJpeg
fill_mode s CONSTANT: ImageProjectiveTransformV2 ImageProjectiveTransformV3
filter_format s HWIO: _FusedConv2D
full_matrices b 0: BatchSvd Qr Svd
fused_ops l: _FusedConv2D _FusedConv3D _FusedDepthwiseConv2dNative _FusedMatMul
grad_a b 0: MatMul
grad_b b 0: MatMul
grad_x b 0: BatchMatMul BatchMatMulV2 BatchMatMulV3
grad_y b 0: BatchMatMul BatchMatMulV2 BatchMatMulV3
half_pixel_centers b 0: ResizeBicubic ResizeBilinear ResizeNearestNeighbor
include_batch_in_index b 0: MaxPoolGradGradWithArgmax MaxPoolGradWithArgmax MaxPoolWithArgmax
incompatible_shape_error b 1: Equal NotEqual
index_type t DT_INT32: Fill TopKV2
init b 0: Empty
input_max f 0.0: QuantizeAndDequantize
input_min f 0.0: QuantizeAndDequantize
iou_threshold f 0.5: NonMaxSuppression
is_constant b 0: Enter RefEnter
is_training b 1: FusedBatchNorm FusedBatchNormGradV3 FusedBatchNormV2 FusedBatchNormV3 _FusedBatchNormEx _FusedBatchNormGradEx
keep_dims b 0: All Any EuclideanNorm Max Mean Min Prod ReduceJoin Sum
kernel_type s lanczos3: ScaleAndTranslate
leakyrelu_alpha f 0.2: _FusedConv2D _FusedConv3D _FusedDepthwiseConv2dNative _FusedMatMul
little_endian b 1: DecodePaddedRaw
lower b 1: BandedTriangularSolve
max f 6.0: FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient
max_attempts i 100: SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 StatelessSampleDistortedBoundingBox
max_intra_op_parallelism i 1: MapDefun
memory_limit i 0: Unstage
message s : PreventGradient
method s bilinear: CropAndResize CropAndResizeGradBoxes CropAndResizeGradImage
min f -6.0: FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient
min_object_covered f 0.1: SampleDistortedBoundingBox
mode s MIN_COMBINED: Dequantize QuantizeV2
narrow_range b 0: Dequantize FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsGradient FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4 QuantizeV2
new_axis_mask i 0: StridedSlice StridedSliceAssign TensorStridedSliceUpdate
noise s uniform: ExtractGlimpse ExtractGlimpseV2
normalized b 1: ExtractGlimpse ExtractGlimpseV2
num_bits i 8: FakeQuantWithMinMaxArgs FakeQuantWithMinMaxArgsGradient FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsGradient FakeQuantWithMinMaxVarsPerChannel FakeQuantWithMinMaxVarsPerChannelGradient QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV4
num_host_args i 0: _FusedConv2D
num_side_inputs i 0: _FusedBatchNormEx _FusedBatchNormGradEx
old_vocab_size i -1: GenerateVocabRemapping
out_idx t DT_INT32: ListDiff Unique UniqueV2 UniqueWithCounts UniqueWithCountsV2
out_type t DT_INT32: LowerBound Shape ShapeN Size UpperBound
output_dtype t DT_FLOAT: IsotonicRegression
output_dtype t DT_INT64: Multinomial
output_idx_type t DT_INT32: Lu
output_shapes l: Case If StatelessCase StatelessIf StatelessWhile While
output_type t DT_INT32: ExtractJpegShape
output_type t DT_INT64: ArgMax ArgMin
overlapping b 0: FractionalAvgPool FractionalMaxPool
pad_per_class b 0: CombinedNonMaxSuppression
pad_to_max_output_size b 0: NonMaxSuppressionV4 NonMaxSuppressionV5
padding_list l: _FusedConv3D
parallel_iterations i 10: Enter RefEnter StatelessWhile While
partial_pivoting b 1: TridiagonalSolve
perturb_singular b 0: TridiagonalSolve
post_nms_topn i 300: GenerateBoundingBoxProposals
pseudo_random b 0: FractionalAvgPool FractionalMaxPool
range_given b 0: QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV4
range_given b 1: QuantizeAndDequantizeV3
ratio i 1: DecodeAndCropJpeg DecodeJpeg
resize_align_corners b 0: FusedResizeAndPadConv2D
reverse b 0: Cumprod Cumsum CumulativeLogsumexp NthElement
round_mode s HALF_AWAY_FROM_ZERO: QuantizeV2
round_mode s HALF_TO_EVEN: QuantizeAndDequantizeV2 QuantizeAndDequantizeV4
rounds i 4: RandomIndexShuffle
seed i 0: ComputeAccidentalHits FractionalAvgPool FractionalMaxPool Multinomial ParameterizedTruncatedNormal RandomStandardNormal RandomUniform RandomUniformInt SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 TruncatedNormal
seed2 i 0: ComputeAccidentalHits FractionalAvgPool FractionalMaxPool Multinomial ParameterizedTruncatedNormal RandomStandardNormal RandomUniform RandomUniformInt SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 TruncatedNormal
separator s : ReduceJoin UnsortedSegmentJoin
shape u: Placeholder
shape_dtype t DT_INT64: NonDeterministicInts
shape_type t DT_INT32: ConcatOffset
shared_name s : Unstage Variable VariableV2
shrink_axis_mask i 0: StridedSlice StridedSliceAssign TensorStridedSliceUpdate
signed_input b 1: QuantizeAndDequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 QuantizeAndDequantizeV4
sorted b 1: TopK TopKV2
squeeze_dims l: Squeeze
src_format s NHWC: DataFormatDimMap DataFormatVecPermute
stack_name s : Stack StackV2
swap_memory b 0: StackPush StackPushV2
tensor_name s : Copy
transpose_a b 0: MatMul _FusedMatMul
transpose_b b 0: MatMul _FusedMatMul
try_recover_truncated b 0: DecodeAndCropJpeg DecodeJpeg
uniform_noise b 1: ExtractGlimpse ExtractGlimpseV2
unit s BYTE: Substr
use_cudnn_on_gpu b 1: Conv2D Conv2DBackpropFilter Conv2DBackpropFilterV2 Conv2DBackpropInput Conv2DBackpropInputV2 _FusedConv2D
use_image_if_no_bounding_boxes b 0: SampleDistortedBoundingBox SampleDistortedBoundingBoxV2 StatelessSampleDistortedBoundingBox
use_locking b 0: AssignAdd AssignSub
use_locking b 1: Assign
validate_indices b 1: DenseToDenseSetOperation Gather ResourceGather SetSize
validate_shape b 0: AssignVariableOp
validate_shape b 1: Assign
var_name s : TemporaryVariable
`
