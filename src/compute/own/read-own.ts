import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ReadModel } from '../../formats/types'
import { findNetwork } from '../../graph/graft/network/find'
import type { Structured } from '../../graph/graft/network/structure'
import type { OwnNetwork } from '../../graph/graft/network/types'
import { presentForm } from '../model/present-form'

/** A model that was read, as a network that can be a head. Throws CutpointError `cannot-join`, and what reading weights throws. */
export async function ownNetwork(read: ReadModel): Promise<OwnNetwork> {
  const { graph, weights } = presentForm(read)
  const { structure, weights: numbers, facts } = await findNetwork(graph, weights)
  return {
    structure,
    weights: numbers,
    facts: { ...facts, name: read.name, hash: hashOf({ structure, weights: numbers }) },
  }
}

/** SHA-256 of structure and numbers, 64 hexadecimal digits. */
function hashOf({ structure, weights }: Structured): string {
  const hash = sha256.create()
  hash.update(new TextEncoder().encode(JSON.stringify(structure)))
  hash.update(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength))
  return bytesToHex(hash.digest())
}
