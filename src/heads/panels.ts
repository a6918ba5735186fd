import type { HeadPanel } from '../ui/heads/types'
import { densePanel } from './dense/panel'
import { linearPanel } from './linear/panel'
import type { HeadKind, HeadOptionsOf } from './specs'

type Panels = { readonly [Kind in HeadKind]: HeadPanel<HeadOptionsOf[Kind]> }

const panels: Panels = { linear: linearPanel, dense: densePanel }

/** A kind of head on screen. */
export const panelOf = <Kind extends HeadKind>(kind: Kind): Panels[Kind] => panels[kind]
