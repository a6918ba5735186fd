import { convForm, type ConvLayer } from './conv'
import { denseForm, type DenseLayer } from './dense'
import { globalPoolForm, type GlobalPoolLayer } from './global-pool'
import { nearestForm, type NearestLayer } from './nearest'
import { networkForm, type NetworkLayer } from './network'
import { rbfForm, type RbfLayer } from './rbf'
import { standardiseForm, type StandardiseLayer } from './standardise'
import type { LayerForm } from './types'
import { unitLengthForm, type UnitLengthLayer } from './unit-length'

/** Every kind of layer that a trained head may have. */
export interface LayerKinds {
  dense: DenseLayer
  standardise: StandardiseLayer
  'unit-length': UnitLengthLayer
  rbf: RbfLayer
  nearest: NearestLayer
  conv: ConvLayer
  'global-pool': GlobalPoolLayer
  network: NetworkLayer
}

export type LayerKind = keyof LayerKinds

/** A layer of a trained head. */
export type HeadLayer = LayerKinds[LayerKind]

/** What each kind of layer is made of. */
export const layerForms: { readonly [Kind in LayerKind]: LayerForm<LayerKinds[Kind]> } = {
  dense: denseForm,
  standardise: standardiseForm,
  'unit-length': unitLengthForm,
  rbf: rbfForm,
  nearest: nearestForm,
  conv: convForm,
  'global-pool': globalPoolForm,
  network: networkForm,
}
