import type { HeadPanel } from '../ui/heads/types'
import { centroidPanel } from './centroid/panel'
import { convPanel } from './conv/panel'
import { densePanel } from './dense/panel'
import { knnPanel } from './knn/panel'
import { linearPanel } from './linear/panel'
import { ownPanel } from './own/panel'
import type { HeadKind, HeadOptionsOf } from './specs'
import { svmPanel } from './svm/panel'

type Panels = { readonly [Kind in HeadKind]: HeadPanel<HeadOptionsOf[Kind]> }

const panels: Panels = {
  linear: linearPanel,
  dense: densePanel,
  conv: convPanel,
  svm: svmPanel,
  knn: knnPanel,
  centroid: centroidPanel,
  own: ownPanel,
}

/** A kind of head on screen. */
export const panelOf = <Kind extends HeadKind>(kind: Kind): Panels[Kind] => panels[kind]
