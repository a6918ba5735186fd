import * as batch from '../batch/rules'
import { nonMaxSuppression } from '../optimise/compose/shaping'
import { unary } from '../shapes/families/elementwise'
import * as shapes from '../shapes/families/image'
import { table } from '../table'
import type { OpSpec } from './types'

const common = { category: 'image', batch: batch.aligned } as const
const decoded = { ...common, takes: 'contents', shape: shapes.decode } as const
const resize = { ...common, takes: 'images size', shape: shapes.resize('float32'), onPicture: 'resizes' } as const
const padded = {
  category: 'shape',
  batch: batch.pad,
  takes: 'input paddings',
  shape: shapes.pad,
  onPicture: 'passes',
} as const

/** Operations on images, and on the space they fill. */
export const imageOps = table<OpSpec>({
  DepthToSpace: {
    ...common,
    category: 'shape',
    takes: 'input',
    shape: shapes.depthToSpace,
    laidOut: 0,
    sentence: 'depth-to-space',
  },
  SpaceToDepth: {
    ...common,
    category: 'shape',
    takes: 'input',
    shape: shapes.spaceToDepth,
    sentence: 'space-to-depth',
  },
  DecodeBmp: decoded,
  DecodeJpeg: { ...decoded, sentence: 'decode-jpeg' },
  DecodePng: decoded,
  DecodeImage: { ...common, takes: 'contents', shape: shapes.decodeAny },
  ResizeArea: resize,
  ResizeBicubic: resize,
  ResizeBilinear: { ...resize, sentence: 'resize-bilinear' },
  ResizeNearestNeighbor: {
    ...common,
    takes: 'images size',
    shape: shapes.resize(),
    onPicture: 'resizes',
    sentence: 'resize-nearest-neighbor',
  },
  ExtractImagePatches: { ...common, takes: 'images', shape: shapes.extractPatches },
  HSVToRGB: { ...common, takes: 'images', shape: unary() },
  RGBToHSV: { ...common, takes: 'images', shape: unary() },
  MirrorPad: { trains: [0, 1], ...padded, sentence: 'mirror-pad' },
  Pad: { trains: [0, 1], ...padded, foldable: true, sentence: 'pad' },
  NonMaxSuppressionV3: {
    ...common,
    takes: 'boxes scores max_output_size iou_threshold score_threshold',
    shape: shapes.suppression,
    batch: batch.lost,
    sentence: 'non-max-suppression',
  },
  NonMaxSuppressionV4: {
    ...common,
    takes: 'boxes scores max_output_size iou_threshold score_threshold',
    shape: shapes.suppression,
    batch: batch.lost,
    sentence: 'non-max-suppression-padded',
  },
  AdjustContrastv2: { ...common, takes: 'images contrast_factor', shape: unary() },
  AdjustHue: { ...common, takes: 'images delta', shape: unary() },
  AdjustSaturation: { ...common, takes: 'images scale', shape: unary() },
  CombinedNonMaxSuppression: {
    ...common,
    takes: 'boxes scores max_output_size_per_class max_total_size iou_threshold score_threshold',
    shape: shapes.combinedSuppression,
  },
  CropAndResize: {
    ...common,
    takes: 'image boxes box_ind crop_size',
    shape: shapes.cropAndResize,
    batch: batch.lost,
    sentence: 'crop-and-resize',
  },
  ImageProjectiveTransformV2: { ...common, takes: 'images transforms output_shape', shape: shapes.projectiveTransform },
  ImageProjectiveTransformV3: {
    ...common,
    takes: 'images transforms output_shape fill_value',
    shape: shapes.projectiveTransform,
  },
  NonMaxSuppression: { ...common, takes: 'boxes scores max_output_size', shape: shapes.suppression },
  NonMaxSuppressionV2: {
    ...common,
    takes: 'boxes scores max_output_size iou_threshold',
    shape: shapes.suppression,
    batch: batch.lost,
  },
  NonMaxSuppressionV5: {
    ...common,
    takes: 'boxes scores max_output_size iou_threshold score_threshold soft_nms_sigma',
    shape: shapes.suppression,
    batch: batch.lost,
    compose: nonMaxSuppression,
    sentence: 'non-max-suppression-soft',
  },
  PadV2: {
    trains: [0, 1],
    ...common,
    category: 'shape',
    takes: 'input paddings constant_values',
    shape: shapes.pad,
    batch: batch.pad,
    foldable: true,
    onPicture: 'passes',
    title: 'Pad',
    sentence: 'pad-with-value',
  },
})
