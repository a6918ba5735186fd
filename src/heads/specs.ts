import * as v from 'valibot'
import { badOption } from './check'
import { centroid } from './centroid/spec'
import { conv } from './conv/spec'
import { dense } from './dense/spec'
import { knn } from './knn/spec'
import { linear } from './linear/spec'
import { own } from './own/spec'
import { svm } from './svm/spec'
import type { Pool } from '../graph/graft/pools'
import type { HeadSpec } from './types'

/** The kinds of heads, in the order in which they are offered. */
const kinds = { linear, dense, conv, svm, knn, centroid, own }

export type HeadKind = keyof typeof kinds

/** The options of each kind. */
export type HeadOptionsOf = { [Kind in HeadKind]: OptionsTaken<(typeof kinds)[Kind]['check']> }

/** The options of a head of any kind. */
export type HeadOptions = HeadOptionsOf[HeadKind]

/** A head as it is asked for: options that are left out are as they are offered first. */
export type HeadAsked = {
  [Kind in HeadKind]: Pick<HeadOptionsOf[Kind], 'kind'> & Partial<HeadOptionsOf[Kind]>
}[HeadKind]

type OptionsTaken<Check> = Check extends (options: infer Options) => void ? Options : never

type Specs = { readonly [Kind in HeadKind]: HeadSpec<HeadOptionsOf[Kind]> }

const specs: Specs = kinds

/** Names of the kinds, the one offered first at the front. */
export const headKinds: readonly HeadKind[] = Object.values(kinds).map(({ kind }) => kind)

/** What is known of a kind. */
export const specOf = <Kind extends HeadKind>(kind: Kind): Specs[Kind] => specs[kind]

/** A head as it stands in the settings before anything is chosen. */
export const firstHead: HeadOptions = specOf(headKinds[0]).defaults

/** The form of a head's options in what is kept and in project files. */
export const storedHead = v.variant(
  'kind',
  Object.values(kinds).map(({ stored }) => stored),
)

/** The options that are asked for, with those that were left out; unchecked. */
export function completeHead(asked: HeadAsked): HeadOptions {
  return { ...(Object.hasOwn(specs, asked.kind) && specs[asked.kind].defaults), ...asked } as HeadOptions
}

/** How the values at the cut become features for such a head. */
export function poolOf<Kind extends HeadKind>(kind: Kind, options: HeadOptionsOf[Kind]): Pool {
  return specs[kind].pool(options)
}

/** Whether heads of a kind take maps, which not every cut has. */
export const takesMap = (kind: HeadKind): boolean => poolOf(kind, specs[kind].defaults as never) === 'map'

/** How many numbers such a head learns from that many features; null where photos decide. */
export function parametersOf<Kind extends HeadKind>(
  kind: Kind,
  options: HeadOptionsOf[Kind],
  features: number,
  labels: number,
): number | null {
  return specs[kind].parameters(options, features, labels)
}

/** Whether features of photos are among the numbers of such a head. */
export function keepsPhotos<Kind extends HeadKind>(kind: Kind, options: HeadOptionsOf[Kind]): boolean {
  return specs[kind].keepsPhotos(options)
}

/** Throws CutpointError `bad-option`, for a kind that there is not too. */
export function checkHead<Kind extends HeadKind>(kind: Kind, options: HeadOptionsOf[Kind]): void {
  if (!Object.hasOwn(specs, kind)) {
    throw badOption(`There is no head of the kind “${kind}”.`, `Use kind ${listed(headKinds)}.`)
  }
  specs[kind].check(options)
}

/** “one”, “two” or “three” */
function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`)
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter((part) => part !== '').join(' or ')
}
